"""Texts that a reader may type, and many that none would, drawn from strategies of Hypothesis.

`python -m tests.search.generated` writes the table of test vectors anew: what the Python analysis
says of each text. The browser's must say the same.
"""

from __future__ import annotations

import json
import random
import unicodedata
from collections.abc import Iterable
from functools import partial
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_index import synonyms
from search_index.analysis import is_hindi, is_stop, stem, words
from search_index.phonetics import asked_keys, known_keys
from tests.search.conftest import HERE, queries

VECTORS = HERE / "vectors.json"
TEXTS = 1000

ASKED = ("dev_queries.jsonl", "questions.jsonl", "more_queries.jsonl", "held_out.jsonl")

# Every suffix that Porter 2 knows, and what may stand before and after one.
ENGLISH = (
    "a e i o u y bb bl tt at iz s us ss sses ied ies eed eedly ed edly ing ingly anci enci ogi li"
    " bli abli alli fulli lessli ousli entli aliti biliti iviti tional ational alism ation ization"
    " izer ator iveness fulness ousness ogist icate ative alize iciti ical ful ness ic ance ence"
    " able ible ate ive ize iti al ism ion sion er ous ant ent ment ement ll"
)
ROOTS = "d x fam rotat general organ"
SHORT = "d cy ny my inn out earr even cann succ proc exc add egg x"
HINDI_ENDINGS = "ा ी े ो ों ें ियाँ ियों ता ती ते ना ने कर ाएँगी ाओ ँ ं ः ़ ् \u200d \u200c"  # noqa: RUF001


def known_texts() -> list[str]:
    """What was written by hand: queries, questions, Roman spellings and synonyms."""
    spelt = [line.split() for line in (HERE / "hinglish.tsv").read_text("utf-8").splitlines()]
    return [
        *(query.text for name in ASKED for query in queries(name)),
        *(HERE / "no-answer.txt").read_text("utf-8").splitlines(),
        *(word for line in spelt for word in line),
        *(surface for row in synonyms.read().rows for surface in row.surfaces),
    ]


def texts() -> st.SearchStrategy[str]:
    """Known words as typed, misspelt, joined and broken off; invented ones; any text at all."""
    assigned = st.characters(exclude_categories=["Cs", "Cn", "Co"])
    known = st.sampled_from(sorted({part for text in known_texts() for part in text.split()}))
    roman = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6)
    devanagari = st.text(st.characters(min_codepoint=0x900, max_codepoint=0x97F), max_size=9)
    word = st.one_of(
        known,
        known.flatmap(_misspelt),
        st.tuples(roman, st.sampled_from(ENGLISH.split()), roman | st.just("")).map("".join),
        st.tuples(known | roman, st.sampled_from(ENGLISH.split())).map("".join),
        st.tuples(known, st.sampled_from(HINDI_ENDINGS.split(" "))).map("".join),
        devanagari,
    )
    short = st.sampled_from(
        [
            "d",
            "cy",
            "ny",
            "my",
            "inn",
            "out",
            "earr",
            "even",
            "cann",
            "succ",
            "proc",
            "exc",
            "add",
            "egg",
            "x",
        ]
    )
    ending = st.sampled_from(["ed", "ing", "edly", "ingly", "eed", "eedly", "er", "es"])
    word = st.one_of(word, word, st.tuples(short, ending).map("".join))
    query = st.lists(word, min_size=1, max_size=8).map(" ".join)
    return st.one_of(
        word,
        query,
        query.map(partial(unicodedata.normalize, "NFD")),
        query.map(partial(unicodedata.normalize, "NFKD")),
        query.map(str.upper),
        st.text(assigned, max_size=30),
    )


def _misspelt(word: str) -> st.SearchStrategy[str]:
    place = st.integers(0, max(0, len(word) - 1))
    letter = st.sampled_from([*"aeiounhrkt", *"ािीुूेैोौंँ़्रकनह", ".", "’", "-"])
    return st.one_of(
        place.map(lambda at: word[:at] + word[at + 1 :]),
        place.map(lambda at: word[: at + 1]),
        place.map(lambda at: word[:at] + word[at : at + 2][::-1] + word[at + 2 :]),
        st.tuples(place, letter).map(lambda drawn: word[: drawn[0]] + drawn[1] + word[drawn[0] :]),
    )


def drawn(strategy: st.SearchStrategy[str], count: int) -> list[str]:
    """`count` different texts, the same in every run of one version of Hypothesis."""
    found: dict[str, None] = {}

    @settings(
        max_examples=2 * count,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(text: str) -> None:
        found.setdefault(text)

    collect()
    return list(found)[:count]


def mixed(count: int) -> list[str]:
    """`count` queries of a few known words each, in an order that nobody would choose."""
    chance = random.Random(3)  # noqa: S311 (the same in every run)
    known = sorted({part for text in known_texts() for part in text.split()})
    return [" ".join(chance.sample(known, chance.randint(1, 6))) for _ in range(count)]


def found_words(text: str) -> list[Any]:
    """A vector of a text: itself and its folded words."""
    return [text, words(text)]


def analysed(word: str) -> list[Any]:
    """A vector of a folded word: itself, its stem, whether it is a stop word, and its keys."""
    known = known_keys(word) if is_hindi(word) else None
    return [word, stem(word), is_stop(word), asked_keys(word), known]


def main() -> None:
    asked = drawn(texts(), TEXTS)
    suffixed = [root + suffix for root in ROOTS.split() for suffix in ENGLISH.split()]
    typed = [*known_texts(), *suffixed, *asked]
    found = sorted({word for text in typed for word in words(text)})
    told = {"texts": _rows(map(found_words, asked)), "words": _rows(map(analysed, found))}
    members = ", ".join(f'"{kind}": {rows}' for kind, rows in told.items())
    VECTORS.write_text(f"{{{members}}}\n", encoding="utf-8")


def _rows(vectors: Iterable[list[Any]]) -> str:
    """A JSON array with a vector on each line, so that a change of the rules is easy to review."""
    lines = (json.dumps(vector, ensure_ascii=False) for vector in vectors)
    return "[\n" + ",\n".join(lines) + "\n]"


if __name__ == "__main__":
    main()
