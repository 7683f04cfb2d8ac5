"""`flask serve`: the production server, granian, with the settings applied."""

from __future__ import annotations

import click
from flask import Blueprint, current_app
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from blueprints.settings import Settings

bp = Blueprint("server", __name__, cli_group=None)


@bp.cli.command("serve")
def serve() -> None:
    """Serve the site until interrupted."""
    settings: Settings = current_app.config["REEDH"]
    click.echo(f"Reedh is at http://{settings.host}:{settings.port}/ (Ctrl+C stops it)")
    Granian(
        "app:create_served_app",
        factory=True,
        interface=Interfaces.WSGI,
        address=settings.host,
        port=settings.port,
        workers=settings.processes,
        blocking_threads=settings.threads,
        log_level=LogLevels.warning,
    ).serve()
