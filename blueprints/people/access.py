"""Who is asking, and whether they may."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.answering import wants_json
from blueprints.models import Person, Role
from blueprints.people.resuming import Way

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]


def signed_in() -> Person | None:
    person = current_user._get_current_object()
    return person if isinstance(person, Person) else None


def me() -> Person:
    """Who is signed in, in a view that requires somebody to be."""
    person = signed_in()
    assert person is not None
    return person


def require(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Let a view be seen by people of these roles alone; without any, by all who sign in."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            refused = refusal(*roles)
            return view(*args, **kwargs) if refused is None else refused

        return checked

    return decorate


def refusal(*roles: Role) -> ResponseReturnValue | None:
    """What is answered to whoever may not, for `before_request`; None to whoever may."""
    person = signed_in()
    if person is None:
        return _sign_in_first()
    if roles and person.role not in roles:
        current_app.logger.warning("Person %s may not see %s.", person.id, request.endpoint)
        return _refuse()
    return None


def home() -> str:
    """The page to begin with."""
    return url_for("moderation.start")


def _sign_in_first() -> ResponseReturnValue:
    if wants_json():
        message = _("You have been signed out. Sign in again in another tab; nothing here is lost.")
        return jsonify(error="signed-out", message=message), 403
    way = Way.of_request()
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        # Browsers send the cookie only with what pages of ours lead to, so one of ours leads there.
        return render_template("moderation/arriving.html", address=way.address)
    if way.fields:
        return render_template("moderation/sign_in.html", way=way, email="", message=""), 403
    return redirect(url_for("people.sign_in", next=way.address or None))


def _refuse() -> ResponseReturnValue:
    message = _("This page is for people with another task here.")
    if wants_json():
        return jsonify(error="refused", message=message), 403
    return render_template("moderation/refused.html", message=message), 403
