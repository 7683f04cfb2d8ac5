"""Setting up the second factor, right after the password or later, and its recovery codes."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from blueprints import audit, qr
from blueprints.database import db
from blueprints.models import Person, SignIn
from blueprints.people import access, account, devices, second_factor, sessions
from blueprints.people.access import me, require
from blueprints.people.confirming import Page, unconfirmed
from blueprints.people.resuming import Way
from blueprints.people.site import bp


@bp.get("/set-up")
def set_up() -> ResponseReturnValue:
    way, here = Way.of_form(), sessions.current()
    if here is None or _owes_a_code(here):
        return redirect(
            url_for("people.code" if here else "people.sign_in", next=way.address or None), 303
        )
    return page(here, way)


@bp.post("/set-up")
def send_set_up() -> ResponseReturnValue:
    way, here = Way.of_form(), sessions.current()
    if here is None or _owes_a_code(here):
        return again(way)
    refused = _unconfirmed(here, lambda message: page(here, way, message))
    if refused is not None:
        return refused
    if not second_factor.set_up(here, request.form.get("code", "")):
        wrong = _("This code is not right. Take the one that the app shows now.")
        return page(here, way, wrong), 422
    sessions.revoke(here.person, but=here)
    token = sessions.prove(here)
    audit.record("second-factor-set", here.person)
    response = make_response(_codes_page(here.person, way))
    sessions.hand_over(response, token)
    devices.remember(response, here.person.email)
    return response


@bp.post("/account/recovery-codes")
@require()
def renew_recovery_codes() -> ResponseReturnValue:
    refused = unconfirmed(me(), account.page)
    if refused is not None:
        return refused
    audit.record("recovery-codes-made", me())
    return _codes_page(me(), Way())


def again(way: Way) -> ResponseReturnValue:
    """For whoever had waited too long with the second step."""
    message = _("That took too long. Sign in again.")
    return render_template("moderation/sign_in.html", way=way, email="", message=message), 403


def page(here: SignIn, way: Way, message: str = "") -> str:
    secret = second_factor.offered(here)
    address = second_factor.address(secret, here.person.email)
    return render_template(
        "moderation/set_up.html",
        way=way,
        message=message,
        email=here.person.email,
        secret=second_factor.in_groups(secret),
        address=address,
        code=qr.code(address, _("The key as a QR code, for the app")),
    )


def _unconfirmed(here: SignIn, shown: Page) -> ResponseReturnValue | None:
    if access.signed_in():
        return unconfirmed(here.person, shown)
    # The password was given just now.
    return None if FlaskForm().validate() else (shown(_("Press the button once more.")), 400)


def _owes_a_code(here: SignIn) -> bool:
    return bool(here.person.totp_secret) and sessions.lacks_second_factor(here)


def _codes_page(person: Person, way: Way) -> str:
    codes = second_factor.new_recovery_codes(person)
    db.session.commit()
    return render_template("moderation/recovery_codes.html", way=way, codes=codes)
