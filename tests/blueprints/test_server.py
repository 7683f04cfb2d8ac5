"""The production server as `make serve` starts it."""

from __future__ import annotations

import os
import re
import resource
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import ARTICLE, PAGES
from tests.serving import ROOT, serving
from tests.waiting import PATIENCE_SECONDS

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


@pytest.fixture(scope="module")
def impatient() -> Iterator[int]:
    """The port of a server that waits two seconds for a body."""
    with serving("tests.waiting", REEDH_TRUSTED_PROXIES="1") as address:
        yield urlsplit(address).port or 0


def head(path: str, *headers: str) -> bytes:
    return "\r\n".join([f"POST {path} HTTP/1.1", "Host: localhost", *headers, "\r\n"]).encode()


def connect(port: int, sent: bytes) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=20)
    connection.sendall(sent)
    return connection


def answer(connection: socket.socket) -> tuple[int, str]:
    with HTTPResponse(connection) as response:
        response.begin()
        return response.status, response.read().decode()


CHUNKED = "Transfer-Encoding: chunked"
LIVE = ["/en/", f"/hi{ARTICLE}", "/hi/search?q=dard", "/hi/ask", "/healthz", "/readyz"]


@pytest.mark.parametrize(
    "sent",
    [
        pytest.param(head("/came", "Content-Length: 100"), id="no body"),
        pytest.param(head("/came", "Content-Length: 100") + b"half", id="half a body"),
        pytest.param(head("/came", CHUNKED) + b"1\r\na\r\n", id="a chunk without an end"),
        pytest.param(b"POST /came HTTP/1.1\r\nHost: local", id="half a head"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_requests_that_wait_do_not_delay_a_reader(impatient: int, sent: bytes) -> None:
    with ExitStack() as waiting:
        for _ in range(200):
            waiting.enter_context(connect(impatient, sent))
        for path in LIVE:
            url = f"http://127.0.0.1:{impatient}{path}"
            # Less than the patience of the server: the senders still wait.
            with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as found:
                assert found.status == 200


@pytest.mark.parametrize(("language", "words"), [("en", "did not arrive"), ("hi", "नहीं पहुँचा")])
def test_a_body_that_does_not_come_is_told_in_words(
    impatient: int, language: str, words: str
) -> None:
    with connect(impatient, head(f"/{language}/ask", "Content-Length: 100") + b"half") as slow:
        status, page = answer(slow)
    assert status == 408
    assert f'<html lang="{language}"' in page
    assert words in page


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        pytest.param(["Content-Length: 4"], b"whol", 200, id="whole"),
        pytest.param([], b"", 200, id="none"),
        pytest.param([CHUNKED], b"4\r\nwhol\r\n0\r\n\r\n", 200, id="chunked"),
        pytest.param(["Content-Length: 65536"], b"a" * 65536, 200, id="as large as may be"),
        pytest.param(["Content-Length: 65537"], b"a" * 65537, 413, id="one byte too large"),
        pytest.param(
            [CHUNKED], b"10001\r\n" + b"a" * 65537 + b"\r\n0\r\n\r\n", 413, id="chunked too"
        ),
        pytest.param(["Content-Length: 9999999"], b"a", 413, id="not waited for"),
        pytest.param([CHUNKED], b"10\r\nhalf", 400, id="a chunk cut in the middle"),
        pytest.param([CHUNKED], b"4\r\nwhol\r\n", 400, id="the last chunk missing"),
        pytest.param([CHUNKED], b"xyz\r\n", 400, id="no chunk at all"),
        pytest.param(["Content-Length: 9"], b"half", 400, id="shorter than declared"),
    ],
)
def test_only_a_whole_body_of_bounded_size_is_taken(
    impatient: int, headers: list[str], body: bytes, status: int
) -> None:
    with connect(impatient, head("/came", *headers) + body) as connection:
        if status == 400:
            connection.shutdown(socket.SHUT_WR)
        found, page = answer(connection)
    assert found == status
    if status == 200:
        assert page == str(len(body) if "chunked" not in str(headers) else 4)


def get(path: bytes, *headers: str) -> bytes:
    lines = ["Host: localhost", "Connection: close", *headers, "\r\n"]
    return b"GET %s HTTP/1.1\r\n%s" % (path, "\r\n".join(lines).encode())


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        (["X-Forwarded-For: 203.0.113.1"], "203.0.113.1 "),
        (["X_Forwarded_For: 6.6.6.6", "X-Forwarded-For: 203.0.113.1"], "203.0.113.1 "),
        (["X-Forwarded-For: 203.0.113.1", "X_Forwarded_For: 6.6.6.6"], "203.0.113.1 "),
        (["X-Forwarded-For: 203.0.113.1", "x_forwarded-for: 6.6.6.6"], "203.0.113.1 "),
        (["X-Forwarded-For: 203.0.113.1", "X-Forwarded_For: 6.6.6.6"], "203.0.113.1 "),
        (["X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 203.0.113.1"], "203.0.113.1 "),
        (["X-Forwarded-For: 6.6.6.6, 203.0.113.1"], "203.0.113.1 "),
        (["X_Forwarded_For: 6.6.6.6"], "127.0.0.1 "),
        (["X_Odd: a"], "127.0.0.1 "),
        (["X-Odd: a", "X_Odd: b", "X-Odd: c"], "127.0.0.1 a,c"),
    ],
)
def test_a_name_with_an_underscore_stands_in_for_no_header(
    impatient: int, headers: list[str], told: str
) -> None:
    with connect(impatient, get(b"/whence", *headers)) as connection:
        assert answer(connection) == (200, told)


@pytest.mark.parametrize(
    "path",
    [b"//%0a", b"//a%0d%0ab", b"/%00", b"//foo%3Fbar", b"//a%23b", b"//%5Cevil.example", b"/\\a",
     b"//%ff", b"/%ed%a0%80", b"/%e0%a4", b"/%F0%9F%A6%B4", b"//evil.example/%2e%2e", b"/%2f%2fa",
     b"/%", b"/%zz", b"http://evil.example//en", b"*", b"/HI/about", b"/hi_IN/", b"/en/%0a",
     b"//?%0a", b"//en?a=%0d%0aSet-Cookie:%20x=1", b"/static/%2e%2e/app.py", b"/en/%E2%80%AE"],
)  # fmt: skip
def test_no_path_fails_or_leads_away(impatient: int, path: bytes) -> None:
    with connect(impatient, get(path, "Accept-Language: HI_in")) as connection:
        with HTTPResponse(connection) as response:
            response.begin()
            response.read()
        assert response.status in {308, 400, 404}
        location = response.headers.get("Location", "/")
        assert re.fullmatch(r"/(?![/\\])[!-~]*", location), location
        assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize(("size", "status"), [(500_000, 400), (600_000, 413)])
def test_long_texts_of_the_team_are_taken(impatient: int, size: int, status: int) -> None:
    kind = "Content-Type: application/x-www-form-urlencoded"
    sent = head("/moderation/sign-in", kind, f"Content-Length: {size}") + b"a=".ljust(size, b"b")
    with connect(impatient, sent) as connection:
        assert answer(connection)[0] == status


def test_a_question_cut_in_the_middle_is_not_stored(impatient: int) -> None:
    form = b"consent=y&receipt=0123456789ABCDEFGHJKMNPQRS&question=Will+my+back+hurt+after"
    kind = "Content-Type: application/x-www-form-urlencoded"
    sent = head("/en/ask", CHUNKED, kind) + b"%x\r\n%s\r\n" % (len(form), form)
    with connect(impatient, sent) as connection:
        connection.shutdown(socket.SHUT_WR)
        assert answer(connection)[0] == 400


@pytest.mark.parametrize("name", ["Accept", "Cookie", "Accept-Language", "X-Forwarded-For"])
def test_a_head_of_absurd_length_is_refused(impatient: int, name: str) -> None:
    with connect(impatient, head("/en/ask", f"{name}: {'a,' * 30_000}")) as connection:
        assert answer(connection)[0] == 431


def test_more_connections_are_held_than_debian_lets_a_process_open() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, hard))
    with ExitStack() as idle, serving() as address:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        port = urlsplit(address).port or 0
        for _ in range(200):
            idle.enter_context(connect(port, b""))
        with urllib.request.urlopen(f"{address}/healthz", timeout=10) as found:
            assert found.status == 200


def test_a_stop_answers_what_has_arrived_and_prints_nothing(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with ExitStack() as asked:
        with serving("tests.waiting") as address:
            port = urlsplit(address).port or 0
            sent = b"GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
            waiting = [asked.enter_context(connect(port, sent)) for _ in range(4)]
            # The loop has read those before it answers this.
            urllib.request.urlopen(f"{address}/healthz").close()
        assert [answer(each) for each in waiting] == [(200, "answered")] * 4
    assert capfd.readouterr().err == ""


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
