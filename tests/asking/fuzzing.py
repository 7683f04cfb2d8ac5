"""Many requests by chance, and what must hold of every answer."""

from __future__ import annotations

import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from io import BytesIO
from ipaddress import IPv4Address
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from werkzeug.test import create_environ, run_wsgi_app

from app import ROOT
from tests.asking.strange_requests import (
    ACCEPTED,
    CANARY,
    HTML,
    JSON,
    PLACES,
    SIGN_IN,
    TOKEN,
    Request,
    requests,
)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

MOST_SECONDS = 1.0
_ON_THIS_SITE = re.compile(r"/(?![/\\])[!-~]*")
OPERATIONS = [
    ("/token", "get"),
    ("/{language}/search.json", "get"),
    ("/{language}/ask", "post"),
    ("/{language}/questions", "post"),
]

Answer = TypeVar("Answer")

_SETTINGS: dict[str, Any] = {
    "database": None,
    "deadline": None,
    "phases": [Phase.generate],
    "suppress_health_check": list(HealthCheck),
}
_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@dataclass
class Seen:
    """What was answered: how often each status, the slowest, and what should not have been."""

    statuses: Counter[int] = field(default_factory=Counter)
    by_place: Counter[tuple[str, int]] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    wrong: list[str] = field(default_factory=list)

    def note(self, what: str, place: str, status: int, seconds: float) -> None:
        self.statuses[status] += 1
        self.by_place[place, status] += 1
        self.slowest = max(self.slowest, (seconds, what))
        if status >= 500:
            self.wrong.append(f"{status}: {what}")
        if seconds > MOST_SECONDS:
            self.wrong.append(f"{seconds:.1f} s: {what}")


class Log(logging.Handler):
    """Notes what a request has written into the log of the application."""

    def __init__(self, seen: Seen) -> None:
        super().__init__()
        self._seen = seen

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        if CANARY in line or not line.isprintable():
            self._seen.wrong.append(f"logged: {line!r}"[:900])


@dataclass
class Asker:
    """Somebody with a cookie and its token."""

    app: Flask
    cookie: str = ""
    token: str = ""

    def __post_init__(self) -> None:
        answer = self.app.test_client().get("/token")
        assert answer.json is not None
        self.token = answer.json["csrf_token"]
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def ask(self, request: Request) -> tuple[int, str, str]:
        """The status and the type of the answer, and where it leads."""
        _body, status, headers = run_wsgi_app(self.app, self._environ(request), buffered=True)
        return int(status.split()[0]), headers.get("Content-Type", ""), headers.get("Location", "")

    def _environ(self, request: Request) -> dict[str, Any]:
        body = request.body.replace(TOKEN.encode(), self.token.encode())
        body = body.replace(b"%7Btoken%7D", self.token.encode())
        environ = create_environ() | {
            "REQUEST_METHOD": request.method,
            "PATH_INFO": request.path,
            "QUERY_STRING": request.query,
            "HTTP_COOKIE": self.cookie,
            "wsgi.input": BytesIO(body),
        }
        headers = request.headers | ({} if request.accept is None else {"Accept": request.accept})
        for name, value in headers.items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        environ["CONTENT_TYPE"] = environ.pop("HTTP_CONTENT_TYPE")
        environ["wsgi.input_terminated"] = request.headers.get("Transfer-Encoding") == "chunked"
        if request.length is not None:
            is_right = request.length == str(len(request.body))
            environ["CONTENT_LENGTH"] = str(len(body)) if is_right else request.length
        return environ


def listen(app: Flask, seen: Seen) -> None:
    """Have every line of the log looked at, and none printed."""
    app.logger.handlers[:] = [Log(seen)]
    app.logger.propagate = False


def from_everywhere(app: Flask) -> None:
    """Have each request come to `app` from another network, so that none is one too many."""
    inner, numbers = app.wsgi_app, count(1)

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ["REMOTE_ADDR"] = str(IPv4Address(next(numbers)))
        return inner(environ, start_response)

    app.wsgi_app = answer  # type: ignore[method-assign]


def fuzz(app: Flask, times: int, number: int, seen: Seen) -> None:
    """Ask `times` times what is strange, each as it comes, as a page and as a script."""
    asker = Asker(app)

    @seed(number)
    @settings(max_examples=times // 3, **_SETTINGS)
    @given(requests())
    def one(request: Request) -> None:
        for accept in (request.accept, "text/html", "application/json"):
            _judge(asker, replace(request, accept=accept), seen)

    one()


def conform(app: Flask, times: int, number: int, seen: Seen) -> None:
    """Ask `times` times what docs/openapi.json tells of, and what it forbids."""
    asker = Asker(app)
    schema = schemathesis.openapi.from_path(ROOT / "docs/openapi.json")
    operations = [schema[path][method] for path, method in OPERATIONS]
    cases = [
        operation.as_strategy(generation_mode=mode)
        for operation in operations
        for mode in GenerationMode
    ]

    @seed(number)
    @settings(max_examples=times, **_SETTINGS)
    @given(st.one_of(cases), st.booleans())
    def one(case: Case[Any], has_token: bool) -> None:
        if has_token and isinstance(case.body, dict):
            case.body["csrf_token"] = asker.token
        _check(asker, case, seen)

    one()


def _judge(asker: Asker, request: Request, seen: Seen) -> None:
    what = repr(replace(request, body=request.body[:300]))[:900]
    try:
        seconds, (status, kind, location) = _quickest(lambda: asker.ask(request))
    except Exception as error:
        seen.wrong.append(f"{error!r}: {what}")
        return
    place = request.path.rpartition("/")[2] if request.path in PLACES else ""
    seen.note(what, place, status, seconds)
    if location and not _ON_THIS_SITE.fullmatch(location):
        seen.wrong.append(f"leads to {location!r}: {what}")
    if request.path.startswith(SIGN_IN):
        return
    is_answer = status >= 400 or (request.method == "POST" and place)
    if is_answer and kind != (ACCEPTED[request.accept] or kind):
        seen.wrong.append(f"{status} {kind!r}: {what}")
    if is_answer and kind not in {HTML, JSON}:
        seen.wrong.append(f"{status} {kind!r}: {what}")


def _check(asker: Asker, case: Case[Any], seen: Seen) -> None:
    what = f"{case.method} {case.path} {case.query} {case.body!r}"[:600]
    name, _, value = asker.cookie.partition("=")
    headers, cookies = {"Accept": JSON}, {name: value}
    seconds, answer = _quickest(lambda: case.call(app=asker.app, headers=headers, cookies=cookies))
    seen.note(what, "", answer.status_code, seconds)
    try:
        case.validate_response(answer, checks=_CHECKS)
    except FailureGroup as failures:
        seen.wrong += [f"{failure}: {what}" for failure in failures.exceptions]


def _quickest(ask: Callable[[], Answer]) -> tuple[float, Answer]:
    """How long it took, and the answer: of three the quickest, as others use the machine too."""
    before = time.perf_counter()
    answer = ask()
    seconds = time.perf_counter() - before
    for _ in range(2):
        if seconds > MOST_SECONDS:
            before = time.perf_counter()
            ask()
            seconds = min(seconds, time.perf_counter() - before)
    return seconds, answer
