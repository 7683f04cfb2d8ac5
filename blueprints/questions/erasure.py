"""Erasing for good: at the asker's wish, or when a question has been kept as long as we may."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from sqlalchemy import Select, delete, func, select, text
from sqlalchemy.orm.exc import StaleDataError

from blueprints import audit, changes
from blueprints.database import db
from blueprints.models import Draft, Question, State, Step

_DECIDED = (State.PUBLISHED, State.DECLINED, State.SPAM)


def withdraw(question: Question) -> None:
    """Erase what was asked, and whatever was made of it, before this returns.

    Raises:
        DBAPIError, TimeoutError: the database is busy or away; nothing was erased.
        StaleDataError: somebody decided at the same moment; look again.
    """
    if question.state == State.WITHDRAWN:
        return
    was_published = question.state == State.PUBLISHED
    question.withdraw()
    audit.record(Step.WITHDRAW, None, question)
    # One that is saved at this moment was not among those that were looked at.
    db.session.execute(delete(Draft).where(Draft.question_id == question.id))
    if was_published:
        changes.remove()
    db.session.commit()
    forget_erased()


def purge(before: datetime) -> int:
    """Erase the decided questions asked before a moment; how many. The waiting ones stay.

    Each in a transaction of its own, so that nobody who decides waits for all.
    """
    due = select(Question).where(
        Question.state.in_(_DECIDED), Question.text.is_not(None), Question.asked_at < before
    )
    ids = db.session.scalars(due.with_only_columns(Question.id)).all()
    erased = sum(_is_erased(due.where(Question.id == id_)) for id_ in ids)
    forget_erased()
    return erased


def _is_erased(due: Select[Question]) -> bool:
    """Whether it was, and not decided anew at this moment."""
    try:
        question = db.session.scalars(due.with_for_update()).one_or_none()
        if question:
            question.erase()
            audit.record(Step.ERASE, None, question)
        db.session.commit()
    except StaleDataError:
        db.session.rollback()
        return False
    return question is not None


def overdue(before: datetime) -> int:
    """How many questions asked before a moment still wait for somebody's decision."""
    waiting = select(func.count()).where(
        Question.state == State.WAITING, Question.asked_at < before
    )
    return db.session.scalars(waiting).one()


def forget_erased() -> None:
    """Have SQLite empty its log too; in its pages, `secure_delete` has overwritten the text."""
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        is_read = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
    if is_read:
        current_app.logger.warning(
            "Somebody reads the database for long: an erased text stays in its log "
            "until the next withdrawal or `flask questions purge`."
        )
