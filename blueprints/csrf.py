"""Only pages of ours may send forms: where a request comes from, and Flask-WTF's tokens."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, current_app, g, jsonify, request, session
from flask_wtf.csrf import generate_csrf

bp = Blueprint("csrf", __name__)

_SAFE = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask, secret_key: str, *, is_production: bool) -> None:
    """Sign the session of `app`, which holds the secret of the tokens and nothing else."""
    app.secret_key = secret_key
    app.config.update(
        # By this prefix browsers take it from this very host alone, not from one beside it.
        SESSION_COOKIE_NAME="__Host-reedh" if is_production else "reedh",
        SESSION_COOKIE_SECURE=is_production,
        SESSION_COOKIE_SAMESITE="Lax",
        # A token is good for as long as its session. An age would have to be measured by the clock
        # of whichever node made it: one that is a second ahead makes tokens from the future.
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=False,  # each validator has a message of ours
    )
    app.before_request(_refuse_other_sites)
    app.register_blueprint(bp)


@bp.get("/token")
def token() -> Response:
    """A fresh token, for a form that was written long ago or without a network."""
    return jsonify(csrf_token=generate_csrf())


def has_cookie() -> bool:
    """Whether the browser has sent the cookie that a token is compared with."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies


def renew() -> None:
    """Make all earlier tokens of this browser worthless."""
    session.clear()
    g.pop("csrf_token", None)


def _refuse_other_sites() -> None:
    # Browsers say where a form was sent from; the older ones by Origin alone. What is no browser
    # says neither, and carries nobody's cookies.
    if request.method in _SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    # Behind a proxy that ends TLS the host alone can be compared.
    ours = {f"{scheme}://{request.host}" for scheme in ("http", "https")}
    is_ours = origin in {current_app.config["REEDH"].public_url, *ours}
    if site not in {"same-origin", "none", None} or (site is None and origin and not is_ours):
        current_app.logger.warning(
            "A form of another site was refused: %s.", request.endpoint or "no such page"
        )
        abort(403)
