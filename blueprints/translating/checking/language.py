"""What is known of a language: how it is written, which words carry meaning, its terms.

All of it is data. A language that has none is checked by the general rules alone.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import click

from blueprints import glossary
from blueprints.languages import SOURCE
from blueprints.meaning import NUMBER, Lexicon, Words
from blueprints.translating.checking.english import without_likenesses
from blueprints.translating.checking.numerals import in_figures
from blueprints.translating.checking.pair import words

Read = dict[str, Counter[str]]
Reader = Callable[[str], Read]

_TEXTS = 32  # of one entry


class DataError(click.ClickException):
    """A file about a language cannot be used; the message begins with `file:line:`."""


@dataclass(frozen=True, slots=True)
class Writing:
    """`translations/<language>/writing.toml`, which says what each part means."""

    script: str
    sentence_end: str
    mistaken_ends: str
    abbreviations: list[str]
    punctuation: str
    digits: str
    joiner_after: str
    length: list[float]
    letters: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the glossary: English names, words of which one is wanted, words to avoid."""

    names: tuple[str, ...]
    recommended: str
    words: tuple[str, ...]
    avoid: tuple[str, ...]


@dataclass(frozen=True)
class Language:
    """Everything that rules ask of a language."""

    code: str
    english: Lexicon
    own: Lexicon | None
    writing: Writing | None
    terms: tuple[Term, ...]
    english_words: Words
    english_abbreviations: tuple[str, ...]

    def is_english_word(self, word: str) -> bool:
        return word in self.english_words.known

    @cached_property
    def read_english(self) -> Reader:
        """What an English text says; several rules in turn ask it of the same text."""
        numbers = self.english.words(NUMBER)

        def read(text: str) -> Read:
            return self.english.read(in_figures(without_likenesses(text), numbers))

        return lru_cache(maxsize=_TEXTS)(read)

    @cached_property
    def read_own(self) -> Reader:
        """What a text in this language says: nothing, where its words are not known."""
        own = self.own
        if own is None:
            return _nothing
        numbers = own.words(NUMBER)
        return lru_cache(maxsize=_TEXTS)(lambda text: own.read(in_figures(text, numbers)))

    @cached_property
    def ends(self) -> str:
        """The marks that end its sentences."""
        return ".?!" if self.writing is None else f"{self.writing.sentence_end}?!"


def read(translations: Path, code: str) -> Language:
    """Read what is known of the language `code`.

    Raises:
        DataError: a file is there and not of its form.
        LexiconError: a lexicon is there and not of its form.
    """
    english = _table(translations / SOURCE / "writing.toml")
    lexicon, writing = (translations / code / name for name in ("meaning.toml", "writing.toml"))
    return Language(
        code,
        Lexicon(translations / SOURCE / "meaning.toml"),
        Lexicon(lexicon) if lexicon.exists() else None,
        _writing(writing) if writing.exists() else None,
        tuple(_term(row, code) for row in glossary.rows(translations / "glossary.csv")),
        Words(translations / SOURCE / "words", english["short_words"]),
        tuple(english["abbreviations"]),
    )


def _nothing(_text: str) -> Read:
    return {}


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(f"{file}:1: {error}") from error


def _writing(file: Path) -> Writing:
    table = _table(file)
    known = {field.name for field in fields(Writing)}
    if table.keys() != known:
        wrong = ", ".join(sorted(table.keys() ^ known))
        raise DataError(f"{file}:1: missing or unknown: {wrong}")
    return Writing(**table)


def _term(row: dict[str, str], code: str) -> Term:
    return Term(
        tuple(" ".join(words(name.lower())) for name in glossary.names(row)),
        row.get(f"{code}_recommended") or "",
        _wanted(row, code),
        tuple(filter(words, _listed(row.get(f"{code}_avoid"), ";"))),
    )


def _wanted(row: dict[str, str], code: str) -> tuple[str, ...]:
    """Stems, and names that are right too; a row without stems asks for no word."""
    stems = _listed(row.get(f"{code}_match_stems"), "|")
    return stems + _listed(row.get(f"{code}_alternates"), ";") if stems else ()


def _listed(cell: str | None, separator: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").split(separator) if part.strip())
