"""A real server of the site: started the way `make serve` starts it, or in this process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ROOT = Path(__file__).parent.parent


FLASK_SERVE = ("flask", "serve")


@contextmanager
def serving(*module: str, **environ: str) -> Iterator[str]:
    """Run the production server on a free port with an instance of its own; give its address.

    `module` with its arguments starts another server than `make serve` does.
    """
    port = free_port()
    address = f"http://localhost:{port}"
    with tempfile.TemporaryDirectory() as instance:
        settings = {"PORT": str(port), "REEDH_INSTANCE_PATH": instance, **environ}
        command = [sys.executable, "-m", *(module or FLASK_SERVE)]
        with subprocess.Popen(
            command, cwd=ROOT, env=os.environ | settings, stdout=subprocess.DEVNULL
        ) as server:
            try:
                wait_until_ready(f"{address}/readyz", server)
                yield address
            finally:
                stop(server)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End `server`.

    Raises:
        RuntimeError: it did not end within 20 seconds, and had to be killed.
    """
    server.terminate()
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired as error:
        server.kill()
        raise RuntimeError("the server does not stop") from error


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(url: str, server: subprocess.Popen[bytes], seconds: float = 60) -> None:
    """Ask until `url` answers.

    Raises:
        RuntimeError: the server ended, or did not answer in time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"no answer from {url}")


@contextmanager
def serving_here(app: WSGIApplication) -> Iterator[str]:
    """Serve `app` from a thread of this process; gives its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Print nothing."""
