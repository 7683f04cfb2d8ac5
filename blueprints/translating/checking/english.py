"""What in an English text only looks like a word that carries meaning."""

from __future__ import annotations

import re

# The "m" of "p.m." is no metre, the "G" of "Section 80G" no gram, the "l" of "size l" no litre.
_NO_UNIT = re.compile(
    r"\b(?:[A-Za-z]\.){2,}|(?<=\d)(?!L\b)[A-Z]\b|(?<!\d)(?<!\d\s)\b[GLMglm]\b(?!['’])"
)

# The month, by its neighbours: alone, by a figure, or with a capital in the middle of a sentence.
_MAY = re.compile(
    r"(?i:\A\W*may\W*\Z)|\bMay(?=,?\s+\d)|(\d(?:st|nd|rd|th)?,?\s+|\b[a-z][\w’']*,?\s+)May\b"
)


def without_likenesses(text: str) -> str:
    return _MAY.sub(r"\1", _NO_UNIT.sub(" ", text))
