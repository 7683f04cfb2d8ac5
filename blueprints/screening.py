"""What a question is screened for: personal details, and words that point to an emergency.

It sorts and never blocks. The rules are data, so that `static/ask/screening.js` says the same of
every text. Their regular expressions match a text whose characters have been replaced one for one,
so that positions hold; group 1, in a lookahead, is the detail.
"""

from __future__ import annotations

import json
import re
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask, current_app

_APART = " (?:[^ ]+ ){0,2}"


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
        alike, plain = told["alike"]
        self._plain = str.maketrans(string.ascii_uppercase + alike, string.ascii_lowercase + plain)
        self._personal = [(kind, re.compile(pattern)) for kind, pattern in told["personal"]]
        self._product: list[str] = told["verhoeff"]["product"]
        self._permutation: str = told["verhoeff"]["permutation"]
        self._ignored = re.compile(told["urgent"]["ignored"])
        self._urgent = [
            re.compile(self._pattern(phrase))
            for phrases in told["urgent"]["phrases"].values()
            for phrase in phrases
        ]

    def personal(self, text: str) -> list[Detail]:
        """Personal details in order; where two overlap, the one whose rule stands first."""
        found: list[Detail] = []
        for detail in self._candidates(text.translate(self._plain)):
            if all(detail.end <= other.start or other.end <= detail.start for other in found):
                found.append(detail)
        return sorted(found, key=lambda detail: detail.start)

    def is_urgent(self, text: str) -> bool:
        spaced = "".join(
            letter if unicodedata.category(letter)[0] in "LMN" else " "
            for letter in self._folded(text)
        )
        words = f" {' '.join(spaced.split())} "
        return any(pattern.search(words) for pattern in self._urgent)

    def _candidates(self, plain: str) -> Iterator[Detail]:
        for kind, pattern in self._personal:
            for match in pattern.finditer(plain):
                if kind != "aadhaar" or self._is_aadhaar(match[1]):
                    yield Detail(kind, match.start(1), match.end(1))

    def _is_aadhaar(self, number: str) -> bool:
        """Whether the checksum after Verhoeff holds."""
        check = 0
        for place, digit in enumerate(reversed(re.findall("[0-9]", number))):
            for _ in range(place):
                digit = self._permutation[int(digit)]
            check = int(self._product[check][int(digit)])
        return check == 0

    def _folded(self, text: str) -> str:
        return self._ignored.sub("", unicodedata.normalize("NFD", text.lower()))

    def _pattern(self, phrase: str) -> str:
        words = [
            f"(?:{word})".replace("*", "[^ ]*").replace("/", "|")
            for word in self._folded(phrase).split()
        ]
        return f" {_APART.join(words)} "
