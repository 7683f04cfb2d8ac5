"""The second step of signing in: a code."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from blueprints import audit
from blueprints.database import db
from blueprints.models import SignIn
from blueprints.people import access, credentials, devices, sessions, setting_up
from blueprints.people.confirming import too_soon
from blueprints.people.delays import TooSoonError
from blueprints.people.resuming import Way, go
from blueprints.people.site import bp


def go_on(way: Way) -> ResponseReturnValue:
    """The next step of whoever has just given the password or the code."""
    here = sessions.halfway()
    if here is None:
        return go(way, access.home())
    if way.fields:  # they cannot be handed on by an address
        return code_page(way) if here.person.totp_secret else setting_up.page(here, way)
    endpoint = "people.code" if here.person.totp_secret else "people.set_up"
    return redirect(url_for(endpoint, next=way.address or None), 303)


@bp.get("/code")
def code() -> ResponseReturnValue:
    way = Way.of_form()
    here = sessions.halfway()
    return go_on(way) if here is None or not here.person.totp_secret else code_page(way)


@bp.post("/code")
def send_code() -> ResponseReturnValue:
    way, here = Way.of_form(), sessions.halfway()
    if here is None or not here.person.totp_secret:
        return setting_up.again(way)
    if not FlaskForm().validate():
        return code_page(way, _("The form had waited too long. Type the code again.")), 400
    typed = request.form.get("code", "")
    try:
        is_right = credentials.is_code_of(here.person, typed)
    except TooSoonError as error:
        return too_soon(error, lambda message: code_page(way, message))
    if not is_right:
        wrong = _("This code is not right, or was used already. Wait for the next one.")
        return code_page(way, wrong), 422
    return _proved(here, way)


def _proved(here: SignIn, way: Way) -> ResponseReturnValue:
    token = sessions.prove(here)
    audit.record("signed-in", here.person)
    db.session.commit()
    response = make_response(go_on(way))
    sessions.hand_over(response, token)
    devices.remember(response, here.person.email)
    return response


def code_page(way: Way, message: str = "") -> str:
    return render_template("moderation/code.html", way=way, message=message)
