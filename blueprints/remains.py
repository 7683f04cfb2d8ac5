"""What was erased and may still lie in SQLite's write-ahead log.

In the pages of the database `secure_delete` overwrites what is erased. The log holds earlier copies
of those pages until it is emptied, which it cannot be while somebody, such as a backup, reads an
earlier state. So each erasure is noted in its own transaction, and the log is emptied as soon as it
can be, by whichever process of the site is first, also after a restart.

PostgreSQL reuses the space of erased rows, and its log, in its own time.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from sqlalchemy import select, update

from blueprints.database import db
from blueprints.models import Remains
from blueprints.upkeep import Task

_TRIES = 10
_BETWEEN_SECONDS = 0.1


class StillReadError(Exception):
    """Somebody, such as a backup, reads an earlier state of the database: the log stays."""


def leave() -> None:
    """Note in the transaction of the caller that something is erased."""
    if _is_sqlite():
        db.session.execute(update(Remains).values(erasures=Remains.erasures + 1))


def remove() -> bool:
    """Empty the log if something erased may lie in it; whether nothing does any more.

    It waits for nobody, as whoever writes would have to wait as well.

    Raises:
        DBAPIError, TimeoutError: the database is busy or away.
    """
    if not _is_sqlite():
        return True
    erasures, removed = db.session.execute(select(Remains.erasures, Remains.removed)).one()
    db.session.rollback()
    if removed == erasures:
        return True
    if not _is_log_emptied():
        return False
    db.session.execute(update(Remains).where(Remains.removed < erasures).values(removed=erasures))
    db.session.commit()
    return True


def keep_removing(_now: datetime) -> None:
    """Empty the log as `remove` does, and look again while others read for a moment only.

    Raises:
        StillReadError: somebody reads for longer.
        DBAPIError, TimeoutError: the database is busy or away.
    """
    for _ in range(_TRIES):
        if remove():
            return
        time.sleep(_BETWEEN_SECONDS)
    raise StillReadError


TASK = Task("emptying of SQLite's log", timedelta(seconds=1), keep_removing)


def _is_log_emptied() -> bool:
    with db.engine.connect() as connection:
        patience = connection.exec_driver_sql("PRAGMA busy_timeout").scalar_one()
        connection.exec_driver_sql("PRAGMA busy_timeout=0")
        try:
            is_read = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()[0]
        finally:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
    return not is_read


def _is_sqlite() -> bool:
    return db.engine.dialect.name == "sqlite"
