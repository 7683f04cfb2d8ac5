"""The change number: raised with everything that changes what the public reads."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select, update

from blueprints.database import db
from blueprints.models import Change


@dataclass(frozen=True, slots=True)
class Changes:
    """How often what the public reads has changed, and how often something was taken away."""

    number: int
    removals: int


def publish() -> None:
    """Raise the number in the transaction of the caller, which publishes."""
    db.session.execute(update(Change).values(number=Change.number + 1))


def remove() -> None:
    """The same of a caller that takes something away: phones are called to do so at once."""
    raised = {"number": Change.number + 1, "removals": Change.removals + 1}
    db.session.execute(update(Change).values(raised))


def read() -> Changes:
    """Where the numbers stand.

    Raises:
        DBAPIError, TimeoutError: the database is busy or away.
    """
    row = db.session.execute(select(Change.number, Change.removals)).one()
    return Changes(row.number, row.removals)
