"""Connections to the database, each checked: what is acknowledged is on the disk."""

from __future__ import annotations

from inspect import iscoroutinefunction
from pathlib import Path
from typing import Any

import click
import sqlalchemy
from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from blueprints import private

# A request waits so long for another that writes; then it says that the site is busy.
BUSY_SECONDS = 3

BUSY = (DBAPIError, PoolTimeoutError)

_SQLITE_PATIENCE = {"timeout": BUSY_SECONDS}
_POSTGRESQL_PATIENCE = {
    "connect_timeout": BUSY_SECONDS,
    "options": f"-c lock_timeout={BUSY_SECONDS}s -c statement_timeout={10 * BUSY_SECONDS}s",
}
_SQLITE = {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}
_POSTGRESQL = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}

db = SQLAlchemy(engine_options={"hide_parameters": True, "pool_timeout": BUSY_SECONDS})


class DurabilityError(click.ClickException):
    """The database would lose what it has acknowledged when the power fails."""


def init_app(app: Flask, url: str) -> None:
    is_sqlite = url.startswith("sqlite")
    patience = _SQLITE_PATIENCE if is_sqlite else _POSTGRESQL_PATIENCE
    app.config["SQLALCHEMY_ENGINES"] = {
        "default": {"url": url, "connect_args": patience, "pool_pre_ping": not is_sqlite}
    }
    db.init_app(app)
    # It would start an event loop after each request, to close asynchronous sessions we never open.
    app.teardown_appcontext_funcs[:] = [
        close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)
    ]
    with app.app_context():
        if is_sqlite:
            sqlalchemy.event.listen(db.engine, "first_connect", _look_at_files)
        prepare = _prepare_sqlite if is_sqlite else _check_postgresql
        sqlalchemy.event.listen(db.engine, "connect", prepare)
        sqlalchemy.event.listen(db.engine, "handle_error", _repeat_no_row)


def _look_at_files(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA database_list")
    name = cursor.fetchall()[0][2]
    cursor.close()
    if name:
        _look_at(Path(name))


def _look_at(file: Path) -> None:
    log = file.with_name(f"{file.name}-wal")
    if _is_empty(file) and not _is_empty(log):  # SQLite would delete it
        raise DurabilityError(
            f"REEDH_DATABASE_URL: the database {file} is empty, and {log} is not: put a copy of "
            "the database back, and move the other file away."
        )
    # Before there is a log, as that gets the mode of the file.
    for end in ("", "-wal", "-shm", "-journal"):
        private.close(file.with_name(f"{file.name}{end}"))


def _is_empty(file: Path) -> bool:
    return not file.exists() or file.stat().st_size == 0


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    for name, value in _SQLITE.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()
    _check(connection, "PRAGMA", _SQLITE)


def _check_postgresql(connection: DBAPIConnection, _record: object) -> None:
    _check(connection, "SHOW", _POSTGRESQL)
    connection.rollback()


def _repeat_no_row(context: ExceptionContext) -> None:
    # PostgreSQL's DETAIL holds all of a row that it refuses, and the error will be logged.
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            told, *more = error.args
            error.args = (str(told).partition("\nDETAIL:")[0], *more)


def _check(connection: DBAPIConnection, ask: str, wanted: dict[str, Any]) -> None:
    cursor = connection.cursor()
    for name, value in wanted.items():
        cursor.execute(f"{ask} {name}")
        found = cursor.fetchone()
        if found is None or found[0] != value:
            raise DurabilityError(f"The database's {name} must be {value}, and is {found}.")
    cursor.close()
