"""A site with a page that reads what is sent to it, behind the production server."""

from __future__ import annotations

import os

from flask import Flask, request

from app import create_app
from blueprints import server, settings


def create_waiting_app() -> Flask:
    app = create_app()

    @app.post("/wait")
    def wait() -> str:
        return str(len(request.get_data()))

    return app


if __name__ == "__main__":
    chosen = settings.from_environment(os.environ)
    server.server(chosen, "tests.waiting:create_waiting_app").serve()
