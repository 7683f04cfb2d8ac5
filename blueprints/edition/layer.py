"""The WSGI layer that answers the edition's URLs before Flask is entered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from blueprints.edition.publish import Publisher
from blueprints.edition.resource import Headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


Answer = tuple[int, Headers, bytes]
# From the method, the path, and the headers Accept-Encoding and If-None-Match.
Ready = Callable[[str, str, str, str | None], Answer | None]

_STATUS = {200: "200 OK", 304: "304 Not Modified"}


class Layer:
    """Answers GET, HEAD and conditional requests for the edition; passes on the rest."""

    def __init__(self, inner: WSGIApplication, publisher: Publisher) -> None:
        self._inner = inner
        self._publisher = publisher

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        found = answer(
            self._publisher,
            environ["REQUEST_METHOD"],
            environ["PATH_INFO"],
            environ.get("HTTP_ACCEPT_ENCODING", ""),
            environ.get("HTTP_IF_NONE_MATCH"),
        )
        if found is None:
            return self._inner(environ, start_response)
        status, headers, body = found
        start_response(_STATUS[status], headers)
        return [body] if body else []


def answer(
    publisher: Publisher, method: str, path: str, accept_encoding: str, if_none_match: str | None
) -> Answer | None:
    """Status, headers and body of what the edition has at `path`; else None."""
    if method not in {"GET", "HEAD"}:
        return None
    resource = publisher.edition.resources.get(path)
    if resource is None:
        return None
    found = resource.best(accept_encoding)
    if if_none_match and matches(if_none_match, found.etag):
        return 304, found.not_modified_headers, b""
    return 200, found.headers, b"" if method == "HEAD" else found.body


def matches(if_none_match: str, etag: str) -> bool:
    """Weak comparison of RFC 9110 section 13.1.2, which If-None-Match asks for."""
    if if_none_match.strip() == "*":
        return True
    tags = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    return etag in tags
