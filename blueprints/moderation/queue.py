"""The queue: what waits, what was decided, and what is done with many at once."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from blueprints import plain_text
from blueprints.database import db
from blueprints.languages import all_languages
from blueprints.models import Question, Role, Step
from blueprints.moderation import listing, steps
from blueprints.moderation.drafting import ConflictError
from blueprints.moderation.listing import Shelf, Wanted
from blueprints.moderation.site import bp, read_id
from blueprints.moderation.words import tabs
from blueprints.people import me, require

# What can be taken back at once, by the step that was just taken.
_LONGEST_WORDS = 100

_UNDONE_BY = {
    Step.PUBLISH: Step.UNPUBLISH,
    Step.DECLINE: Step.REOPEN,
    Step.MARK_SPAM: Step.REOPEN,
}


@bp.get("/")
@require()
def start() -> ResponseReturnValue:
    """To the page that somebody's task begins with."""
    first = [endpoint for endpoint, _name, _icon in tabs()]
    return redirect(url_for(first[0] if first else "people.account"))


@bp.get("/queue")
@require(Role.MODERATOR)
def queue() -> str:
    return _page()


@bp.post("/queue")
@require(Role.MODERATOR)
def decide_many() -> ResponseReturnValue:
    """Release the chosen questions, or mark them as spam, each unless somebody was first."""
    if not FlaskForm().validate_on_submit():
        return _page(_("That did not arrive safely. Press again.")), 400
    step = {"release": Step.RELEASE, "spam": Step.MARK_SPAM}.get(request.form.get("step", ""))
    chosen = [value.partition(".") for value in request.form.getlist("question")]
    if step is None or not chosen:
        return _page(_("Choose at least one question.")), 422
    taken = sum(_taken(step, id_, version) for id_, _dot, version in chosen)
    message = ngettext("%(num)s question done.", "%(num)s questions done.", taken)
    if taken < len(chosen):
        message += " " + _("Somebody else was first with the others.")
    return _page(message)


def _taken(step: Step, id_: str, version: str) -> bool:
    try:
        steps.simple(step, read_id(id_), int(version), me())
    except (ConflictError, ValueError):
        return False
    return True


def _page(message: str = "") -> str:
    wanted = _wanted()
    return render_template(
        "moderation/queue.html",
        message=message,
        wanted=wanted,
        page=listing.page(wanted),
        # Beside a search they would be read as what it has found.
        counts={} if wanted.words else listing.counts(),
        Shelf=Shelf,
        Step=Step,
        done=_done(),
        undone_by=_UNDONE_BY,
    )


def _wanted() -> Wanted:
    told = request.args
    shelves = {shelf.value: shelf for shelf in Shelf}
    codes = {language.code for language in all_languages()}
    language = told.get("language", "")
    return Wanted(
        shelf=shelves.get(told.get("shelf", ""), Shelf.WAITING),
        language=language if language in codes else "",
        words=plain_text.normalise_line(told.get("q", "")[:_LONGEST_WORDS]),
        after=told.get("after", type=read_id),
    )


def _done() -> tuple[Question, Step] | None:
    """The question that was just decided, and how, while nothing else was done with it."""
    question = db.session.get(Question, request.args.get("id", 0, type=read_id))
    known = {step.value: step for step in _UNDONE_BY}
    step = known.get(request.args.get("done", ""))
    if not question or not step or not question.allows(_UNDONE_BY[step]):
        return None
    return question, step
