"""What translators are told is true, and the same in both languages."""

from __future__ import annotations

import re

import pytest

from app import ROOT
from tests.translating.test_checking import RULES
from tests.translating.test_material import EDITS

# What is said of a catalog as a whole.
OF_FILES = {"encoding", "syntax", "header", "entry"}

ENGLISH, HINDI = "docs/translating.md", "docs/translating.hi.md"


def read(document: str) -> str:
    return (ROOT / document).read_text(encoding="utf-8")


def rules(document: str) -> dict[str, list[str]]:
    """The examples of each code of `check`, right ones first."""
    (part,) = re.findall(r"^## .*`check`.*\n((?:(?!## ).*\n)+)", read(document), re.M)
    rows = re.findall(r"^\| `([\w-]+)` \|(.*)\|$", part, re.M)
    assert len(rows) == len({code for code, _ in rows})
    return {code: re.findall(r"`.+?`|<code>.+?</code>", cells) for code, cells in rows}


def edits(document: str, kind: str) -> list[tuple[str, str]]:
    """The examples in the table of cosmetic or of material edits."""
    (rows,) = re.findall(
        rf"^\| [^|\n]*{kind}[^|\n]* \|.*\n\|---\|---\|\n((?:\|.*\n)+)", read(document), re.M
    )
    return re.findall(r"\| `(.+)` → `(.+)` \|$", rows, re.M)


@pytest.mark.parametrize("document", [ENGLISH, HINDI])
def test_every_code_is_documented(document: str) -> None:
    assert set(rules(document)) == {code for code, *_ in RULES} | OF_FILES | {"waiver"}


def test_both_languages_have_the_same_examples() -> None:
    assert rules(HINDI) == rules(ENGLISH)
    for kind in ("cosmetic", "material"):
        assert edits(HINDI, kind) == edits(ENGLISH, kind)


@pytest.mark.parametrize("kind", ["cosmetic", "material"])
def test_the_edits_shown_are_of_the_kind_they_are_shown_as(kind: str) -> None:
    shown = edits(ENGLISH, kind)
    assert len(shown) >= 8
    is_material = [bool(EDITS.reasons(old, new)) for old, new in shown]
    assert is_material == [kind == "material"] * len(shown)


@pytest.mark.parametrize("document", [ENGLISH, HINDI])
def test_every_link_within_the_page_leads_to_a_heading(document: str) -> None:
    headings = re.findall(r"^## (.+)$", read(document), re.M)
    anchors = {re.sub(r"[`?!.,:]", "", each).lower().replace(" ", "-") for each in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", read(document))) <= anchors
