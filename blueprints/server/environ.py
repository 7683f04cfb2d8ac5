"""A request as granian describes it (RSGI), in the form that Flask reads (WSGI, PEP 3333)."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING

from granian.rsgi import Scope

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def make(scope: Scope, body: bytes) -> WSGIEnvironment:
    """The WSGI environment of a request with its whole body."""
    server, _, port = scope.server.rpartition(":")
    return _headers(scope) | {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": server,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _headers(scope: Scope) -> WSGIEnvironment:
    found: WSGIEnvironment = {}
    for name, value in scope.headers.items():
        # WSGI writes hyphens as underscores, so X_Forwarded_For would pass for X-Forwarded-For.
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key != "CONTENT_TYPE":
            key = f"HTTP_{key}"
        joint = "; " if key == "HTTP_COOKIE" else ","
        found[key] = f"{found[key]}{joint}{value}" if key in found else value
    # The body is whole already.
    found.pop("HTTP_CONTENT_LENGTH", None)
    found.pop("HTTP_TRANSFER_ENCODING", None)
    return found
