"""Writing the audit, and reading whether it is whole.

Each entry holds the hash over itself and over the hash of the one before it, as in a hash chain
(Haber and Stornetta, "How to time-stamp a digital document", Journal of Cryptology 3, 1991). Who
kept an earlier head can tell that nothing up to it was changed or cut off since.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, true, update

from blueprints.database import db
from blueprints.models import AuditEntry, AuditHead, Person, Question


@dataclass(frozen=True, slots=True)
class Head:
    """The number of the last entry, and its hash in hex."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


class ChainError(Exception):
    """The audit is not what was written; says where."""


def record(
    step: str, by: Person | None, question: Question | None = None, **detail: object
) -> None:
    """Add an entry in the transaction of the caller, after its own change has been flushed.

    `detail` goes into JSON; no word of a question or an answer belongs there.
    """
    db.session.flush()
    id_, version = (question.id, question.version) if question else (None, None)
    _append(step, by.id if by else None, id_, version, detail)


def note(step: str, question_id: int) -> None:
    """Add an entry, as `record` does, about a question that nobody has changed."""
    _append(step, None, question_id, None, {})


def _append(
    step: str,
    person_id: int | None,
    question_id: int | None,
    version: int | None,
    detail: dict[str, object],
) -> None:
    raised = update(AuditHead).values(seq=AuditHead.seq + 1)
    seq, before = db.session.execute(raised.returning(AuditHead.seq, AuditHead.hash)).one()
    entry = AuditEntry(
        seq=seq,
        at=datetime.now(UTC),
        person_id=person_id,
        step=step,
        question_id=question_id,
        version=version,
        detail=detail,
    )
    entry.hash = _hash(entry, before)
    db.session.add(entry)
    db.session.execute(update(AuditHead).values(hash=entry.hash))


def verify(kept: Head | None = None) -> Head:
    """The head of an audit that is whole; `kept` is one that somebody noted earlier.

    Raises:
        ChainError: an entry was changed, removed or put in, or the end was cut off.
    """
    last = Head(0, "")
    told: Head | None = None
    is_kept_met = kept is None
    # In one statement, so that what is recorded meanwhile is in all of it or in none.
    rows = select(AuditHead.seq, AuditHead.hash, AuditEntry).outerjoin(AuditEntry, true())
    rows = rows.order_by(AuditEntry.seq)
    for seq, digest, entry in db.session.execute(rows).yield_per(1000):
        told = Head(seq, digest)
        if entry is None:
            break
        if entry.seq != last.seq + 1:
            raise ChainError(f"entry {last.seq + 1} is missing")
        if entry.hash != _hash(entry, last.hash):
            raise ChainError(f"entry {entry.seq} is not as it was written")
        last = Head(entry.seq, entry.hash)
        is_kept_met = is_kept_met or last == kept
    if told != last:
        raise ChainError(f"entries after {last.seq} are missing")
    if not is_kept_met:
        raise ChainError(f"the head {kept} that was noted is not in it")
    return last


def _hash(entry: AuditEntry, before: str) -> str:
    told = [
        before,
        entry.seq,
        entry.at.astimezone(UTC).isoformat(),
        entry.person_id,
        entry.step,
        entry.question_id,
        entry.version,
        entry.detail,
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
