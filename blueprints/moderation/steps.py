"""Taking a step: compare-and-set on the version that was seen, with its audit, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from flask import abort

from blueprints import audit, changes, database
from blueprints.models import Person, Question, Reason, Step, StepError
from blueprints.moderation import drafting
from blueprints.moderation.drafting import ConflictError, Text

Act = Callable[[Question], Step]

SIMPLE: dict[Step, Act] = {
    Step.MARK_SPAM: Question.mark_spam,
    Step.REOPEN: Question.reopen,
    Step.RELEASE: Question.release,
}


def publish(question_id: int, version: int, texts: list[Text], by: Person) -> None:
    """Show readers exactly these texts.

    Raises:
        ConflictError: somebody changed the question or a draft since, or there is nothing that
            can be published; nothing was done.
    """
    shown = {text.language for text in texts}

    def act(question: Question) -> Step:
        return question.publish([each for each in question.drafts if each.language in shown], by)

    with drafting.all_or_nothing():
        drafting.write(question_id, texts, by)
        _act(question_id, version, by, act, languages=sorted(shown))


def take(question_id: int, version: int, by: Person, act: Act, **detail: object) -> None:
    """Take the step that `act` takes; `detail` is for the audit.

    Raises:
        ConflictError: somebody changed the question since, or its state does not allow the step;
            nothing was done.
    """
    with drafting.all_or_nothing():
        _act(question_id, version, by, act, **detail)


def unpublish(question_id: int, version: int, by: Person) -> None:
    take(question_id, version, by, lambda question: question.unpublish(by))


def decline(question_id: int, version: int, reason: Reason, see_id: int | None, by: Person) -> None:
    act: Act = lambda question: question.decline(reason, see_id)  # noqa: E731
    take(question_id, version, by, act, reason=reason)


def simple(step: Step, question_id: int, version: int, by: Person) -> None:
    """Mark as spam, reopen or release: the steps that need nothing but the question."""
    take(question_id, version, by, SIMPLE[step])


def _act(question_id: int, version: int, by: Person, act: Act, **detail: object) -> None:
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
