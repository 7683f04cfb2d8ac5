"""Steps that publish nothing: decline, spam, reopen, release, take back."""

from __future__ import annotations

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from blueprints.database import db
from blueprints.models import Answer, Person, Reason, Role, Step
from blueprints.moderation import steps
from blueprints.moderation.drafting import ConflictError
from blueprints.moderation.question import Shown, conflict, find, page
from blueprints.moderation.site import bp, read_id
from blueprints.people import me, require

_REASONS = {reason.value: reason for reason in Reason}
_STEPS = {step.value: step for step in Step}
_SIMPLE = {Step.MARK_SPAM, Step.REOPEN, Step.RELEASE}
# After these, the next question; after the others, this one again.
_DONE = {Step.DECLINE, Step.MARK_SPAM}


@bp.post("/questions/<id:id>/decide")
@require(Role.MODERATOR)
def decide(id: int) -> ResponseReturnValue:  # noqa: A002 (the name in the address)
    found = find(id)
    step = _STEPS.get(request.form.get("step", ""))
    version = request.form.get("version", 0, type=int)
    if not FlaskForm().validate_on_submit():
        return page(found, Shown(_("That did not arrive safely. Press again."), 400))
    reason, see_id = _reason(), request.form.get("see", type=read_id)
    if step is Step.DECLINE and (wrong := _wrong(reason, see_id)):
        return page(found, Shown(wrong, 422))
    try:
        _take(step, id, version, reason, see_id, me())
    except ConflictError:
        return conflict(id, [])
    if step in _DONE:
        return redirect(url_for("moderation.queue", done=step, id=id), 303)
    return redirect(url_for("moderation.question", id=id), 303)


def _take(
    step: Step | None,
    id_: int,
    version: int,
    reason: Reason | None,
    see_id: int | None,
    by: Person,
) -> None:
    if step is Step.DECLINE and reason:
        see = see_id if reason is Reason.ALREADY_ANSWERED else None
        steps.decline(id_, version, reason, see, by)
    elif step is Step.UNPUBLISH:
        steps.unpublish(id_, version, by)
    elif step in _SIMPLE:
        steps.simple(step, id_, version, by)
    else:
        raise ConflictError


def _reason() -> Reason | None:
    return _REASONS.get(request.form.get("reason", ""))


def _wrong(reason: Reason | None, see_id: int | None) -> str:
    if reason is None:
        return str(_("Choose a reason."))
    if reason is Reason.ALREADY_ANSWERED and see_id and db.session.get(Answer, see_id) is None:
        return str(_("There is no published answer with this number."))
    return ""
