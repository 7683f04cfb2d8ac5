"""Erasing for good: at the asker's wish, or when a question has been kept as long as we may."""

from __future__ import annotations

from datetime import datetime

from flask import current_app
from sqlalchemy import func, select, text

from blueprints import audit, changes, database
from blueprints.database import db
from blueprints.models import Question, State, Step

_DECIDED = (State.PUBLISHED, State.DECLINED, State.SPAM)


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
    db.session.commit()
    erased = sum(map(_is_erased, ids))
    forget_erased()
    return erased


def _is_erased(id_: int) -> bool:
    """Whether it was, and did not come to wait again at this moment."""
    question = database.hold(id_)
    is_due = question is not None and question.state in _DECIDED and question.text is not None
    if question and is_due:
        question.erase()
        audit.record(Step.ERASE, None, question)
    db.session.commit()
    return is_due


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
