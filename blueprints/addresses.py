"""Addresses as the public writes them: whole ones, shared ones, misspelt ones led right."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, current_app, redirect, request
from werkzeug.wrappers import Response as AnyResponse


def init_app(app: Flask) -> None:
    app.before_request(_merge_leading_slashes)
    app.after_request(_redirect_on_this_host)
    app.jinja_env.globals |= {"absolute": absolute, "whatsapp_url": whatsapp_url}


def absolute(path: str) -> str:
    """The address under which the public reaches `path`."""
    return f"{current_app.config['REEDH'].public_url}{path}"


def whatsapp_url(title: str, path: str) -> str:
    """A plain link that lets the reader choose whom to send the page to."""
    return "https://wa.me/?" + urlencode({"text": f"{title}\n{absolute(path)}"})


def _merge_leading_slashes() -> AnyResponse | None:
    # The router merges slashes inside a path with a redirect, but these without a word.
    if not request.environ["PATH_INFO"].startswith("//"):
        return None
    return redirect(request.full_path.rstrip("?"), 308)


def _redirect_on_this_host(response: Response) -> Response:
    # The router repeats the Host header, which may lie; every redirect of ours stays on the site.
    if response.location:
        wanted = urlsplit(response.location)._replace(scheme="", netloc="")
        response.location = "/" + wanted.geturl().lstrip("/")
        response.data = redirect(response.location).data
    return response
