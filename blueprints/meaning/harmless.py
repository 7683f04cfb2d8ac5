"""English texts in one form, whichever of several harmless ways they were written in."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Set
from pathlib import Path

from blueprints.meaning.lexicon import WORD, Lexicon
from blueprints.meaning.typos import SHORTEST_TYPO
from blueprints.meaning.words import Words

# A figure with its marks, a gloss's bracket, an entity or escape of Markdown, a word, the rest.
_TOKEN = re.compile(rf"\.?\d+(?:[.,:]\d+)*|\*\(|\)\*|&#?\w+;|\\\S|{WORD}|\S|\s")

_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": " ... "})
_DASH = re.compile(r"(?<=[^\d\s])(?:\s+(?:--?|–|—)\s+|\s*(?:--|—)\s*)(?=[^\d\s])")
# The dots of "e.g." and "Dr." end no sentence.
_BETWEEN_SENTENCES = re.compile(r"(?<=[a-z]{3}[.?!])( )(?=[A-Z])")
_OPENS_SENTENCE = re.compile(r"(?:^|(?<=[a-z]{3}[.?!]) )[\"'(*]*\Z")
_ARTICLE = re.compile(rf"(?<![\w'-])(?:an?|the) (?=({WORD}))")
_LIST = re.compile(r"((?:, \w+(?: \w+){0,2}){2}), and ")


class Harmless:
    """What may change in a text without harm, from a TOML file.

    Two texts that have the same `form` differ in nothing but quotation marks, dashes, spaces,
    capitals, articles, spelling, contractions, commas that part no meaning, and the full stop
    at the end.
    """

    def __init__(self, file: Path, english: Lexicon, of_terms: Set[str], words: Words) -> None:
        """Read `file`; words of `english` keep what touches them, those `of_terms` may be capitals.

        What is none of the `words` and has a capital inside a sentence is taken for a name.
        """
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        self._english = english
        self._of_terms = of_terms
        self._words = words
        self._capitals = set(data["capitals"])
        self._articles_before = set(data["articles_before"])
        self._articles_dropped_before = set(data["articles_dropped_before"])
        self._doubled = re.compile(rf"\b({_any(data['doubled'])}) (?=\1\b)")
        self._opener = re.compile(rf"^(\W*(?:{_any(data['openers'])})), ", re.IGNORECASE)
        self._clause = re.compile(rf", ({_any(data['clauses'])}) ")
        self._ise = re.compile(rf"\b((?:{_any(data['ise'])})i)z(?=(?:e|ing|ation|able))")
        self._spellings = [
            (_variant(listed), spelling.removesuffix("*"))
            for table in ("spelling", "contraction")
            for spelling, listed in data[table].items()
        ]

    def form(self, text: str) -> list[str]:
        """The text's words and marks, in the form it shares with all harmless variants."""
        plain = unicodedata.normalize("NFC", text).translate(_QUOTES)
        plain = " ".join(_DASH.sub(" – ", plain).split())
        plain = "".join(map(self._without_commas, _BETWEEN_SENTENCES.split(plain)))
        plain = re.sub(WORD, self._without_capital, plain)
        plain = self._in_one_spelling(plain)
        plain = _ARTICLE.sub(self._without_article, plain)
        plain = self._doubled.sub("", plain)
        return _TOKEN.findall(_without_spaces(plain).removesuffix("."))

    def _in_one_spelling(self, plain: str) -> str:
        for pattern, spelling in self._spellings:
            plain = pattern.sub(spelling, plain)
        return self._ise.sub(r"\1s", plain)

    def _without_capital(self, match: re.Match[str]) -> str:
        word, lower = match[0], match[0].lower()
        if word == lower:
            return word
        opens = _OPENS_SENTENCE.search(match.string, 0, match.start()) is not None
        is_title = word[1:] == lower[1:]
        if lower in self._of_terms or (is_title and opens):
            return lower
        if lower in self._capitals or len(word) == 1 or not is_title:
            return word
        is_name = len(word) >= SHORTEST_TYPO and lower not in self._words.known
        return word if is_name else lower

    def _without_commas(self, sentence: str) -> str:
        plain = self._opener.sub(r"\1 ", sentence)
        if self._matters(self._clause.sub(" ", plain)):
            return plain
        return _LIST.sub(r"\1 and ", self._clause.sub(r" \1 ", plain))

    def _without_article(self, match: re.Match[str]) -> str:
        following = match[1]
        if following in self._articles_dropped_before:
            return ""
        matters = following in self._articles_before or self._matters(match[0] + following)
        return match[0] if matters or self._matters(following) else ""

    def _matters(self, text: str) -> bool:
        return any(self._english.read(text).values())


def _without_spaces(plain: str) -> str:
    """Without the spaces around punctuation that other marks do not need."""
    return re.sub(r"(?<!\d) (?=[.,;:?!](?!\d))|(?<=[,;:?!]) (?!\d)|(?<=\D\.) (?!\d)", "", plain)


def _any(phrases: Iterable[str]) -> str:
    return "|".join(map(re.escape, phrases))


def _variant(listed: list[str]) -> re.Pattern[str]:
    """The other spellings of one word; an open one, with `*`, keeps its ending."""
    ending = "" if listed[0].endswith("*") else r"(?![\w'])"
    return re.compile(rf"(?<![\w'-])(?:{_any(word.removesuffix('*') for word in listed)}){ending}")
