"""Letters that stand for one another are one, in Python and in the browser, where they stood."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import ROOT
from blueprints.folding import fold, fold_with_places
from scripts import folding
from tests.browsing import NODE
from tests.search.generated import drawn
from tests.test_growth import grows

GENERATED = 500
SEQUENCES = dict(folding.sequences())


def texts() -> st.SearchStrategy[str]:
    """Letters that are folded, that are parts of sequences, and any others."""
    piece = st.one_of(
        st.sampled_from(sorted(SEQUENCES)),
        st.sampled_from(sorted({letter for sequence in SEQUENCES for letter in sequence})),
        st.sampled_from("19faक़"),
        st.sampled_from("⑩℡ﬃ\u0958\u200b\u00ad\U000e0041😀"),
        st.text(st.characters(categories=["Nd"]), max_size=3),
        st.text(max_size=3),
    )
    return st.lists(piece, max_size=12).map("".join)


def browser(asked: list[str], letters: str = "") -> Any:
    told = subprocess.run(
        [NODE, ROOT / "tests/blueprints/folding.js"],
        input=json.dumps({"texts": asked, "letters": letters}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(told.stdout)


def test_the_table_is_what_its_script_writes() -> None:
    for path, text in folding.written().items():
        assert path.read_text(encoding="ascii") == text, "run `python -m scripts.folding`"


def test_what_shows_nothing_is_what_unicode_says() -> None:
    listed = {
        chr(code)
        for first, last in folding.ranges(folding.IGNORABLE)
        for code in range(first, last + 1)
    }
    letters = "".join(map(chr, [*range(0xD800), *range(0xE000, sys.maxunicode + 1)]))
    assert set(browser([], letters)["ignorable"]) == listed


def test_every_digit_becomes_ascii() -> None:
    digits = [letter for code in range(sys.maxunicode) if (letter := chr(code)).isdigit()]
    assert len(digits) > 700
    for digit in digits:
        assert fold(digit) == str(unicodedata.digit(digit))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("टा\u0945यलेट", "टॉयलेट"),
        ("पा\u0945टी", "पॉटी"),
        ("टॅायलेट", "टॉयलेट"),
        ("अापरेशन", "आपरेशन"),
        ("अा\u0945परेशन", "ऑपरेशन"),
        ("अॉपरेशन", "ऑपरेशन"),
        ("एेंठन", "ऐंठन"),
        ("अो\u200bर", "ओर"),
        ("कर्इ", "कई"),
        ("અાપ", "આપ"),
        ("ਅਾਪ", "ਆਪ"),
        ("অাপ", "আপ"),
        ("அூ", "ஆ"),
        ("ＡＢＣ①②³", "abc123"),
        ("\u0958लम", "क\u093cलम"),
        ("don’t", "don't"),
    ],
)
def test_what_looks_alike_is_one(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant) == unicodedata.normalize("NFD", meant)


@given(texts())
def test_a_folded_text_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts())
def test_letters_keep_their_places(text: str) -> None:
    folded = fold_with_places(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    spans = list(zip(folded.starts, folded.ends, strict=True))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for (start, end), (next_start, next_end) in pairwise(spans):
        # Of one letter that becomes several, all have its place.
        assert end <= next_start or (start, end) == (next_start, next_end)
    for place, letter in enumerate(folded.text):
        start, end = folded.span(place, place + 1)
        assert letter in fold(text[start:end])


def test_the_browser_folds_alike() -> None:
    asked = drawn(texts(), GENERATED)
    for text, told in zip(asked, browser(asked)["texts"], strict=True):
        folded = fold_with_places(text)
        assert told["text"] == folded.text
        units = [unit for unit, letter in enumerate(folded.text) for _ in range(_units(letter))]
        assert told["starts"] == [_units(text[: folded.starts[unit]]) for unit in units]
        assert told["ends"] == [_units(text[: folded.ends[unit]]) for unit in units]


@pytest.mark.parametrize(
    "part", ["a", "ﷺ", "ा\u0945", "अ", "\u0300\u0316", "र\u094d", "㏂", "\u200b"]
)
def test_folding_is_linear(part: str) -> None:
    assert not grows(fold, part)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
