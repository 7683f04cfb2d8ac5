"""The steps of the database's tables, and `flask db …`, which takes them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import click
import sqlalchemy
from alembic.runtime.migration import MigrationContext
from alembic.script.revision import RevisionError
from alembic.util import CommandError
from flask import Flask
from flask_alembic import Alembic
from flask_alembic.cli import cli

from blueprints.database.engine import db
from blueprints.database.telling import DAMAGED, DatabaseError, told
from blueprints.models import Model

# Python's driver for SQLite begins no transaction for a change of tables.
_BEGIN_ALONE = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "SELECT pg_advisory_xact_lock(1)"}

_Parameters = ParamSpec("_Parameters")
_Result = TypeVar("_Result")


class _Migrations(Alembic):
    """Migrations of which all are done or none, whatever ends them, by one start at a time."""

    def upgrade(self, target: Any = "heads") -> None:  # noqa: ANN401
        _refuse_damaged()
        _refuse_newer(self)
        super().upgrade(target)

    def run_migrations(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        connection = self.migration_context.connection
        assert connection is not None
        connection.exec_driver_sql(_BEGIN_ALONE[connection.dialect.name])
        super().run_migrations(*args, **kwargs)


class _Commands(click.Group):
    """Flask-Alembic's commands, which say in one sentence what they cannot do."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401
        try:
            with told():
                return super().invoke(ctx)
        except (CommandError, RevisionError) as error:
            with told():
                _refuse_newer(alembic)
            raise click.ClickException(f"{error}.") from error


alembic = _Migrations(metadatas=Model.metadata, run_mkdir=False, command_name="")
logging.getLogger("alembic").setLevel(logging.WARNING)


def init_app(app: Flask) -> None:
    app.config["ALEMBIC"] = {"script_location": f"{app.root_path}/migrations"}
    app.config["ALEMBIC_CONTEXT"] = {"transactional_ddl": True}
    alembic.init_app(app)
    commands = _Commands("db", commands=cli.commands, callback=cli.callback, help=cli.help)
    app.cli.add_command(commands)


def upgrade() -> None:
    """Bring the tables of the current application up to date.

    Raises:
        ClickException: the database cannot be reached, is damaged, or newer than this program; it
            would not keep what it acknowledges.
    """
    with told():
        alembic.upgrade()


def check() -> None:
    """Look whether the database can be read; one that has no tables yet can.

    Raises:
        ClickException: it cannot be reached, is damaged, or is not of this program's version.
    """
    with told():
        _refuse_damaged()
        if _steps():
            _refuse_other_steps()


def needed(command: Callable[_Parameters, _Result]) -> Callable[_Parameters, _Result]:
    """Let a command run only on a database that it knows.

    It raises a ClickException for any other, and for what the database refuses later.
    """

    @wraps(command)
    def checked(*args: _Parameters.args, **kwargs: _Parameters.kwargs) -> _Result:
        with told():
            _refuse_other_steps()
            return command(*args, **kwargs)

    return checked


def _refuse_damaged() -> None:
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        # Of the full check's time `quick_check` saves half, and misses what an index lacks.
        found = connection.execute(sqlalchemy.text("PRAGMA integrity_check(1)")).scalar_one()
    if found != "ok":
        raise DatabaseError(DAMAGED)


def _refuse_other_steps() -> None:
    _refuse_newer(alembic)
    if _steps() != set(alembic.script_directory.get_heads()):
        raise DatabaseError("lacks tables of this program: run `flask db upgrade`.")


def _refuse_newer(migrations: Alembic) -> None:
    known = {script.revision for script in migrations.script_directory.walk_revisions()}
    if unknown := _steps() - known:
        raise DatabaseError(
            f"is newer than this program: it is at step {min(unknown)}, and this program knows "
            f"the steps up to {max(known)}. Start the newer program, or put back a copy of the "
            "database from before."
        )


def _steps() -> set[str]:
    """The last migrations that the database has seen; none if it has no tables yet."""
    with db.engine.connect() as connection:
        return set(MigrationContext.configure(connection).get_current_heads())
