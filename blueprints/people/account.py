"""What people see and change of themselves: where they are signed in."""

from __future__ import annotations

from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import delete

from blueprints import audit
from blueprints.database import db
from blueprints.models import SignIn
from blueprints.people import sessions
from blueprints.people.access import me, require
from blueprints.people.site import bp


@bp.get("/account")
@require()
def account() -> ResponseReturnValue:
    return page()


@bp.post("/account/sign-ins/<int:number>/revoke")
@require()
def revoke_sign_in(number: int) -> ResponseReturnValue:
    if not FlaskForm().validate():
        return page(_("That did not arrive safely. Press again.")), 400
    db.session.execute(delete(SignIn).filter_by(id=number, person_id=me().id))
    audit.record("sign-in-revoked", me())
    db.session.commit()
    return page(_("Signed out there."))


def page(message: str = "") -> str:
    return render_template(
        "moderation/account.html",
        message=message,
        here=sessions.current(),
        sign_ins=sessions.of(me()),
    )


@bp.app_template_filter("moment")
def moment(at: datetime) -> str:
    return str(format_datetime(at, "d MMM, HH:mm"))
