"""The glossary's words in a text that is to be translated: which word to use, which to avoid."""

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


class Glossary:
    """The columns `term_en`, `<language>_recommended` and `<language>_avoid` of a CSV file."""

    def __init__(self, file: Path) -> None:
        with file.open(encoding="utf-8", newline="") as rows:
            self._rows = list(csv.DictReader(rows))

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
            words = re.sub(r"\(.*?\)", "", row["term_en"]).split(" / ")
            if recommended and target != SOURCE:
                pattern = "|".join(re.escape(word.strip()) for word in words)
                term = Term(row["term_en"], recommended, row.get(f"{target}_avoid") or "")
                yield pattern, term
