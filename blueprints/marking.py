"""Texts with something marked in them: what another has not got, or what somebody should see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `is_marked` where a reader should look."""

    text: str
    is_marked: bool


def difference(first: str, second: str) -> list[Piece]:
    """The second text, with what the first has not got marked."""
    before, after = _words(first), _words(second)
    matcher = SequenceMatcher(None, before, after)
    return [
        Piece("".join(after[start:end]), is_marked=kind != "equal")
        for kind, _begin, _stop, start, end in matcher.get_opcodes()
        if start != end
    ]


def marked(text: str, spans: Iterable[tuple[int, int]]) -> list[Piece]:
    """`text` with the stretches between these places marked; of two that overlap, the first."""
    pieces = []
    place = 0
    for start, end in sorted(spans):
        if start >= place:
            pieces += [Piece(text[place:start], False), Piece(text[start:end], True)]
            place = end
    return [piece for piece in [*pieces, Piece(text[place:], False)] if piece.text]


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\S+", text)
