"""The sentence that shows a reader why a section was found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

from search_index.analysis import folded, is_stop, spans, stem
from search_index.parameters import TUNED

LONGEST = TUNED.excerpt


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `is_match` where the query's words stand."""

    text: str
    is_match: bool


def best(
    sentences: Iterable[str], wanted: Mapping[str, float], meaning: Callable[[str], str]
) -> tuple[Piece, ...]:
    """The first of the sentences whose `wanted` terms weigh most, cut to length.

    `meaning` gives the term of a stem.
    """
    marked = [_mark(sentence, wanted, meaning) for sentence in sentences]
    if not marked:
        return ()
    # Added one by one, as the browser does: `sum` of a newer Python rounds in another way.
    weights = [reduce(add, (wanted[term] for term in sorted(terms)), 0.0) for _, terms in marked]
    return _cut(marked[weights.index(max(weights))][0])


def _mark(
    sentence: str, wanted: Mapping[str, float], meaning: Callable[[str], str]
) -> tuple[list[Piece], set[str]]:
    pieces: list[Piece] = []
    found: set[str] = set()
    end = 0
    for start, stop in spans(sentence):
        word = folded(sentence[start:stop])
        term = meaning(stem(word))
        if is_stop(word) or term not in wanted:
            continue
        found.add(term)
        pieces += [Piece(sentence[end:start], is_match=False), Piece(sentence[start:stop], True)]
        end = stop
    return [*pieces, Piece(sentence[end:], is_match=False)], found


def _cut(pieces: list[Piece]) -> tuple[Piece, ...]:
    """At most `LONGEST` characters around the first match, cut between words."""
    length = sum(len(piece.text) for piece in pieces)
    if length <= LONGEST:
        return tuple(piece for piece in pieces if piece.text)
    before, *rest = pieces
    kept = before.text
    if len(kept) > LONGEST // 3:
        kept = "… " + kept[-(LONGEST // 3) :].partition(" ")[2]
    cut, room = [Piece(kept, is_match=False)], LONGEST - len(kept)
    for piece in rest:
        if len(piece.text) > room:
            cut.append(Piece(piece.text[:room].rpartition(" ")[0] + " …", is_match=False))
            break
        cut.append(piece)
        room -= len(piece.text)
    return tuple(piece for piece in cut if piece.text)
