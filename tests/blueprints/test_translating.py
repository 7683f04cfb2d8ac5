"""Catalogs: extracted whole, canonical, and no translation lost on the way."""

from __future__ import annotations

import subprocess
import unicodedata
from pathlib import Path

import polib
import pytest
from flask import Flask

from app import ROOT
from blueprints.translating.update import text, updated

CATALOGS = sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po"))


def entry(msgid: str, msgstr: str = "", context: str = "a/b", **more: object) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, msgctxt=context, **more)


def catalog(folder: Path, *entries: polib.POEntry) -> Path:
    file = folder / "article.po"
    made = polib.POFile()
    made.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    made.extend(entries)
    made.save(str(file))
    return file


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


@pytest.mark.parametrize("file", CATALOGS, ids=lambda file: file.name)
def test_every_string_of_a_shipped_language_is_translated(file: Path) -> None:
    missing = [entry.msgid for entry in polib.pofile(str(file)) if not entry.translated()]
    assert missing == []


def test_the_plural_rule_is_cldr_s() -> None:
    header = polib.pofile(str(CATALOGS[0])).metadata["Plural-Forms"]
    assert "n == 0" in header, "0 is singular in Hindi, whatever Babel's own table says"


def test_a_translation_stays_with_its_context_and_text(tmp_path: Path) -> None:
    kept = entry("a", "क", tcomment="reviewed by nobody", flags=["fuzzy"])
    file = catalog(tmp_path, entry("b", "ख"), kept)
    new = updated(file, "hi", [entry("a"), entry("new"), entry("b"), entry("a", context="a/c")])
    assert [(item.msgid, item.msgctxt, item.msgstr) for item in new] == [
        ("a", "a/b", "क"),
        ("new", "a/b", ""),
        ("b", "a/b", "ख"),
        ("a", "a/c", ""),
    ]
    assert (new[0].tcomment, new[0].fuzzy) == ("reviewed by nobody", True)


def test_a_translation_whose_text_is_gone_is_kept_as_obsolete(tmp_path: Path) -> None:
    file = catalog(tmp_path, entry("gone", "गया"), entry("never translated"))
    new = updated(file, "hi", [])
    assert [(item.msgid, item.obsolete) for item in new] == [("gone", True)]
    file.write_text(text(new), encoding="utf-8")
    back = updated(file, "hi", [entry("gone")])
    assert [(item.msgstr, item.obsolete) for item in back] == [("गया", False)]


def test_updating_twice_changes_nothing_more(tmp_path: Path) -> None:
    file = catalog(tmp_path, entry("a" * 200, "क" * 200))
    once = text(updated(file, "hi", [entry("a" * 200)]))
    file.write_text(once, encoding="utf-8")
    assert text(updated(file, "hi", [entry("a" * 200)])) == once


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
