"""Indexes as one file for the browser: what Whoosh holds, with the tables of the analysis."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Any

from search_index.analysis import ELSEWHERE, LISTED_STOP, is_hindi, stem, words
from search_index.index import Index
from search_index.parameters import TUNED
from search_index.rules import RULES
from search_index.sections import Section
from search_index.synonyms import Row, Synonyms, read

_TIGHT = (",", ":")


def export(indexes: Mapping[str, Index]) -> bytes:
    """JSON, the same bytes for the same indexes: the tables once, and each index by its name.

    Words are folded and parted by spaces, the words of a phrase joined by `_`.
    """
    synonyms = read()
    tables = {
        "parameters": asdict(TUNED),
        "rules": {**RULES, "stop": _listed(LISTED_STOP), "elsewhere": _listed(ELSEWHERE)},
        "synonyms": "\n".join(map(_line, synonyms.rows)),
    }
    told = {name: _told(index, synonyms) for name, index in indexes.items()}
    return json.dumps({"tables": tables, **told}, ensure_ascii=False, separators=_TIGHT).encode()


def _told(index: Index, synonyms: Synonyms) -> dict[str, Any]:
    """What Whoosh holds.

    The terms are not written: they are the stems of the words that stand for themselves, and the
    concepts, in alphabetical order. Sentences are numbered through all sections, in their order;
    `postings` holds for each term, between commas, the numbers of the sentences that hold it: the
    first, then the gaps, one character for each occurrence. `idf` is given by the number of
    sections that hold a term, ready, because the last bit of a logarithm may differ between
    machines. Lengths are Whoosh's, which keeps them in one byte.
    """
    engine = index.engine
    documents = engine.documents()
    lines = [line.split() for document in documents for line in document.sentences]
    postings: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        for term in line:
            postings.setdefault(term, []).append(number)
    concepts = {row.concept for row in synonyms.rows}
    terms = sorted(concepts | {synonyms.meaning(stem(word)) for word in index.known})
    sections = {section.key: section for section in index.sections}
    return {
        "words": _listed(index.known),
        "sections": [
            {
                "article": sections[document.key].article,
                "id": sections[document.key].id,
                "headings": _headings(sections[document.key]),
                "length": document.length,
                "sentences": len(document.sentences),
            }
            for document in documents
        ],
        "average_length": engine.average_length(),
        "idf": {
            str(held): engine.idf_of(held)
            for held in sorted({0, *map(engine.sections_with, terms)})
        },
        "postings": ",".join(_gaps(postings.get(term, ())) for term in terms),
    }


def _listed(words: Iterable[str]) -> str:
    return " ".join(sorted(words))


def _line(row: Row) -> str:
    # A concept is the number of its row, so not written. Each script by itself compresses better.
    by_script = sorted(row.surfaces, key=is_hindi)
    surfaces = " ".join("_".join(words(surface)) for surface in by_script)
    return f"{surfaces},{row.broader}" if row.broader else surfaces


def _headings(section: Section) -> dict[str, str]:
    return {language: blocks[0] for language, blocks in section.texts.items() if blocks[0]}


def _gaps(numbers: Sequence[int]) -> str:
    return "".join(_character(after - before) for before, after in pairwise([0, *numbers]))


def _character(number: int) -> str:
    """A number as one character from “0” on, past the surrogates; no comma and no quote."""
    code = ord("0") + number
    return chr(code if code < 0xD800 else code + 0x800)
