"""Personal details, marked where they stand, for a person to take out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from blueprints.folding import fold, fold_with_places
from blueprints.marking import Piece, marked
from blueprints.screening import screening


def highlighted(text: str, name: str | None = None) -> list[Piece]:
    """`text` with what the rules find marked in it, and the name that was given."""
    spans = [(found.start, found.end) for found in screening().personal(text)]
    return marked(text, [*spans, *_spans(text, fold(name or ""))])


def _spans(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a folded name stands in a text."""
    if name:
        folded = fold_with_places(text)
        for match in re.finditer(re.escape(name), folded.text, re.IGNORECASE):
            yield folded.span(*match.span())


def cleaned(text: str, name: str | None = None) -> str:
    """`text` with an ellipsis for each of them."""
    return "".join("…" if piece.is_marked else piece.text for piece in highlighted(text, name))
