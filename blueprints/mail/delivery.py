"""From the database to the mail server: at least once, and each address erased when it has served.

Whoever claims a mail moves its next try away, so a claim that comes to nothing is its back-off.
"""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from cryptography.fernet import InvalidToken
from flask import current_app
from sqlalchemy import CursorResult, delete, select, update

from blueprints import audit, remains, sealing
from blueprints.database import db
from blueprints.mail import smtp
from blueprints.mail.message import message
from blueprints.models import Mail, Question

GIVEN_UP = "mail-given-up"

_FIRST_WAIT_SECONDS = 60
_LONGEST_WAIT_SECONDS = 12 * 3600
# About three days.
_MOST_TRIES = 14


def deliver_due() -> int:
    """Send what is due; how many were sent.

    Raises:
        OSError, SMTPException: the server is away, or does not want us. Nothing is lost.
        DBAPIError, TimeoutError: the database is.
    """
    due = _due()
    if not due:
        return 0
    with smtp.connected(current_app.config["REEDH"].smtp_url) as server:
        return sum(_deliver(question_id, server) for question_id in due)


def _due() -> list[int]:
    found = db.session.scalars(
        select(Mail.question_id).where(Mail.due_at <= datetime.now(UTC)).order_by(Mail.due_at)
    ).all()
    db.session.rollback()
    return list(found)


def _deliver(question_id: int, server: smtplib.SMTP) -> bool:
    """Send one mail, if it is still due and nobody else does; whether it was sent."""
    tries = _claim(question_id)
    if not tries:
        return False
    if tries > _MOST_TRIES:
        _forget(question_id, with_contact=True, is_given_up=True)
        return False
    question = db.session.get_one(Question, question_id)
    if not question.contact or not question.is_decided:
        _forget(question_id)  # reopened meanwhile: the next decision is told
        return False
    try:
        letter = message(question, sealing.unseal(question.contact))
        db.session.rollback()  # no transaction waits for the mail server
        server.send_message(letter)
    except smtplib.SMTPServerDisconnected:
        raise
    except (smtplib.SMTPException, InvalidToken) as error:
        current_app.logger.warning("A mail was not taken: %s", type(error).__name__)
        if _is_final(error):
            _forget(question_id, with_contact=True, is_given_up=True)
        return False
    _forget(question_id, with_contact=True)
    return True


def _claim(question_id: int) -> int:
    """Which try for this mail is the caller's; 0 where it is somebody else's."""
    mail = db.session.get(Mail, question_id)
    now = datetime.now(UTC)
    if mail is None or mail.due_at > now:
        return 0
    wait = min(_FIRST_WAIT_SECONDS * 2**mail.tries, _LONGEST_WAIT_SECONDS)
    tries = mail.tries + 1
    claim = (
        update(Mail)
        .where(Mail.question_id == question_id, Mail.tries == mail.tries)
        .values(tries=tries, due_at=now + timedelta(seconds=wait))
        .execution_options(synchronize_session=False)
    )
    claimed = cast("CursorResult[Any]", db.session.execute(claim)).rowcount
    db.session.commit()
    return tries if claimed else 0


def _forget(question_id: int, *, with_contact: bool = False, is_given_up: bool = False) -> None:
    db.session.execute(delete(Mail).where(Mail.question_id == question_id))
    if with_contact:
        # Not by the model: a moderator who looks at the question need not look again.
        without = update(Question).where(Question.id == question_id).values(contact=None)
        db.session.execute(without)
        remains.leave()
    if is_given_up:  # the team sees it with the question
        audit.note(GIVEN_UP, question_id)
    db.session.commit()


def _is_final(error: Exception) -> bool:
    """Whether the server will never take this address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reason in error.recipients.values())
    return isinstance(error, smtplib.SMTPNotSupportedError)
