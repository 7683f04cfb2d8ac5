"""A site with a page that says what came, behind the production server, with little patience."""

from __future__ import annotations

import os
import time

from flask import request

from app import create_app
from blueprints import database, edition, moderation, server, settings

PATIENCE_SECONDS = 2
LARGER = {moderation.PATHS: moderation.LONGEST_BODY}


def create_waiting_app() -> server.Gateway:
    app = create_app()
    with app.app_context():
        database.upgrade()

    @app.post("/came")
    def came() -> str:
        return str(len(request.get_data()))

    @app.get("/whence")
    def whence() -> str:
        return f"{request.remote_addr} {request.headers.get('X-Odd', '')}"

    @app.get("/slow")
    def slow() -> str:
        time.sleep(1)
        return "answered"

    edition.publisher(app).compress_further()  # makes it, before the first reader comes
    return server.Gateway(app, edition.ready(app), 4, LARGER, body_seconds=PATIENCE_SECONDS)


if __name__ == "__main__":
    chosen = settings.from_environment(os.environ)
    server.server(chosen, "tests.waiting:create_waiting_app").serve()
