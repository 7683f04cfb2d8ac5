"""Erasing for good: at the asker's wish, or when a question has been kept as long as we may."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from sqlalchemy import delete, func, select, text

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
    """Erase the decided questions asked before a moment; how many. The waiting ones stay."""
    due = select(Question).where(
        Question.state.in_(_DECIDED), Question.text.is_not(None), Question.asked_at < before
    )
    questions = db.session.scalars(due).all()
    for question in questions:
        question.erase()
        audit.record(Step.ERASE, None, question)
    db.session.commit()
    forget_erased()
    return len(questions)


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
