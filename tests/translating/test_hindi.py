"""Our Hindi spells a word in one way, and has one word for one thing: docs/translating.md."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

import polib
import pytest

from app import ROOT

NUKTA = "\u093c"
CATALOGS = ("messages", "article")
DOCUMENTS = ("translating.hi.md", "moderating.md")

# What is not said, and why.
GIVEN_UP = {
    r"छप|छाप": "printing; what the site does is सबको दिखाना",
    r"मिसाल": "also a model to follow; an example is उदाहरण",
    r"सहेज": "phones say सेव",
    r"बचाव कोड": "the team says रिकवरी कोड",
    r"राह (न )?देख": "literary; to wait is इंतज़ार करना",
    r"(आपका|अपना|दोनों का) लिखा": "a participle is no thing: आपका सवाल, आपने जो लिखा है",
    r"देर नहीं की जा": "whose delay? in an emergency: अगर तुरंत मदद चाहिए",
}


def hindi() -> list[str]:
    """Every translation, and the documents by paragraph, without what they show as code."""
    found = []
    for name in CATALOGS:
        for entry in polib.pofile(str(ROOT / f"translations/hi/LC_MESSAGES/{name}.po")):
            found += [entry.msgstr, *entry.msgstr_plural.values()]
    for name in DOCUMENTS:
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        found += re.sub(r"`[^`\n]*`", "", text).split("\n\n")
    return [unicodedata.normalize("NFC", text) for text in found]


def test_a_word_has_its_nukta_everywhere_or_nowhere() -> None:
    spellings = defaultdict(set)
    for text in hindi():
        for word in re.findall(r"[\u0900-\u0963\u0970-\u097f]+", text):
            spellings[re.sub(f"(?<=[कखगजफ]){NUKTA}", "", word)].add(word)
    assert [found for found in spellings.values() if len(found) > 1] == []


@pytest.mark.parametrize("word", ["कदम", "खाली", "बाकी", "फर्क", "फ़र्क", "नुकसान", "कतार", "बगल"])
def test_a_word_with_a_nukta_is_not_written_without(word: str) -> None:
    plain = rf"(?<![\u0900-\u097f]){word}(?!{NUKTA})"
    assert [text for text in hindi() if re.search(plain, text)] == []


@pytest.mark.parametrize("words", GIVEN_UP)
def test_no_word_is_used_that_was_given_up(words: str) -> None:
    assert [text for text in hindi() if re.search(words, text)] == [], GIVEN_UP[words]
