"""`flask translations new`: a language from one command, and nothing but its catalogs."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import polib
import pytest

from app import ROOT
from tests.translating.another import begin, copied, with_catalogs


def files_of(folder: Path) -> dict[Path, bytes]:
    return {
        file.relative_to(folder): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    return copied(tmp_path)


def test_it_writes_two_catalogs_and_touches_nothing_else(translations: Path) -> None:
    before = files_of(translations)
    told = begin(translations, "ur")
    assert told.exit_code == 0
    after = files_of(translations)
    folder = Path("ur/LC_MESSAGES")
    assert set(after) - set(before) == {folder / "article.po", folder / "messages.po"}
    assert before.items() <= after.items()


def test_the_catalogs_hold_all_there_is_to_translate_in_canonical_form(translations: Path) -> None:
    begin(translations, "ur")
    for name in ("messages.po", "article.po"):
        written = (translations / "ur/LC_MESSAGES" / name).read_text(encoding="utf-8")
        assert unicodedata.is_normalized("NFC", written)
        made = polib.pofile(written)
        ours = polib.pofile(str(ROOT / "translations/hi/LC_MESSAGES" / name))
        assert [(entry.msgctxt, entry.msgid) for entry in made] == [
            (entry.msgctxt, entry.msgid) for entry in ours if not entry.obsolete
        ]
        assert not made.translated_entries()
    updated = with_catalogs(translations).test_cli_runner()
    assert updated.invoke(args=["translations", "update", "--check"]).exit_code == 0


@pytest.mark.parametrize(("language", "forms"), [("ur", 2), ("ja", 1), ("ru", 4), ("ar", 6)])
def test_a_plural_has_as_many_forms_as_its_header_says(
    translations: Path, language: str, forms: int
) -> None:
    begin(translations, language)
    made = polib.pofile(str(translations / language / "LC_MESSAGES/messages.po"))
    assert made.metadata["Plural-Forms"].startswith(f"nplurals={forms};")
    counts = {len(entry.msgstr_plural) for entry in made if entry.msgid_plural}
    assert counts == {forms}


def test_it_tells_what_there_is_to_do(translations: Path) -> None:
    told = begin(translations, "ur").output
    assert "ur: اردو, written from right to left." in told
    assert "Plural forms: one, other." in told
    assert "an estimate, at 250 words an hour" in told
    for name in ("messages.po", "article.po"):
        assert str(translations / "ur/LC_MESSAGES" / name) in told


def test_it_tells_the_same_as_json(translations: Path) -> None:
    told = json.loads(begin(translations, "mr", "--json").output)
    article = polib.pofile(str(translations / "mr/LC_MESSAGES/article.po"))
    words = told.pop("words")
    assert words["article"] == sum(len(entry.msgid.split()) for entry in article)
    assert told.pop("hours") == round((words["article"] + words["messages"]) / 250)
    assert told == {
        "language": "mr",
        "name": "मराठी",
        "direction": "ltr",
        "plural_forms": ["one", "other"],
        "digits": "deva",
    }


@pytest.mark.parametrize(
    ("language", "problem"),
    [
        ("en", "English is what is translated from"),
        ("hi", "is there already"),
        ("xx", "no language code"),
        ("../ur", "no language code"),
        ("", "no language code"),
        ("UR", "Write 'ur'"),
        ("pa_Arab", "no language code"),
    ],
)
def test_what_is_no_new_language_is_refused(
    translations: Path, language: str, problem: str
) -> None:
    before = files_of(translations)
    told = begin(translations, language)
    assert told.exit_code == 2
    assert problem in told.output
    assert files_of(translations) == before


def test_it_leaves_no_half_language(translations: Path) -> None:
    """A folder that cannot be written to stays as it is."""
    before = files_of(translations)
    folders = set(translations.iterdir())
    (translations / "ur").write_text("in the way")
    assert begin(translations, "ur").exit_code == 2
    (translations / "ur").unlink()
    assert files_of(translations) == before
    assert set(translations.iterdir()) == folders
