"""A server of ours that can answer wrongly, path by path, and change to another edition."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

StartResponse = Callable[..., Any]
Environ = dict[str, Any]
Answer = Callable[[Environ, StartResponse], Iterable[bytes]]

PORTAL = b"<!doctype html><title>WiFi login</title><h1>Please sign in to the WiFi</h1>"


@dataclass
class Host:
    """A WSGI application: `app`, but for what `faults` say of a path (a regular expression)."""

    app: Flask
    faults: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        self.asked.append(path)
        for pattern, answer in self.faults.items():
            if re.fullmatch(pattern, path):
                return answer(environ, start_response)
        return self.app(environ, start_response)

    def heal(self) -> None:
        """Answer rightly again, and let go what hangs."""
        self.faults.clear()
        self.released.set()

    def once(self, answer: Answer) -> Answer:
        """`answer` for the first request alone."""
        left = [1]

        def choose(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
            if left:
                left.pop()
                return answer(environ, start_response)
            return self.app(environ, start_response)

        return choose

    def hang(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        self.released.wait(60)
        return self.app(environ, start_response)

    def stall(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The headers and half of a page, and then nothing for a minute."""
        whole = self.app(
            environ | {"PATH_INFO": "/en/", "HTTP_ACCEPT_ENCODING": ""}, start_response
        )
        body = b"".join(whole)
        yield body[: len(body) // 2]
        self.released.wait(60)
        yield body[len(body) // 2 :]

    def corrupt(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """The right headers and length, and one wrong byte, before most of what a pack holds."""
        plain = environ | {"HTTP_ACCEPT_ENCODING": "identity"}
        body = bytearray(b"".join(self.app(plain, start_response)))
        place = len(body) // 10
        body[place] ^= 1
        return [bytes(body)]


def status(line: str) -> Answer:
    def answer(_environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        start_response(line, [("Content-Type", "text/plain")])
        return [b"broken"]

    return answer


def portal(_environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/html")])
    return [PORTAL]


def redirect_to_portal(_environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response("302 Found", [("Location", "/portal"), ("Content-Length", "0")])
    return [b""]
