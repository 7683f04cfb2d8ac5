"""The last look before all can read it, and publishing exactly what was looked at."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from blueprints.languages import by_code
from blueprints.models import Answer, AnswerText, Question, Role, Step
from blueprints.moderation import drafting, steps
from blueprints.moderation.drafting import ConflictError, Text
from blueprints.moderation.highlight import highlighted
from blueprints.moderation.question import conflict, find
from blueprints.moderation.site import bp, others
from blueprints.people import me, require


@bp.get("/questions/<id:id>/preview")
@require(Role.MODERATOR)
def preview(id: int) -> ResponseReturnValue:  # noqa: A002 (the name in the address)
    found = find(id)
    texts = [
        Text(draft.language, draft.wording, draft.answer, draft.version) for draft in found.drafts
    ]
    return _page(found, texts)


@bp.post("/questions/<id:id>/preview")
@require(Role.MODERATOR)
def publish(id: int) -> ResponseReturnValue:  # noqa: A002
    """Publish the texts that were looked at, if they and the question are as they were."""
    found = find(id)
    texts = drafting.read(request.form)
    chosen = [text for text in texts if f"publish-{text.language}" in request.form]
    if wrong := _wrong(found, chosen):
        return _page(found, texts, wrong)
    try:
        steps.publish(id, request.form.get("version", 0, type=int), chosen, me())
    except ConflictError:
        return conflict(id, texts)
    return redirect(url_for("moderation.queue", done=Step.PUBLISH, id=id), 303)


def _wrong(found: Question, chosen: list[Text]) -> str:
    """What is missing before this can be published; empty if nothing is."""
    if not FlaskForm().validate_on_submit():
        return str(_("That did not arrive safely. Your text is still here: press again."))
    if not any(text.answer for text in chosen):
        return str(_("There is no answer in a language that you chose."))
    if any(map(drafting.is_too_long, chosen)):
        return drafting.too_long()
    if not found.first_language(chosen):
        return str(_("Write the question as it will be shown, in the language you answer in."))
    if "checked" not in request.form:
        return str(_("Look for personal details, and say so below."))
    return ""


def _page(found: Question, texts: list[Text], message: str = "") -> ResponseReturnValue:
    answered = [text for text in texts if text.answer]
    page = render_template(
        "moderation/preview.html",
        question=found,
        answer=_as_published(found, answered) if answered else None,
        texts=answered,
        by_code=by_code,
        as_readers_see=others().as_readers_see,
        left=[piece for text in answered for piece in _personal(text)],
        message=message,
    )
    return page, 422 if message else 200


def _personal(text: Text) -> list[str]:
    pieces = [*highlighted(text.wording), *highlighted(text.answer)]
    return [piece.text for piece in pieces if piece.is_marked]


def _as_published(found: Question, texts: list[Text]) -> Answer:
    """An answer that is nowhere kept, as it would be shown."""
    now = datetime.now(UTC)
    before = found.answer
    written = {
        text.language: AnswerText(
            language=text.language, wording=text.wording, answer=text.answer, published_at=now
        )
        for text in texts
    }
    return Answer(
        question_id=found.id,
        article=found.article,
        language=found.first_language(texts) or texts[0].language,
        person=before.person if before else me(),
        published_at=before.published_at if before else now,
        texts=(_copied(before) if before else {}) | written,
    )


def _copied(answer: Answer) -> dict[str, AnswerText]:
    # The texts themselves would leave their answer for the one that is previewed.
    return {
        code: AnswerText(
            language=code,
            wording=text.wording,
            answer=text.answer,
            published_at=text.published_at,
        )
        for code, text in answer.texts.items()
    }
