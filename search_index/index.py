"""The index of the sections of one edition, and asking it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import add
from pathlib import Path
from typing import Protocol

from search_index import building, engine, excerpt, query, synonyms
from search_index.analysis import sentences, single_spaced, words
from search_index.engine import Document
from search_index.excerpt import Piece
from search_index.parameters import TUNED
from search_index.query import Unit
from search_index.sections import Section
from search_index.vocabulary import Vocabulary, Way

# Of each unit its terms and what it tells.
Shares = Sequence[tuple[tuple[tuple[str, float], ...], float]]


@dataclass(frozen=True, slots=True)
class Hit:
    """A section that answers, with its score and how much of the query it covers (0 to 1)."""

    section: Section
    score: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked, cut to length; its units; the hits, best first; a nearer spelling."""

    query: str
    units: tuple[Unit, ...]
    hits: tuple[Hit, ...]
    suggestion: str | None
    was_cut: bool


class Scores(Protocol):
    """What scores: `engine.Engine`, which is Whoosh's, or `memory.Memory`."""

    def search(
        self, weighted: Iterable[tuple[str, float]], limit: int
    ) -> list[tuple[str, str, float]]: ...
    def sections_with(self, term: str) -> int: ...
    def idf(self, term: str) -> float: ...
    def idf_of(self, sections: int) -> float: ...
    def documents(self) -> list[Document]: ...
    def average_length(self) -> float: ...


class Index:
    """The sections of one edition, ready to be searched; safe to share between threads.

    There may be none. `known` are the words of the sections, `engine` scores them.
    """

    known: list[str]
    engine: Scores

    def __init__(self, folder: Path, sections: Sequence[Section]) -> None:
        self._sections = {section.key: section for section in sections}
        self._synonyms = synonyms.read()
        built = building.built(folder, sections, self._synonyms)
        self.known = building.known_words(built)
        self._vocabulary = Vocabulary(self.known, self._synonyms)
        self.engine = engine.Engine(built)

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(self._sections.values())

    def search(self, text: str, limit: int = 5) -> Answer:
        """The sections that answer `text`, which may be anything a reader types."""
        typed = single_spaced(text)
        asked = typed[: TUNED.longest_query]
        # Some letters are many in their plain form.
        plain = unicodedata.normalize("NFKC", asked)[: TUNED.longest_query]
        units = tuple(query.units(plain, self._vocabulary))
        is_elsewhere = any(unit.way is Way.ELSEWHERE for unit in units)
        hits = self._hits(units) if self._sections and not is_elsewhere else []
        return Answer(
            asked,
            units,
            tuple(hits[:limit]),
            _suggestion(plain, units),
            was_cut=typed != asked,
        )

    def excerpt(self, answer: Answer, section: Section, language: str) -> tuple[Piece, ...]:
        """What stands in `section` that answers best; empty if it has nothing in `language`."""
        wanted = dict(query.weighted(answer.units))
        blocks = section.texts.get(language, ())[1:]
        parts = [sentence for block in blocks for sentence in sentences(block)]
        return excerpt.best(parts, wanted, self._synonyms.meaning)

    def name_of(self, term: str) -> str:
        """How people read a term: a concept by `=` and its name, a stem as it is."""
        names = {row.concept: f"={row.name}" for row in self._synonyms.rows}
        return names.get(term, term)

    def unused_concepts(self) -> list[str]:
        """The names of the synonyms' concepts that no section holds."""
        rows = self._synonyms.rows
        return [row.name for row in rows if not self.engine.sections_with(row.concept)]

    def _hits(self, units: tuple[Unit, ...]) -> list[Hit]:
        terms = query.weighted(units)
        wanted = {term for term, _ in terms}
        telling = [self._unit_weight(unit) for unit in units]
        told = reduce(add, telling, 0.0)
        shares = [
            (unit.terms, tells / unit.share) for unit, tells in zip(units, telling, strict=True)
        ]
        hits = []
        for place, (key, stored, score) in enumerate(self.engine.search(terms, TUNED.candidates)):
            sentences, whole = _held(stored)
            telling_sentences = [part for part in sentences if not part.isdisjoint(wanted)]
            best = max((_covered(shares, part) for part in telling_sentences), default=0.0)
            coverage = _covered(shares, whole) / (told or 1.0)
            total = score + TUNED.sentence * best
            if _rounded(coverage) >= TUNED.coverage:
                hits.append((-_rounded(total), place, Hit(self._sections[key], total, coverage)))
        ranked = [hit for _, _, hit in sorted(hits, key=lambda row: row[:2])]
        return [hit for hit in ranked if hit.score >= TUNED.beside_best * ranked[0].score]

    def _unit_weight(self, unit: Unit) -> float:
        if not unit.terms:
            return TUNED.unknown * self.engine.idf("")
        return max(weight * self.engine.idf(term) for term, weight in unit.terms)


def _covered(shares: Shares, held: frozenset[str]) -> float:
    """How much of what the units tell stands in `held`."""
    found = 0.0
    for terms, share in shares:
        most = 0.0
        for term, weight in terms:
            if weight > most and term in held:
                most = weight
        found += most * share
    return found


@lru_cache(maxsize=1000)
def _held(stored: str) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """The terms of each sentence of a section, and of all."""
    sentences = tuple(frozenset(line.split()) for line in stored.split("\n"))
    return sentences, frozenset().union(*sentences)


def _rounded(number: float) -> float:
    return round(number * TUNED.precision) / TUNED.precision


def _suggestion(query: str, units: tuple[Unit, ...]) -> str | None:
    """The query with its misspelt words as they are spelt here, if there are any."""
    better = {unit.surface: unit.meant for unit in units if unit.way is Way.SPELLING}
    if not better:
        return None
    return " ".join(better.get(word, word) for word in words(query))
