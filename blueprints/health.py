"""What operators and load balancers ask: is it alive, is it ready."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from blueprints import edition

bp = Blueprint("health", __name__)


@bp.get("/healthz")
def alive() -> Response:
    """The process answers."""
    return _plain("ok")


@bp.get("/readyz")
def ready() -> Response:
    """The edition is made; the answer names its revision."""
    return _plain(edition.publisher(current_app).edition.revision)


def _plain(text: str) -> Response:
    return Response(f"{text}\n", content_type="text/plain; charset=utf-8")
