"""Taking a step: compare-and-set on the version that was seen, with its audit, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort

from blueprints import audit, changes, database
from blueprints.models import Person, Question, Reason, Step, StepError
from blueprints.moderation import drafting
from blueprints.moderation.drafting import ConflictError, Text

_Act = Callable[[Question], Step]


def publish(question_id: int, version: int, texts: list[Text], by: Person) -> None:
    """Show readers exactly these texts.

    Raises:
        ConflictError: somebody changed the question or a draft since, or there is nothing that
            can be published; nothing was done.
    """

    def act(question: Question) -> Step:
        shown = {text.language for text in texts}
        return question.publish([each for each in question.drafts if each.language in shown], by)

    with drafting.all_or_nothing():
        drafting.write(question_id, texts, by)
        _take(question_id, version, by, act, languages=sorted(text.language for text in texts))


def unpublish(question_id: int, version: int, by: Person) -> None:
    """Raises ConflictError, as every step of a question does."""

    def act(question: Question) -> Step:
        question.unpublish(by)
        return Step.UNPUBLISH

    with drafting.all_or_nothing():
        _take(question_id, version, by, act)


def decline(question_id: int, version: int, reason: Reason, see_id: int | None, by: Person) -> None:
    def act(question: Question) -> Step:
        question.decline(reason, see_id)
        return Step.DECLINE

    with drafting.all_or_nothing():
        _take(question_id, version, by, act, reason=reason)


def simple(step: Step, question_id: int, version: int, by: Person) -> None:
    """Mark as spam, reopen or release: the steps that need nothing but the question."""
    acts = {
        Step.MARK_SPAM: Question.mark_spam,
        Step.REOPEN: Question.reopen,
        Step.RELEASE: Question.release,
    }

    def act(question: Question) -> Step:
        acts[step](question)
        return step

    with drafting.all_or_nothing():
        _take(question_id, version, by, act)


def _take(question_id: int, version: int, by: Person, act: _Act, **detail: object) -> None:
    question = database.hold(question_id) or abort(404)
    if question.version != version:
        raise ConflictError
    before = _public(question)
    try:
        step = act(question)
        audit.record(step, by, question, **detail)
    except StepError as error:
        raise ConflictError from error
    if not before.items() <= _public(question).items():
        changes.remove()  # what phones hold is no longer what we say
    elif step in {Step.PUBLISH, Step.REVISE}:
        changes.publish()


def _public(question: Question) -> dict[str, tuple[str, str]]:
    texts = question.answer.texts if question.answer else {}
    return {code: (text.wording, text.answer) for code, text in texts.items()}
