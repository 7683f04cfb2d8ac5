"""The words that carry a sentence's meaning, by category: numbers, negation, sides and others."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import click

NUMBER = "number"

# Python's \w leaves out vowel signs, virama and nukta, and marks of the Arabic script.
# The dandas (U+0964, U+0965) end sentences and belong to no word.
_LETTERS = r"(?:(?![\d_])[\w\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u200c\u200d])+"

# 100,000 and 1,00,000 are one figure; 1,5 is two.
_FIGURE = re.compile(r"(?:\d{1,3}(?:,\d{2,3}){0,6},\d{3}(?!\d)|\d+)(?:\.\d+)?|(?<![\d.])\.\d+")

# What is between spaces, punctuation and hyphens, as a regular expression.
WORD = rf"{_LETTERS}(?:['’]{_LETTERS})*"

# A word, or a sign such as %; hyphens only part the words of a phrase.
_TOKEN = re.compile(rf"{WORD}|[^\s\-\u2010\u2011]")


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
        tables = _tables(file)
        self._categories = [NUMBER, *tables]
        self._phrases: dict[str, list[_Phrase]] = {}
        for category, words in tables.items():
            for name, listed in words.items():
                for text in listed:
                    phrase = _Phrase.read(text, category, name)
                    self._phrases.setdefault(phrase.words[0], []).append(phrase)

    def words(self, category: str) -> dict[str, str]:
        """The canonical name of each word of a category; phrases are left out."""
        return {
            phrase.words[0]: phrase.name
            for phrases in self._phrases.values()
            for phrase in phrases
            if phrase.category == category and len(phrase.words) == 1
        }

    def read(self, text: str) -> dict[str, Counter[str]]:
        """How often each canonical name occurs in `text`, by category.

        The longest phrase counts, and no word counts twice within a category. Figures are
        under `number`: without thousands separators, in digits 0-9.
        """
        plain = _plain(text)
        tokens = _TOKEN.findall(plain)
        found: dict[str, Counter[str]] = {category: Counter() for category in self._categories}
        free = dict.fromkeys(self._categories, 0)  # from which token on none is counted yet
        for at in range(len(tokens)):
            for phrase in self._fitting(tokens, at):
                if at >= free[phrase.category]:
                    found[phrase.category][phrase.name] += 1
                    free[phrase.category] = at + len(phrase.words)
        found[NUMBER].update(map(_canonical, _FIGURE.findall(plain)))
        return found

    def _fitting(self, tokens: list[str], at: int) -> list[_Phrase]:
        """The phrases found at a token, the longest first."""
        token = tokens[at]
        starts = (token[:end] for end in range(len(token), 0, -1))
        phrases = (phrase for start in starts for phrase in self._phrases.get(start, ()))
        fitting = [phrase for phrase in phrases if phrase.fits(tokens, at)]
        return sorted(fitting, key=lambda phrase: -len(phrase.words))


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One listed phrase; an open one takes any ending."""

    words: list[str]
    is_open: bool
    category: str
    name: str

    @classmethod
    def read(cls, text: str, category: str, name: str) -> _Phrase:
        return cls(_TOKEN.findall(_plain(text.rstrip("*"))), text.endswith("*"), category, name)

    def fits(self, tokens: list[str], at: int) -> bool:
        *before, last = self.words
        end = at + len(before)
        if tokens[at:end] != before or end >= len(tokens):
            return False
        return tokens[end].startswith(last) if self.is_open else tokens[end] == last


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
        isinstance(listed, list) and all(map(_is_phrase, listed)) for listed in words.values()
    )


def _is_phrase(text: object) -> bool:
    return isinstance(text, str) and text == text.lower() and bool(_TOKEN.search(text.rstrip("*")))
