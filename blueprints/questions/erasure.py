"""Erasing for good: at the asker's wish, or when a question has been kept as long as we may."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import current_app
from sqlalchemy import Select, and_, func, or_, select, update

from blueprints import audit, changes, database, remains
from blueprints.database import BUSY, db
from blueprints.models import Answer, Mail, Question, State, Step
from blueprints.upkeep import Task

_DECIDED = Question.state.in_((State.PUBLISHED, State.DECLINED, State.SPAM))
# Between two erasures, so that whoever else writes gets a turn.
_PAUSE_SECONDS = 0.02


class UnfinishedError(Exception):
    """The database was busy or away for some of what is due; the rest is erased."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class _Done(NamedTuple):
    erased: int
    left: int


def withdraw(id_: int) -> None:
    """Erase what was asked, and whatever was made of it, before this returns.

    Raises:
        DBAPIError, TimeoutError: the database is busy or away; nothing was erased.
    """
    question = database.hold(id_)
    if question and question.state != State.WITHDRAWN:
        was_published = question.state == State.PUBLISHED
        question.withdraw()
        audit.record(Step.WITHDRAW, None, question)
        remains.leave()
        if was_published:
            changes.remove()
    db.session.commit()
    _remove_remains()


def purge(before: datetime) -> int:
    """Erase the questions decided before a moment; how many. The waiting ones stay.

    E-mail addresses that no mail will need go whenever their question was decided.

    Raises:
        UnfinishedError: some could not be erased.
    """
    old = _each(_decided(before), _erase)
    addresses = _each(_with_useless_address(), _forget_address)
    if left := old.left + addresses.left:
        raise UnfinishedError(left)
    return old.erased


def kept_since(now: datetime) -> datetime:
    """What was decided before this moment has been kept as long as the notice says."""
    return now - timedelta(days=current_app.config["REEDH"].retention_days)


def overdue(before: datetime) -> int:
    """How many questions asked before a moment still wait for somebody's decision."""
    waiting = select(func.count()).where(
        Question.state == State.WAITING, Question.asked_at < before
    )
    return db.session.scalars(waiting).one()


# Daily, and at each start.
TASK = Task("daily erasure", timedelta(days=1), lambda now: purge(kept_since(now)))


def _decided(before: datetime) -> Select[Question]:
    """An answer that is revised later was given when it was first published.

    Earlier versions did not note when a question was decided.
    """
    is_undated = and_(Question.decided_at.is_(None), Question.asked_at < before)
    is_old = or_(Question.decided_at < before, Answer.published_at < before, is_undated)
    found = select(Question).outerjoin(Answer)
    return found.where(_DECIDED, Question.text.is_not(None), is_old)


def _with_useless_address() -> Select[Question]:
    """Decided without a mail that waits to be sent: taken for advertising."""
    is_told = select(Mail).where(Mail.question_id == Question.id).exists()
    return select(Question).where(_DECIDED, Question.contact.is_not(None), ~is_told)


def _each(due: Select[Question], erase: Callable[[Question], None]) -> _Done:
    """Erase from each question that is `due`.

    Each in a transaction of its own, so that nobody who decides waits for all, and none that fails
    holds up the others.
    """
    ids = db.session.scalars(due.with_only_columns(Question.id)).all()
    db.session.commit()
    erased = left = 0
    for id_ in ids:
        try:
            erased += _is_erased(id_, due, erase)
        except BUSY:
            db.session.rollback()
            left += 1
        time.sleep(_PAUSE_SECONDS)
    if erased:
        _remove_remains()
    return _Done(erased, left)


def _is_erased(id_: int, due: Select[Question], erase: Callable[[Question], None]) -> bool:
    """Whether it was: somebody may have decided, withdrawn or erased it a moment before."""
    database.hold(id_)
    question = db.session.scalars(due.where(Question.id == id_)).one_or_none()
    if question:
        erase(question)
        remains.leave()
    db.session.commit()
    return question is not None


def _erase(question: Question) -> None:
    question.erase()
    audit.record(Step.ERASE, None, question)


def _forget_address(question: Question) -> None:
    # Not by the model: a moderator who looks at the question need not look again.
    db.session.execute(update(Question).where(Question.id == question.id).values(contact=None))


def _remove_remains() -> None:
    with suppress(*BUSY):  # what is erased is erased; the running site tries this again
        if not remains.remove():
            current_app.logger.warning(
                "Somebody reads the database: an erased text stays in its log until that ends."
            )
