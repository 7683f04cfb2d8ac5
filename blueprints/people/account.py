"""What people see and change of themselves: their password, and where they are signed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import delete, func, select

from blueprints import audit
from blueprints.database import db
from blueprints.models import LARGEST_ID, RecoveryCode, SignIn
from blueprints.people import passwords, sessions
from blueprints.people.access import me, require
from blueprints.people.confirming import unconfirmed
from blueprints.people.site import bp


@bp.get("/account")
@require()
def account() -> ResponseReturnValue:
    return page()


@bp.post("/account/password")
@require()
def change_password() -> ResponseReturnValue:
    person = me()
    refused = unconfirmed(person, page)
    if refused is not None:
        return refused
    new = request.form.get("new_password", "")
    if new != request.form.get("new_password_again", ""):
        return page(_("The two new passwords are not the same. Type both anew.")), 422
    try:
        passwords.check(new, person.known_to_others)
    except passwords.PasswordError as error:
        return page(str(error)), 422
    person.password_hash = passwords.hash_of(new)
    sessions.revoke(person, but=sessions.current())
    audit.record("password-changed", person)
    db.session.commit()
    return page(done=_("Your password is changed. Everywhere else you are signed out."))


@bp.post(f"/account/sign-ins/<int(max={LARGEST_ID}):number>/revoke")
@require()
def revoke_sign_in(number: int) -> ResponseReturnValue:
    if not FlaskForm().validate():
        return page(_("That did not arrive safely. Press again.")), 400
    db.session.execute(delete(SignIn).filter_by(id=number, person_id=me().id))
    audit.record("sign-in-revoked", me())
    db.session.commit()
    return page(done=_("Signed out there."))


@bp.post("/account/sign-ins/revoke")
@require()
def revoke_other_sign_ins() -> ResponseReturnValue:
    if not FlaskForm().validate():
        return page(_("That did not arrive safely. Press again.")), 400
    sessions.revoke(me(), but=sessions.current())
    audit.record("sign-in-revoked", me())
    db.session.commit()
    return page(done=_("Everywhere else you are signed out."))


def page(message: str = "", done: str = "") -> str:
    """The account, with what is wrong or what is done."""
    left = select(func.count()).select_from(RecoveryCode).filter_by(person_id=me().id)
    return render_template(
        "moderation/account.html",
        message=message,
        done=done,
        here=sessions.current(),
        sign_ins=sessions.of(me()),
        codes_left=db.session.scalar(left),
        shortest=passwords.SHORTEST,
    )


@bp.app_template_filter("ago")
def ago(at: datetime) -> str:
    """How long ago, which needs no time zone."""
    passed = min(at - datetime.now(UTC), timedelta(seconds=-1))
    return str(format_timedelta(passed, add_direction=True))
