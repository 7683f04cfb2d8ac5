"""An index in memory alone, which follows what is added and removed.

It is for what is published and taken back: nothing of it is on the disk, so what is erased is gone
from it, and a change takes as long as what has changed. It scores as Whoosh does in `engine`.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from copy import copy

from search_index import synonyms
from search_index.analysis import words
from search_index.building import known_of, sentences_of
from search_index.engine import Document, idf_of
from search_index.index import Index
from search_index.parameters import TUNED
from search_index.sections import Section
from search_index.synonyms import Synonyms
from search_index.vocabulary import Vocabulary


class MemoryIndex(Index):
    """Sections, ready to be searched; safe to share between threads, as it never changes."""

    engine: Memory

    def __init__(self, sections: Sequence[Section] = ()) -> None:
        self._sections = {}
        self._synonyms = synonyms.read()
        self._vocabulary = Vocabulary((), self._synonyms)
        self._counted: Counter[str] = Counter()
        self.known = []
        self.engine = Memory()
        if sections:
            self.__dict__ = self.changed((), sections).__dict__

    def changed(self, removed: Collection[str], added: Sequence[Section]) -> MemoryIndex:
        """An index without the sections of these keys, and with these, new ones or new texts."""
        keys = {*removed, *(section.key for section in added)} & self._sections.keys()
        gone = [self._sections[key] for key in keys]
        new = copy(self)
        new._sections = {key: had for key, had in self._sections.items() if key not in keys}
        new._sections |= {section.key: section for section in added}
        counted = self._counted.copy()
        counted.subtract(word for section in gone for word in _words(section))
        counted.update(word for section in added for word in _words(section))
        new._counted = +counted
        new.known = known_of(new._counted)
        if new.known != self.known:
            new._vocabulary = Vocabulary(new.known, self._synonyms, like=self._vocabulary)
        documents = [_document(section, self._synonyms) for section in added]
        new.engine = self.engine.changed(keys, documents)
        return new


class Memory:
    """Terms in, scored section keys out: BM25F (Robertson, Zaragoza and Taylor, CIKM 2004)."""

    def __init__(self) -> None:
        self._documents: dict[str, Document] = {}
        # By term and section, how often.
        self._postings: dict[str, dict[str, int]] = {}
        self._length = 0

    def changed(self, removed: Collection[str], added: Sequence[Document]) -> Memory:
        """The same without some documents and with others; it shares all other postings."""
        new = Memory()
        new._documents = {key: had for key, had in self._documents.items() if key not in removed}
        new._documents |= {document.key: document for document in added}
        gone = [self._documents[key] for key in removed]
        new._length = self._length + sum(document.length for document in added)
        new._length -= sum(document.length for document in gone)
        counts = [(document.key, Counter(document.stored.split())) for document in added]
        touched = {term for document in gone for term in document.stored.split()}
        touched |= {term for _, count in counts for term in count}
        new._postings = self._postings | {
            term: {key: times for key, times in held.items() if key not in removed}
            for term in touched
            for held in [self._postings.get(term, {})]
        }
        for key, count in counts:
            for term, times in count.items():
                new._postings[term][key] = times
        for term in touched:
            if not new._postings[term]:
                del new._postings[term]
        return new

    def search(
        self, weighted: Iterable[tuple[str, float]], limit: int
    ) -> list[tuple[str, str, float]]:
        """Key, sentences and score of the best sections, best first, then by key."""
        scores: dict[str, float] = {}
        average = self.average_length()
        for term, weight in weighted:
            idf = self.idf(term)
            for key, times in self._postings.get(term, {}).items():
                length = self._documents[key].length
                share = 1 - TUNED.b + TUNED.b * length / average
                told = times * (TUNED.k1 + 1) / (times + TUNED.k1 * share)
                scores[key] = scores.get(key, 0.0) + idf * told * weight
        best = heapq.nsmallest(limit, scores.items(), key=lambda row: (-row[1], row[0]))
        return [(key, self._documents[key].stored, score) for key, score in best]

    def sections_with(self, term: str) -> int:
        return len(self._postings.get(term, ()))

    def idf(self, term: str) -> float:
        return self.idf_of(self.sections_with(term))

    def idf_of(self, sections: int) -> float:
        return idf_of(sections, len(self._documents))

    def documents(self) -> list[Document]:
        """Every section, by key: in the order in which equal scores are shown."""
        return sorted(self._documents.values(), key=lambda document: document.key)

    def average_length(self) -> float:
        return self._length / len(self._documents) if self._documents else 0.0


def _document(section: Section, synonyms: Synonyms) -> Document:
    lines = [" ".join(synonyms.terms(sentence)) for sentence in sentences_of(section)]
    stored = "\n".join(lines)
    return Document(section.key, len(stored.split()), stored)


def _words(section: Section) -> set[str]:
    return {word for sentence in sentences_of(section) for word in words(sentence)}
