"""How long readers wait while others attack the server with bodies that never end.

Each attack holds 200 connections for as long as it is measured, and opens a new one where the
server has closed one. `make bench-questions` prints milliseconds for the readers' pages in peace
and under each attack, the machine's other work included. Exits 1 if under an attack a page's 99th
percentile is more than 100 ms above its own in peace, or if a page was not answered.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from socket import create_connection, socket
from threading import Event, Thread
from urllib.parse import urlsplit

from tests.serving import serving

CONNECTIONS = 200
TIMES = 200
GOAL_MS = 100
PATHS = [
    "/en/",
    "/hi/articles/why-spine-surgeries-fail",
    "/hi/search?q=kamar+dard",
    "/hi/ask",
    "/healthz",
]
HEAD = b"POST /hi/ask HTTP/1.1\r\nHost: localhost\r\n"
LENGTH = HEAD + b"Content-Length: 60000\r\n\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
WHOLE = HEAD + b"Content-Length: 60000\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n"

# What each connection sends first, what it then sends over and over, and how many seconds apart.
ATTACKS: dict[str, tuple[bytes, bytes, float]] = {
    "a byte a second": (LENGTH, b"a", 1),
    "silence": (LENGTH, b"", 1),
    "half a head": (HEAD, b"", 1),
    "tiny chunks": (CHUNKED, b"1\r\na\r\n" * 50, 0.05),
    "never reading": (WHOLE, b"question=" + b"a" * 59_991 + WHOLE, 1),
}


def main() -> int:
    missed = 0
    with serving() as address:
        port = urlsplit(address).port or 0
        peace = {path: p99(port, path) for path in PATHS}
        print(f"{'':>16}" + "".join(f"{path[:14]:>16}" for path in PATHS))
        show("in peace", peace)
        for name, attack in ATTACKS.items():
            with attacking(port, *attack):
                times = {path: p99(port, path) for path in PATHS}
            show(name, times)
            missed += sum(times[path] > peace[path] + GOAL_MS for path in PATHS)
    print(
        f"99th percentiles in ms of {TIMES} requests; goal {GOAL_MS} above peace, missed: {missed}"
    )
    return 1 if missed else 0


def p99(port: int, path: str) -> float:
    """Milliseconds, each request over a connection of its own, as a new reader's."""
    times = []
    for _ in range(TIMES):
        start = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        times.append(1000 * (time.perf_counter() - start))
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"{path} answers {answer.status}")
    return sorted(times)[int(0.99 * TIMES)]


@contextlib.contextmanager
def attacking(port: int, first: bytes, then: bytes, seconds: float) -> Iterator[None]:
    """Attack from a thread, over all connections in turn, for as long as the block lasts."""
    is_over = Event()

    def attack() -> None:
        connections = [connect(port, first) for _ in range(CONNECTIONS)]
        while not is_over.wait(seconds):
            for number, connection in enumerate(connections):
                if not is_sent(connection, then):
                    connection.close()
                    connections[number] = connect(port, first)
        for connection in connections:
            connection.close()

    thread = Thread(target=attack)
    thread.start()
    time.sleep(2)  # every connection is open, and has begun
    yield
    is_over.set()
    thread.join()


def connect(port: int, first: bytes) -> socket:
    connection = create_connection(("127.0.0.1", port))
    connection.sendall(first)
    connection.setblocking(False)
    return connection


def is_sent(connection: socket, data: bytes) -> bool:
    """Whether the connection is still open; what does not fit into its buffers is not sent."""
    try:
        if data:
            connection.send(data)
        else:
            connection.recv(1)
            return False  # it was answered, or closed
    except BlockingIOError:
        return True
    except OSError:
        return False
    return True


def show(name: str, times: dict[str, float]) -> None:
    print(f"{name:>16}" + "".join(f"{each:>16.1f}" for each in times.values()), flush=True)


if __name__ == "__main__":
    sys.exit(main())
