"""No edit that changes what a text says is called cosmetic.

`edits.jsonl` was labelled before the classifier was written; `edits_held_out.jsonl` after it,
and the rules were measured on it before any was changed. In both a line is one edit: `old` and
`new` English, `label` material or cosmetic, and `kind`, what was touched. What is in doubt is
labelled material: a range rewritten, figures for words, two members of a list swapped.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app import ROOT
from blueprints.articles.source import read
from blueprints.meaning import Edits, Lexicon, word_diff

HERE = Path(__file__).parent
SETS = ("edits.jsonl", "edits_held_out.jsonl")

Edit = dict[str, str]


def labelled(name: str, label: str) -> list[Edit]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [edit for edit in map(json.loads, lines) if edit["label"] == label]


MATERIAL = [edit for name in SETS for edit in labelled(name, "material")]

EDITS = Edits.for_project(ROOT / "translations")
ENGLISH = Lexicon(ROOT / "translations/en/meaning.toml")
ARTICLE = read(ROOT / "content/why-spine-surgeries-fail.md")
BLOCKS = st.sampled_from([block.text for block in ARTICLE.blocks()])
WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"


def test_the_sets_are_large_and_hold_no_edit_twice() -> None:
    cosmetic = [edit for name in SETS for edit in labelled(name, "cosmetic")]
    assert len(labelled(SETS[0], "material")) >= 110
    assert len(labelled(SETS[0], "cosmetic")) >= 50
    assert len(labelled(SETS[1], "material") + labelled(SETS[1], "cosmetic")) >= 60
    assert len({(edit["old"], edit["new"]) for edit in MATERIAL + cosmetic}) == len(
        MATERIAL + cosmetic
    )


@pytest.mark.parametrize("edit", MATERIAL, ids=lambda edit: f"{edit['kind']}: {edit['new']}")
def test_no_material_edit_is_called_cosmetic(edit: Edit) -> None:
    assert EDITS.reasons(edit["old"], edit["new"])
    assert EDITS.reasons(edit["new"], edit["old"]), "nor the way back"


@pytest.mark.parametrize(("name", "share"), [(SETS[0], 0.9), (SETS[1], 0.8)])
def test_most_cosmetic_edits_are_recognised(name: str, share: float) -> None:
    cosmetic = labelled(name, "cosmetic")
    recognised = [edit for edit in cosmetic if not EDITS.reasons(edit["old"], edit["new"])]
    assert len(recognised) >= share * len(cosmetic)


@pytest.mark.parametrize(
    ("old", "new", "reasons"),
    [
        ("6 to 12 weeks", "6 to 18 weeks", ["number: 12 -> 18"]),
        ("the left leg", "the right leg", ["side: left -> right"]),
        ("It is not so.", "It is so.", ["negation: not left out"]),
        ("It is so.", "It is not so.", ["negation: not added"]),
        ("It may help.", "It must help.", ["modality: may -> must"]),
        ("The spine hurts.", "The nerve hurts.", ["glossary: spine -> nerve"]),
        ("It can heal.", "It can heel.", ["words: heal -> heel"]),
        ("legs and arms", "arms and legs", ["order"]),
        ("It heals.", "It heals?", ["punctuation"]),
        ("Take 5mg.", "Take 5 mg.", ["spaces"]),
        ("Take 5 mg.", "Take 6 g.", ["number: 5 -> 6", "unit: mg -> g"]),
    ],
)
def test_reasons_are_told_in_translators_words(old: str, new: str, reasons: list[str]) -> None:
    assert EDITS.reasons(old, new) == reasons


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("See the neurosurgeons.", "See the neurosurgeon."),
        ("The annulus fibrosus tears.", "The annulus fibrosis tears."),
        ("A steppage gait.", "A stoppage gait."),
        ("Antibodies of devic disease.", "Antibodies of device disease."),
        ("A causal link.", "A casual link."),
        ("Ask Dr Singh.", "Ask Dr Sigh."),
        ("The pubic bone.", "The public bone."),
        ("Take 1, 5 mg.", "Take 1,5 mg."),
        ("Mr. A has pain.", "Mr. The has pain."),
        ("The other patients heal.", "Other patients heal."),
        ("Do not see e.g. Dr. Rao, but it hurts.", "Do not see e.g. Dr. Rao but it hurts."),
        ("On the other hand, scars form.", "On the other hand scars form."),
    ],
)
def test_what_looks_harmless_and_is_not(old: str, new: str) -> None:
    assert EDITS.reasons(old, new)
    assert EDITS.reasons(new, old)


@given(st.text())
def test_identical_text_is_cosmetic(text: str) -> None:
    assert EDITS.reasons(text, text) == []


@given(BLOCKS, st.data())
def test_a_word_that_carries_meaning_cannot_go_unnoticed(text: str, data: st.DataObject) -> None:
    words = [match for match in re.finditer(WORD, text) if any(ENGLISH.read(match[0]).values())]
    assume(words)
    word = data.draw(st.sampled_from(words))
    other = data.draw(st.sampled_from(re.findall(WORD, text)) | st.just(""))
    assume(other.lower() != word[0].lower())
    assert EDITS.reasons(text, text[: word.start()] + other + text[word.end() :])


@given(BLOCKS, st.data())
def test_two_words_swapped_cannot_go_unnoticed(text: str, data: st.DataObject) -> None:
    words = list(re.finditer(WORD, text))
    assume(len(words) > 1)
    first, second = sorted(
        data.draw(st.lists(st.sampled_from(words), min_size=2, max_size=2, unique=True)),
        key=lambda match: match.start(),
    )
    articles = {"a", "an", "the"}
    assume(not {first[0].lower(), second[0].lower()} & articles)
    assume(first[0].lower() != second[0].lower())
    between = text[first.end() : second.start()]
    swapped = text[: first.start()] + second[0] + between + first[0] + text[second.end() :]
    assert EDITS.reasons(text, swapped)


NUMBERS = st.from_regex(r"[0-9]{1,4}([.,:-][0-9]{1,3})?%?", fullmatch=True)


@given(NUMBERS, st.data())
def test_no_digit_can_change_unnoticed(number: str, data: st.DataObject) -> None:
    at = data.draw(st.sampled_from([i for i, c in enumerate(number) if c.isdigit()]))
    digit = data.draw(st.sampled_from([d for d in ("", *"0123456789") if d != number[at]]))
    changed = number[:at] + digit + number[at + 1 :]
    assert EDITS.reasons(f"Take {number} of it.", f"Take {changed} of it.")


@given(st.text(), st.text())
def test_texts_of_any_kind_are_compared(old: str, new: str) -> None:
    assert isinstance(EDITS.reasons(old, new), list)


@given(st.text("ab .,'’\nन\u0947", max_size=40), st.text("ab .,'’\nन\u0947", max_size=40))
def test_a_difference_joins_to_both_texts(old: str, new: str) -> None:
    pieces = word_diff(old, new)
    assert "".join(text for kind, text in pieces if kind in ("same", "old")) == old
    assert "".join(text for kind, text in pieces if kind in ("same", "new")) == new
    assert all(text for _, text in pieces)


def test_a_difference_shows_whole_words() -> None:
    assert word_diff("It may help some.", "It must help some.") == [
        ("same", "It"),
        ("old", " may"),
        ("new", " must"),
        ("same", " help some."),
    ]
