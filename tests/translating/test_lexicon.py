"""A lexicon finds numbers and listed words by category, in English and in Devanagari."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app import ROOT
from blueprints.meaning import Lexicon, LexiconError

ENGLISH = Lexicon(ROOT / "translations/en/meaning.toml")

HINDI = """
[negation]
no = ["नहीं", "मत", "न"]
[number]
6 = ["छह"]
[unit]
percent = ["%", "प्रतिशत", "फ़ीसदी"]
week = ["हफ़्त*"]
[side]
right = ["दाईं ओर", "दाह*"]
[quantity]
at_least = ["कम से कम"]
less = ["कम"]
"""


@pytest.fixture(scope="module")
def hindi(tmp_path_factory: pytest.TempPathFactory) -> Lexicon:
    file = tmp_path_factory.mktemp("hi") / "meaning.toml"
    file.write_text(HINDI, encoding="utf-8")
    return Lexicon(file)


def found(lexicon: Lexicon, text: str) -> dict[str, dict[str, int]]:
    return {category: dict(names) for category, names in lexicon.read(text).items() if names}


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("6 to 12 weeks", {"6": 1, "12": 1}),
        ("6-12 weeks", {"6": 1, "12": 1}),
        ("6–12 weeks", {"6": 1, "12": 1}),
        ("1.5 mg", {"1.5": 1}),
        ("1.50 mg", {"1.5": 1}),
        (".5 mg", {"0.5": 1}),
        ("007", {"7": 1}),
        ("0", {"0": 1}),
        ("100", {"100": 1}),
        ("1,00,000", {"100000": 1}),
        ("100,000", {"100000": 1}),
        ("1,000", {"1000": 1}),
        ("1,5", {"1": 1, "5": 1}),
        ("10, 20", {"10": 1, "20": 1}),
        ("20.", {"20": 1}),
        ("L4-5", {"4": 1, "5": 1}),
        ("5mg", {"5": 1}),
        ("१२.५", {"12.5": 1}),
        ("१,२३,४५६", {"123456": 1}),
        ("two of 2", {"2": 2}),
        ("5% or ten", {"5": 1, "10": 1}),
        ("someone often", {}),
    ],
)
def test_numbers_are_canonical(text: str, figures: dict[str, int]) -> None:
    assert ENGLISH.read(text)["number"] == Counter(figures)


@pytest.mark.parametrize(
    ("text", "category", "names"),
    [
        ("It is not so.", "negation", {"not": 1}),
        ("Don’t bend.", "negation", {"not": 1}),
        ("It is a knot; note it.", "negation", {}),
        ("You can't.", "modality", {"cannot": 1}),
        ("You can’t.", "negation", {"not": 1}),
        ("The LEFT leg, left.", "side", {"left": 2}),
        ("At least two, at most three.", "quantity", {"at_least": 1, "at_most": 1}),
        ("At  least", "quantity", {"at_least": 1}),
        ("A few; few.", "quantity", {"a_few": 1, "few": 1}),
        ("5% and 5 per cent", "unit", {"percent": 2}),
        ("5mg", "unit", {"mg": 1}),
        ("guaranteed", "hedge", {"certain": 1}),
    ],
)
def test_english_words_are_found(text: str, category: str, names: dict[str, int]) -> None:
    assert ENGLISH.read(text)[category] == Counter(names)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("आगे न झुकें।", {"negation": {"no": 1}}),
        ("मना, नस, मतलब", {}),
        ("मत झुकें। नहीं।", {"negation": {"no": 2}}),
        ("६ हफ़्ते", {"number": {"6": 1}, "unit": {"week": 1}}),
        ("छह हफ़्तों में", {"number": {"6": 1}, "unit": {"week": 1}}),
        ("5% या ५ फ़ीसदी।", {"number": {"5": 2}, "unit": {"percent": 2}}),
        ("दाहिने पैर, दाईं ओर", {"side": {"right": 2}}),
        ("कम से कम दर्द, कम", {"quantity": {"at_least": 1, "less": 1}}),
    ],
)
def test_hindi_words_are_found_whole(
    hindi: Lexicon, text: str, expected: dict[str, dict[str, int]]
) -> None:
    assert found(hindi, text) == expected


def test_every_category_is_told_even_when_nothing_is_found(hindi: Lexicon) -> None:
    assert hindi.read("") == {
        name: Counter() for name in ("negation", "number", "unit", "side", "quantity")
    }


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[side]\nleft = x", ":2: "),
        ('left = "left"', ":1: [left]"),
        ('[side]\nleft = "left"', ":1: [side]"),
        ('[side]\nleft = ["Left"]', ":1: [side]"),
        ('[side]\nleft = ["*"]', ":1: [side]"),
    ],
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, toml: str, message: str) -> None:
    file = tmp_path / "meaning.toml"
    file.write_text(toml, encoding="utf-8")
    with pytest.raises(LexiconError) as refused:
        Lexicon(file)
    assert message in refused.value.message


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError):
        Lexicon(tmp_path / "meaning.toml")


@given(st.text(st.characters(codec=None)) | st.text("क़ख़ग़ि़्। 1१,.%a\u0301é"))
def test_any_text_is_read_the_same_composed_or_not(hindi: Lexicon, text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    for lexicon in (ENGLISH, hindi):
        assert lexicon.read(composed) == lexicon.read(decomposed) == lexicon.read(text)
