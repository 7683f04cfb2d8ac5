"""A site that fails where ours does not, behind the production server."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import request

from app import create_app
from blueprints import database, server, settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

IN_FLASK = "a fault in a view"
OUTSIDE = "a fault outside of Flask"


def create_failing_app() -> server.Gateway:
    app = create_app()
    with app.app_context():
        database.upgrade()
    inner = app.wsgi_app

    @app.post("/view")
    def view() -> str:
        assert request.form
        raise RuntimeError(IN_FLASK)

    def outside(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/outside":
            raise RuntimeError(OUTSIDE)
        return inner(environ, start_response)

    app.wsgi_app = outside  # type: ignore[method-assign]
    return server.Gateway(app, lambda *_asked: None, app.config["REEDH"].threads)


if __name__ == "__main__":
    chosen = settings.from_environment(os.environ)
    server.server(chosen, "tests.asking.failing:create_failing_app").serve()
