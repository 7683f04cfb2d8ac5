"""Growing delays between wrong tries, in place of locks: nobody can lock a clinician out.

Each try is counted before it is looked at, so that many at once are no more than one. A browser
in which its person has signed in before is counted by itself: whoever tries elsewhere, under the
same e-mail address, does not hold it up.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from blueprints import limits
from blueprints.database import db
from blueprints.models import Delay
from blueprints.upkeep import Task

FIRST_DELAYED = 5
LONGEST_SECONDS = 15 * 60
MOST = 100_000
_FORGOTTEN = timedelta(days=1)
# Requests that come together may be counted in another order than they came.
_NONE = timedelta(seconds=-10)


class Subject(NamedTuple):
    """What is tried, of whom, and in which browser; empty where it is not known."""

    kind: str
    owner: str
    device: str = ""


class TooSoonError(Exception):
    """There were so many wrong tries that the next one must wait."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def count(subject: Subject) -> None:
    """Count a try, in a transaction of its own.

    Raises:
        TooSoonError: it came before its time, and is not to be looked at.
    """
    key, now = _key(subject), datetime.now(UTC)
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    _forget_before(now - _FORGOTTEN)
    fresh = insert(Delay).values(key=key, tries=0, until=now + _NONE)
    db.session.execute(fresh.on_conflict_do_nothing(index_elements=["key"]))
    counted = update(Delay).where(Delay.key == key, Delay.until <= now)
    tries = db.session.scalar(counted.values(tries=Delay.tries + 1).returning(Delay.tries))
    if tries is not None:
        db.session.execute(update(Delay).filter_by(key=key).values(until=now + _wait(tries)))
    until = db.session.scalars(select(Delay.until).filter_by(key=key)).one()
    db.session.commit()
    if tries is None:
        raise TooSoonError(max(1, math.ceil((until - now).total_seconds())))


def forget(subject: Subject) -> None:
    """Begin anew, in the transaction of the caller."""
    anew = update(Delay).filter_by(key=_key(subject))  # the row stays for those who count just now
    db.session.execute(anew.values(tries=0, until=datetime.now(UTC) + _NONE))


def forget_old(now: datetime) -> None:
    """Forget what is a day old, and the oldest of the rest if more than `MOST` are left.

    Honest mistakes never come to so many.
    """
    _forget_before(now - _FORGOTTEN)
    newest_first = select(Delay.until).order_by(Delay.until.desc())
    if first_too_many := db.session.scalar(newest_first.offset(MOST).limit(1)):
        db.session.execute(delete(Delay).where(Delay.until <= first_too_many))
    db.session.commit()


TASK = Task("forgetting of wrong tries", timedelta(hours=1), forget_old)


def _forget_before(moment: datetime) -> None:
    db.session.execute(delete(Delay).where(Delay.until < moment))


def _wait(tries: int) -> timedelta:
    """None after the first tries, then 1, 2, 4 and so on, seconds."""
    if tries < FIRST_DELAYED:
        return _NONE
    return timedelta(seconds=min(1 << min(tries - FIRST_DELAYED, 16), LONGEST_SECONDS))


def _key(subject: Subject) -> str:
    return limits.keyed("try", *subject)
