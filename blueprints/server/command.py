"""`flask serve`: the production server, granian, with the settings applied."""

from __future__ import annotations

import multiprocessing
import os
import resource
import socket
from typing import Any

import click
from flask import Blueprint, current_app
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server.common import AbstractServer

from blueprints import database, edition
from blueprints.settings import Settings

bp = Blueprint("server", __name__, cli_group=None)

HEADER_SECONDS = 10
MOST_CONNECTIONS = 4096
# The longest address, a cookie and what browsers send; above it granian answers 431.
MOST_HEADER_BYTES = 32 * 1024


@bp.cli.command("serve")
def serve() -> None:
    """Serve the site until interrupted."""
    settings: Settings = current_app.config["REEDH"]
    _refuse_taken_port(settings)
    _allow_connections()
    database.upgrade()
    # Each process makes its own edition; if that cannot work, it is better said once, here.
    edition.publisher(current_app).check()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    click.echo(f"Reedh is at http://{host}:{settings.port}/ (Ctrl+C stops it)")
    server(settings).serve()


def server(settings: Settings, target: str = "app:create_served_app") -> AbstractServer[Any]:
    """The server as `settings` want it; each of its processes calls `target` for its gateway."""
    # Not forked: threads of libraries (the minifier's) do not survive that.
    multiprocessing.set_start_method("spawn", force=True)
    return Granian(
        target,
        factory=True,
        interface=Interfaces.RSGI,
        # In this mode granian hangs up on a client that sends no request, or only half of one.
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(
            header_read_timeout=HEADER_SECONDS * 1000, max_buffer_size=MOST_HEADER_BYTES
        ),
        websockets=False,
        backlog=MOST_CONNECTIONS,
        address=settings.host,
        port=settings.port,
        workers=settings.processes,
        # A process that is told to stop while it still starts does not hear it.
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    )


def _allow_connections() -> None:
    # Debian lets a process open 1,024 files, and each connection is one.
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = 2 * MOST_CONNECTIONS if hard == unlimited else min(2 * MOST_CONNECTIONS, hard)
    if soft != unlimited:
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


def _refuse_taken_port(settings: Settings) -> None:
    # granian shares its port, so a second server would silently take half of the requests.
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except socket.gaierror as error:
        raise click.ClickException(f"REEDH_HOST={settings.host} names no address.") from error
    except OSError as error:
        reason = os.strerror(error.errno or 0)
        raise click.ClickException(
            f"REEDH_HOST={settings.host} and PORT={settings.port} cannot be used: {reason}."
        ) from error
