"""A line between browser and server that fails as asked: pages and workers meet it alike."""

from __future__ import annotations

import random
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import Literal

_CHUNK = 4096
_RESET = struct.pack("ii", 1, 0)

Mode = Literal["pass", "refuse", "reset", "hang", "vanish", "cut"]


@dataclass(frozen=True, slots=True)
class Quality:
    """How a line behaves.

    `pass` carries all; `refuse` has no listener; `reset` breaks each connection; `hang` accepts
    and never answers; `vanish` takes requests and loses the answers; `cut` resets after `cut_after`
    bytes of answers on a connection. `kilobits` (a second, all connections together) and
    `latency` (seconds, for each request) slow it down.
    """

    mode: Mode = "pass"
    cut_after: int = 0
    kilobits: float = 0
    latency: float = 0


class Line:
    """A TCP proxy on a port of its own; counts the bytes it brought down."""

    def __init__(self, upstream: int) -> None:
        self._upstream = upstream
        self._quality = Quality()
        self._live: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._guard = threading.Lock()
        self._free_at = 0.0
        self.brought = 0
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self._listen()

    def becomes(self, mode: Mode = "pass", **changes: float) -> None:
        """Behave so from now on. Open connections are cut, or they would go on as before."""
        with self._guard:
            self._quality = replace(Quality(mode), **changes)  # type: ignore[arg-type]
        self.cut()
        if mode == "refuse":
            self._close_listener()
        else:
            self._listen()

    def cut(self) -> None:
        """Break every connection that is open now."""
        with self._guard:
            live = list(self._live)
        for end in live:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._close_listener()
        self.cut()

    def _listen(self) -> None:
        if self._listener:
            return
        self._listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def _close_listener(self) -> None:
        listener, self._listener = self._listener, None
        if listener:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    @contextmanager
    def _held(self, end: socket.socket) -> Iterator[Quality]:
        """Count `end` as open; gives how the line is from that moment on, until `end` is cut."""
        with self._guard:
            self._live.add(end)
            quality = self._quality
        try:
            yield quality
        finally:
            with self._guard:
                self._live.discard(end)
            # Else a thread that still reads from it would keep it open.
            with suppress(OSError):
                end.shutdown(socket.SHUT_RD)
            end.close()

    def _serve(self, client: socket.socket) -> None:
        with self._held(client) as quality, suppress(OSError):
            if quality.mode == "refuse":
                return  # it came just before there was no listener
            if quality.mode == "reset":
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                return
            if quality.mode == "hang":
                while client.recv(_CHUNK):
                    pass
                return
            upstream = socket.create_connection(("127.0.0.1", self._upstream))
            with self._held(upstream):
                up = threading.Thread(
                    target=self._up, args=(client, upstream, quality), daemon=True
                )
                up.start()
                self._down(upstream, client, quality)

    def _up(self, client: socket.socket, upstream: socket.socket, quality: Quality) -> None:
        with suppress(OSError):
            while asked := client.recv(_CHUNK):
                time.sleep(quality.latency)
                upstream.sendall(asked)
            upstream.shutdown(socket.SHUT_WR)

    def _down(self, upstream: socket.socket, client: socket.socket, quality: Quality) -> None:
        room = quality.cut_after
        while answer := upstream.recv(_CHUNK):
            if quality.mode == "vanish":
                continue
            if quality.mode == "cut":
                answer, room = answer[:room], room - len(answer)
            if quality.kilobits:
                self._take_turn(len(answer) * 8 / (quality.kilobits * 1000))
            client.sendall(answer)
            self.brought += len(answer)
            if quality.mode == "cut" and room <= 0:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                return

    def _take_turn(self, seconds: float) -> None:
        """Wait as long as the shared line needs for what is before us, and for this."""
        with self._guard:
            now = time.monotonic()
            self._free_at = max(now, self._free_at) + seconds
            wait = self._free_at - now
        time.sleep(wait)


@contextmanager
def breaking(
    line: Line, every: float, lasting: float, chance: random.Random
) -> Iterator[list[int]]:
    """Break `line` about each `every` seconds for `lasting`; gives the count of breaks so far."""
    ended = threading.Event()
    breaks = [0]

    def run() -> None:
        while not ended.wait(every * chance.uniform(0.8, 1.2)):
            line.becomes("refuse")
            ended.wait(lasting)
            line.becomes("pass")
            breaks[0] += 1

    breaker = threading.Thread(target=run, daemon=True)
    breaker.start()
    try:
        yield breaks
    finally:
        ended.set()
        breaker.join()
