"""Addresses as the public writes them: whole ones, shared ones, misspelt ones led right."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode, urlsplit

import idna
from flask import Flask, Response, abort, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from blueprints import languages

# What may stand in a path, and in a query, as it is (RFC 3986).
_IN_PATH = "!$&'()*+,/:;=@"
_IN_QUERY = f"{_IN_PATH}?%"
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")


def init_app(app: Flask) -> None:
    app.before_request(_refuse_control_characters)
    app.before_request(_correct_beginning)
    app.after_request(_redirect_on_this_host)
    app.jinja_env.globals |= {"absolute": absolute, "whatsapp_url": whatsapp_url}


def absolute(path: str) -> str:
    """The address under which the public reaches `path`."""
    return f"{current_app.config['REEDH'].public_url}{path}"


def public_host() -> str:
    """The host as people read and type it: रीढ़.भारत, not xn--f2b1azbo.xn--h2brj9c."""
    parts = urlsplit(current_app.config["REEDH"].public_url)
    if "xn--" not in parts.netloc:
        return str(parts.netloc)
    host: str = idna.decode(str(parts.hostname))
    return f"{host}:{parts.port}" if parts.port else host


def whatsapp_url(title: str, path: str) -> str:
    """A plain link that lets the reader choose whom to send the page to."""
    return "https://wa.me/?" + urlencode({"text": f"{title}\n{absolute(path)}"})


def requested() -> str:
    """The path and query of this request, quoted, so that it can be sent again as it came."""
    return _quoted(request.environ["PATH_INFO"])


def _refuse_control_characters() -> None:
    # granian refuses them in a query; another server may not.
    if not request.path.isprintable() or _CONTROL.search(request.query_string):
        abort(404)


def _correct_beginning() -> AnyResponse | None:
    """Lead to one slash, and to the language as its pages spell it.

    The router merges slashes inside a path with a redirect, but those in front without a word.
    """
    path = "/" + request.environ["PATH_INFO"].removeprefix("/")
    first, slash, rest = path.lstrip("/").partition("/")
    right = f"/{languages.spelt(first) or first}{slash}{rest}"
    return None if right == path else redirect(_quoted(right), 308)


def _quoted(path: str) -> str:
    # WSGI hands bytes over as Latin-1.
    query = quote(request.query_string, safe=_IN_QUERY)
    return quote(path.encode("latin-1"), safe=_IN_PATH) + (f"?{query}" if query else "")


def _redirect_on_this_host(response: Response) -> Response:
    # The router repeats the Host header, which may lie; every redirect of ours stays on the site.
    if response.location:
        wanted = urlsplit(response.location)._replace(scheme="", netloc="")
        response.location = "/" + wanted.geturl().lstrip("/")
        response.data = redirect(response.location).data
    return response
