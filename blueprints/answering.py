"""In which form a request wants its answer."""

from __future__ import annotations

from flask import request


def wants_json() -> bool:
    """A page's script says so by its Accept header; a form without scripts gets a page."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == (
        "application/json"
    )
