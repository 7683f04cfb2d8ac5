"""Signing in and out, and choosing the language of the pages for moderators."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField

from blueprints import audit, plain_text
from blueprints.database import db
from blueprints.languages import all_languages
from blueprints.people import access, cookies, credentials, devices, proving, sessions
from blueprints.people.confirming import too_soon
from blueprints.people.delays import TooSoonError
from blueprints.people.resuming import Way, go, resume
from blueprints.people.site import bp

# RFC 5321; nobody has a longer one.
_LONGEST_ADDRESS = 254
_LANGUAGE_KEPT = timedelta(days=365)


def _address(typed: str) -> str:
    return plain_text.normalise_address(typed[:_LONGEST_ADDRESS]).lower()


class SignInForm(FlaskForm):
    email = StringField(filters=[lambda text: _address(text or "")])
    password = PasswordField()


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    way = Way.of_form()
    if access.signed_in():
        return go(way, access.home())
    return _page(way)


@bp.post("/sign-in")
def send_sign_in() -> ResponseReturnValue:
    form, way = SignInForm(), Way.of_form()
    email = form.email.data or ""
    if not form.validate():
        again = _("The form had waited too long. Type your password again.")
        return _page(way, email, again), 400
    try:
        person = credentials.person_with(email, form.password.data or "")
    except TooSoonError as error:
        return too_soon(error, lambda message: _page(way, email, message))
    if person is None:
        wrong = _("The e-mail address or the password is not right.")
        return _page(way, email, wrong), 422
    token = sessions.begin(person)
    if sessions.halfway() is None:
        audit.record("signed-in", person)
    db.session.commit()
    response = make_response(proving.go_on(way))
    sessions.hand_over(response, token)
    if sessions.halfway() is None:
        devices.remember(response, person.email)
    return response


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    if not FlaskForm().validate():
        return _press_again(), 400
    response = current_app.make_response(redirect(url_for("people.sign_in"), 303))
    sessions.end(response)
    return response


@bp.post("/language")
def choose_language() -> ResponseReturnValue:
    way = Way.of_form()
    code = request.form.get("language", "")
    if not FlaskForm().validate():
        return _press_again(), 400
    response = current_app.make_response(redirect(way.address or access.home(), 303))
    if code not in {language.code for language in all_languages()}:
        return response
    cookies.write(response, "language", code, _LANGUAGE_KEPT)
    if person := access.signed_in():
        person.language = code
        db.session.commit()
    return response


def _press_again() -> str:
    fields = request.form.items(multi=True)
    return resume(request.path, fields, _("That did not arrive safely. Press again."))


def _page(way: Way, email: str = "", message: str = "") -> str:
    return render_template("moderation/sign_in.html", way=way, email=email, message=message)
