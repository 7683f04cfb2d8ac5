"""The production server as `make serve` starts it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ARTICLE, PAGES
from tests.serving import ROOT, serving

# Several processes need one; while it is away, nothing is counted.
NO_REDIS = "redis://127.0.0.1:1"


def start(**environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flask", "serve"]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def test_it_serves_every_page_with_the_bytes_of_the_edition() -> None:
    with serving(REEDH_PROCESSES="2", REEDH_LIMITS_URL=NO_REDIS) as address:
        for path in PAGES:
            with urllib.request.urlopen(address + path) as answer:
                assert answer.headers["ETag"].startswith('"')
                assert address.encode() in answer.read(), "absolute links name this server"


@pytest.mark.parametrize("processes", [1, 2])
def test_it_runs_as_many_processes_as_asked(processes: int) -> None:
    with serving(REEDH_PROCESSES=str(processes), REEDH_LIMITS_URL=NO_REDIS) as address:
        port = f"PORT={urlsplit(address).port}".encode()
        environments = [path for path in Path("/proc").glob("[0-9]*/environ") if readable(path)]
        ours = [path for path in environments if port in path.read_bytes().split(b"\0")]
        names = [path.with_name("cmdline").read_bytes() for path in ours]
        # Python starts one more, which keeps account of what the others share.
        serving_or_watching = [name for name in names if b"resource_tracker" not in name]
        assert len(serving_or_watching) == 1 + processes, "one that watches, and those that serve"


def readable(path: Path) -> bool:
    try:
        return bool(path.read_bytes())
    except OSError:
        return False


def test_it_stops_when_told_to_even_while_a_process_still_starts() -> None:
    for _ in range(3):
        with serving(REEDH_PROCESSES="2", REEDH_LIMITS_URL=NO_REDIS):
            pass  # leaving waits for the end, and fails if it does not come


def test_requests_that_wait_do_not_delay_a_reader() -> None:
    with serving("tests.waiting", REEDH_THREADS="4") as address:
        host = urlsplit(address)
        waiting = []
        for _ in range(3):
            connection = socket.create_connection((host.hostname, host.port))
            connection.sendall(
                b"POST /wait HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nhalf"
            )
            waiting.append(connection)
        with urllib.request.urlopen(address + f"/hi{ARTICLE}", timeout=5) as answer:
            assert answer.status == 200
        for connection in waiting:
            connection.setblocking(False)
            with pytest.raises(BlockingIOError):
                connection.recv(1)
            connection.setblocking(True)
            connection.sendall(b"second")
            assert connection.recv(100).startswith(b"HTTP/1.1 200")
            connection.close()


def test_a_taken_port_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with serving() as address:
        port = str(urlsplit(address).port)
        ended = start(PORT=port, REEDH_INSTANCE_PATH=str(tmp_path))
    assert ended.returncode == 1
    assert ended.stderr.startswith(f"Error: REEDH_HOST=127.0.0.1 and PORT={port} cannot be used: ")
    assert ended.stderr.count("\n") == 1


def test_a_wrong_setting_is_refused_in_one_sentence() -> None:
    ended = start(REEDH_PUBLIC_URL="reedh.example")
    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: REEDH_PUBLIC_URL is 'reedh.example': give an address")
    assert ended.stderr.count("\n") == 1
