"""Steps that publish nothing: decline, spam, reopen, release, take back."""

from __future__ import annotations

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from blueprints.database import db
from blueprints.models import Answer, Reason, Role, Step
from blueprints.moderation import steps
from blueprints.moderation.drafting import ConflictError
from blueprints.moderation.question import Shown, conflict, find, page
from blueprints.moderation.site import bp, read_id
from blueprints.people import me, require

_REASONS = set(Reason)
_STEPS = {step.value: step for step in Step}
# After these, the next question; after the others, this one again.
_DONE = {Step.DECLINE, Step.MARK_SPAM}


@bp.post("/questions/<id:id>/decide")
@require(Role.MODERATOR)
def decide(id: int) -> ResponseReturnValue:  # noqa: A002 (the name in the address)
    found = find(id)
    step = _STEPS.get(request.form.get("step", ""))
    if not FlaskForm().validate_on_submit():
        return page(found, Shown(_("That did not arrive safely. Press again."), 400))
    if step is Step.DECLINE and (wrong := _wrong()):
        return page(found, Shown(wrong, 422))
    try:
        _take(step, id, request.form.get("version", 0, type=int))
    except ConflictError:
        return conflict(id, [])
    if step in _DONE:
        return redirect(url_for("moderation.queue", done=step, id=id), 303)
    return redirect(url_for("moderation.question", id=id), 303)


def _take(step: Step | None, id_: int, version: int) -> None:
    if step is Step.DECLINE:
        steps.decline(id_, version, Reason(request.form["reason"]), _see(), me())
    elif step is Step.UNPUBLISH:
        steps.unpublish(id_, version, me())
    elif step in steps.SIMPLE:
        steps.simple(step, id_, version, me())
    else:
        abort(400)


def _see() -> int | None:
    """The answer that a question is led to, if it is declined because there is one."""
    is_answered = request.form.get("reason") == Reason.ALREADY_ANSWERED
    return request.form.get("see", type=read_id) if is_answered else None


def _wrong() -> str:
    if request.form.get("reason") not in _REASONS:
        return str(_("Choose a reason."))
    see = _see()
    if see is not None and db.session.get(Answer, see) is None:
        return str(_("There is no published answer with this number."))
    return ""
