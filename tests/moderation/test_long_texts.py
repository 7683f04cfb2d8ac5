"""Texts made to be slow to look at are looked at quickly, for everything that runs on them."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from flask import Flask

from blueprints.marking import difference
from blueprints.moderation.drafting import LONGEST_ANSWER
from blueprints.moderation.highlight import highlighted
from blueprints.moderation.site import glossary
from blueprints.screening import screening

Look = Callable[[str], object]

SECONDS = 1.0  # of this thread alone, however busy the machine is
REPEATED = [
    "a", "a ", "a b ", "1", "1 ", "9-", "98 ", "6-5-", "98765 ", "+91 ", "100 ", "(", "-", ".",
    " ", "\n", "a.", "a@", "a@a.", "a@a-", "mrn ", "m.r.n. no ", "patient no ", "क ", "नहीं ", "no ",
    "can't ", "feel ", "legs ", "nerve ", "screw/", "\u0301", "'",
]  # fmt: skip
LOOKS: dict[str, Look] = {
    "personal details": lambda text: highlighted(text, "a"),
    "urgent words": lambda text: screening().is_urgent(text),
    "glossary": lambda text: glossary().look_up(text, "hi"),
    "a word more": lambda text: difference(text, f"{text} more"),
    "other words": lambda text: difference(text, text[: len(text) // 2] + "b c " * 1000),
}


@pytest.mark.parametrize("name", LOOKS)
def test_no_text_holds_up_a_thread(app: Flask, name: str) -> None:
    took = {}
    with app.app_context():
        for part in REPEATED:
            text = (part * LONGEST_ANSWER)[:LONGEST_ANSWER]
            start = time.thread_time()
            LOOKS[name](text)
            took[part] = time.thread_time() - start
    assert {part: seconds for part, seconds in took.items() if seconds > SECONDS} == {}


def test_of_long_texts_what_differs_is_still_marked() -> None:
    words = ["the" if number % 3 else f"word{number}" for number in range(600)]
    changed = [*words[:200], "another", *words[201:400], "last", *words[400:]]
    pieces = difference(" ".join(words), " ".join(changed))
    assert [piece.text.strip() for piece in pieces if piece.is_marked] == ["another", "last"]
