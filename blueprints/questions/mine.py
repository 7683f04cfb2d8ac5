"""My questions: what became of a question, for whoever has its receipt.

The receipt comes in the body of a form; it never stands in a path, a query or a log.
"""

from __future__ import annotations

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import StringField, SubmitField

from blueprints import csrf
from blueprints.answering import wants_json
from blueprints.database import BUSY, db
from blueprints.languages import current
from blueprints.models import Answer, Question, State
from blueprints.questions import erasure, lanes, published, receipts
from blueprints.questions.published import Shown
from blueprints.questions.site import bp
from blueprints.reasons import WHY


class ReceiptForm(FlaskForm):
    receipt = StringField()
    withdraw = SubmitField()


@bp.get("/<language:language>/questions")
def mine() -> str:
    return _page(ReceiptForm(meta={"csrf": False}))


@bp.get("/<language:language>/kept/questions")
def mine_shell() -> str:
    return _page(ReceiptForm(meta={"csrf": False}), endpoint="questions.mine")


@bp.post("/<language:language>/questions")
def look_up() -> ResponseReturnValue:
    """What became of the question; with `withdraw`, after erasing it."""
    form = ReceiptForm(formdata=request.form)
    receipt = receipts.read(form.receipt.data or "")
    if receipt is None:
        return _answer(
            form, 422, _("That is no number of a question. It has 26 digits and letters.")
        )
    try:
        question = _find(receipts.hash_of(receipt))
        if question is None:
            return _wrong_number(form)
        if form.withdraw.data:
            if not form.validate():
                return _answer(form, 400, _not_withdrawn(), question)
            erasure.withdraw(question.id)
            db.session.refresh(question)
    except BUSY:
        return _answer(form, 503, _("The site is busy just now. Wait a little and try again."))
    return _answer(form, 200, "", question)


def _find(receipt_hash: str) -> Question | None:
    return db.session.scalars(select(Question).filter_by(receipt_hash=receipt_hash)).one_or_none()


def _wrong_number(form: ReceiptForm) -> ResponseReturnValue:
    """A right number is never refused, whatever others on the same network send.

    That tells nobody a number: of 130 random bits, none is found by trying.
    """
    if lanes.is_guessing():
        return _answer(form, 429, _("Too many wrong numbers came from here. Try again in an hour."))
    return _answer(form, 404, _unknown())


def _not_withdrawn() -> str:
    if csrf.has_cookie():
        text: str = _("That did not arrive safely. Press again.")
    else:
        # Lost with an old page, or refused: the browser has one now, unless it refuses it again.
        text = _(
            "Not withdrawn: your browser sent no cookie with it. Press again. If you read this "
            "once more, allow cookies for this site."
        )
    return text


def _unknown() -> str:
    text: str = _(
        "We have no question under this number. If your phone still says “not sent”, it has not "
        "reached us yet. Else look whether each digit is right."
    )
    return text


def _answer(
    form: ReceiptForm, status: int, message: str, question: Question | None = None
) -> ResponseReturnValue:
    if not wants_json():
        return _page(form, message, question), status
    if status != 200 or question is None:
        return jsonify(message=message), status
    return jsonify(
        receipt_hash=question.receipt_hash,
        state=question.state,
        asked_on=question.asked_at.date().isoformat(),
        reason=question.reason,
        is_erased=question.text is None,
        answer=_answer_url(question),
    )


def _own_answer(question: Question | None) -> Shown | None:
    """The answer to it, in the reader's language if it is there."""
    if question is None or question.answer is None:
        return None
    return published.as_published(question.answer).shown(current().code)


def _answer_url(question: Question) -> str | None:
    """Where its answer stands, or the published one that it was led to."""
    led_to = db.session.get(Answer, question.see_id) if question.see_id else None
    found = question.answer or led_to
    return published.permalink(found.article, found.question_id) if found else None


def _page(
    form: ReceiptForm,
    message: str = "",
    question: Question | None = None,
    endpoint: str | None = None,
) -> str:
    return render_template(
        "questions/mine.html",
        form=form,
        message=message,
        question=question,
        State=State,
        why=WHY,
        answer=_own_answer(question),
        see=_answer_url(question) if question else None,
        receipt=receipts.in_groups(receipts.read(form.receipt.data or "") or ""),
        typed=form.receipt.data or "",
        page_endpoint=endpoint,
    )
