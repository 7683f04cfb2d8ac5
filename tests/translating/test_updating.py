"""Catalogs: extracted whole, canonical, and no translation lost on the way."""

from __future__ import annotations

import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import polib
import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from polib import POEntry

from app import ROOT
from blueprints.translating.updating import text, updated

CATALOGS = sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po"))


TODAY = date(2026, 11, 26)


def entry(msgid: str, msgstr: str = "", context: str | None = "a/b", **more: object) -> POEntry:
    return POEntry(msgid=msgid, msgstr=msgstr, msgctxt=context, **more)


def update(old: Iterable[POEntry], new: Iterable[POEntry], today: date = TODAY) -> list[POEntry]:
    """What the catalog holds after an update, as it is read back from its file."""
    return list(polib.pofile(text(updated(old, "hi", new, today).catalog)))


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.name)
def test_committed_catalogs_are_canonical(file: Path) -> None:
    written = file.read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", written)
    assert "POT-Creation-Date" not in written
    assert not [line for line in written.splitlines() if line.startswith('"') and "\\n" not in line]


def test_committed_catalogs_are_up_to_date(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["translations", "update", "--check"])
    assert result.output == ""
    assert result.exit_code == 0


def test_the_plural_rule_is_cldr_s() -> None:
    header = polib.pofile(str(CATALOGS[0])).metadata["Plural-Forms"]
    assert "n == 0" in header, "0 is singular in Hindi, whatever Babel's own table says"


def test_a_translation_stays_with_its_context_and_text() -> None:
    kept = entry("a", "क", tcomment="reviewed by nobody", flags=["fuzzy"])
    new = update(
        [entry("b", "ख"), kept], [entry("a"), entry("new"), entry("b"), entry("a", context="a/c")]
    )
    assert [(item.msgid, item.msgctxt, item.msgstr) for item in new] == [
        ("a", "a/b", "क"),
        ("new", "a/b", ""),
        ("b", "a/b", "ख"),
        ("a", "a/c", ""),
    ]
    assert (new[0].tcomment, new[0].fuzzy) == ("reviewed by nobody", True)


def test_a_translation_whose_text_is_gone_is_kept_as_obsolete_until_it_comes_back() -> None:
    gone = update([entry("gone", "गया"), entry("never translated")], [])
    assert [(item.msgid, item.obsolete) for item in gone] == [("gone", True)]
    back = update(gone, [entry("gone")])
    assert [(item.msgstr, item.obsolete, item.fuzzy) for item in back] == [("गया", False, False)]


def test_updating_twice_changes_nothing_more() -> None:
    once = update([entry("a" * 200, "क" * 200)], [entry("a" * 200)])
    assert list(map(str, update(once, [entry("a" * 200)]))) == list(map(str, once))


def test_one_edited_string_is_two_changed_lines(tmp_path: Path) -> None:
    committed = ROOT / "translations/hi/LC_MESSAGES/article.po"
    edited = tmp_path / "article.po"
    pofile = polib.pofile(str(committed), wrapwidth=0)
    pofile[5].msgstr += " और"
    pofile.save(str(edited))
    difference = subprocess.run(
        ["diff", str(committed), str(edited)], capture_output=True, text=True, check=False
    )
    lines = [line for line in difference.stdout.splitlines() if line[0] in "<>"]
    assert len(lines) == 2


LONG = "Rest for six weeks after the operation, and lift nothing that is heavy."
HINDI = "ऑपरेशन के बाद छह हफ़्ते आराम करें।"


def test_a_changed_block_is_fuzzy_and_keeps_the_english_that_was_translated() -> None:
    again = LONG.replace("six", "twelve")
    (changed,) = update([entry(LONG, HINDI)], [entry(again)])
    assert (changed.msgid, changed.msgstr, changed.fuzzy) == (again, HINDI, True)
    assert changed.previous_msgid == LONG
    assert changed.tcomment == "English changed: 2026-11-26"


def test_after_several_edits_it_is_still_the_first_english_that_was_translated() -> None:
    once = update([entry(LONG, HINDI)], [entry(LONG.replace("six", "seven"))])
    (twice,) = update(once, [entry(LONG.replace("six", "eight"))], date(2027, 1, 1))
    assert twice.previous_msgid == LONG
    assert twice.tcomment == "English changed: 2026-11-26", "readers see no later day"


def test_an_edit_that_is_taken_back_leaves_nothing_behind() -> None:
    signed = entry(LONG, HINDI, tcomment="a note")
    changed = update([signed], [entry(LONG.replace("six", "seven"))])
    (back,) = update(changed, [entry(LONG)])
    assert (back.fuzzy, back.previous_msgid, back.tcomment) == (False, None, "a note")


def test_what_a_translator_has_done_again_is_not_stale_any_more() -> None:
    changed = update([entry(LONG, HINDI)], [entry(LONG.replace("six", "seven"))])
    changed[0].flags.remove("fuzzy")
    changed[0].msgstr = HINDI.replace("छह", "सात")
    (done,) = update(changed, [entry(LONG.replace("six", "seven"))])
    assert (done.fuzzy, done.previous_msgid, done.tcomment) == (False, None, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            entry(LONG, "क", comment="paragraph RE-01"),
            entry("Something else altogether is said.", comment="paragraph RE-01"),
            id="the same facts",
        ),
        pytest.param(
            entry("Rest", "क", comment="heading"),
            entry("After the operation", comment="heading"),
            id="the heading of the same section",
        ),
        pytest.param(
            entry(LONG, "क", comment="paragraph"),
            entry(f"{LONG} Walk.", comment="paragraph", context="a/c"),
            id="moved and reworded",
        ),
    ],
)
def test_a_block_is_known_again_by(old: POEntry, new: POEntry) -> None:
    (found,) = update([old], [new])
    assert (found.msgstr, found.fuzzy) == ("क", True)


def test_a_block_that_moves_as_it_is_stays_as_it_is() -> None:
    (moved,) = update(
        [entry("Rest", "क", comment="item")], [entry("Rest", comment="item", context="a/c")]
    )
    assert (moved.msgstr, moved.fuzzy, moved.msgctxt) == ("क", False, "a/c")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(
            entry(LONG, "क", comment="paragraph RE-01"),
            entry(f"{LONG} Walk.", comment="paragraph RE-02"),
            id="that tells other facts",
        ),
        pytest.param(
            entry(LONG, "क", comment="paragraph"),
            entry(f"{LONG} Walk.", comment="item"),
            id="of another kind",
        ),
        pytest.param(
            entry(LONG, "क", comment="paragraph"),
            entry("An MRI shows soft parts better than an X-ray does.", comment="paragraph"),
            id="that stands in its place",
        ),
        pytest.param(
            entry("Send it later", "क", context=None),
            entry("Send it now", context=None),
            id="that is a short message",
        ),
        pytest.param(
            entry(LONG, "क", context="menu"),
            entry(LONG, context="button"),
            id="that is a message in another context",
        ),
        pytest.param(
            entry(f"gone {LONG}", "क", comment="paragraph", obsolete=True),
            entry(LONG, comment="paragraph"),
            id="that is like one gone long ago",
        ),
    ],
)
def test_nothing_is_attached_to_a_text(old: POEntry, new: POEntry) -> None:
    found = update([old], [new])
    assert [item.msgstr for item in found if not item.obsolete] == [""]
    assert [item.msgstr for item in found if item.obsolete] == ["क"]


def test_each_of_two_alike_keeps_its_own() -> None:
    left, right = "Lie on your left side for an hour.", "Lie on your right side for an hour."
    old = [entry(left, "बाईं", comment="item"), entry(right, "दाईं", comment="item")]
    new = [entry(text.replace("an hour", "two hours"), comment="item") for text in (right, left)]
    assert [item.msgstr for item in update(old, new)] == ["दाईं", "बाईं"]


def test_plural_forms_are_as_many_as_the_language_has() -> None:
    plural = polib.POEntry(msgid="%(num)s week", msgid_plural="%(num)s weeks")
    catalog = updated([], "ar", [plural], TODAY).catalog
    assert list(catalog[0].msgstr_plural) == [0, 1, 2, 3, 4, 5]


texts_of_words = st.lists(st.sampled_from(LONG.split()), min_size=1, max_size=12).map(" ".join)
entries = st.lists(
    st.builds(
        entry,
        texts_of_words,
        st.sampled_from(["", "क", "ख"]),
        context=st.sampled_from(["a/b", "a/c"]),
        comment=st.sampled_from(["paragraph", "item", "paragraph RE-01", "heading"]),
    ),
    max_size=8,
    unique_by=lambda made: (made.msgctxt, made.msgid),
)


@given(entries, entries)
def test_no_translation_is_lost_or_doubled(old: list[POEntry], new: list[POEntry]) -> None:
    before = Counter(item.msgstr for item in old if item.msgstr)
    blank = [entry(item.msgid, context=item.msgctxt, comment=item.comment) for item in new]
    found = update(old, blank)
    assert Counter(item.msgstr for item in found if item.msgstr) == before
    live = [(item.msgctxt, item.msgid) for item in found if not item.obsolete]
    assert live == [(item.msgctxt, item.msgid) for item in new]
    assert list(map(str, update(found, blank))) == list(map(str, found))
