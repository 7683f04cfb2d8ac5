"""How signing in joins the application, and what all pages for moderators have in common."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, g, request
from flask_login import LoginManager
from flask_wtf.csrf import generate_csrf

from blueprints import languages
from blueprints.people import access, cookies, sessions

PREFIX = "/moderation"
_TRUSTED_TYPES = "require-trusted-types-for 'script'; trusted-types 'none'"

bp = Blueprint("people", __name__, url_prefix=PREFIX, cli_group="users")


class _Manager(LoginManager):
    def _update_remember_cookie(self, response: Response) -> Response:
        # It would look into the session at every answer, and so make public pages vary by cookie.
        return response


def init_app(app: Flask) -> None:
    manager = _Manager()
    manager.session_protection = None
    manager.request_loader(lambda _request: sessions.person())
    manager.init_app(app, add_context_processor=False)
    app.register_blueprint(bp)
    app.before_request(_choose_language)
    app.after_request(_keep_nowhere)
    app.jinja_env.globals |= {
        "signed_in": access.signed_in,
        "home_of_moderators": access.home,
        "csrf_token": generate_csrf,
    }


def is_for_moderators() -> bool:
    return request.path == PREFIX or request.path.startswith(f"{PREFIX}/")


def _choose_language() -> None:
    """The language chosen in this browser; else by the person; else as browsers tell it."""
    if not is_for_moderators():
        return
    known = {language.code for language in languages.all_languages()}
    person = access.signed_in()
    for code in (cookies.read("language"), person.language if person else None):
        if code in known:
            g.language = code
            return


def _keep_nowhere(response: Response) -> Response:
    if is_for_moderators():
        response.headers["Cache-Control"] = "no-store"
        # Addresses of questions stay within the site.
        response.headers["Referrer-Policy"] = "same-origin"
        # No script of these pages makes markup or code of text, so none may.
        policy = response.headers["Content-Security-Policy"]
        response.headers["Content-Security-Policy"] = f"{policy}; {_TRUSTED_TYPES}"
    return response
