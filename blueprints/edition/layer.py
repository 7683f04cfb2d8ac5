"""The WSGI layer that answers the edition's URLs before Flask is entered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from blueprints.edition.publish import Publisher

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class Layer:
    """Answers GET, HEAD and conditional requests for the edition; passes on the rest."""

    def __init__(self, inner: WSGIApplication, publisher: Publisher) -> None:
        self._inner = inner
        self._publisher = publisher

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD"}:
            return self._inner(environ, start_response)
        resource = self._publisher.edition.resources.get(environ["PATH_INFO"])
        if resource is None:
            return self._inner(environ, start_response)
        found = resource.best(environ.get("HTTP_ACCEPT_ENCODING", ""))
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and matches(known, found.etag):
            start_response("304 Not Modified", found.not_modified_headers)
            return []
        start_response("200 OK", found.headers)
        return [] if method == "HEAD" else [found.body]


def matches(if_none_match: str, etag: str) -> bool:
    """Weak comparison of RFC 9110 section 13.1.2, which If-None-Match asks for."""
    if if_none_match.strip() == "*":
        return True
    tags = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    return etag in tags
