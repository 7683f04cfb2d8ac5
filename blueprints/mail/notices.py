"""Telling moderators that questions wait: how many, and nothing of what they say."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import NamedTuple

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


class _Told(NamedTuple):
    """Of which question, the newest, they were told, and when."""

    newest: int
    at: datetime


def tell_moderators() -> int:
    """Send the mail that is due about the queue; how many were sent.

    Raises:
        OSError: the mail server is away; it is tried again.
        DBAPIError, TimeoutError: the database is.
    """
    last = db.session.get_one(QueueNotice, 1, populate_existing=True)
    before = _Told(last.question_id, last.told_at)
    newest = _newest(last.question_id)
    if newest is None or not _is_due(last.told_at):
        return 0
    letters = _letters(newest)
    now = _Told(newest, datetime.now(UTC))
    if not letters or not _move(before, now):  # or another node tells them
        return 0
    sent = 0
    try:
        with smtp.connected(current_app.config["REEDH"].smtp_url) as server:
            for letter in letters:
                sent += _is_taken(server, letter)
    except OSError:
        if not sent:
            _move(now, before)
        raise
    if not sent:  # all were refused: not at once again
        _move(now, _Told(before.newest, now.at))
    return sent


def _letters(newest: int) -> list[EmailMessage]:
    people = db.session.scalars(select(Person).filter_by(role=Role.MODERATOR, is_active=True)).all()
    waiting, urgent = _waiting()
    return [queue_message(person, waiting, urgent, newest) for person in people]


def _is_taken(server: smtplib.SMTP, letter: EmailMessage) -> bool:
    """Whether the server took it; one that it refuses holds up none of the others."""
    try:
        server.send_message(letter)
    except smtplib.SMTPServerDisconnected:
        raise
    except smtplib.SMTPException as error:
        current_app.logger.warning("A notice was not taken: %s", type(error).__name__)
        return False
    return True


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


def _move(before: _Told, after: _Told) -> bool:
    """Note what they are told of, unless somebody else has; whether it was noted."""
    seen = update(QueueNotice).filter_by(question_id=before.newest, told_at=before.at)
    moved = seen.values(question_id=after.newest, told_at=after.at).returning(QueueNotice.id)
    was_moved = db.session.execute(moved.execution_options(synchronize_session=False)).first()
    db.session.commit()
    return was_moved is not None
