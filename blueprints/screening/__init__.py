"""What a question is screened for: personal details, and words that point to an emergency.

It sorts and never blocks. The rules are data, so that `static/ask/screening.js` says the same of
every text. Their regular expressions match the folded text; group 1, in a lookahead, is the detail.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, current_app

from blueprints.folding import fold_with_places
from blueprints.screening.urgency import Urgency


def init_app(app: Flask) -> None:
    """Read the rules that pages give to phones too."""
    app.extensions["screening"] = Screening(app.extensions["assets"].content("ask/screening.json"))


def screening() -> Screening:
    made: Screening = current_app.extensions["screening"]
    return made


@dataclass(frozen=True, slots=True)
class Detail:
    """A personal detail; start and end count code points."""

    kind: str
    start: int
    end: int


class Screening:
    def __init__(self, rules: bytes | str) -> None:
        told = json.loads(rules)
        self._personal = [(kind, re.compile(pattern)) for kind, pattern in told["personal"]]
        self._product: list[str] = told["verhoeff"]["product"]
        self._permutation: str = told["verhoeff"]["permutation"]
        self._urgency = Urgency(told["urgent"])

    def personal(self, text: str) -> list[Detail]:
        """Personal details in order; where two overlap, the one whose rule stands first."""
        folded = fold_with_places(text)
        taken = bytearray(len(folded.text))
        found = []
        for kind, start, end in self._candidates(folded.text):
            if not any(taken[start:end]):
                taken[start:end] = bytes([1]) * (end - start)
                found.append(Detail(kind, *folded.span(start, end)))
        return sorted(found, key=lambda detail: detail.start)

    def is_urgent(self, text: str) -> bool:
        return self._urgency.is_in(text)

    def _candidates(self, folded: str) -> Iterator[tuple[str, int, int]]:
        for kind, pattern in self._personal:
            for match in pattern.finditer(folded):
                if kind != "aadhaar" or self._is_aadhaar(match[1]):
                    yield kind, *match.span(1)

    def _is_aadhaar(self, number: str) -> bool:
        """Whether the checksum after Verhoeff holds."""
        check = 0
        for place, digit in enumerate(reversed(re.findall("[0-9]", number))):
            for _ in range(place):
                digit = self._permutation[int(digit)]
            check = int(self._product[check][int(digit)])
        return check == 0
