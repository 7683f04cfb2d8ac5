"""Whether an edit of an English text changes what it says, so that translations no longer hold."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Self

from blueprints import glossary
from blueprints.meaning.harmless import Harmless
from blueprints.meaning.lexicon import WORD, Lexicon
from blueprints.meaning.typos import is_mended
from blueprints.meaning.words import Words

_PIECE = re.compile(rf"\s*(?:{WORD}|\S)|\s+")


class Edits:
    """Tells cosmetic edits from material ones.

    An edit is cosmetic only if it is provably harmless: both texts have one harmless form, but
    for typos mended. Whatever is in doubt is material.
    """

    def __init__(
        self,
        english: Lexicon,
        harmless: Harmless,
        terms: Iterable[str],
        words: Words,
    ) -> None:
        """`terms` are the glossary's."""
        self._english = english
        self._harmless = harmless
        self._terms = {term.lower() for term in terms}
        self._words = words

    @classmethod
    def for_project(cls, translations: Path) -> Self:
        """From the files of `translations/`: en/ and the glossary."""
        source = translations / "en"
        english = Lexicon(source / "meaning.toml")
        rows = glossary.rows(translations / "glossary.csv")
        terms = [name for row in rows for name in glossary.names(row)]
        of_terms = {word for term in terms for word in re.findall(WORD, term.lower())}
        words = Words(source / "words", of_terms)
        harmless = Harmless(source / "harmless.toml", english, of_terms, words)
        return cls(english, harmless, terms, words)

    def reasons(self, old: str, new: str) -> list[str]:
        """Why the edit is material, for translators; empty if it is cosmetic."""
        reasons = list(self._categories(old, new))
        before, after = self._harmless.form(old), self._harmless.form(new)
        if not self._is_same(before, after):
            reasons += self._glossary(before, after)
            reasons = reasons or [_difference(before, after)]
        return reasons

    def _categories(self, old: str, new: str) -> Iterator[str]:
        before, after = self._english.read(old), self._english.read(new)
        for category in before:
            if before[category] != after[category]:
                yield _changed(category, before[category], after[category])

    def _glossary(self, before: list[str], after: list[str]) -> Iterator[str]:
        old, new = self._terms_in(before), self._terms_in(after)
        if old != new:
            yield _changed("glossary", old, new)

    def _terms_in(self, form: list[str]) -> Counter[str]:
        text = "".join(form)
        return Counter(
            {term: len(re.findall(rf"\b{re.escape(term)}\b", text)) for term in self._terms}
        )

    def _is_same(self, before: list[str], after: list[str]) -> bool:
        return len(before) == len(after) and all(
            old == new or is_mended(old, new, self._words)
            for old, new in zip(before, after, strict=True)
        )


def word_diff(old: str, new: str) -> list[tuple[str, str]]:
    """What was kept and changed, by words: `same`, `old` or `new` and the text.

    The texts of `same` and `old` make the old text, those of `same` and `new` the new one.
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    pieces = []
    for tag, *spans in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        lost, gained = "".join(before[spans[0] : spans[1]]), "".join(after[spans[2] : spans[3]])
        pieces += [("same", lost)] if tag == "equal" else [("old", lost), ("new", gained)]
    return [(kind, text) for kind, text in pieces if text]


def _changed(what: str, old: Counter[str], new: Counter[str]) -> str:
    """`side: left -> right`, `negation: not left out`, `number: 12 added`."""
    lost, gained = (", ".join((one - other).elements()) for one, other in ((old, new), (new, old)))
    if lost and gained:
        return f"{what}: {lost} -> {gained}"
    return f"{what}: {lost} left out" if lost else f"{what}: {gained} added"


def _difference(before: list[str], after: list[str]) -> str:
    old, new = ([mark for mark in form if mark != " "] for form in (before, after))
    if old == new:
        return "spaces"
    if Counter(old) == Counter(new):
        return "order"
    words = [Counter(mark for mark in marks if re.fullmatch(WORD, mark)) for marks in (old, new)]
    return "punctuation" if words[0] == words[1] else _changed("words", *words)
