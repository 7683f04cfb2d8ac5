"""The states of a block in signs and words, the most urgent first."""

from __future__ import annotations

from dataclasses import dataclass

from blueprints.articles import State


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark that can be told from the others without colour, a name, and what it means."""

    mark: str
    name: str
    meaning: str


SIGNS = {
    State.STALE_MATERIAL: Sign(
        "!",
        "English changed",
        "The English says something else now. Readers see the English, and this translation"
        " folded away, until it says the same. Then take the fuzzy mark away.",
    ),
    State.MISSING: Sign("+", "not translated", "Readers see the English."),
    State.STALE_COSMETIC: Sign(
        "≈",
        "English corrected",
        "The English was only corrected. Readers see the translation with a note. Take the"
        " fuzzy mark away when you have looked at it.",
    ),
    State.UNREVIEWED: Sign(
        "○",
        "unreviewed",
        "Readers see the translation, and above the article that it is a draft. A clinician who"
        " has checked it signs it.",
    ),
    State.CURRENT: Sign("✓", "current", "A clinician has signed this translation as it is."),
}
