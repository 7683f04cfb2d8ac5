"""Numbers that several words, or figures and words, write together: 83.3 करोड़, twenty-one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from fractions import Fraction

from blueprints.meaning import WORD

_PART = re.compile(rf"(?P<figure>\d[\d,]*(?:\.\d+)?)|{WORD}")
_SPACES, _HYPHENS = {"", " ", "\u00a0"}, {"-", "\u2010", "\u2011"}
_TENS = range(20, 100, 10)
_LEAST_SCALE = 100


def in_figures(text: str, names: Mapping[str, str]) -> str:
    """`text` with each of them as one figure; `names` gives the number of a word, if it is one."""
    pieces: list[str] = []
    last: Fraction | None = None
    end = 0
    for part in _PART.finditer(text):
        between, end = text[end : part.start()], part.end()
        value = _value(part, names)
        joined = None if part["figure"] else _together(last, between, value)
        if joined is None:
            pieces += [between, part[0]]
        else:
            pieces[-1] = _figure(joined)
        last = value if joined is None else joined
    return "".join(pieces) + text[end:]


def _value(part: re.Match[str], names: Mapping[str, str]) -> Fraction | None:
    if part["figure"]:
        return Fraction(part[0].replace(",", ""))
    name = names.get(unicodedata.normalize("NFC", part[0].lower()), "")
    return Fraction(name) if name.isdecimal() else None


def _together(number: Fraction | None, between: str, word: Fraction | None) -> Fraction | None:
    """The product before a hundred, the sum after twenty; a hyphen as in हज़ारों-लाखों makes none."""
    if number is None or word is None:
        return None
    if between in _SPACES and word >= _LEAST_SCALE and number < word:
        return number * word
    is_one = between in _SPACES | _HYPHENS and number in _TENS and 0 < word < 10
    return number + word if is_one else None


def _figure(number: Fraction) -> str:
    return str(number.numerator if number.denominator == 1 else float(number))
