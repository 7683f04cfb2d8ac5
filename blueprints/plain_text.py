"""What people type, in one form, before anything compares or keeps it."""

from __future__ import annotations

import re
import unicodedata

NUL = "\0"

# C0 and C1 but tab and line end, what turns the direction of writing, halves of surrogate pairs.
# Joiners stay: Hindi is written with them.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)

# More than any field takes, three times over, as composing makes one letter of three at most.
# What is longer is refused for its length, so it is not worth reading.
LONGEST = 18_000

# The Stream-Safe Text Format of UAX #15: more marks on one letter are in no language.
_MOST_MARKS = 30
_JOINER = "\u034f"


def normalise(text: str) -> str:
    """`text` in NFC with line ends LF, without control and bidi characters, and trimmed.

    What is longer than `LONGEST` comes back as it is.
    """
    if len(text) > LONGEST:
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _stream_safe(_UNWANTED.sub("", lines))).strip()


def normalise_line(text: str) -> str:
    """The same of what is one line: a name, an address."""
    return text if len(text) > LONGEST else " ".join(normalise(text).split())


def _stream_safe(text: str) -> str:
    """Keep every mark, a joiner after each thirty: ordering takes the square of their number."""
    letters = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks > _MOST_MARKS:
            letters.append(_JOINER)
            marks = 1
        letters.append(letter)
    return "".join(letters)
