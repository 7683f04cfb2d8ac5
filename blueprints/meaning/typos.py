"""Whether a word was a slip of the keyboard, and which word was meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_lowercase

from blueprints.meaning.words import Words

# Shorter words are too near to each other.
SHORTEST_TYPO = 5


def is_mended(old: str, new: str, words: Words) -> bool:
    """Whether `old` is no word, and `new`, a common one, is the only word it can have meant.

    A slip is one letter too many or too few inside the word, or two in the wrong order. A wrong
    letter is none, nor is one at the end: so do many real words differ that no list has
    (fibrosus and fibrosis; a term's plural).
    """
    return (
        re.fullmatch(rf"[a-z]{{{SHORTEST_TYPO},}}", old) is not None
        and old not in words.known
        and new in words.common
        and {word for word in _slips(old) if word in words.known} == {new}
    )


def _slips(word: str) -> Iterator[str]:
    for at in range(1, len(word)):
        start, end = word[:at], word[at:]
        yield from (start + letter + end for letter in ascii_lowercase)
        if len(end) > 1:
            yield start + end[1:]
            yield start + end[1] + end[0] + end[2:]
