"""A database that cannot be used: one sentence from each command, and never a traceback."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
import sqlalchemy
from flask import Flask
from sqlalchemy import text

from app import ROOT, create_app
from blueprints import database
from blueprints.database import db
from tests.full_disk import full_disk
from tests.ready import ready
from tests.serving import free_port

FILE = "reedh.sqlite3"
PASSWORD = "correct horse battery staple"  # noqa: S105

# What each command that uses the database is given.
ARGUMENTS = {
    "edition export": ["/proc/none"],
    "users add": ["a@example.org", "--name", "A", "--role", "admin", "--password-stdin"],
    "users disable": ["a@example.org"],
    "users enable": ["a@example.org"],
    "users reset": ["a@example.org", "--password-stdin"],
}
WITHOUT = ("search ", "translations ", "mail new-key")
# Of `flask db` these are for operators, the others for whoever writes a migration.
MIGRATIONS = {"db upgrade", "db downgrade", "db current", "db stamp"}


def commands(app: Flask) -> list[str]:
    """Every command that uses the database."""
    named = []
    for group, command in app.cli.commands.items():
        inside = command.commands if isinstance(command, click.Group) else {"": command}
        named += [f"{group} {name}".strip() for name in inside]
    named = [name for name in named if not name.startswith("db ") or name in MIGRATIONS]
    return [name for name in named if not name.startswith(WITHOUT)]


def told(app: Flask, command: str) -> str:
    """The one sentence that `flask <command>` ends with."""
    arguments = [*command.split(), *ARGUMENTS.get(command, [])]
    with app.app_context():
        result = app.test_cli_runner().invoke(args=arguments, input=f"{PASSWORD}\n")
        db.engine.dispose()
    assert isinstance(result.exception, SystemExit), result.exception
    assert (result.exit_code, result.output.count("\n")) == (1, 1), result.output
    return result.output.removeprefix("Error: ").strip()


def test_each_command_says_that_the_database_is_newer(settings: dict[str, str]) -> None:
    with ready(settings | {"PORT": str(free_port())}) as app:
        with app.app_context(), db.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = 'ffffffffffff'"))
        found = {command: told(app, command) for command in commands(app)}
    assert len(found) > 12
    for command, sentence in found.items():
        assert sentence.startswith("REEDH_DATABASE_URL: the database "), command
        assert "is newer than this program: it is at step ffffffffffff" in sentence, command
        assert re.search(r"the steps up to \d{4}\. Start the newer program", sentence), command


def test_a_command_that_reads_asks_for_the_tables_first(tmp_path: Path) -> None:
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    for command in ("users list", "questions export", "audit verify", "mail rotate-keys"):
        assert told(app, command).endswith("lacks tables of this program: run `flask db upgrade`.")


def fill(file: Path, first: int, last: int) -> None:
    """Ask questions with these numbers, and leave the database's log unfinished."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA wal_autocheckpoint = 200")
    for number in range(first, last):
        row = (f"{number * 7919 % 10007:064}", "waiting", "open", "en", "x" * (number % 400))
        connection.execute(
            "INSERT INTO question (receipt_hash, state, lane, language, text, version, is_urgent,"
            " notice, asked_at) VALUES (?, ?, ?, ?, ?, 1, 0, '1', '2026-01-01 00:00:00')",
            row,
        )
        connection.commit()
    for end in ("", "-wal"):
        shutil.copy(f"{file}{end}", f"{file}{end}.left")
    connection.close()
    for end in ("", "-wal"):
        Path(f"{file}{end}.left").replace(f"{file}{end}")


def copy_beside_a_newer_log(file: Path) -> None:
    """Copy the file alone while the site runs, and put it back later beside the site's log."""
    fill(file, 0, 700)
    shutil.copy(file, f"{file}.copy")
    fill(file, 700, 1500)
    Path(f"{file}.copy").replace(file)


def overwrite_pages(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 8192] = b"Z" * 8192
    file.write_bytes(content)


def cut(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])


def empty_beside_a_log(file: Path) -> None:
    fill(file, 0, 50)
    file.write_bytes(b"")


def to_text(file: Path) -> None:
    file.write_text("नमस्ते\n" * 300, encoding="utf-8")


def encrypt(file: Path) -> None:
    file.write_bytes(bytes(byte ^ 0x5A for byte in file.read_bytes()))


def to_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES: dict[Callable[[Path], None], str] = {
    copy_beside_a_newer_log: "is damaged: stop the site and put a copy back",
    overwrite_pages: "is damaged: stop the site and put a copy back",
    cut: "is damaged: stop the site and put a copy back",
    empty_beside_a_log: "is empty, and",
    to_text: "is not a SQLite database, or it is encrypted",
    encrypt: "is not a SQLite database, or it is encrypted",
    to_folder: "cannot be opened: it must be a file",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all tables, in a folder of its own."""
    folder = tmp_path_factory.mktemp("made")
    with ready({"REEDH_INSTANCE_PATH": str(folder)}):
        pass
    return folder / FILE


@pytest.fixture
def app(made: Path, tmp_path: Path) -> Flask:
    """An application on a copy of it, with which nothing is connected."""
    shutil.copy(made, tmp_path / FILE)
    return create_app({"REEDH_INSTANCE_PATH": str(tmp_path), "PORT": str(free_port())})


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_file_is_not_served(
    app: Flask, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    file = tmp_path / FILE
    damage(file)
    for command in ("serve", "db upgrade", "users add"):
        sentence = told(app, command)
        assert sentence.startswith(f"REEDH_DATABASE_URL: the database {file} "), command
        assert DAMAGES[damage] in sentence, command


@pytest.mark.parametrize("damage", [to_text, to_folder, empty_beside_a_log])
def test_a_command_that_reads_says_what_is_wrong(
    app: Flask, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    damage(tmp_path / FILE)
    for command in ("users list", "questions export", "audit verify", "db current"):
        assert DAMAGES[damage] in told(app, command)


def test_a_folder_that_is_not_there_is_named_with_the_setting(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/missing/{FILE}"
    app = create_app(
        {
            "REEDH_INSTANCE_PATH": str(tmp_path / "instance"),
            "REEDH_DATABASE_URL": url,
            "PORT": str(free_port()),
        }
    )
    for command in ("serve", "db upgrade", "users list", "questions export"):
        assert told(app, command) == (
            f"REEDH_DATABASE_URL: the database {tmp_path}/missing/{FILE} cannot be opened: it must "
            "be a file, in a folder that exists, and this user must be allowed to write both."
        )


def test_a_server_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    environ = {
        "REEDH_INSTANCE_PATH": str(tmp_path),
        "REEDH_DATABASE_URL": f"postgresql://reedh:top-secret@127.0.0.1:{free_port()}/reedh",
        "PORT": str(free_port()),
    }
    for command in ("serve", "users list"):
        sentence = told(create_app(environ), command)
        assert sentence.startswith("REEDH_DATABASE_URL: the database cannot be used: ")
        assert "Connection refused" in sentence
        assert "top-secret" not in sentence


def test_a_database_that_another_program_holds_is_told(app: Flask, tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / FILE)
    holder.execute("PRAGMA locking_mode = exclusive")
    holder.execute("BEGIN EXCLUSIVE")
    assert "is held by another program for more than 3 seconds" in told(app, "users list")
    holder.close()


def test_a_full_disk_is_told(app: Flask, tmp_path: Path) -> None:
    # What is written goes into a log that a running site has made already.
    keeper = sqlite3.connect(tmp_path / FILE)
    keeper.execute("PRAGMA journal_mode = wal")
    keeper.execute("SELECT * FROM person").fetchall()
    with full_disk():
        sentence = told(app, "users add")
    keeper.close()
    assert sentence == (
        f"REEDH_DATABASE_URL: the database {tmp_path / FILE} cannot be read or written: "
        "its disk may be full or failing."
    )


def test_a_database_without_room_is_told(app: Flask) -> None:
    def limit(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite then says that the disk is full

    with app.app_context():
        sqlalchemy.event.listen(db.engine, "connect", limit)
        with pytest.raises(database.DatabaseError, match="its disk is full"), database.told():
            db.session.execute(text("CREATE TABLE more AS SELECT zeroblob(9000)"))
        db.session.rollback()
        db.engine.dispose()


def test_output_that_cannot_be_written_is_told(app: Flask, tmp_path: Path) -> None:
    environ = os.environ | {"REEDH_INSTANCE_PATH": str(tmp_path)}
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "flask", "questions", "export"]
        result = subprocess.run(
            command, cwd=ROOT, env=environ, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert result.stderr == "Error: The output cannot be written: No space left on device.\n"
    assert result.returncode
