"""Telling moderators that questions wait: how many, and nothing of what they say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import current_app
from sqlalchemy import func, select, update

from blueprints.database import db
from blueprints.languages import CLINICS_TIME
from blueprints.mail import smtp
from blueprints.mail.message import queue_message
from blueprints.models import Lane, Person, Question, QueueNotice, Role, State

# Whoever asks several questions at once is one mail.
_BETWEEN = timedelta(minutes=10)
# Before the first patients.
_DAILY_HOUR = 8


def tell_moderators() -> int:
    """Send the mail that is due about the queue; to how many.

    Raises:
        OSError, SMTPException: the mail server is away, or does not want us; it is tried again.
        DBAPIError, TimeoutError: the database is.
    """
    last = db.session.get_one(QueueNotice, 1, populate_existing=True)
    before = (last.question_id, last.told_at)
    newest = _newest(last.question_id)
    people = db.session.scalars(select(Person).filter_by(role=Role.MODERATOR, is_active=True)).all()
    if newest is None or not people or not _is_due(last.told_at):
        return 0
    now = datetime.now(UTC)
    if not _move(before, (newest, now)):
        return 0  # another node tells them
    try:
        with smtp.connected(current_app.config["REEDH"].smtp_url) as server:
            for person in people:
                server.send_message(queue_message(person, *_waiting(), now))
    except OSError:
        _move((newest, now), before)
        raise
    return len(people)


def _newest(since: int) -> int | None:
    """The newest waiting question that nobody was told of."""
    waiting = select(func.max(Question.id)).where(*_WAITS, Question.id > since)
    return db.session.scalars(waiting).one()


_WAITS = (Question.state == State.WAITING, Question.lane == Lane.OPEN)


def _waiting() -> tuple[int, int]:
    """How many wait, and how many of them may be emergencies."""
    counted = select(func.count(), func.count().filter(Question.is_urgent)).where(*_WAITS)
    total, urgent = db.session.execute(counted).one()
    return total, urgent


def _is_due(told_at: datetime) -> bool:
    now = datetime.now(CLINICS_TIME)
    match current_app.config["REEDH"].queue_mail:
        case "immediate":
            return now - told_at >= _BETWEEN
        case "daily":
            return now.hour >= _DAILY_HOUR and told_at.astimezone(CLINICS_TIME).date() < now.date()
        case _off:
            return False


def _move(before: tuple[int, datetime], after: tuple[int, datetime]) -> bool:
    """Note what they are told of, unless somebody else has; whether it was noted."""
    seen = update(QueueNotice).filter_by(question_id=before[0], told_at=before[1])
    moved = seen.values(question_id=after[0], told_at=after[1]).returning(QueueNotice.id)
    was_moved = db.session.execute(moved.execution_options(synchronize_session=False)).first()
    db.session.commit()
    return was_moved is not None
