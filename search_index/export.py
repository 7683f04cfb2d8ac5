"""The index as one file for the browser: what Whoosh holds, with the tables of the analysis."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from itertools import pairwise

from search_index.analysis import is_stop
from search_index.engine import Engine
from search_index.parameters import TUNED
from search_index.rules import RULES
from search_index.sections import Section
from search_index.synonyms import Synonyms


def export(
    sections: Mapping[str, Section], engine: Engine, known: Iterable[str], synonyms: Synonyms
) -> bytes:
    """JSON, the same bytes for the same index.

    `words` and `terms` are parted by spaces. Sentences are numbered through all sections, in
    their order; `postings` holds for each term, in the order of `terms`, the numbers of the
    sentences that hold it: the first, then the gaps, one entry for each occurrence. `idf` is given
    by the number of sections that hold a term, ready, because the last bit of a logarithm may
    differ between machines. Lengths are Whoosh's, which keeps them in one byte.
    """
    documents = engine.documents()
    lines = [line.split() for document in documents for line in document.sentences]
    postings: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        for term in line:
            postings.setdefault(term, []).append(number)
    terms = sorted(postings)
    told = {
        "parameters": asdict(TUNED),
        "rules": RULES,
        "synonyms": [[row.concept, row.surfaces, row.broader] for row in synonyms.rows],
        "words": " ".join(word for word in known if not is_stop(word)),
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
        "terms": " ".join(terms),
        "postings": [_gaps(postings[term]) for term in terms],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def _headings(section: Section) -> dict[str, str]:
    return {language: blocks[0] for language, blocks in section.texts.items() if blocks[0]}


def _gaps(numbers: Sequence[int]) -> list[int]:
    return [after - before for before, after in pairwise([0, *numbers])]
