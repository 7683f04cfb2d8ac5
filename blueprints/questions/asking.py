"""The form for a question: live, and never kept by a browser, as it carries a token."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote_to_bytes

from flask import current_app, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from blueprints import csrf, errors, qr
from blueprints.addresses import absolute
from blueprints.answering import wants_json
from blueprints.database import BUSY
from blueprints.languages import SOURCE, current
from blueprints.models import State
from blueprints.questions import intake, lanes, receipts, room
from blueprints.questions.form import LONGEST, LONGEST_NAME, LONGEST_TYPED, SHORTEST, AskForm
from blueprints.questions.intake import Asked, Outcome
from blueprints.questions.notice import notice_version, version_shown
from blueprints.questions.site import bp, first_article
from blueprints.screening import screening

BUSY_AGAIN_SECONDS = 5


@bp.get("/<language:language>/ask")
def ask() -> str:
    return _page(_empty())


@bp.get("/<language:language>/kept/ask")
def ask_shell() -> str:
    """The form without token and number; on the phone its scripts give it both."""
    return _page(AskForm(meta={"csrf": False}), endpoint="questions.ask")


@bp.post("/<language:language>/ask")
def send() -> ResponseReturnValue:
    if not _is_utf8(_sent()):
        return _unreadable()
    form = AskForm(formdata=_typed())
    if not form.validate():
        return _refused(form)
    if lanes.is_flood():
        return _flood(form)
    receipt_hash = receipts.hash_of(receipts.read(form.receipt.data or "") or "")
    try:
        # A repeated question is not looked through again.
        earlier = intake.earlier(receipt_hash, form.question.data or "")
        outcome, state = earlier or _taken(_asked(form, receipt_hash))
    except BUSY as error:
        # Its text may repeat what was asked; its kind tells a lock from a broken disk.
        current_app.logger.warning("The database took no question: %s", type(error).__name__)
        return _busy(form)
    return _told(form, receipt_hash, outcome, state)


@bp.errorhandler(403)
@bp.errorhandler(404)
@bp.errorhandler(500)
def not_taken(error: HTTPException) -> ResponseReturnValue:
    """Refused or failed, a text comes back: some browsers forget it on the way back."""
    if request.endpoint != "questions.send":
        return errors.show(error)
    try:
        form = AskForm(formdata=_typed())
    except HTTPException as unread:
        return errors.show(unread)
    match error.code:
        case 403:
            # Another site may have chosen the number that came, and would know it.
            form.receipt.data = receipts.make()
            again = _(
                "Not sent: it came by way of another site. Your text is still here: write down "
                "its new number and press Send again."
            )
            return _again(form, 403, "elsewhere", again)
        case 404:
            again = _("Not sent: this site takes no questions now. Your text is still here.")
            return _again(form, 404, "closed", again)
        case _other:
            again = _(
                "Something went wrong on our side. Your text is still here: "
                "wait a little and press Send again."
            )
            return _again(form, 500, "failed", again)


def _empty() -> AskForm:
    return AskForm(formdata=None, receipt=receipts.make())


def _typed() -> MultiDict[str, str]:
    """The fields as they came, as far as they can be read."""
    if _is_utf8(_sent()) or not _is_urlencoded():
        return request.form
    return MultiDict(parse_qs(request.get_data().decode(errors="replace")))


def _asked(form: AskForm, receipt_hash: str) -> Asked:
    return Asked(
        receipt_hash=receipt_hash,
        text=form.question.data or "",
        name=form.name.data or "",
        contact=form.contact.data or "",
        language=current().code,
        article=first_article(form.article.data),
        notice=version_shown(form.notice.data),
        is_urgent=screening().is_urgent(form.question.data or ""),
        lane=lanes.lane(
            form.question.data or "",
            trap=form.website.data or "",
            token=None if wants_json() else form.csrf_token.data,
        ),
    )


def _taken(asked: Asked) -> tuple[Outcome, State]:
    if not room.has_room(asked.lane):
        return Outcome.NO_ROOM, State.WAITING
    return intake.take(asked)


def _told(form: AskForm, receipt_hash: str, outcome: Outcome, state: State) -> ResponseReturnValue:
    """What became of it."""
    match outcome:
        case Outcome.CONFLICT:
            return _conflict(form)
        case Outcome.NO_ROOM:
            return _full(form)
        case Outcome.STORED:
            lanes.count(form.question.data or "")
    if not wants_json():
        return redirect(f"{url_for('questions.mine')}#sent", 303)
    status = 201 if outcome is Outcome.STORED else 200
    return jsonify(receipt_hash=receipt_hash, state=state), status


def _refused(form: AskForm) -> ResponseReturnValue:
    if form.csrf_token.errors:
        # Not an error page: the text is still there, with a token that holds.
        form.csrf_token.errors = ()
        if not csrf.has_cookie():
            return _without_cookie(form)
        again = _("The form had waited too long. Your text is still here: press Send again.")
        return _again(form, 400, "token", again)
    wrong = {field.name: field.errors[0] for field in form if field.errors}
    if wants_json():
        return jsonify(error="invalid", errors=wrong), 422
    return _page(form), 422


def _without_cookie(form: AskForm) -> ResponseReturnValue:
    # Lost with an old page, or refused: the browser has one now, unless it refuses it again.
    again = _(
        "Not sent: your browser sent no cookie with it. Your text is still here: press Send again. "
        "If you read this once more, allow cookies for this site, or copy your text."
    )
    return _again(form, 400, "cookies", again)


def _conflict(form: AskForm) -> ResponseReturnValue:
    form.receipt.data = receipts.make()
    again = _(
        "We already have an earlier text under this number. To send this as a new question, "
        "write down its new number and press Send again."
    )
    return _again(form, 409, "conflict", again)


def _busy(form: AskForm) -> ResponseReturnValue:
    again = _("The site is busy just now. Your text is still here: wait a little and press Send.")
    return _later(_again(form, 503, "busy", again), BUSY_AGAIN_SECONDS)


def _flood(form: AskForm) -> ResponseReturnValue:
    again = _(
        "Very many questions come from this connection just now. Your text is still here: wait a "
        "minute and press Send."
    )
    return _later(_again(form, 429, "flood", again), lanes.flood_seconds())


def _full(form: AskForm) -> ResponseReturnValue:
    again = _(
        "We cannot take another question just now. Your text is still here: keep a copy of it and "
        "send it tomorrow."
    )
    return _later(_again(form, 503, "full", again), room.AGAIN_SECONDS)


def _later(answer: ResponseReturnValue, seconds: int) -> ResponseReturnValue:
    response = current_app.make_response(answer)
    response.headers["Retry-After"] = str(seconds)
    return response


def _unreadable() -> ResponseReturnValue:
    """What can be read of bytes that are no text, back in the form."""
    form = AskForm(formdata=_typed())
    form.receipt.data = form.receipt.data or receipts.make()
    again = _("Some letters came in a form we cannot read. Look through your text and send again.")
    return _again(form, 400, "encoding", again)


def _again(form: AskForm, status: int, error: str, message: str) -> ResponseReturnValue:
    if wants_json():
        return jsonify(error=error, message=message), status
    return _page(form, message), status


def _page(form: AskForm, message: str = "", endpoint: str | None = None) -> str:
    receipt = receipts.read(form.receipt.data or "") or ""
    return render_template(
        "questions/ask.html",
        form=form,
        message=message,
        receipt=receipts.in_groups(receipt),
        receipt_code=_code(receipt),
        shortest=SHORTEST,
        longest=LONGEST,
        longest_typed=LONGEST_TYPED,
        longest_name=LONGEST_NAME,
        notice_version=notice_version(form.notice.data),
        source=SOURCE,
        page_endpoint=endpoint,
    )


def _code(receipt: str) -> Markup:
    address = absolute(url_for("questions.mine"))
    return qr.code(f"{address}#{receipt}", _("The number as a QR code, for another phone"))


def _sent() -> bytes:
    body = request.get_data()
    return unquote_to_bytes(body) if _is_urlencoded() else body


def _is_urlencoded() -> bool:
    return request.mimetype == "application/x-www-form-urlencoded"


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True
