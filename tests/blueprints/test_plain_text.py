"""What people type, in one form: the same letters, whatever they were typed with."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprints.plain_text import normalise

JOINER = "\u034f"


@given(st.text())
def test_a_normal_text_stays_as_it_is(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(alphabet="aकक़़्\u0301\u0323\u0315e ", max_size=80))
def test_no_letter_and_no_mark_is_lost(text: str) -> None:
    kept = unicodedata.normalize("NFD", normalise(text)).replace(JOINER, "")
    assert sorted(kept) == sorted(unicodedata.normalize("NFD", text.strip()))


@pytest.mark.parametrize("marks", ["\u0315\u0300", "\u0301", "\u0345\u035d\u0315\u0300\u0316"])
def test_marks_upon_marks_cost_no_time(marks: str) -> None:
    text = "a" + marks * (64 * 1024 // len(marks.encode()))
    before = time.thread_time()
    normalise(text)
    assert time.thread_time() - before < 0.5
