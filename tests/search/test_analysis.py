"""Words found whole, variants folded, stems and sounds."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_index.analysis import fold, is_stop, sentences, stem, stems, words
from search_index.phonetics import asked_keys, known_keys
from search_index.spelling import distance

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
HINDI = st.text(st.characters(min_codepoint=0x0900, max_codepoint=0x097F), min_size=1, max_size=12)


def test_devanagari_words_stay_whole() -> None:
    assert words("रीढ़ की हड्डी में दर्द, ऑपरेशन के बाद।") == [
        fold(word) for word in ["रीढ़", "की", "हड्डी", "में", "दर्द", "ऑपरेशन", "के", "बाद"]
    ]


# Back pain, in Bengali, Punjabi, Tamil, Telugu and Urdu.
OTHER_SCRIPTS = ["কোমরে ব্যথা", "ਪਿੱਠ ਦਾ ਦਰਦ", "முதுகு வலி", "వెన్ను నొప్పి", "کَمَر کا دَرْد"]


@pytest.mark.parametrize("text", OTHER_SCRIPTS)
def test_words_of_other_scripts_stay_whole(text: str) -> None:
    assert words(f"{text}, {text}?") == text.split() * 2


# A text, and another that readers take for the same.
ALIKE = [
    ("टा\u0945यलेट", "टॉयलेट"),
    ("अा\u0945परेशन", "ऑपरेशन"),
    ("अापरेशन", "आपरेशन"),
    ("हड्डियाें", "हड्डियों"),
    ("कर्इ", "कई"),
    ("पे\u200bशाब", "पेशाब"),
    ("nerve\u00ad pa\u2060in", "nerve pain"),
    ("\uff4e\uff45\uff52\uff56\uff45", "nerve"),
    ("૪ ४ ౪", "4 4 4"),
    ("दर्द.ऑपरेशन", "दर्द ऑपरेशन"),
    ("दर्द है.ऑपरेशन के बाद.", "दर्द है ऑपरेशन के बाद"),
    ("पैर.नस", "पैर नस"),
    ("pain.surgery", "pain surgery"),
    ("एम.आर.आई. ओ.पी.डी. सी.टी. स्कैन", "एमआरआई ओपीडी सीटी स्कैन"),
]


@pytest.mark.parametrize(("typed", "meant"), ALIKE)
def test_what_looks_alike_is_one(typed: str, meant: str) -> None:
    assert words(typed) == words(meant)


def test_scripts_part_and_dots_join() -> None:
    assert words("MRIमें एम.आर.आई M.R.I. doctor's end.Next") == [
        "mri",
        "में",
        "एमआरआई",
        "mri",
        "doctor",
        "end",
        "next",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u0958लम", "\u0915\u093cलम"),
        ("फँसी", "फंसी"),
        ("हफ़्ते", "हफ्ते"),
        ("रीढ़", "रीढ"),
        ("हिन्दी", "हिंदी"),
        ("क्\u200dया", "क्या"),
        ("ऑपरेशन", "ओपरेशन"),
        ("लम्बर", "लंबर"),
        ("पेञ्च", "पेंच"),
        ("घुण्टी", "घुंटी"),
        ("अङ्ग", "अंग"),
        ("दुःख", "दुख"),
        ("६", "6"),
    ],
)
def test_spellings_of_one_word_are_one(one: str, other: str) -> None:
    assert words(one) == words(other)


@pytest.mark.parametrize(
    "paradigm",
    [
        "मरीज़ मरीज़ों",
        "टूटना टूटता टूटते टूटी टूटा",
        "हड्डी हड्डियाँ हड्डियों",
        "नस नसें नसों",
        "संभावना संभावनाएँ",
    ],
)
def test_forms_of_one_word_share_a_stem(paradigm: str) -> None:
    assert len(set(stems(paradigm))) == 1, stems(paradigm)


@pytest.mark.parametrize("spelt", ["reedh", "rid", "reed", "ridh", "rirh"])
def test_roman_spellings_sound_like_the_hindi_word(spelt: str) -> None:
    known = known_keys(fold("रीढ़"))
    assert any(key in level for key, level in zip(asked_keys(spelt), known, strict=True))


@given(TEXT)
def test_any_text_gives_folded_words(text: str) -> None:
    for word in words(text):
        assert fold(word) == word
        assert word == word.lower()
        assert stem(word)
        assert len(asked_keys(word)) == 3
        assert is_stop(word) in {True, False}


@given(HINDI)
def test_the_form_of_unicode_does_not_matter(text: str) -> None:
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(st.text("abc", max_size=6), st.text("abc", max_size=6))
def test_distance_is_symmetric_and_zero_only_for_the_same(one: str, other: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(one, other) <= max(len(one), len(other))


def test_sentences_end_as_their_script_ends_them() -> None:
    assert sentences("One. दो। تین\u06d4 Four") == ["One.", "दो।", "تین\u06d4", "Four"]
