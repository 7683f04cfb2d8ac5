"""Simulated edits of an article, and whether an updated catalog has each translation where it is.

No tool sees more of an edit than the texts, their places and the comments with their facts.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import polib

from blueprints.articles.source import Article
from blueprints.translating import extraction
from tests.translating.editing import KINDS, Draft, Place, article_of

# So many edits are two at once.
_BOTH = 0.3


@dataclass(frozen=True)
class Fate:
    """What became of `old` blocks: they are `new` ones now, none if they are gone."""

    kind: str
    old: frozenset[Place]
    new: frozenset[Place]

    @property
    def is_same_text(self) -> bool:
        return {text for _context, text in self.old} == {text for _context, text in self.new}


@dataclass(frozen=True)
class Simulated:
    """An edited article: its entries, the old blocks that each comes from, the edits' fates."""

    kinds: list[str]
    entries: list[polib.POEntry]
    origins: dict[Place, frozenset[Place]]
    fates: list[Fate]


@dataclass
class Tally:
    """What one tool did with the translations of the blocks that were edited, by kind of edit.

    `known` old translations have a block still; two merged ones count as one. `kept` are on a
    block that comes from theirs, `wrong` on another. Of those whose text is the same, which
    only `moved`, `again` are to be confirmed or translated again.
    """

    known: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    moved: Counter[str] = field(default_factory=Counter)
    again: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)

    def count(self, edit: Simulated, old: Iterable[polib.POEntry], new: polib.POFile) -> None:
        places = {entry.msgstr: place(entry) for entry in old}
        live = {place(entry): entry for entry in new if entry.msgstr and not entry.obsolete}
        attached = {at: places[entry.msgstr] for at, entry in live.items()}
        for at, source in attached.items():
            if source not in edit.origins[at]:
                self.wrong.append(f"{edit.kinds}: {source} at {at}")
        for fate in edit.fates:
            if not fate.old or not fate.new:
                continue
            self.known[fate.kind] += 1
            here = [at for at in fate.new if attached.get(at) in fate.old]
            self.kept[fate.kind] += bool(here)
            if not here:
                self.lost.append(f"{edit.kinds}: {sorted(fate.old)} is {sorted(fate.new)}")
            if fate.is_same_text:
                self.moved[fate.kind] += 1
                self.again[fate.kind] += not here or live[here[0]].fuzzy


def place(entry: polib.POEntry) -> Place:
    return entry.msgctxt or "", entry.msgid


def translated(article: Article) -> list[polib.POEntry]:
    """The article's entries, each with a translation that no other has."""
    entries = extraction.blocks([article])
    for number, entry in enumerate(entries):
        entry.msgstr = f"अनुवाद {number}"
    return entries


def simulated(article: Article, count: int, seed: int) -> Iterator[Simulated]:
    """`count` edits, each kind as often as the others; some are two kinds, on different blocks."""
    kinds = list(KINDS)
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")  # noqa: S311 (it must come again)
        second = [chance.choice(kinds)] if chance.random() < _BOTH else []
        yield _edited(article, [kinds[number % len(kinds)], *second], chance)


def _edited(article: Article, kinds: list[str], chance: random.Random) -> Simulated:
    draft = Draft.of(article)
    for kind in kinds:
        KINDS[kind](draft, kind, chance)
    origins: dict[Place, frozenset[Place]] = {}
    for piece in draft.pieces:
        origins[piece.place] = origins.get(piece.place, frozenset()) | piece.origins
    fates = [
        Fate(
            kind,
            frozenset[Place]().union(*(piece.origins for piece in old)),
            frozenset(piece.place for piece in new),
        )
        for kind, old, new in draft.done
    ]
    edited = article_of(article.slug, (piece.block for piece in draft.pieces))
    return Simulated(kinds, extraction.blocks([edited]), origins, fates)
