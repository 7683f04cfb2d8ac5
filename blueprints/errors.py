"""Error pages in the reader's language, each with a way on.

None depends on what has failed: where a page cannot be made, a bare one is shown, whose words were
read at the start.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask.globals import request_ctx
from flask_babel import force_locale
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from blueprints.answering import wants_json
from blueprints.database import BUSY
from blueprints.languages import SOURCE, all_languages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_BARE = Markup(
    '<!DOCTYPE html>\n<html lang="{code}" dir="{direction}">\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title>\n<h1>{title}</h1>\n<p>{advice}</p>\n"
    '<p><a href="/{code}/">Reedh</a></p>\n'
)
_STATUSES = (400, 404, 405, 408, 413, 429, 500, 503)


def init_app(app: Flask) -> None:
    """Show failures as pages. Goes last, as the last resort stands around all of `app`."""
    app.register_error_handler(HTTPException, show)
    for kind in BUSY:
        app.register_error_handler(kind, _busy)
    with app.app_context():
        app.extensions["bare_pages"] = _bare_pages()
    app.wsgi_app = LastResort(app)  # type: ignore[method-assign]


def show(error: HTTPException) -> Response:
    """The page for `error`, or its JSON, with the headers HTTP asks of it (Allow, Retry-After)."""
    try:
        return _page(error)
    except Exception:
        current_app.logger.exception("The page for a failure cannot be made")
        page = _bare_page(current_app, request.path, error.code or 500)
        return make_response(page, error.code)


class LastResort:
    """Answers with a bare page where `app` cannot answer at all."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._inner: WSGIApplication = app.wsgi_app

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return self._inner(environ, start_response)
        except Exception:
            if self._app.debug or self._app.testing:
                raise
            self._app.logger.exception("A request cannot be answered")
            page = _bare_page(self._app, environ["PATH_INFO"], 500).encode()
            headers = self._app.extensions["headers"] | {
                "Content-Type": "text/html; charset=utf-8",
                "Content-Length": str(len(page)),
                "Cache-Control": "no-store",
            }
            # Nothing has left yet. Werkzeug raises again what it is given as `exc_info`.
            start_response("500 Internal Server Error", list(headers.items()))
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [page]


def _page(error: HTTPException) -> Response:
    if request_ctx.url_adapter is None:  # the Host header is no host, so nothing was routed
        request_ctx.url_adapter = current_app.url_map.bind("localhost")
    title, advice = _words(error.code or 500)
    if wants_json():
        response = make_response(jsonify(message=title), error.code)
    else:
        page = render_template("error.html", title=title, advice=advice, code=error.code)
        response = make_response(page, error.code)
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _bare_pages() -> dict[tuple[str, int], Markup]:
    """By language and status."""
    pages = {}
    for language in all_languages():
        with force_locale(language.locale):
            for status in _STATUSES:
                title, advice = _words(status)
                pages[language.code, status] = _BARE.format(
                    code=language.code, direction=language.direction, title=title, advice=advice
                )
    return pages


def _bare_page(app: Flask, path: str, status: int) -> Markup:
    pages: dict[tuple[str, int], Markup] = app.extensions["bare_pages"]
    code = next((code for code, _status in pages if path.startswith(f"/{code}/")), SOURCE)
    return pages.get((code, status), pages[code, 500])


def _busy(error: Exception) -> Response:
    """The database is busy or away, and did nothing."""
    # Its text may repeat what was sent.
    current_app.logger.warning("The database did nothing: %s", type(error).__name__)
    return show(ServiceUnavailable())


def _words(code: int) -> tuple[str, str]:
    """What happened, and what the reader can do now."""
    match code:
        case 404:
            return _("This page does not exist"), _(
                "The address may have a mistake, or the page has moved. Start from the page below."
            )
        case 405:
            return _("This page cannot do that"), _(
                "The page can be read, but nothing can be sent to it."
            )
        case 408:
            return _("Your text did not arrive"), _(
                "The connection was too slow. Go back and send it again. Your text is still there."
            )
        case 413:
            return _("That was too much text"), _(
                "Go back, make the text shorter and send it again. Your text is still there."
            )
        case 429:
            return _("Too many requests at once"), _(
                "Many people may be sharing this connection. Wait a minute and try again."
            )
        case 503:
            return _("The site is busy right now"), _("Wait a minute and try again.")
        case code if code >= 500:
            return _("Something went wrong on our side"), _(
                "It is not your fault. Wait a minute and try again."
            )
        case _other:
            return _("The site did not understand that"), _("Go back and try once more.")
