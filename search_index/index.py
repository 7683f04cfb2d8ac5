"""Building the index and asking it."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from search_index import engine, excerpt, synonyms
from search_index.analysis import words
from search_index.excerpt import Piece
from search_index.rules import RULES
from search_index.sections import Section
from search_index.vocabulary import Unit, Vocabulary, Way

LONGEST_QUERY = 200  # characters; more says no more about what is meant
MOST_UNITS = 24

# Tuned on the development queries alone: see docs/search.md.
SENTENCE = 0.5
COVERAGE = 0.5
UNKNOWN = 0.6
CANDIDATES = 20

KNOWN_WORDS = "words.txt"

_SENTENCE_END = re.compile(r"(?<=[.?!।])\s+")
_ELSEWHERE = frozenset(words(RULES["elsewhere"]))


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


class Index:
    """The sections of one edition, ready to be searched; safe to share between threads."""

    def __init__(self, folder: Path, sections: Sequence[Section]) -> None:
        self._sections = {section.key: section for section in sections}
        built = _built(folder, sections)
        known = (built / KNOWN_WORDS).read_text(encoding="utf-8").split("\n")
        self._vocabulary = Vocabulary(known, synonyms.read())
        self._engine = engine.Engine(built)

    @property
    def sections(self) -> tuple[Section, ...]:
        return tuple(self._sections.values())

    def search(self, text: str, limit: int = 5) -> Answer:
        """The sections that answer `text`, which may be anything a reader types."""
        typed = " ".join(text.split())
        query = typed[:LONGEST_QUERY]
        units = tuple(self._vocabulary.units(query)[:MOST_UNITS])
        hits = [] if self._asks_for_something_else(units) else self._hits(units)
        return Answer(
            query,
            units,
            tuple(hits[:limit]),
            _suggestion(query, units),
            was_cut=typed != query,
        )

    def excerpt(self, answer: Answer, section: Section, language: str) -> tuple[Piece, ...]:
        """What stands in `section` that answers best; empty if it has nothing in `language`."""
        wanted = dict(weighted(answer.units))
        sentences = _sentences(section.texts.get(language, ())[1:])
        return excerpt.best(sentences, wanted, self._vocabulary.meaning)

    @staticmethod
    def _asks_for_something_else(units: tuple[Unit, ...]) -> bool:
        return any(unit.surface in _ELSEWHERE and unit.way is not Way.EXACT for unit in units)

    def _hits(self, units: tuple[Unit, ...]) -> list[Hit]:
        terms = weighted(units)
        wanted = frozenset(term for term, _ in terms)
        telling = [self._unit_weight(unit) for unit in units]
        hits = []
        for place, (key, stored, score) in enumerate(self._engine.search(terms, CANDIDATES)):
            sentences, whole = _held(stored)
            distinct = {sentence & wanted for sentence in sentences}
            best = max(self._covered(units, telling, sentence) for sentence in distinct)
            coverage = self._covered(units, telling, whole & wanted)
            total = score + SENTENCE * best * sum(telling)
            hits.append((-total, place, Hit(self._sections[key], total, coverage)))
        return [
            hit for _, _, hit in sorted(hits, key=lambda row: row[:2]) if hit.coverage >= COVERAGE
        ]

    def _unit_weight(self, unit: Unit) -> float:
        if not unit.terms:
            return UNKNOWN * self._engine.idf("")
        return max(weight * self._engine.idf(term) for term, weight in unit.terms)

    def _covered(
        self, units: tuple[Unit, ...], telling: list[float], held: frozenset[str]
    ) -> float:
        """How much of what the query tells stands in `held`, 0 to 1."""
        found = sum(
            share
            * max((weight for term, weight in unit.terms if term in held), default=0.0)
            / unit.share
            for unit, share in zip(units, telling, strict=True)
        )
        return found / (sum(telling) or 1.0)


@lru_cache(maxsize=1000)
def _held(stored: str) -> tuple[tuple[frozenset[str], ...], frozenset[str]]:
    """The terms of each sentence of a section, and of all."""
    sentences = tuple(frozenset(line.split()) for line in stored.split("\n"))
    return sentences, frozenset().union(*sentences)


def weighted(units: tuple[Unit, ...]) -> list[tuple[str, float]]:
    """Each term of the query once, with the highest of its weights."""
    highest: dict[str, float] = {}
    for unit in units:
        for term, weight in unit.terms:
            highest[term] = max(weight, highest.get(term, 0.0))
    return sorted(highest.items())


def sentences_of(section: Section) -> list[str]:
    """The sentences of a section in every language; a heading and a list item is one too."""
    return [sentence for blocks in section.texts.values() for sentence in _sentences(blocks)]


def _sentences(blocks: Sequence[str]) -> list[str]:
    return [part for block in blocks for part in _SENTENCE_END.split(block) if part]


def _built(folder: Path, sections: Sequence[Section]) -> Path:
    """The folder of the index of `sections`, built unless it is already there.

    An index is made beside its place and renamed into it, so none is ever seen half built. What
    it was made from is in its name: sections, rules, synonyms and this code.
    """
    ours = sorted(file for file in Path(__file__).parent.iterdir() if file.is_file())
    made_from = hashlib.sha256(repr(sections).encode())
    for file in ours:
        made_from.update(file.read_bytes())
    target = folder / made_from.hexdigest()[:24]
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=folder, prefix=".new-"))
        _build(beside, sections)
        try:
            os.rename(beside, target)  # noqa: PTH104 (fails if another process was first)
        except OSError:
            shutil.rmtree(beside)
    return target


def _build(folder: Path, sections: Sequence[Section]) -> None:
    texts = {section.key: sentences_of(section) for section in sections}
    known = sorted({word for listed in texts.values() for text in listed for word in words(text)})
    (folder / KNOWN_WORDS).write_text("\n".join(known), encoding="utf-8")
    vocabulary = Vocabulary(known, synonyms.read())
    engine.write(
        folder, ((key, map(vocabulary.terms, sentences)) for key, sentences in texts.items())
    )


def _suggestion(query: str, units: tuple[Unit, ...]) -> str | None:
    """The query with its misspelt words as they are spelt here, if there are any."""
    better = {unit.surface: unit.meant for unit in units if unit.way is Way.SPELLING}
    if not better:
        return None
    return " ".join(better.get(word, word) for word in words(query))
