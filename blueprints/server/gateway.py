"""The RSGI application that granian calls: it decides where a request is served.

The event loop answers from the edition, and reads bodies. Only a request that has arrived whole
takes a thread. Requests with a body have threads of their own, so readers never wait for senders.
"""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from typing import TYPE_CHECKING

from flask import Flask
from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]
from werkzeug.exceptions import HTTPException
from werkzeug.test import run_wsgi_app

from blueprints.server import body, environ, refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Headers = list[tuple[str, str]]
Ready = Callable[[str, str, str, str | None], tuple[int, Headers, bytes] | None]

_SWITCH_SECONDS = 0.001
# Less than granian waits before it kills.
_STOP_SECONDS = 3
_LARGE_AT_ONCE = 64
_WITHOUT_BODY = {"GET", "HEAD"}


class Gateway:
    """Serves `app` with `threads` threads for readers and half as many for senders.

    `ready` answers what lies ready as bytes: from the method, the path, and the headers
    Accept-Encoding and If-None-Match it gives status, headers and body, or None. `larger` gives the
    beginnings of paths that take larger bodies than the others, and how many bytes.
    """

    def __init__(
        self,
        app: Flask,
        ready: Ready,
        threads: int,
        larger: Mapping[str, int] | None = None,
        body_seconds: float = body.SECONDS,
    ) -> None:
        self.app = app
        self._ready = ready
        self._larger = larger or {}
        self._body_seconds = body_seconds
        # So many larger bodies are read at a time, as each takes memory.
        self._large = asyncio.Semaphore(_LARGE_AT_ONCE)
        self._answering: set[asyncio.Task[None]] = set()
        self._readers = ThreadPoolExecutor(threads, "reader")
        self._senders = ThreadPoolExecutor(max(1, threads // 2), "sender")

    def __rsgi_init__(self, _loop: asyncio.AbstractEventLoop) -> None:
        """Have a busy thread give way to the event loop sooner than Python's 5 ms."""
        sys.setswitchinterval(_SWITCH_SECONDS)

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Answer what has arrived, then end the process.

        It ends here because a thread of granian's that calls Python while Python itself ends
        prints a panic.
        """
        loop.run_until_complete(self._finish())
        logging.shutdown()
        os._exit(0)

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)
        await self._handle(scope, protocol)

    async def _handle(self, scope: Scope, protocol: HTTPProtocol) -> None:
        asked = scope.headers.get
        ready = self._ready(
            scope.method, scope.path, asked("accept-encoding", ""), asked("if-none-match")
        )
        if ready:
            protocol.response_bytes(*ready)
        elif scope.method in _WITHOUT_BODY:
            await self._serve(self._readers, environ.make(scope, b""), protocol)
        else:
            await self._receive(scope, protocol)

    async def _finish(self) -> None:
        if self._answering:
            await asyncio.wait(self._answering, timeout=_STOP_SECONDS)

    async def _receive(self, scope: Scope, protocol: HTTPProtocol) -> None:
        length = scope.headers.get("content-length")
        declared = None if "transfer-encoding" in scope.headers else int(length or 0)
        try:
            received = await self._read(scope.path, protocol, declared)
        except body.BrokenBodyError:
            protocol.response_empty(400, [])
            return
        asked = environ.make(scope, b"" if isinstance(received, HTTPException) else received)
        if isinstance(received, HTTPException):
            refusal.mark(asked, received)
        await self._serve(self._senders, asked, protocol)

    async def _read(
        self, path: str, protocol: HTTPProtocol, declared: int | None
    ) -> bytes | HTTPException:
        larger = (most for start, most in self._larger.items() if path.startswith(start))
        most = next(larger, body.MOST_BYTES)
        is_large = most > body.MOST_BYTES and (declared is None or declared > body.MOST_BYTES)
        async with self._large if is_large else nullcontext():
            return await body.read(protocol, declared, most, self._body_seconds)

    async def _serve(
        self, threads: ThreadPoolExecutor, asked: WSGIEnvironment, protocol: HTTPProtocol
    ) -> None:
        loop = asyncio.get_running_loop()
        protocol.response_bytes(*await loop.run_in_executor(threads, self._answer, asked))

    def _answer(self, asked: WSGIEnvironment) -> tuple[int, Headers, bytes]:
        pieces, status, headers = run_wsgi_app(self.app.wsgi_app, asked, buffered=True)
        return int(status.split()[0]), headers.to_wsgi_list(), b"".join(pieces)
