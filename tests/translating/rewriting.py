"""Random edits of one text by its words, with what the text says known beside how it is written.

A word keeps what was meant while a typo stands in its place, so that making and mending one
changes nothing that is said, nor does punctuation. All other edits change a word, a number, a
unit, a side or a negation. They count as material as long as what is said is not what was
translated: several edits may cancel each other out. Articles, and a word written twice in a row,
are left out of what is said: in doubt an edit is not called material here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

_PARTS = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_ARTICLES = {"", "a", "an", "the"}
_NUMBERS = ["one", "two", "three", "6", "12", "20"]
_UNITS = ["days", "weeks", "months", "years", "mg", "cm"]
_SIDES = ["left", "right"]
_NEGATIONS = ["not", "no", "never", "without"]


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two spaces: marks, the word as it is written, and as it is meant."""

    before: str
    written: str
    after: str
    meant: str

    def __str__(self) -> str:
        return self.before + self.written + self.after


Words = tuple[Word, ...]
Rewriting = Callable[[Words, random.Random, Sequence[str]], Words]


def words_of(text: str) -> Words:
    parts = [match.groups() for match in map(_PARTS.fullmatch, text.split()) if match]
    return tuple(Word(before, word, after, word) for before, word, after in parts)


def text_of(words: Words) -> str:
    return " ".join(map(str, words))


def said(words: Words) -> tuple[str, ...]:
    meant = [word.meant.lower() for word in words]
    kept = [word for word in meant if word not in _ARTICLES]
    return tuple(word for at, word in enumerate(kept) if not at or word != kept[at - 1])


def _put(words: Words, at: int, word: str) -> Words:
    changed = replace(words[at], written=word, meant=word)
    return (*words[:at], changed, *words[at + 1 :])


def _replaced(words: Words, chance: random.Random, vocabulary: Sequence[str]) -> Words:
    return _put(words, chance.randrange(len(words)), chance.choice(vocabulary))


def _dropped(words: Words, chance: random.Random, _vocabulary: Sequence[str]) -> Words:
    at = chance.randrange(len(words))
    return words[:at] + words[at + 1 :]


def _added(words: Words, chance: random.Random, vocabulary: Sequence[str]) -> Words:
    at, word = chance.randint(0, len(words)), chance.choice(vocabulary)
    return (*words[:at], Word("", word, "", word), *words[at:])


def _swapped(words: Words, chance: random.Random, _vocabulary: Sequence[str]) -> Words:
    one, other = chance.choices(range(len(words)), k=2)
    return _put(_put(words, one, words[other].meant), other, words[one].meant)


def _among(alike: list[str]) -> Rewriting:
    """Change one of the words that are `alike` to another, drop it, or add one."""

    def rewrite(words: Words, chance: random.Random, _vocabulary: Sequence[str]) -> Words:
        places = [at for at, word in enumerate(words) if word.meant.lower() in alike]
        if not places or chance.random() < 0.2:
            return _added(words, chance, alike)
        at = chance.choice(places)
        if chance.random() < 0.3:
            return words[:at] + words[at + 1 :]
        return _put(words, at, chance.choice(alike))

    return rewrite


def _mistyped(words: Words, chance: random.Random, _vocabulary: Sequence[str]) -> Words:
    """One letter inside a word doubled or left out, or two in the wrong order."""
    places = [at for at, word in enumerate(words) if re.fullmatch("[a-z]{5,}", word.written)]
    if not places:
        return words
    at = chance.choice(places)
    word = words[at].written
    cut = chance.randint(1, len(word) - 2)
    start, one, other, end = word[:cut], word[cut], word[cut + 1], word[cut + 2 :]
    typos = (start + one + one + other + end, start + other + end, start + other + one + end)
    changed = replace(words[at], written=chance.choice(typos))
    return (*words[:at], changed, *words[at + 1 :])


def _mended(words: Words, _chance: random.Random, _vocabulary: Sequence[str]) -> Words:
    return tuple(replace(word, written=word.meant) for word in words)


def _punctuated(words: Words, chance: random.Random, _vocabulary: Sequence[str]) -> Words:
    """A comma, quotation marks or the full stop at the end come or go."""
    at = chance.choice([chance.randrange(len(words)), len(words) - 1])
    word = words[at]
    marks = {",": "", ".": "", "": "." if at == len(words) - 1 else ","}
    changed = replace(word, after=marks.get(word.after, word.after))
    if chance.random() < 0.3:
        quoted = word.before.startswith("“")
        before = word.before[1:] if quoted else f"“{word.before}"
        after = word.after.removesuffix("”") if quoted else f"{word.after}”"
        changed = replace(word, before=before, after=after)
    return (*words[:at], changed, *words[at + 1 :])


REWRITINGS: dict[str, Rewriting] = {
    "word replaced": _replaced,
    "word dropped": _dropped,
    "word added": _added,
    "words swapped": _swapped,
    "number": _among(_NUMBERS),
    "unit": _among(_UNITS),
    "side": _among(_SIDES),
    "negation": _among(_NEGATIONS),
    "typo made": _mistyped,
    "typo mended": _mended,
    "punctuation": _punctuated,
}
