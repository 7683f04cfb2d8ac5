"""The database: SQLite on one node, PostgreSQL for several; what is acknowledged is on the disk."""

from __future__ import annotations

import logging
from inspect import iscoroutinefunction
from typing import Any

import click
import sqlalchemy
from flask import Flask
from flask_alembic import Alembic
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import update
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from blueprints.models import Model, Question

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
# Python's driver for SQLite begins no transaction for a change of tables.
_BEGIN_ALONE = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(1)"}

db = SQLAlchemy(engine_options={"hide_parameters": True, "pool_timeout": BUSY_SECONDS})


class _Migrations(Alembic):
    """Migrations of which all are done or none, whatever ends them, by one start at a time."""

    def run_migrations(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        connection = self.migration_context.connection
        assert connection is not None
        connection.exec_driver_sql(_BEGIN_ALONE[connection.dialect.name])
        super().run_migrations(*args, **kwargs)


# Its commands are `flask db …`.
alembic = _Migrations(metadatas=Model.metadata, run_mkdir=False)
logging.getLogger("alembic").setLevel(logging.WARNING)


class DurabilityError(click.ClickException):
    """The database would lose what it has acknowledged when the power fails."""


def init_app(app: Flask, url: str) -> None:
    is_sqlite = url.startswith("sqlite")
    patience = _SQLITE_PATIENCE if is_sqlite else _POSTGRESQL_PATIENCE
    app.config["SQLALCHEMY_ENGINES"] = {
        "default": {"url": url, "connect_args": patience, "pool_pre_ping": not is_sqlite}
    }
    app.config["ALEMBIC"] = {"script_location": f"{app.root_path}/migrations"}
    app.config["ALEMBIC_CONTEXT"] = {"transactional_ddl": True}
    db.init_app(app)
    # It would start an event loop after each request, to close asynchronous sessions we never open.
    app.teardown_appcontext_funcs[:] = [
        close for close in app.teardown_appcontext_funcs if not iscoroutinefunction(close)
    ]
    alembic.init_app(app)
    with app.app_context():
        prepare = _prepare_sqlite if is_sqlite else _check_postgresql
        sqlalchemy.event.listen(db.engine, "connect", prepare)
        sqlalchemy.event.listen(db.engine, "handle_error", _repeat_no_row)


def upgrade() -> None:
    """Bring the tables of the current application up to date.

    Raises:
        ClickException: the database cannot be reached; it would not keep what it acknowledges.
    """
    try:
        alembic.upgrade()
    except BUSY as error:
        raise click.ClickException(f"REEDH_DATABASE_URL cannot be used: {error}") from error


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
