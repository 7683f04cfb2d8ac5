"""Holding one question, so that nobody else changes it meanwhile."""

from __future__ import annotations

from sqlalchemy import update

from blueprints.database.engine import db
from blueprints.models import Question


def hold(id_: int) -> Question | None:
    """The question as it is now, which nobody else changes until this transaction ends.

    Raises:
        DBAPIError: somebody else holds it for too long.
    """
    # SQLite locks for writing alone; so both databases are asked for a change that changes nothing.
    touched = update(Question).where(Question.id == id_).values(id=Question.id)
    held = touched.returning(Question.id).execution_options(synchronize_session=False)
    if db.session.execute(held).first() is None:
        return None
    db.session.expire_all()
    return db.session.get(Question, id_)
