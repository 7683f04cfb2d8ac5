"""Simulated edits: every translation stays with its text, none goes to another.

`make bench-translations` makes more of them, and asks other tools too.
"""

from __future__ import annotations

from datetime import date

from app import ROOT
from blueprints.articles.source import read
from blueprints.translating.updating import updated
from tests.translating.editing import KINDS
from tests.translating.simulated import Tally, simulated, translated

ARTICLE = read(ROOT / "content/why-spine-surgeries-fail.md")
TODAY = date(2026, 11, 26)


def test_translations_stay_with_their_texts_and_go_to_no_other() -> None:
    tally = Tally()
    for edit in simulated(ARTICLE, count=6 * len(KINDS), seed=7):
        made = updated(translated(ARTICLE), "hi", edit.entries, TODAY)
        tally.count(edit, translated(ARTICLE), made.catalog)
    assert (tally.wrong, tally.lost) == ([], [])
    assert set(tally.known) == set(KINDS) - {"paragraph inserted", "paragraph deleted"}
    assert tally.moved.total() > 0
    assert tally.again.total() == 0
