"""Taking a question in, once, whatever is repeated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from blueprints import sealing
from blueprints.database import db
from blueprints.models import Lane, Question, State


class Outcome(Enum):
    STORED = auto()
    REPEATED = auto()
    CONFLICT = auto()  # another text has this receipt
    NO_ROOM = auto()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was sent, every text normalised."""

    receipt_hash: str
    text: str
    name: str
    contact: str
    language: str
    article: str
    notice: str
    is_urgent: bool
    lane: Lane


def earlier(receipt_hash: str, text: str) -> tuple[Outcome, State] | None:
    """What became of a question with this receipt, if there is one already.

    Raises:
        DBAPIError, TimeoutError: the database is busy or away.
    """
    with_receipt = select(Question).filter_by(receipt_hash=receipt_hash)
    found = db.session.scalars(with_receipt).one_or_none()
    return _repeated(found, text) if found else None


def take(asked: Asked) -> tuple[Outcome, State]:
    """Store what was asked, in one transaction, unless its receipt has been seen.

    Raises:
        DBAPIError, TimeoutError: the database is busy or away; nothing was stored.
    """
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    statement = (
        insert(Question)
        .values(
            receipt_hash=asked.receipt_hash,
            state=State.WAITING,
            lane=asked.lane,
            version=1,
            language=asked.language,
            article=asked.article,
            text=asked.text,
            name=asked.name or None,
            contact=sealing.seal(asked.contact) if asked.contact else None,
            is_urgent=asked.is_urgent,
            notice=asked.notice,
            asked_at=datetime.now(UTC).replace(microsecond=0),
        )
        .on_conflict_do_nothing(index_elements=["receipt_hash"])
        .returning(Question.id)
    )
    is_new = db.session.execute(statement).first() is not None
    repeated = None if is_new else earlier(asked.receipt_hash, asked.text)
    db.session.commit()
    if is_new:
        return Outcome.STORED, State.WAITING
    assert repeated is not None  # questions are never deleted
    return repeated


def _repeated(found: Question, text: str) -> tuple[Outcome, State]:
    # One that was withdrawn, or erased for its age, has no text to differ from.
    if found.text is not None and found.text != text:
        return Outcome.CONFLICT, found.state
    return Outcome.REPEATED, found.state
