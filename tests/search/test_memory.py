"""An index that follows additions and removals answers as one that was made at once."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from search_index import Answer, Index, MemoryIndex, Section, export
from tests.search.conftest import queries

WORDS = [
    "nerve",
    "nerves",
    "root",
    "screw",
    "screws",
    "screwed",
    "broke",
    "pain",
    "painful",
    "slipped",
    "disc",
    "discs",
    "nervv",
    "tractor",
    "tractors",
    "cage",
    "नस",
    "नसें",
    "पेंच",
    "दर्द",
    "दर्दनाक",
    "कमर",
    "टूट",
    "टूटा",
    "रॉड",
    "slip",
    "physio",
    "therapy",
    "zebra",
    "the",
    "of",
]
ASKED = [*WORDS, "slip disc", "kamar dard", "nas", "scre", "pench", "tractr", "nerve zebra pain"]

text = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
texts = st.fixed_dictionaries({"en": st.lists(text, min_size=1, max_size=3)}) | (
    st.fixed_dictionaries({"hi": st.lists(text, min_size=1, max_size=3)})
)
# Which answer is taken away, or what it says from now on.
step = st.tuples(st.integers(0, 5), st.none() | texts)


def sections(told: dict[int, dict[str, list[str]]]) -> list[Section]:
    return [Section("a", f"answer-{number}", texts) for number, texts in told.items()]


def said(index: Index, asked: str) -> tuple[Any, ...]:
    answer: Answer = index.search(asked)
    hits = [(hit.section, hit.score, hit.coverage) for hit in answer.hits]
    return answer.units, hits, answer.suggestion


@settings(max_examples=25)
@given(st.lists(st.lists(step, max_size=4), max_size=6))
def test_what_followed_is_what_would_be_made_anew(rounds: list[list[tuple[int, Any]]]) -> None:
    told: dict[int, dict[str, list[str]]] = {}
    index = MemoryIndex()
    for steps in rounds:
        changes = dict(steps)
        added = {number: texts for number, texts in changes.items() if texts}
        removed = {number for number, texts in changes.items() if not texts}
        before = index, [said(index, asked) for asked in ASKED[:5]]
        index = index.changed([f"a#answer-{number}" for number in removed], sections(added))
        assert [said(before[0], asked) for asked in ASKED[:5]] == before[1], "it never changes"
        told = {number: had for number, had in told.items() if number not in removed} | added
    anew = MemoryIndex(sections(told))
    assert export({"answers": index}) == export({"answers": anew})
    for asked in ASKED:
        assert said(index, asked) == said(anew, asked), asked


def test_it_finds_what_whoosh_finds(index: Index) -> None:
    ours = MemoryIndex(index.sections)
    for query in queries("dev_queries.jsonl"):
        found, whoosh = (
            [hit.section.key for hit in each.search(query.text).hits] for each in (ours, index)
        )
        # Whoosh rounds lengths, so those that are nearly as good may change places.
        assert found[:1] == whoosh[:1], query.text
