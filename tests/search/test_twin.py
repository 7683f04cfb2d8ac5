"""The browser's half of the search says what Python's says, of every text."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from scripts.folding import IGNORABLE, ranges
from search_index import Answer, Index, Section, export
from search_index.analysis import words
from search_index.parameters import TUNED
from tests.browsing import NODE
from tests.search.generated import VECTORS, analysed, drawn, found_words, known_texts, mixed, texts
from tests.search.test_analysis import ALIKE, OTHER_SCRIPTS

HERE = Path(__file__).parent
GENERATED = 5000


@pytest.fixture(scope="session")
def vectors() -> Any:
    told = json.loads(VECTORS.read_text(encoding="utf-8"))
    assert len(told["texts"]) + len(told["words"]) >= 2000
    return told


def twin(index: Index, asked: list[str], words: list[str] | None = None) -> Any:
    """What the scripts of `static/search` say with the exported index.

    Of each text the answer; where `words` are given too, the vectors of the texts and of those.
    """
    sent = {
        "exported": json.loads(export({"articles": index})),
        "texts": asked,
        "words": words,
        "blocks": {
            section.key: {code: list(blocks[1:]) for code, blocks in section.texts.items()}
            for section in index.sections
        },
    }
    told = subprocess.run(
        [NODE, HERE / "twin.js"],
        input=json.dumps(sent),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(told.stdout)


def as_told(index: Index, answer: Answer) -> dict[str, Any]:
    """An answer in the form in which the scripts give it."""
    return {
        "query": answer.query,
        "units": [
            {
                "surface": unit.surface,
                "way": unit.way,
                "terms": [list(term) for term in unit.terms],
                "share": unit.share,
                "meant": unit.meant,
            }
            for unit in answer.units
        ],
        "hits": [
            {
                "key": hit.section.key,
                "score": hit.score,
                "coverage": hit.coverage,
                "excerpts": {
                    code: [
                        [piece.text, piece.is_match]
                        for piece in index.excerpt(answer, hit.section, code)
                    ]
                    for code in hit.section.texts
                },
            }
            for hit in answer.hits
        ],
        "suggestion": answer.suggestion,
        "wasCut": answer.was_cut,
    }


def test_python_keeps_to_the_vectors(vectors: Any) -> None:
    for vector in vectors["texts"]:
        assert found_words(vector[0]) == vector
    for vector in vectors["words"]:
        assert json.loads(json.dumps(analysed(vector[0]))) == vector


def test_the_browser_keeps_to_the_vectors(index: Index, vectors: Any) -> None:
    texts, words = ([vector[0] for vector in vectors[kind]] for kind in ("texts", "words"))
    told = twin(index, texts, words)
    for kind in ("texts", "words"):
        for vector, same in zip(vectors[kind], told[kind], strict=True):
            assert same == vector


def test_the_browser_finds_the_same_words_of_strange_texts(index: Index) -> None:
    ignorable = [f"a{chr(code)}b" for first, last in ranges(IGNORABLE) for code in (first, last)]
    digits = [chr(zero + digit) for zero in range(0x966, 0xE00, 128) for digit in range(10)]
    texts = [*OTHER_SCRIPTS, *(typed for typed, _ in ALIKE), *ignorable, *digits]
    told = twin(index, texts, [])
    assert told["texts"] == [found_words(text) for text in texts]
    assert [words(text) for text in ignorable] == [["ab"]] * len(ignorable)
    assert [words(text) for text in digits] == [[str(unicodedata.digit(text))] for text in digits]


def test_the_browser_searches_for_as_much_of_a_text(index: Index) -> None:
    long = ["ﷺ" * 200, "㏂" * 200, "ﷺ दर्द " * 40, "दर्द " * 100, "a" + "\u0300\u0316" * 300]
    for text, told in zip(long, twin(index, long), strict=True):
        answer = index.search(text)
        assert told == as_told(index, answer)
        assert sum(len(unit.surface) for unit in answer.units) <= TUNED.longest_query


def test_the_browser_gives_the_same_hits(index: Index) -> None:
    generated = [*drawn(texts(), GENERATED // 5), *mixed(GENERATED)]
    asked = list(dict.fromkeys([*known_texts(), *generated]))
    assert len(asked) >= GENERATED + len(known_texts()) // 2
    answers = [index.search(text) for text in asked]
    assert sum(bool(answer.hits) for answer in answers) >= GENERATED // 4
    for text, answer, told in zip(asked, answers, twin(index, asked), strict=True):
        assert told == as_told(index, answer), text


@pytest.mark.matrix
def test_the_browser_gives_the_same_hits_of_many_sections(tmp_path: Path) -> None:
    known = drawn(texts(), 1200)
    sections = [
        Section(
            f"article-{number // 7}",
            f"section-{number}",
            {
                "en": ["Part", ". ".join(known[number::40])],
                "hi": ["", "। ".join(known[number::90])],
            },
        )
        for number in range(40)
    ]
    index = Index(tmp_path, sections)
    asked = known_texts()
    for text, told in zip(asked, twin(index, asked), strict=True):
        assert told == as_told(index, index.search(text)), text


def test_the_same_sections_give_the_same_bytes(index: Index, tmp_path: Path) -> None:
    again = Index(tmp_path, index.sections)
    assert export({"articles": again}) == export({"articles": index})
