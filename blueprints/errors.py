"""Error pages in the reader's language, each with a way on."""

from __future__ import annotations

from flask import Flask, Response, current_app, jsonify, make_response, render_template
from flask.globals import request_ctx
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from blueprints.answering import wants_json
from blueprints.database import BUSY


def init_app(app: Flask) -> None:
    app.register_error_handler(HTTPException, show)
    for kind in BUSY:
        app.register_error_handler(kind, _busy)


def show(error: HTTPException) -> Response:
    """The page for `error`, or its JSON, with the headers HTTP asks of it (Allow, Retry-After)."""
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
