"""Asking for the password once more, and telling somebody to wait."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from blueprints.models import Person
from blueprints.people import credentials
from blueprints.people.delays import TooSoonError

Page = Callable[[str], str]


def unconfirmed(person: Person, page: Page) -> ResponseReturnValue | None:
    """`page` with what is wrong, unless a form came that holds this person's password."""
    if not FlaskForm().validate():
        return page(_("The form had waited too long. Fill it in again.")), 400
    try:
        is_right = credentials.is_password_of(person, request.form.get("password", ""))
    except TooSoonError as error:
        return too_soon(error, page)
    return None if is_right else (page(_("The password is not right.")), 422)


def too_soon(error: TooSoonError, page: Page) -> ResponseReturnValue:
    """`page` with a message that says how long to wait."""
    wait = format_timedelta(timedelta(seconds=error.seconds), threshold=1.5)
    message = _("There were too many wrong tries. Try again in %(wait)s.", wait=wait)
    response = make_response(page(message), 429)
    response.headers["Retry-After"] = str(error.seconds)
    return response
