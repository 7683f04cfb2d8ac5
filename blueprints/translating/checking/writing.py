"""How a language is written: its script, digits, marks, and what ends its sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from blueprints.translating.checking.finding import Problem, error
from blueprints.translating.checking.language import Language, Writing
from blueprints.translating.checking.pair import LATIN, Pair, scripts, words
from blueprints.translating.checking.stops import english_without, translation_without

_CLOSING = "”’)*"


def script(pair: Pair, language: Language) -> Iterator[Problem]:
    for word in words(pair.plain_text):
        found = scripts(word)
        if len(found) > 1 and (language.writing or LATIN in found):
            yield error(
                "script",
                f"“{word}” mixes letters of {' and '.join(sorted(found))}",
                "Type the word anew: one of its letters only looks right.",
            )
        elif language.writing and found - {LATIN, language.writing.script}:
            yield error("script", f"“{word}” is in another script", "Type the word anew.")


def joiners(pair: Pair, language: Language) -> Iterator[Problem]:
    if language.writing is None:
        return
    if re.search(f"(?<!{re.escape(language.writing.joiner_after)})[\u200c\u200d]", pair.text):
        yield error(
            "invisible",
            "an invisible joiner (U+200C or U+200D) where it has no use",
            "Type the word anew.",
        )


def digits(pair: Pair, language: Language) -> Iterator[Problem]:
    if language.writing is None:
        return
    foreign = {mark for mark in pair.text if mark.isdecimal()} - set(language.writing.digits)
    if foreign:
        hint = f"Type numbers with {language.writing.digits}."
        yield error("digits", f"other digits: {''.join(sorted(foreign))}", hint)


def punctuation(pair: Pair, language: Language) -> Iterator[Problem]:
    if language.writing is None:
        return
    allowed = set(language.writing.punctuation + language.writing.sentence_end + pair.source)
    for mark in dict.fromkeys(pair.plain_text):
        if unicodedata.category(mark)[0] in "PS" and mark not in allowed:
            hint = "Use the marks of the English; quotation marks are “ and ”."
            yield error("punctuation", f"{mark} is not used in this language", hint)


def sentence_ends(pair: Pair, language: Language) -> Iterator[Problem]:
    writing = language.writing
    if writing is None:
        return
    end = writing.sentence_end
    text = translation_without(pair.plain_text, pair.plain_source, language)
    if mistaken := _mistaken_end(text, writing):
        hint = f"Type {end} directly after the word."
        yield error("sentence-end", f"{mistaken} ends a sentence where {end} belongs", hint)
    elif _ends_with(english_without(pair.source, language), ".") and not _ends_with(
        pair.text, f"{language.ends}:…"
    ):
        hint = f"The English ends with a full stop: end with {end}"
        yield error("sentence-end", f"{end} is missing at the end", hint)
    if re.search(rf"{re.escape(end)}\w", pair.text):
        yield error("space", f"no space after {end}", f"Put a space after {end}")


def _mistaken_end(text: str, writing: Writing) -> str | None:
    marks = re.escape(writing.mistaken_ends)
    found = re.search(rf"([^\s.…])[{_CLOSING}]*\s?([{marks}])(?=[\s{_CLOSING}]|$)", text)
    # A full stop after Latin letters may belong to a name.
    return found[2] if found and not (found[2] == "." and found[1].isascii()) else None


def _ends_with(text: str, marks: str) -> bool:
    return text.rstrip().rstrip(_CLOSING).endswith(tuple(marks))
