"""The tables are made whole and once, whatever ends a start, and whoever starts beside it."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import select

from app import ROOT, create_app
from blueprints import database
from blueprints.database import db
from blueprints.models import Question
from blueprints.questions import erasure
from blueprints.questions.notice import version_shown
from tests.asking.power_cuts import disconnect, left_on_disk, node
from tests.asking.recording import recording
from tests.postgresql import postgresql

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def test_an_upgrade_that_was_cut_off_is_done_by_the_next_start(tmp_path: Path) -> None:
    app = node(tmp_path)
    with recording(tmp_path) as steps:
        with app.app_context():
            database.upgrade()
        disconnect([app])
    chance = random.Random(1)  # noqa: S311 (a failure can be repeated)
    for cut in range(len(steps)):
        for file in tmp_path.glob("*.sqlite3*"):
            file.unlink()
        for name, content in left_on_disk({}, steps[:cut], chance).items():
            (tmp_path / name).write_bytes(content)
        with app.app_context():
            database.upgrade()
            assert db.session.scalars(select(Question)).all() == []
        disconnect([app])


def test_questions_of_an_earlier_version_are_kept_until_their_time_is_over(tmp_path: Path) -> None:
    app = node(tmp_path)
    with app.app_context():
        database.alembic.upgrade("0001")
        for id_, state in enumerate(("waiting", "declined")):
            _insert({
                "id": id_, "receipt_hash": f"{id_}" * 64, "state": state, "lane": "open",
                "version": 1, "language": "en", "text": "Will it hurt?", "is_urgent": False,
                "notice": "0123456789ab", "asked_at": "2026-11-25 00:00:00.000000",
            })  # fmt: skip
        database.upgrade()
        assert db.session.scalars(select(Question.text)).all() == 2 * ["Will it hurt?"]
        assert db.session.scalars(select(Question.contact)).all() == 2 * [None]
        assert version_shown("0123456789ab") == "0123456789ab"
        assert erasure.purge(datetime(2026, 11, 25, tzinfo=UTC)) == 0
        assert erasure.purge(datetime(2026, 11, 26, tzinfo=UTC)) == 1
        assert db.session.scalars(select(Question.text)).all() == ["Will it hurt?", None]
    disconnect([app])


def _insert(columns: dict[str, object]) -> None:
    names, values = ", ".join(columns), ", ".join(f":{name}" for name in columns)
    insert = sqlalchemy.text(f"INSERT INTO question ({names}) VALUES ({values})")  # noqa: S608
    db.session.execute(insert, columns)
    db.session.commit()


def test_of_two_nodes_that_start_at_once_one_makes_the_tables(tmp_path: Path) -> None:
    with postgresql() as server:
        settings = {"REEDH_DATABASE_URL": server.url, "REEDH_INSTANCE_PATH": str(tmp_path)}
        app = create_app(settings)
        others = []

        def start_another(_connection: object, _cursor: object, statement: str, *_: Any) -> None:
            if "CREATE TABLE question" in statement:
                command = [sys.executable, "-m", "flask", "db", "upgrade"]
                others.append(subprocess.Popen(command, cwd=ROOT, env=os.environ | settings))
                wait_until_it_waits()

        def wait_until_it_waits() -> None:
            watching = sqlalchemy.create_engine(server.url, isolation_level="AUTOCOMMIT")
            with watching.connect() as connection:
                while not connection.exec_driver_sql(WAITING).scalar():
                    time.sleep(0.02)
            watching.dispose()

        with app.app_context():
            sqlalchemy.event.listen(db.engine, "before_cursor_execute", start_another)
            database.upgrade()
        disconnect([app])
        assert [other.wait(20) for other in others] == [0]
