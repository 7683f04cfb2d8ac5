"""What translators do: answers that readers of another language miss, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import abort, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from sqlalchemy import and_, false, func, or_, select
from sqlalchemy.orm import aliased

from blueprints.answering import wants_json
from blueprints.database import db
from blueprints.languages import Language, all_languages, by_code
from blueprints.marking import difference
from blueprints.models import Answer, AnswerText, Draft, Role
from blueprints.moderation import drafting
from blueprints.moderation.drafting import LONGEST_ANSWER, LONGEST_WORDING, ConflictError, Text
from blueprints.moderation.site import bp, glossary, others
from blueprints.people import me, require

MOST_TASKS = 50

_WRITERS = (Role.TRANSLATOR, Role.MODERATOR)


@dataclass(frozen=True, slots=True)
class Task:
    """An answer that a language misses, or has only as it was before a revision."""

    answer: Answer
    target: Language
    is_revised: bool
    draft: Draft | None

    @property
    def is_offered(self) -> bool:
        return self.draft is not None and self.draft.is_offered


@bp.get("/translations")
@require(*_WRITERS)
def translations() -> str:
    return render_template(
        "moderation/translations.html",
        tasks=tasks(),
        most=MOST_TASKS,
        states=list(others().article_states()),
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


def tasks() -> list[Task]:
    """What the languages miss: the oldest first, but last what waits for approval."""
    found = [task for language in all_languages() for task in _tasks(language)]
    return sorted(found, key=lambda task: (task.is_offered, task.answer.published_at))[:MOST_TASKS]


def _tasks(target: Language) -> Iterator[Task]:
    source, shown = aliased(AnswerText), aliased(AnswerText)
    at = Answer.question_id
    is_missing = or_(shown.answer.is_(None), shown.wording == "")
    is_revised = shown.published_at < source.published_at
    wanted = (
        select(Answer, Draft, is_revised)
        .join(source, and_(source.question_id == at, source.language == Answer.language))
        .outerjoin(shown, and_(shown.question_id == at, shown.language == target.code))
        .outerjoin(Draft, and_(Draft.question_id == at, Draft.language == target.code))
        .where(Answer.language != target.code, or_(is_missing, is_revised))
        .order_by(func.coalesce(Draft.is_offered, false()), Answer.published_at)
        .limit(MOST_TASKS)
    )
    for answer, draft, was_revised in db.session.execute(wanted):
        yield Task(answer, target, bool(was_revised), draft)


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
