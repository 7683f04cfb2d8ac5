"""What translators do: answers that readers of another language miss, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from blueprints.answering import wants_json
from blueprints.database import db
from blueprints.languages import Language, all_languages, by_code
from blueprints.models import Answer, Draft, Question, Role
from blueprints.moderation import drafting
from blueprints.moderation.drafting import LONGEST_ANSWER, LONGEST_WORDING, ConflictError, Text
from blueprints.moderation.marking import difference
from blueprints.moderation.site import bp, glossary, others
from blueprints.people import me, require

_WRITERS = (Role.TRANSLATOR, Role.MODERATOR)


@dataclass(frozen=True, slots=True)
class Task:
    """An answer that a language misses, or has only as it was before a revision."""

    answer: Answer
    target: Language
    is_revised: bool
    draft: Draft | None


@bp.get("/translations")
@require(*_WRITERS)
def translations() -> str:
    return render_template(
        "moderation/translations.html", tasks=list(tasks()), states=others().article_states()
    )


@bp.get("/translations/<id:id>/<target>")
@require(*_WRITERS)
def translation(id: int, target: str) -> ResponseReturnValue:  # noqa: A002 (names in the address)
    return _page(*_find(id, target))


@bp.post("/translations/<id:id>/<target>")
@require(*_WRITERS)
def translate(id: int, target: str) -> ResponseReturnValue:  # noqa: A002
    """Save the draft; with `offer`, hand it to the moderators."""
    answer, language = _find(id, target)
    typed = next((each for each in drafting.read(request.form) if each.language == target), None)
    if typed is None:
        abort(400)
    is_offered = "offer" in request.form
    if wrong := _wrong(typed, is_offered=is_offered):
        return _answer(answer, language, typed, wrong, 422)
    try:
        drafting.save(id, [typed], me(), is_offered=is_offered)
    except ConflictError:
        changed = _("Somebody else changed it just now: look at both texts, and press again.")
        return _answer(*_find(id, target), typed, changed, 409)
    if wants_json():
        return jsonify(drafts={target: db.session.get_one(Draft, (id, target)).version})
    if is_offered:
        return redirect(url_for("moderation.translations"), 303)
    return redirect(url_for("moderation.translation", id=id, target=target, saved="y"), 303)


def tasks() -> Iterator[Task]:
    """What is missing, the oldest first."""
    published = select(Question).join(Answer).order_by(Answer.published_at)
    loaded = published.options(selectinload(Question.answer), selectinload(Question.drafts))
    for question in db.session.scalars(loaded):
        answer = question.answer
        assert answer is not None
        drafts = {draft.language: draft for draft in question.drafts}
        for language in all_languages():
            is_revised = language.code in answer.texts and answer.is_stale(language.code)
            if answer.lacks(language.code) or is_revised:
                yield Task(answer, language, is_revised, drafts.get(language.code))


def _find(id_: int, target: str) -> tuple[Answer, Language]:
    answer = db.session.get(Answer, id_, populate_existing=True) or abort(404)
    known = {language.code for language in all_languages()}
    if target not in known or target == answer.language:
        abort(404)
    return answer, by_code(target)


def _wrong(typed: Text, *, is_offered: bool) -> str:
    if not FlaskForm().validate_on_submit():
        return str(_("That did not arrive safely. Your text is still here: press again."))
    if drafting.is_too_long(typed):
        return drafting.too_long()
    if is_offered and not (typed.wording and typed.answer):
        return str(_("Translate both, the question and the answer, before you hand them over."))
    return ""


def _answer(
    answer: Answer, target: Language, typed: Text, message: str, status: int
) -> ResponseReturnValue:
    if wants_json():
        return jsonify(message=message), status
    return _page(answer, target, typed, message, status)


def _page(
    answer: Answer,
    target: Language,
    typed: Text | None = None,
    message: str = "",
    status: int = 200,
) -> ResponseReturnValue:
    source = answer.texts[answer.language]
    draft = db.session.get(Draft, (answer.question_id, target.code), populate_existing=True)
    shown = answer.texts.get(target.code)
    kept = draft or shown
    version = draft.version if draft else 0
    text = Text(target.code, *((kept.wording, kept.answer) if kept else ("", "")), version)
    theirs = None
    if typed and draft and not typed.says(draft):
        theirs = difference(typed.wording, text.wording), difference(typed.answer, text.answer)
    if typed:
        text = Text(target.code, typed.wording, typed.answer, version)
    made = render_template(
        "moderation/translation.html",
        answer=answer,
        source=by_code(answer.language),
        target=target,
        question=glossary().look_up(source.wording, target.code),
        text=glossary().look_up(source.answer, target.code),
        typed=text,
        draft=draft,
        theirs=theirs if status == 409 else None,
        message=message,
        longest_wording=LONGEST_WORDING,
        longest_answer=LONGEST_ANSWER,
    )
    return made, status
