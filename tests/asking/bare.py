"""The production server for questions alone: without the edition it is soon up again."""

from __future__ import annotations

import os
from functools import partial

from flask import Flask

from app import create_app
from blueprints import database, server, settings


def create_bare_app() -> server.Gateway:
    app = create_app()
    # Past the layer of the edition, which would make it for the first GET.
    app.wsgi_app = partial(Flask.wsgi_app, app)  # type: ignore[method-assign]
    return server.Gateway(app, lambda *_asked: None, app.config["REEDH"].threads)


if __name__ == "__main__":
    with create_bare_app().app.app_context():
        database.upgrade()
    chosen = settings.from_environment(os.environ)
    server.server(chosen, "tests.asking.bare:create_bare_app").serve()
