"""The queue: which questions stand where, in which order, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    exists,
    func,
    select,
    tuple_,
)
from sqlalchemy.orm import load_only, selectinload

from blueprints.database import db
from blueprints.models import Answer, AnswerText, Draft, Lane, Question, State

PAGE = 20


class Shelf(StrEnum):
    """Where a question stands for moderators: a state, of which waiting has two lanes."""

    WAITING = "waiting"
    HELD = "held"
    OFFERED = "offered"  # published, with a translation that waits for approval
    PUBLISHED = "published"
    DECLINED = "declined"
    SPAM = "spam"


_WHERE = {
    Shelf.WAITING: (State.WAITING, Lane.OPEN),
    Shelf.HELD: (State.WAITING, Lane.HELD),
    Shelf.OFFERED: (State.PUBLISHED, Lane.OPEN),
    Shelf.PUBLISHED: (State.PUBLISHED, Lane.OPEN),
    Shelf.DECLINED: (State.DECLINED, Lane.OPEN),
    Shelf.SPAM: (State.SPAM, Lane.OPEN),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the queue is asked for; empty strings want everything."""

    shelf: Shelf = Shelf.WAITING
    language: str = ""
    words: str = ""
    # The id of the last question of the page before.
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    questions: Sequence[Question]
    has_more: bool


def counts() -> dict[Shelf, int]:
    """How many stand on each shelf; erased ones are not looked at any more."""
    grouped = db.session.execute(
        select(Question.state, Question.lane, func.count()).group_by(Question.state, Question.lane)
    )
    found = {(state, lane): number for state, lane, number in grouped}
    counts = {
        shelf: sum(number for key, number in found.items() if _is_on(shelf, *key))
        for shelf in Shelf
    }
    offered = select(func.count(Draft.question_id.distinct())).where(
        Draft.is_offered, Draft.question_id.in_(select(Answer.question_id))
    )
    return counts | {Shelf.OFFERED: db.session.scalars(offered).one()}


def page(wanted: Wanted) -> Page:
    """Waiting ones urgent first, then the oldest; decided ones the newest first."""
    found: list[Question] = []
    for part in _in_order(wanted):
        if len(found) <= PAGE:
            limited = part.limit(PAGE + 1 - len(found)).options(*_SHOWN)
            found += db.session.scalars(limited)
    return Page(found[:PAGE], len(found) > PAGE)


_SHOWN = (
    load_only(
        Question.id, Question.state, Question.version, Question.language, Question.text,
        Question.is_urgent, Question.asked_at, Question.decided_at, Question.written_at,
        Question.reason,
    ),
    selectinload(Question.answer),
    selectinload(Question.writer),
)  # fmt: skip


def _in_order(wanted: Wanted) -> list[Select[Question]]:
    """Selections to be read one after the other, each in the order of an index."""
    last = db.session.get(Question, wanted.after) if wanted.after else None
    chosen = select(Question).where(*_chosen(wanted))
    if wanted.shelf in {Shelf.WAITING, Shelf.HELD}:
        return _waiting(chosen, last)
    newest = (Question.decided_at.desc(), Question.id.desc())
    if last:
        key = tuple_(Question.decided_at, Question.id)
        chosen = chosen.where(key < (last.decided_at, last.id))
    return [chosen.order_by(*newest)]


def _waiting(chosen: Select[Question], last: Question | None) -> list[Select[Question]]:
    parts = []
    for is_urgent in (True, False):
        if last and last.is_urgent < is_urgent:
            continue
        part = chosen.where(Question.is_urgent == is_urgent)
        if last and last.is_urgent == is_urgent:
            key = tuple_(Question.asked_at, Question.id)
            part = part.where(key > (last.asked_at, last.id))
        parts.append(part.order_by(Question.asked_at, Question.id))
    return parts


def _chosen(wanted: Wanted) -> list[ColumnElement[bool]]:
    state, lane = _WHERE[wanted.shelf]
    conditions: list[ColumnElement[bool]] = [Question.state == state]
    if state == State.WAITING:
        conditions.append(Question.lane == lane)
    if wanted.shelf is Shelf.OFFERED:
        conditions.append(_is_offered())
    if wanted.language:
        conditions.append(Question.language == wanted.language)
    if wanted.words:
        conditions.append(_says(wanted.words, state))
    return conditions


def _is_offered() -> ColumnElement[bool]:
    return Question.id.in_(select(Draft.question_id).where(Draft.is_offered))


def _says(words: str, state: State) -> ColumnElement[bool]:
    """Whether the question, as all can read it if it is published, holds every one of the words.

    Answers are not looked through: readers’ search does so, and here it would take too long.
    """
    number = words.removeprefix("#")
    if number.isdecimal() and len(number) < 10:
        return Question.id == int(number)
    text: SQLColumnExpression[Any] = Question.text
    if state == State.PUBLISHED:
        text = AnswerText.wording
    if db.engine.dialect.name == "postgresql":
        text = text.collate("C")  # to it A to Z alone have small letters, which is twice as quick
    said = and_(*(text.icontains(word, autoescape=True) for word in words.split()))
    if state == State.PUBLISHED:
        return exists().where(AnswerText.question_id == Question.id, said)
    return said


def _is_on(shelf: Shelf, state: State, lane: Lane) -> bool:
    wanted_state, wanted_lane = _WHERE[shelf]
    return state == wanted_state and (state != State.WAITING or lane == wanted_lane)
