"""The one place that touches Whoosh: terms in, scored section keys out.

Queries are built here from terms and weights; what a reader typed never reaches Whoosh's query
parser. An index is opened only if this program wrote it, because Whoosh unpickles its schema.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from whoosh import query, scoring
from whoosh.analysis import SpaceSeparatedTokenizer
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.filedb.filestore import RamStorage

from search_index.parameters import TUNED

# Whoosh writes what is more than this to the disk, in files that `_InMemory` cannot read again.
_MEGABYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """A section as Whoosh holds it: its length in terms, and the terms of each sentence."""

    key: str
    length: int
    stored: str

    @property
    def sentences(self) -> list[str]:
        return self.stored.split("\n")


class _InMemory(RamStorage):  # type: ignore[misc]  # Whoosh has no types
    """Files by name. Whoosh's own storage in memory writes temporary files to the disk."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self.files = dict(files)

    def temp_storage(self, name: str | None = None) -> _InMemory:
        return _InMemory({})


class Engine:
    """A Whoosh index, of the files that `written` gave."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._index = _InMemory(files).open_index()
        self._own = threading.local()
        self._count = self._searcher().doc_count_all()
        terms = self._searcher().reader().iter_field("terms")
        self._held = {term.decode(): int(told.doc_frequency()) for term, told in terms}

    def search(
        self, weighted: Iterable[tuple[str, float]], limit: int
    ) -> list[tuple[str, str, float]]:
        """Key, sentences and score of the best sections, best first, then in section order."""
        terms = [query.Term("terms", term, boost=weight) for term, weight in weighted]
        results = self._searcher().search(query.Or(terms), limit=limit) if terms else []
        return [(hit["key"], hit["sentences"], float(hit.score)) for hit in results]

    def sections_with(self, term: str) -> int:
        """How many sections hold a term (document frequency)."""
        return self._held.get(term, 0)

    def idf(self, term: str) -> float:
        """How telling a term is (inverse document frequency)."""
        return self.idf_of(self.sections_with(term))

    def idf_of(self, sections: int) -> float:
        """The same of a term that so many sections hold."""
        return idf_of(sections, self._count)

    def documents(self) -> list[Document]:
        """Every section, in the order in which they were written."""
        reader = self._searcher().reader()
        return [
            Document(stored["key"], reader.doc_field_length(number, "terms"), stored["sentences"])
            for number, stored in reader.iter_docs()
        ]

    def average_length(self) -> float:
        """The mean number of terms of a section, as the scores use it."""
        return float(self._searcher().avg_field_length("terms")) if self._count else 0.0

    def _searcher(self) -> Any:  # noqa: ANN401 (Whoosh has no types)
        # A searcher moves in open files, so each thread has its own.
        if not hasattr(self._own, "searcher"):
            self._own.searcher = self._index.searcher(
                weighting=scoring.BM25F(B=TUNED.b, K1=TUNED.k1)
            )
        return self._own.searcher


def idf_of(sections: int, count: int) -> float:
    """ln(N / (n + 1)) + 1 for N sections in all, n of which hold a term."""
    return math.log(count / (sections + 1)) + 1 if count else 0.0


def written(rows: Iterable[tuple[str, Iterable[Iterable[str]]]]) -> dict[str, bytes]:
    """The files of an index of sections: of each its key, and the terms of each sentence."""
    schema = Schema(
        key=ID(stored=True),
        terms=TEXT(analyzer=SpaceSeparatedTokenizer(), phrase=False),
        sentences=STORED,
    )
    storage = _InMemory({})
    made = storage.create_index(schema)
    writer = made.writer(limitmb=_MEGABYTES)
    for key, sentences in rows:
        lines = [" ".join(sentence) for sentence in sentences]
        writer.add_document(key=key, terms=" ".join(lines), sentences="\n".join(lines))
    writer.commit()
    made.close()
    return storage.files
