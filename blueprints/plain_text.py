"""What people type, in one form, before anything compares or keeps it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from blueprints.folding import is_ignored

NUL = "\0"

# C0 and C1 but tab and line end, what turns the direction of writing, byte order marks, halves of
# surrogate pairs. Joiners stay: Hindi is written with them.
_UNWANTED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)

# Three times what the largest field takes: NFC makes one letter of at most three.
# What is longer is refused for its length, so it is not worth reading.
LONGEST = 18_000

# The Stream-Safe Text Format of UAX #15: more marks on one letter are in no language.
_MOST_MARKS = 30
_JOINER = "\u034f"
_VIRAMA = 9  # by its combining class, in every script


def normalise(text: str) -> str:
    """`text` in NFC with line ends LF, without control and bidi characters, and trimmed.

    Empty if nothing of it can be seen. What is longer than `LONGEST` comes back as it is.
    """
    if len(text) > LONGEST:
        return text
    lines = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    kept = unicodedata.normalize("NFC", _stream_safe(lines)).strip()
    return kept if any(_is_one_of("LNPS", letter) for letter in _shown(kept)) else ""


def normalise_line(text: str) -> str:
    """The same of what is one line: a name."""
    return text if len(text) > LONGEST else " ".join(normalise(text).split())


def normalise_address(text: str) -> str:
    """The same of an e-mail address, without what nobody sees in it.

    A joiner after a virama stays, as it can make another letter of the mailbox's name.
    """
    line = normalise_line(text)
    return "".join(
        letter
        for before, letter in zip(f" {line}", line, strict=False)
        if not is_ignored(letter)
        or (letter in "\u200c\u200d" and unicodedata.combining(before) == _VIRAMA)
    )


def has_letters(text: str) -> bool:
    """Whether there is a letter or a digit in it that can be seen."""
    return any(_is_one_of("LN", letter) for letter in _shown(text))


def shown_length(text: str) -> int:
    """How many characters of it can be seen, spaces included."""
    return sum(1 for _letter in _shown(text))


def _shown(text: str) -> Iterator[str]:
    return (letter for letter in text if not is_ignored(letter))


def _is_one_of(kinds: str, letter: str) -> bool:
    # What Unicode has assigned since this Python was built may be a letter.
    category = unicodedata.category(letter)
    return category[0] in kinds or category == "Cn"


def _stream_safe(text: str) -> str:
    """Keep every mark, a joiner after each thirty: ordering takes the square of their number."""
    letters = []
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter)[0] == "M" and letter != _JOINER else 0
        if marks > _MOST_MARKS:
            letters.append(_JOINER)
            marks = 1
        letters.append(letter)
    return "".join(letters)
