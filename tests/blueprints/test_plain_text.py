"""What people type, in one form: the same letters, whatever they were typed with."""

from __future__ import annotations

import json
import subprocess
import time
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import ROOT
from blueprints.plain_text import has_letters, normalise, normalise_address, shown_length
from blueprints.questions import receipts
from tests.browsing import NODE
from tests.search.generated import drawn

JOINER = "\u034f"
GENERATED = 1000
# What shows nothing, each in its own way.
INVISIBLE = [
    "\u200b", "\u2800", "\u00ad", "\u200d", "\u3164", "\u2060", "\u115f", "\uffa0", "\u180e",
    "\u00a0", "\u3000", "\ufeff", "\u200e", "\u2066", "\ufe0f", "\u034f", "\u17b4",
    "\U000e0041", "\U0001d159", "\u061c", "\u0007", "\u2028", "\u0301", "\u094d", "\u200b \u2800\n",
]  # fmt: skip


@given(st.text())
def test_a_normal_text_stays_as_it_is(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="aकक़़्\u0301\u0323\u0315e ", max_size=80))
def test_no_letter_and_no_mark_is_lost(marks: str) -> None:
    text = f"क{marks}"
    kept = unicodedata.normalize("NFD", normalise(text)).replace(JOINER, "")
    assert sorted(kept) == sorted(unicodedata.normalize("NFD", text.strip()))


@pytest.mark.parametrize("marks", ["\u0315\u0300", "\u0301", "\u0345\u035d\u0315\u0300\u0316"])
def test_marks_upon_marks_cost_no_time(marks: str) -> None:
    text = "a" + marks * (64 * 1024 // len(marks.encode()))
    before = time.thread_time()
    normalise(text)
    assert time.thread_time() - before < 0.5


@pytest.mark.parametrize("part", INVISIBLE)
def test_what_nobody_sees_is_empty(part: str) -> None:
    assert normalise(part * 12) == ""
    assert not has_letters(part * 12)


@pytest.mark.parametrize("text", ["....", "??", "🙏", "।", "₹"])
def test_signs_are_kept_and_are_no_letters(text: str) -> None:
    assert normalise(text) == text
    assert not has_letters(text)


@pytest.mark.parametrize("text", ["क", "१", "\uff41", "ﷺ", "①", "ক", "漢"])
def test_a_letter_or_a_digit_of_any_script_is_one(text: str) -> None:
    assert has_letters(f"\u200b{text}\u2060")
    assert shown_length(f"\u200b{text} {text}\u2060") == 3


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ram\u200b@exam\u00adple.com\u2060", "ram@example.com"),
        ("\u200eram@example.com\u200f", "ram@example.com"),
        ("ram\ufeff@\u200dexample.com", "ram@example.com"),
        ("रा\u200bम@कमल.example", "राम@कमल.example"),
        ("क्\u200dष@कमल.example", "क्\u200dष@कमल.example"),
    ],
)
def test_what_nobody_sees_is_taken_out_of_an_address(typed: str, meant: str) -> None:
    assert normalise_address(typed) == meant


def test_the_phone_reads_texts_as_the_server_does() -> None:
    letters = st.characters(exclude_categories=["Cn", "Cs"])
    marks = st.text("\u0301\u0316\u093c\u094d\u034f", max_size=70)
    receipt = st.just(receipts.make()).map(lambda made: f" {made[:9].lower()}\u200b-{made[9:]}")
    piece = st.one_of(
        marks,
        receipt,
        st.sampled_from([*INVISIBLE, "\u095c", "\r\n", "e", "क", "😀"]),
        st.text(letters, max_size=4),
    )
    asked = ["\u095c" * 2001, *drawn(st.lists(piece, max_size=8).map("".join), GENERATED)]
    for text, told in zip(asked, phone(asked), strict=True):
        # The server keeps nothing of what nobody sees; the phone says that it is empty.
        kept = normalise(text)
        shown = shown_length(kept) if has_letters(kept) else 0
        assert told["shown"] == shown, text
        assert told["receipt"] == (receipts.read(text) or ""), text
        if kept:
            assert (told["text"], told["length"]) == (kept, len(kept)), text
    assert len(normalise(asked[0])) == 4002


def phone(asked: list[str]) -> Any:
    told = subprocess.run(
        [NODE, ROOT / "tests/blueprints/plain.js"],
        input=json.dumps(asked),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(told.stdout)
