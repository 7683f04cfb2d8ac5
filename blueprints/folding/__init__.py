"""Letters that people type for one another, made one before anything is compared.

`table.json` says how, for Python and for the browser: `scripts/folding.py` writes it. Every digit
becomes ASCII, and so does every letter that Unicode calls compatible with it; what shows nothing
goes; sequences that Unicode tells not to use become the letters that they look like. One pass over
the text, whose length it grows fivefold at most. What is kept and shown is never folded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

_TABLE = json.loads(Path(__file__).with_name("table.json").read_text(encoding="ascii"))
_SEQUENCES: dict[str, str] = _TABLE["sequences"]
_LONGEST = max(map(len, _SEQUENCES))
# What may end a sequence.
_ENDS = {sequence[-1] for sequence in _SEQUENCES}
_LETTERS = {
    chr(first + offset): chr(ord(to) + offset) if len(to) == 1 else to
    for first, count, to in _TABLE["runs"]
    for offset in range(count)
}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and where each of its letters begins and ends in the text as it was typed."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text, which is not empty, was typed."""
        return self.starts[start], self.ends[end - 1]


def is_ignored(letter: str) -> bool:
    """Whether a letter shows nothing and is folded away."""
    return _LETTERS.get(letter) == ""


def fold(text: str) -> str:
    return fold_with_places(text).text


def fold_with_places(text: str) -> Folded:
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for place, typed in enumerate(text):
        for letter in _LETTERS.get(typed, typed):
            letters.append(letter)
            starts.append(place)
            ends.append(place + 1)
            while letters[-1] in _ENDS and (length := _sequence_at_end(letters)):
                letters[-length:] = [_SEQUENCES["".join(letters[-length:])]]
                del starts[len(letters) :]
                ends[len(letters) - 1 :] = [place + 1]
    return Folded("".join(letters), starts, ends)


def _sequence_at_end(letters: list[str]) -> int:
    """The length of the sequence that these letters end with; 0 if there is none."""
    lengths = range(2, _LONGEST + 1)
    return next((each for each in lengths if "".join(letters[-each:]) in _SEQUENCES), 0)
