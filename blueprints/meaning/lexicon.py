"""The words that carry a sentence's meaning, by category: numbers, negation, sides and others."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

import click

NUMBER = "number"

# Python's \w leaves out vowel signs, virama and nukta, and marks of the Arabic script.
# The dandas (U+0964, U+0965) end sentences and belong to no word.
_LETTER = r"(?![\d_])[\w\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u200c\u200d]"

# 100,000 and 1,00,000 are one figure; 1,5 is two.
_FIGURE = re.compile(r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)|\d+)(?:\.\d+)?|(?<![\d.])\.\d+")
_GAP = r"[\s\-\u2010\u2011]+"


class LexiconError(click.ClickException):
    """A lexicon's file cannot be used; the message begins with `file:line:`."""


class Lexicon:
    """Words by category, from a TOML file.

    Each table is a category, each key in it a canonical name, each value a list of words or
    phrases in lower case; a trailing `*` stands for any ending:

        [side]
        left = ["left"]

    Numbers need no word in the file to be found when they are written in digits.
    """

    def __init__(self, file: Path) -> None:
        """Read `file`.

        Raises:
            LexiconError: it is missing, no TOML, or not of the form above.
        """
        self._categories = {name: _Category(words) for name, words in _tables(file).items()}

    def read(self, text: str) -> dict[str, Counter[str]]:
        """How often each canonical name occurs in `text`, by category.

        The longest phrase counts, and no word counts twice within a category. Figures are
        under `number`: without thousands separators, in digits 0-9.
        """
        plain = _plain(text)
        found = {name: category.count(plain) for name, category in self._categories.items()}
        found.setdefault(NUMBER, Counter()).update(map(_canonical, _FIGURE.findall(plain)))
        return found


class _Category:
    """One table of the file as one regular expression, a group for each phrase."""

    def __init__(self, words: dict[str, list[str]]) -> None:
        phrases = [(_plain(phrase), name) for name, listed in words.items() for phrase in listed]
        phrases.sort(key=lambda phrase: (-len(re.split(_GAP, phrase[0])), -len(phrase[0])))
        self._names = [name for _, name in phrases]
        self._pattern = re.compile("|".join(f"({_expression(phrase)})" for phrase, _ in phrases))

    def count(self, plain: str) -> Counter[str]:
        matches = self._pattern.finditer(plain) if self._names else ()
        return Counter(self._names[match.lastindex - 1] for match in matches if match.lastindex)


def _expression(phrase: str) -> str:
    words = _GAP.join(map(re.escape, re.split(_GAP, phrase.removesuffix("*"))))
    ending = f"(?:{_LETTER})*" if phrase.endswith("*") else f"(?!'?{_LETTER})"
    if re.match(_LETTER, phrase):
        return f"(?<![^\\W\\d_])(?<![\u0900-\u0963\u0966-\u0dff\u200c\u200d]){words}{ending}"
    return words


def _plain(text: str) -> str:
    lower = unicodedata.normalize("NFC", text).lower().replace("’", "'")
    return unicodedata.normalize("NFC", lower)


def _canonical(figure: str) -> str:
    digits = "".join(str(int(c)) if c.isdecimal() else c for c in figure.replace(",", ""))
    whole, _, fraction = digits.partition(".")
    return f"{whole.lstrip('0') or '0'}.{fraction}".rstrip("0").rstrip(".") or "0"


def _tables(file: Path) -> dict[str, dict[str, list[str]]]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        line = re.search(r"\(at line (\d+)", str(error))
        raise LexiconError(f"{file}:{line[1] if line else 1}: {error}") from error
    for category, words in tables.items():
        if not _is_category(words):
            raise LexiconError(f"{file}:1: [{category}] must hold lists of lower-case words")
    return tables


def _is_category(words: object) -> bool:
    return isinstance(words, dict) and all(
        isinstance(listed, list)
        and all(
            isinstance(word, str) and word == word.lower() and word.strip("* ") for word in listed
        )
        for listed in words.values()
    )
