"""Ten kinds of edits of an article, as an author makes them, on the blocks of its file.

Each edit notes which old blocks its new blocks come from: that is the truth which tools are
measured against. Facts stay with their text as an author would leave them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from blueprints.articles.source import Article, Block, Paragraph, Section

Place = tuple[str, str]


@dataclass(eq=False)
class Piece:
    """A block of the draft, and the old blocks that it comes from."""

    block: Block
    origins: frozenset[Place]

    @property
    def place(self) -> Place:
        return self.block.context, self.block.text


@dataclass
class Draft:
    """The article while it is edited, and what each edit did; no block is edited twice."""

    pieces: list[Piece]
    done: list[tuple[str, list[Piece], list[Piece]]] = field(default_factory=list)

    @classmethod
    def of(cls, article: Article) -> Draft:
        blocks = article.blocks()
        return cls([Piece(block, frozenset({(block.context, block.text)})) for block in blocks])

    def free(self, *kinds: str) -> list[Piece]:
        """The blocks of these kinds that no edit has touched."""
        new = {id(piece) for _kind, _old, pieces in self.done for piece in pieces}
        return [
            piece for piece in self.pieces if piece.block.kind in kinds and id(piece) not in new
        ]

    def put(self, kind: str, old: list[Piece], new: list[Piece]) -> None:
        """Put `new` in the place of `old`, which follow each other."""
        at = self.pieces.index(old[0])
        self.pieces[at : at + len(old)] = new
        self.done.append((kind, old, new))


def article_of(slug: str, blocks: Iterable[Block]) -> Article:
    """The article that has these blocks; what is no heading is a part of its own."""
    title, description, byline, *rest = blocks
    sections: list[Section] = []
    for block in rest:
        if block.kind == "heading":
            sections.append(Section(block.context, "", block, ()))
        else:
            parts = (*sections[-1].parts, Paragraph(block))
            sections[-1] = replace(sections[-1], parts=parts)
    return Article(slug, title, description, byline, tuple(sections))


Edit = Callable[[Draft, str, random.Random], None]


def _reword(least: float, most: float, *of: str) -> Edit:
    """Replace a share of a block's words, one at least, by words of other sentences."""

    def edit(draft: Draft, kind: str, chance: random.Random) -> None:
        piece = chance.choice(draft.free(*of))
        words = piece.block.text.split()
        foreign = _foreign_words(draft, piece, chance)
        share = chance.uniform(least, most)
        for at in chance.sample(range(len(words)), max(1, round(share * len(words)))):
            word = re.sub(r"\W", "", words[at]).lower()
            words[at] = next(other for other in foreign if other.lower() != word)
        block = replace(piece.block, text=" ".join(words))
        draft.put(kind, [piece], [Piece(block, piece.origins)])

    return edit


def _rename(draft: Draft, kind: str, chance: random.Random) -> None:
    """Give another id to a section in which nothing else was edited."""
    edited = {piece.block.context for _kind, old, new in draft.done for piece in old + new}
    contexts = {piece.block.context for piece in draft.free("heading")} - edited
    context = chance.choice(sorted(contexts))
    for piece in [piece for piece in draft.pieces if piece.block.context == context]:
        block = replace(piece.block, context=f"{context}-renamed")
        draft.put(kind, [piece], [Piece(block, piece.origins)])


def _split(draft: Draft, kind: str, chance: random.Random) -> None:
    """Part a paragraph between two sentences, or inside the only one."""
    piece = chance.choice(draft.free("paragraph"))
    text, facts = piece.block.text, piece.block.facts
    sentences, words = re.split(r"(?<=[.?]) ", text), text.split()
    parts = sentences if len(sentences) > 1 else words
    at = chance.randint(1, len(parts) - 1) if parts is sentences else len(words) // 2
    half = (len(facts) + 1) // 2 if len(facts) > 1 else 0
    halves = [
        (" ".join(parts[:at]), facts[:half] or facts),
        (" ".join(parts[at:]), facts[half:] or facts),
    ]
    new = [replace(piece.block, text=text, facts=told) for text, told in halves]
    draft.put(kind, [piece], [Piece(block, piece.origins) for block in new])


def _merge(draft: Draft, kind: str, chance: random.Random) -> None:
    """Make two paragraphs that follow each other in a section one."""
    free = {id(piece) for piece in draft.free("paragraph")}
    pairs = [
        (one, other)
        for one, other in zip(draft.pieces, draft.pieces[1:], strict=False)
        if {id(one), id(other)} <= free and one.block.context == other.block.context
    ]
    one, other = chance.choice(pairs)
    facts = tuple(dict.fromkeys(one.block.facts + other.block.facts))
    block = replace(one.block, text=f"{one.block.text} {other.block.text}", facts=facts)
    draft.put(kind, [one, other], [Piece(block, one.origins | other.origins)])


def _insert(draft: Draft, kind: str, chance: random.Random) -> None:
    """Add a paragraph with a fact of its own or none."""
    neighbour = chance.choice(draft.free("paragraph"))
    foreign = _foreign_words(draft, neighbour, chance)
    text = " ".join(next(foreign) for _ in range(chance.randint(8, 30)))
    facts = chance.choice([(), ("NW-01",)])
    added = Piece(replace(neighbour.block, text=f"{text}.", facts=facts), frozenset())
    draft.pieces.insert(draft.pieces.index(neighbour), added)
    draft.done.append((kind, [], [added]))


def _delete(draft: Draft, kind: str, chance: random.Random) -> None:
    draft.put(kind, [chance.choice(draft.free("paragraph"))], [])


def _move(draft: Draft, kind: str, chance: random.Random) -> None:
    """Take a paragraph to another section, as it is."""
    piece = chance.choice(draft.free("paragraph"))
    contexts = {each.block.context for each in draft.pieces if each.block.kind == "heading"}
    context = chance.choice(sorted(contexts - {piece.block.context}))
    moved = Piece(replace(piece.block, context=context), piece.origins)
    draft.pieces.remove(piece)
    last = max(at for at, each in enumerate(draft.pieces) if each.block.context == context)
    draft.pieces.insert(last + 1, moved)
    draft.done.append((kind, [piece], [moved]))


def _foreign_words(draft: Draft, piece: Piece, chance: random.Random) -> Iterator[str]:
    """Words of other sentences of the article, in any order, without end."""
    others = " ".join(other.block.text for other in draft.pieces if other is not piece)
    words = re.findall(r"[^\W_][\w’-]*", others)
    while True:
        yield chance.choice(words)


KINDS: dict[str, Edit] = {
    "5-20 % of a paragraph's words": _reword(0.05, 0.2, "paragraph"),
    "35-50 % of a paragraph's words": _reword(0.35, 0.5, "paragraph"),
    "70-90 % of a paragraph's words": _reword(0.7, 0.9, "paragraph"),
    "heading reworded": _reword(0.3, 1, "heading", "subheading"),
    "section id renamed": _rename,
    "paragraph split in two": _split,
    "two paragraphs merged": _merge,
    "paragraph inserted": _insert,
    "paragraph deleted": _delete,
    "paragraph moved to another section": _move,
}
