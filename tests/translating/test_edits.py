"""Simulated edits: translations stay with their texts, and no stale one is shown as current.

`make bench-translations` makes more of them, and asks other tools too.
"""

from __future__ import annotations

from datetime import date

from app import ROOT
from blueprints import catalogs
from blueprints.articles.passages import State
from blueprints.articles.source import read
from blueprints.meaning import Edits
from blueprints.translating.updating import updated
from tests.translating.editing import KINDS
from tests.translating.reading import LANGUAGE, Reading
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


def test_readers_are_shown_no_stale_translation_as_current() -> None:
    translations = ROOT / "translations"
    catalog = catalogs.read(catalogs.path(translations, LANGUAGE, catalogs.ARTICLE))
    seen = Reading(ARTICLE, catalog, Edits.for_project(translations), seed=7).edit(36)
    assert (seen.stale_as_current, seen.material_as_cosmetic, seen.contradictions) == ([], [], [])
    assert seen.material.total() > 0
    assert seen.cosmetic[State.STALE_COSMETIC] > 0
    assert set(seen.shown) >= {State.CURRENT, State.UNREVIEWED, State.STALE_MATERIAL}
