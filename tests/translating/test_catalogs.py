"""The committed catalogs, and those that `new` writes, as pages and browsers need them."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import polib
import pytest
from playwright.sync_api import Browser

from app import ROOT
from blueprints.catalogs import plural_forms
from tests.page import FOUR_LATIN_WORDS
from tests.translating.another import begin, copied

COMMITTED = sorted((ROOT / "translations").glob("*/LC_MESSAGES/*.po"))
NUMBERS = (0, 1, 2, 5, 11, 101)

# In a translation, what is not the translator's: tags with what they mark as English, placeholders,
# addresses.
NOT_TRANSLATED = re.compile(
    r'<span lang="en">.*?</span>|<[^>]*>|%\(\w+\)[a-z]|\{[^}]*\}|\S+@\S+|\S+/\S+'
)


def name_of(file: Path) -> str:
    return "/".join((file.parent.parent.name, file.name))


def check_plurals(file: Path, browser: Browser) -> None:
    """Its rule picks for each number the form that the browser names."""
    catalog = polib.pofile(str(file))
    rule = re.fullmatch(r"nplurals=(\d+); plural=(.+);", catalog.metadata["Plural-Forms"])
    assert rule
    language = catalog.metadata["Language"]
    names = plural_forms(language)
    assert int(rule[1]) == len(names)
    choose = gettext.c2py(rule[2])
    page = browser.new_page()
    theirs = page.evaluate(
        "([language, numbers]) => numbers.map((n) => new Intl.PluralRules(language).select(n))",
        [language, NUMBERS],
    )
    page.close()
    assert [names[choose(number)] for number in NUMBERS] == theirs


@pytest.mark.parametrize("file", COMMITTED, ids=name_of)
def test_committed_plurals_are_those_of_browsers(file: Path, browser: Browser) -> None:
    check_plurals(file, browser)


@pytest.mark.parametrize("language", ["ar", "bn", "ja", "mr", "pa", "ru", "ur"])
def test_new_plurals_are_those_of_browsers(tmp_path: Path, language: str, browser: Browser) -> None:
    translations = copied(tmp_path)
    assert begin(translations, language).exit_code == 0
    for file in sorted((translations / language).rglob("*.po")):
        check_plurals(file, browser)


@pytest.mark.parametrize("file", COMMITTED, ids=name_of)
def test_no_translation_is_left_in_english(file: Path) -> None:
    """Beside what `tests/page.py` sees of texts: labels, titles, mail, what scripts say."""
    english = [
        text
        for entry in polib.pofile(str(file))
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        if FOUR_LATIN_WORDS.search(NOT_TRANSLATED.sub(" - ", text))
    ]
    assert english == []
