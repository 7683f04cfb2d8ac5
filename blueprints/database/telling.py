"""Why a command cannot use the database, in one sentence for the operator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import DBAPIError

from blueprints.database.engine import BUSY, BUSY_SECONDS, db

DAMAGED = "is damaged: stop the site and put a copy back, as docs/operating.md describes."

# By the beginning of SQLite's name for the error.
_PROBLEMS = {
    "SQLITE_BUSY": f"is held by another program for more than {BUSY_SECONDS} seconds: try again.",
    "SQLITE_CANTOPEN": (
        "cannot be opened: it must be a file, in a folder that exists, "
        "and this user must be allowed to write both."
    ),
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_FULL": "cannot be written, because its disk is full: make room, and try again.",
    "SQLITE_IOERR": "cannot be read or written: its disk may be full or failing.",
    "SQLITE_NOTADB": (
        "is not a SQLite database, or it is encrypted: name another file, or put a copy back."
    ),
    "SQLITE_READONLY": (
        "cannot be written: let this user write the file and its folder, "
        "on a disk that is not read-only."
    ),
}


class DatabaseError(click.ClickException):
    """The database cannot be used; the message says why and what to do."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"REEDH_DATABASE_URL: the database {_name()}{problem}")


@contextmanager
def told() -> Iterator[None]:
    """Say in one sentence what the database refuses, or the disk to which a command prints.

    Raises:
        ClickException: the sentence.
    """
    try:
        yield
    except BUSY as error:
        raise DatabaseError(_problem(error)) from error
    except BrokenPipeError:  # whoever reads the output has seen enough, as click knows
        raise
    except OSError as error:
        raise click.ClickException(f"The output cannot be written: {error.strerror}.") from error


def _name() -> str:
    url = db.engine.url
    # The address of a server may hold a password.
    return f"{url.database} " if url.get_backend_name() == "sqlite" else ""


def _problem(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(cause, "sqlite_errorname", "")
    for beginning, problem in _PROBLEMS.items():
        if name.startswith(beginning):
            return problem
    # Only the first line: the others quote the statement.
    return f"cannot be used: {str(cause).partition(chr(10))[0]}"
