"""Ready answers: kept by moderators, put into drafts from the page of a question."""

from __future__ import annotations

from collections.abc import Mapping

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

from blueprints import plain_text
from blueprints.database import db
from blueprints.languages import all_languages
from blueprints.models import CannedAnswer, Role
from blueprints.moderation.drafting import LONGEST_ANSWER, all_or_nothing
from blueprints.moderation.site import bp
from blueprints.people import require

LONGEST_NAME = 100


@bp.get("/canned")
@require(Role.MODERATOR)
def canned_answers() -> str:
    found = db.session.scalars(select(CannedAnswer).order_by(CannedAnswer.name)).all()
    return render_template("moderation/canned.html", canned=found)


@bp.get("/canned/new")
@require(Role.MODERATOR)
def new_canned() -> ResponseReturnValue:
    return _page(CannedAnswer(name="", texts={}, version=0))


@bp.get("/canned/<id:id>")
@require(Role.MODERATOR)
def canned(id: int) -> ResponseReturnValue:  # noqa: A002 (the name in the address)
    return _page(db.session.get(CannedAnswer, id) or abort(404))


@bp.post("/canned/new", defaults={"id": None})
@bp.post("/canned/<id:id>")
@require(Role.MODERATOR)
def keep_canned(id: int | None) -> ResponseReturnValue:  # noqa: A002
    """Keep it, or take it away; what has been put into drafts stays there."""
    found = (db.session.get(CannedAnswer, id) or abort(404)) if id else None
    typed = _typed()
    if wrong := _wrong(typed):
        return _page(typed, wrong, 422)
    try:
        with all_or_nothing():
            _keep(found, typed)
    except StaleDataError:
        return _changed(id, typed)
    return redirect(url_for("moderation.canned_answers"), 303)


def _keep(found: CannedAnswer | None, typed: CannedAnswer) -> None:
    if found is None:
        db.session.add(CannedAnswer(name=typed.name, texts=typed.texts))
    elif request.form.get("version", 0, type=int) != found.version:
        raise StaleDataError
    elif "remove" in request.form:
        db.session.delete(found)
    else:
        found.name, found.texts = typed.name, typed.texts


def _changed(id_: int | None, typed: CannedAnswer) -> ResponseReturnValue:
    """Both texts, for whoever saw an earlier one; what is kept next was written in sight of it."""
    now = db.session.get(CannedAnswer, id_, populate_existing=True) or abort(404)
    typed.version = now.version
    again = _("Somebody else changed it just now: look at both texts, and press again.")
    return _page(typed, again, 409, theirs=now.texts)


def _typed() -> CannedAnswer:
    texts = {
        language.code: plain_text.normalise(request.form.get(f"answer-{language.code}", ""))
        for language in all_languages()
    }
    return CannedAnswer(
        name=plain_text.normalise_line(request.form.get("name", "")),
        texts={code: text for code, text in texts.items() if text},
        version=request.form.get("version", 0, type=int),
    )


def _wrong(typed: CannedAnswer) -> str:
    if not FlaskForm().validate_on_submit():
        return str(_("That did not arrive safely. Your text is still here: press again."))
    if not typed.name or not typed.texts:
        return str(_("Give it a name, and a text in at least one language."))
    if len(typed.name) > LONGEST_NAME or max(map(len, typed.texts.values())) > LONGEST_ANSWER:
        return str(_("That is too long."))
    return ""


def _page(
    shown: CannedAnswer,
    message: str = "",
    status: int = 200,
    theirs: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    made = render_template(
        "moderation/canned_answer.html",
        canned=shown,
        theirs=theirs or {},
        message=message,
        longest=LONGEST_ANSWER,
        longest_name=LONGEST_NAME,
    )
    return made, status
