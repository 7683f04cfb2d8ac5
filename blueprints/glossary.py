"""The glossary: its terms, and which word to use for them in a text that is to be translated."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from blueprints.languages import SOURCE
from blueprints.marking import Piece, marked


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the text, what to write for it, and what not."""

    found: str
    recommended: str
    avoided: str


def rows(file: Path) -> list[dict[str, str]]:
    """The terms of a CSV file; none if there is no such file."""
    if not file.exists():
        return []
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def names(row: dict[str, str]) -> list[str]:
    """The English names of a term: alternatives apart, comments in brackets left out."""
    return [name.strip() for name in re.sub(r"\([^()]*\)", "", row["term_en"]).split(" / ")]


class Glossary:
    """The columns `term_en`, `<language>_recommended` and `<language>_avoid` of a CSV file."""

    def __init__(self, file: Path) -> None:
        self._rows = rows(file)

    def look_up(self, text: str, target: str) -> tuple[list[Piece], list[Term]]:
        """An English text with its terms marked, and what they are in the `target` language."""
        spans: list[tuple[int, int]] = []
        terms: list[Term] = []
        for words, term in self._terms(target):
            for match in re.finditer(rf"\b(?:{words})(?:s|es)?\b", text, re.IGNORECASE):
                if all(match.end() <= start or end <= match.start() for start, end in spans):
                    spans.append(match.span())
                    terms += [] if term in terms else [term]
        return marked(text, spans), terms

    def _terms(self, target: str) -> Iterator[tuple[str, Term]]:
        """Each term's words as a regular expression; the longer first, which hold the others."""
        for row in sorted(self._rows, key=lambda row: -len(row["term_en"])):
            recommended = row.get(f"{target}_recommended") or ""
            if recommended and target != SOURCE:
                pattern = "|".join(map(re.escape, names(row)))
                term = Term(row["term_en"], recommended, row.get(f"{target}_avoid") or "")
                yield pattern, term
