"""Full stops that end an abbreviation or a row of initials, and no sentence."""

from __future__ import annotations

import re
from functools import cache

from blueprints.translating.checking.language import Language
from blueprints.translating.checking.pair import without_ellipses

# "p.m.", whose last stop ends the sentence too before a capital; "U.S."; "P. Rao"
_INITIALS = re.compile(
    r"\b(?:[a-z]\.)+[a-z](?=\.\s+[A-Z])|\b(?:[A-Za-z]\.){2,}|\b[A-Z]\.(?=\s?[A-Z(])"
)
# "Rao P.", where all is a name
_NAME = re.compile(r"(?:[A-Z]\S*\s+)+[A-Z]\.")


def english_without(text: str, language: Language) -> str:
    """An English text without the stops of abbreviations, and without dots that trail off."""
    text = without_ellipses(text)
    if _NAME.fullmatch(text.strip()):
        text = text.strip().removesuffix(".")
    text = _INITIALS.sub(_without_stops, text)
    return _any(language.english_abbreviations, re.IGNORECASE).sub(_without_stops, text)


def translation_without(text: str, source: str, language: Language) -> str:
    """A translation without them; it has initials, or ends in an abbreviation, as its English."""
    text = without_ellipses(text)
    if language.writing is None or "." not in text:
        return text
    text = _any(tuple(language.writing.abbreviations)).sub(_without_stops, text)
    plain = english_without(source, language)
    has_abbreviation = plain != without_ellipses(source)
    letters = tuple(f"{name}." for names in language.writing.letters.values() for name in names)
    # One letter's name may be a word as well; several are none.
    text = _any(letters, least=1 if has_abbreviation else 2).sub(_without_stops, text)
    if has_abbreviation and source.rstrip().endswith(".") and not plain.rstrip().endswith("."):
        return text.rstrip().removesuffix(".")
    return text


@cache
def _any(words: tuple[str, ...], flags: int = 0, least: int = 1) -> re.Pattern[str]:
    """At least so many of the words in a row, where a word begins."""
    every = "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"
    return re.compile(rf"(?:(?<=[\s(“‘.*/-])|\A)(?:(?:{every})\s?){{{least},}}", flags)


def _without_stops(found: re.Match[str]) -> str:
    return found[0].replace(".", "")
