"""One question: what was asked, what may be shown of it, its answers, and what else can be done."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from flask import abort, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from blueprints import languages, mail
from blueprints.answering import wants_json
from blueprints.database import db
from blueprints.models import AuditEntry, CannedAnswer, Question, Reason, Role, State, Step
from blueprints.moderation import drafting
from blueprints.moderation.drafting import LONGEST_ANSWER, LONGEST_WORDING, ConflictError, Text
from blueprints.moderation.fields import fields, is_untouched
from blueprints.moderation.highlight import cleaned, highlighted
from blueprints.moderation.site import bp, others, read_id
from blueprints.people import me, require
from blueprints.reasons import WHY


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says beside the question: a message, the HTTP status, the typed texts."""

    message: str = ""
    status: int = 200
    typed: dict[str, Text] = field(default_factory=dict)


@bp.get("/questions/<id:id>")
@require(Role.MODERATOR)
def question(id: int) -> ResponseReturnValue:  # noqa: A002 (the name in the address)
    return page(find(id), Shown())


@bp.post("/questions/<id:id>")
@require(Role.MODERATOR)
def write(id: int) -> ResponseReturnValue:  # noqa: A002
    """Save the drafts; then put a ready answer in, or go on to the preview."""
    found = find(id)
    texts = drafting.read(request.form)
    typed = {text.language: text for text in texts}
    if not FlaskForm().validate_on_submit():
        return _answer(found, Shown(_not_safe(), 400, typed))
    texts = _helped(found, texts)
    if any(map(drafting.is_too_long, texts)):
        return _answer(found, Shown(drafting.too_long(), 422, typed))
    if "preview" in request.form and (wrong := _missing(found, texts)):
        return _answer(found, Shown(wrong, 422, typed))
    try:
        drafting.save(id, [text for text in texts if not is_untouched(found, text)], me())
    except ConflictError:
        return _answer(find(id), Shown(_somebody_wrote(), 409, typed))
    if "preview" in request.form:
        if request.form.get("version", 0, type=int) != found.version:
            return conflict(id, texts)
        return redirect(url_for("moderation.preview", id=id), 303)
    if wants_json():
        saved = {draft.language: draft.version for draft in find(id).drafts}
        return jsonify(drafts=saved)
    return redirect(url_for("moderation.question", id=id, saved="y"), 303)


def find(id: int) -> Question:  # noqa: A002
    """The question, with all that its page shows.

    Raises:
        HTTPException: there is none, or its asker has withdrawn it. What was being written about
            it is given back.
    """
    found = db.session.get(Question, id, populate_existing=True) or abort(404)
    if found.state == State.WITHDRAWN:
        typed = [text.answer for text in drafting.read(request.form) if text.answer]
        abort(make_response(render_template("moderation/withdrawn.html", typed=typed), 410))
    return found


def conflict(id: int, texts: list[Text]) -> ResponseReturnValue:  # noqa: A002
    """The question as it is now, for somebody who acted on an earlier one; their texts beside."""
    return page(find(id), Shown(_somebody_wrote(), 409, {text.language: text for text in texts}))


def _answer(found: Question, shown: Shown) -> ResponseReturnValue:
    if wants_json():
        return jsonify(message=shown.message), shown.status
    return page(found, shown)


def page(found: Question, shown: Shown) -> ResponseReturnValue:
    said, said_in = found.said()
    history = _history(found)
    similar = others().similar(said, languages.current().code)
    made = render_template(
        "moderation/question.html",
        question=found,
        original=highlighted(said, found.name),
        said_in=said_in,
        fields=fields(found, shown.typed),
        message=shown.message,
        history=history,
        is_mail_given_up=any(entry.step == mail.GIVEN_UP for entry in history),
        canned=db.session.scalars(select(CannedAnswer).order_by(CannedAnswer.name)).all(),
        similar=[each for each in similar if each[0] != found.id],
        reasons=WHY,
        Reason=Reason,
        State=State,
        Step=Step,
        longest_wording=LONGEST_WORDING,
        longest_answer=LONGEST_ANSWER,
        me=me(),
    )
    return made, shown.status


def _helped(found: Question, texts: list[Text]) -> list[Text]:
    """The texts after what a button does to them."""
    canned = db.session.get(CannedAnswer, request.form.get("canned", 0, type=read_id))
    if canned:
        return [text.followed_by(canned.texts.get(text.language, "")) for text in texts]
    if "clean" in request.form:
        return [replace(text, wording=cleaned(text.wording, found.name)) for text in texts]
    return texts


def _missing(found: Question, texts: list[Text]) -> str:
    """What must be written before it can be published; empty if nothing."""
    if not any(text.answer for text in texts):
        return str(_("Write an answer first, in one language at least."))
    if not found.first_language([text for text in texts if text.answer]):
        return str(_("Write the question, as it will be shown, in the language you answer in."))
    return ""


def _history(found: Question) -> list[AuditEntry]:
    entries = (
        select(AuditEntry)
        .where(AuditEntry.question_id == found.id)
        .order_by(AuditEntry.seq.desc())
        .options(joinedload(AuditEntry.person))
    )
    return list(db.session.scalars(entries))


def _not_safe() -> str:
    text: str = _("That did not arrive safely. Your text is still here: press again.")
    return text


def _somebody_wrote() -> str:
    text: str = _(
        "Somebody else was here before you. Nothing of yours is lost: look at both texts, put "
        "together what you want to keep, and press again."
    )
    return text
