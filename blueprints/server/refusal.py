"""How a request that the gateway refused is answered: by an error page, like any other error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, request
from werkzeug.exceptions import HTTPException

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_KEY = "reedh.refusal"


def init_app(app: Flask) -> None:
    app.before_request(_raise)


def mark(environ: WSGIEnvironment, error: HTTPException) -> None:
    """Have the application answer this request with `error`."""
    environ[_KEY] = error


def _raise() -> None:
    if error := request.environ.get(_KEY):
        raise error
