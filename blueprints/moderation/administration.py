"""What admins see: people, the audit, and all questions as data. They publish nothing."""

from __future__ import annotations

from flask import Response, abort, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from blueprints import audit, exporting
from blueprints.audit import ChainError
from blueprints.database import db
from blueprints.exporting import Kind
from blueprints.models import AuditEntry, Person, Role
from blueprints.moderation.site import bp, read_id
from blueprints.people import let_in, me, require, shut_out

_A_PAGE = 50
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@bp.get("/people")
@require(Role.ADMIN)
def people() -> str:
    return _people()


@bp.post("/people/<id:id>")
@require(Role.ADMIN)
def change_person(id: int) -> ResponseReturnValue:  # noqa: A002 (the name in the address)
    """Sign somebody out for good, or let them sign in again."""
    person = db.session.get(Person, id) or abort(404)
    if not FlaskForm().validate_on_submit():
        return _people(_("That did not arrive safely. Press again.")), 400
    if person == me():
        return _people(_("You cannot shut yourself out.")), 422
    if "disable" in request.form:
        shut_out(person, me())
    else:
        let_in(person, me())
    return redirect(url_for("moderation.people"), 303)


@bp.get("/audit")
@require(Role.ADMIN)
def audit_entries() -> str:
    before = request.args.get("before", type=read_id)
    entries = select(AuditEntry).options(joinedload(AuditEntry.person))
    if before:
        entries = entries.where(AuditEntry.seq < before)
    newest = entries.order_by(AuditEntry.seq.desc()).limit(_A_PAGE + 1)
    found = db.session.scalars(newest).all()
    return render_template(
        "moderation/audit.html", entries=found[:_A_PAGE], has_more=len(found) > _A_PAGE, **_chain()
    )


@bp.get("/export.<any(json, csv):kind>")
@require(Role.ADMIN)
def export(kind: Kind) -> Response:
    """All questions as a file; who took it stands in the audit."""
    response = Response(content_type=_TYPES[kind])
    if request.method == "GET":  # HEAD takes nothing
        audit.record("questions-exported", me(), kind=kind)
        db.session.commit()
        response.response = stream_with_context(exporting.exported(kind))
    response.headers["Content-Disposition"] = f'attachment; filename="questions.{kind}"'
    return response


def _people(message: str = "") -> str:
    found = db.session.scalars(select(Person).order_by(Person.email)).all()
    return render_template("moderation/people.html", people=found, message=message, me=me())


def _chain() -> dict[str, str]:
    """Whether the audit is whole; only looked at when asked, as it reads all of it."""
    if "verify" not in request.args:
        return {}
    try:
        return {"head": str(audit.verify())}
    except ChainError as error:
        return {"broken": str(error)}
