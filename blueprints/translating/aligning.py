"""Which translation belongs to which text, after the English has been edited.

Four passes, each over what the ones before have left: the same text in its place, the same
text elsewhere, the same block with another text, and a similar text. The first two keep a
translation as it is, the others make it fuzzy. Nothing is told by position: a block is the
same one by the facts that it tells, or by being the only one of its kind.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

import polib

from blueprints.catalogs import has_translation

# Shorter texts are alike by chance.
SHORTEST = 25
# How much of two texts must agree: in one section, and anywhere.
_ALIKE_HERE = 0.4
_ALIKE = 0.6
# An article has one of each of the first three, a section one heading.
_SINGLE = {"title", "description", "byline", "heading"}

_BLOCK = re.compile(
    r"(title|description|byline|heading|subheading|paragraph|item|figure)((?: [A-Z]{2}-\d{2})*)"
)

Pair = tuple[polib.POEntry, polib.POEntry]


def aligned(old: Sequence[polib.POEntry], new: Sequence[polib.POEntry]) -> list[Pair]:
    """Pairs of a new entry and the old one whose translation it takes; each is in one at most."""
    alignment = _Alignment(old, new)
    alignment.pair_equal(lambda entry: (entry.msgctxt, entry.msgid, entry.msgid_plural))
    alignment.pair_equal(_movable)
    # What was gone long ago is taken up only where its very text has come back.
    alignment.old = {place: entry for place, entry in alignment.old.items() if not entry.obsolete}
    alignment.pair_blocks()
    alignment.pair_similar()
    return alignment.pairs


class _Alignment:
    """What is not paired yet, by its place: polib compares entries by what they say."""

    def __init__(self, old: Sequence[polib.POEntry], new: Sequence[polib.POEntry]) -> None:
        self.old = {place: entry for place, entry in enumerate(old) if has_translation(entry)}
        self.new = dict(enumerate(new))
        self.pairs: list[Pair] = []

    def pair_equal(self, key: Callable[[polib.POEntry], Hashable]) -> None:
        """Pair what has the same key, in its order."""
        found = _by_key(self.old, key)
        for place, entry in list(self.new.items()):
            if places := found.get(key(entry)):
                self._pair(place, places.pop(0))

    def pair_blocks(self) -> None:
        """Pair blocks that are the only ones to tell what they tell."""
        old, new = _by_key(self.old, _identity), _by_key(self.new, _identity)
        for key, places in new.items():
            if key is not None and len(places) == len(old.get(key, [])) == 1:
                self._pair(places[0], old[key][0])

    def pair_similar(self) -> None:
        """Pair what is most alike first, so that nobody takes what belongs to another."""
        alike = [
            (-likeness, place, before)
            for place, entry in self.new.items()
            for before, other in self.old.items()
            if (likeness := _likeness(entry, other))
        ]
        for _, place, before in sorted(alike):
            if place in self.new and before in self.old:
                self._pair(place, before)

    def _pair(self, place: int, before: int) -> None:
        self.pairs.append((self.new.pop(place), self.old.pop(before)))


def _by_key(
    entries: dict[int, polib.POEntry], key: Callable[[polib.POEntry], Hashable]
) -> dict[Hashable, list[int]]:
    places = defaultdict(list)
    for place, entry in entries.items():
        places[key(entry)].append(place)
    return places


class Block(NamedTuple):
    """What an extracted comment says of a block of an article."""

    kind: str
    facts: frozenset[str]


def _block(entry: polib.POEntry) -> Block | None:
    """What block it is; none if it is a message."""
    if found := _BLOCK.fullmatch(entry.comment):
        return Block(found[1], frozenset(found[2].split()))
    return None


def _movable(entry: polib.POEntry) -> Hashable:
    """The key of a text that stays the same wherever it moves, which messages do not."""
    block = _block(entry)
    return (entry.msgctxt, entry.msgid) if block is None else (block.kind, entry.msgid)


def _identity(entry: polib.POEntry) -> Hashable:
    """What tells a block from every other, whatever its text; none if nothing does."""
    block = _block(entry)
    is_known = block and (block.facts or block.kind in _SINGLE)
    return (entry.msgctxt, block) if is_known else None


def _likeness(new: polib.POEntry, old: polib.POEntry) -> float:
    """How much of two texts agrees, 0 to 1; 0 where they cannot be one or are too unlike."""
    block, before = _block(new), _block(old)
    is_here = new.msgctxt == old.msgctxt
    if block and before:
        if block.kind != before.kind or _contradict(block.facts, before.facts):
            return 0
    elif not is_here or bool(new.msgid_plural) != bool(old.msgid_plural):
        return 0
    if min(len(new.msgid), len(old.msgid)) < SHORTEST:
        return 0
    needed = _ALIKE_HERE if is_here and block else _ALIKE
    matcher = SequenceMatcher(None, old.msgid.split(), new.msgid.split(), autojunk=False)
    if matcher.real_quick_ratio() < needed or matcher.quick_ratio() < needed:
        return 0
    ratio = matcher.ratio()
    return ratio if ratio >= needed else 0


def _contradict(facts: frozenset[str], others: frozenset[str]) -> bool:
    return bool(facts and others) and facts.isdisjoint(others)
