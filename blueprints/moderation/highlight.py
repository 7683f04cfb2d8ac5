"""Personal details, marked where they stand, for a person to take out."""

from __future__ import annotations

import re

from blueprints.marking import Piece, marked
from blueprints.screening import screening


def highlighted(text: str, name: str | None = None) -> list[Piece]:
    """`text` with what the rules find marked in it, and the name that was given."""
    spans = [(found.start, found.end) for found in screening().personal(text)]
    if name:
        spans += [match.span() for match in re.finditer(re.escape(name), text, re.IGNORECASE)]
    return marked(text, spans)


def cleaned(text: str, name: str | None = None) -> str:
    """`text` with an ellipsis for each of them."""
    return "".join("…" if piece.is_marked else piece.text for piece in highlighted(text, name))
