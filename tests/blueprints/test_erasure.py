"""What the notice says is erased is erased: by itself, in time, and nothing too early."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from app import create_app
from blueprints import audit, remains, sealing
from blueprints.database import db
from blueprints.models import AuditEntry, Question, Reason, State, Step
from blueprints.questions import erasure, receipts
from blueprints.upkeep import RETRY, Upkeep
from tests.blueprints.conftest import on_disk
from tests.publishing import publish, withdraw
from tests.ready import ready
from tests.serving import serving

NOW = datetime.now(UTC)
DAYS = 365
ADDRESS = "asha@example.org"
WAIT_SECONDS = 30
_READER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN")
connection.execute("SELECT count(*) FROM question").fetchone()
print("reads", flush=True)
sys.stdin.read()
"""
_numbers = count(1)


@pytest.fixture(scope="module")
def app(settings: dict[str, str]) -> Iterator[Flask]:
    with ready(settings) as app:
        yield app


@pytest.fixture
def sqlite_app(tmp_path: Path) -> Iterator[Flask]:
    with ready({"REEDH_INSTANCE_PATH": str(tmp_path)}) as app:
        yield app


def ask(app: Flask, asked: int, words: str = "Will it hurt?") -> int:
    """A question of so many days ago, with a name and an address; its id."""
    with app.app_context():
        question = Question(
            receipt_hash=receipts.hash_of(receipts.make()),
            article="why-spine-surgeries-fail",
            language="en",
            text=f"{words} {next(_numbers)}",
            name="Asha",
            contact=sealing.seal(ADDRESS),
            notice="",
            asked_at=NOW - timedelta(days=asked),
        )
        db.session.add(question)
        db.session.commit()
        return question.id


def decide(app: Flask, id_: int, step: str, decided: int) -> None:
    """Take a step so many days ago."""
    if step == "publish":
        publish(app, id_, en=("Will it hurt?", "A little."))
    elif step == "withdraw":
        withdraw(app, id_)
    with app.app_context():
        question = db.session.get_one(Question, id_)
        if step == "decline":
            question.decline(Reason.OTHER)
        elif step == "spam":
            question.mark_spam()
        if question.decided_at:
            question.decided_at = NOW - timedelta(days=decided)
        db.session.commit()


def kept(app: Flask, id_: int) -> set[str]:
    """What there still is of a question."""
    with app.app_context():
        question = db.session.get_one(Question, id_)
        held = {
            "text": question.text,
            "name": question.name,
            "contact": question.contact,
            "mail": question.mail,
            "answer": question.answer,
        }
        return {name for name, value in held.items() if value}


def purge(app: Flask) -> str:
    return app.test_cli_runner().invoke(args=["questions", "purge"]).output


def run_daily(app: Flask) -> None:
    Upkeep(app, erasure.TASK, lambda: NOW).run()


ALL = {"text", "name", "contact"}
CASES = {
    "declined yesterday, asked long ago": ("decline", 800, 1, ALL | {"mail"}),
    "declined a day less than the time": ("decline", 800, DAYS - 1, ALL | {"mail"}),
    "declined 14 months ago": ("decline", 430, 425, set()),
    "declined a day more than the time": ("decline", DAYS + 1, DAYS + 1, set()),
    "answered yesterday, asked long ago": ("publish", 800, 1, ALL | {"mail", "answer"}),
    "answered 14 months ago": ("publish", 430, 425, {"answer"}),
    "taken for advertising yesterday": ("spam", 800, 1, {"text", "name"}),
    "taken for advertising 14 months ago": ("spam", 430, 425, set()),
    "waiting for years": ("wait", 800, 0, ALL),
    "withdrawn": ("withdraw", 800, 0, set()),
}


@pytest.mark.parametrize("erase", [purge, run_daily])
@pytest.mark.parametrize("case", CASES)
def test_a_question_is_erased_by_the_day_of_its_decision(
    app: Flask, case: str, erase: Callable[[Flask], object]
) -> None:
    step, asked, decided, expected = CASES[case]
    id_ = ask(app, asked)
    decide(app, id_, step, decided)
    erase(app)
    assert kept(app, id_) == expected
    erase(app)
    with app.app_context():
        audit.verify()
        erased = select(AuditEntry).filter_by(question_id=id_, step=Step.ERASE)
        is_erased = "text" not in expected and step != "withdraw"
        assert len(db.session.scalars(erased).all()) == is_erased


def test_an_answer_that_is_revised_keeps_no_question_longer(app: Flask) -> None:
    id_ = ask(app, 800)
    decide(app, id_, "publish", 425)
    with app.app_context():
        answer = db.session.get_one(Question, id_).answer
        assert answer
        answer.published_at = NOW - timedelta(days=425)
        db.session.commit()
    publish(app, id_, en=("Will it hurt?", "For a week."))
    run_daily(app)
    assert kept(app, id_) == {"answer"}


def test_one_that_was_decided_on_a_day_that_nobody_noted_is_as_old_as_it_is(app: Flask) -> None:
    old, new = ask(app, DAYS + 1), ask(app, 1)
    with app.app_context():
        db.session.execute(
            update(Question).where(Question.id.in_((old, new))).values(state=State.DECLINED)
        )
        db.session.commit()
    run_daily(app)
    assert (kept(app, old), kept(app, new)) == (set(), {"text", "name"})


def test_it_is_done_at_the_start_and_daily_and_again_soon_when_it_failed(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    id_ = ask(app, 800, "Secret words")
    decide(app, id_, "decline", 800)
    now = NOW
    upkeep = Upkeep(app, erasure.TASK, lambda: now)
    with app.app_context():
        is_sqlite = db.engine.dialect.name == "sqlite"
        lock = "BEGIN IMMEDIATE" if is_sqlite else "LOCK TABLE question IN EXCLUSIVE MODE"
        with db.engine.connect() as other:
            other.execute(text(lock))
            upkeep.run()
            other.rollback()
    assert kept(app, id_) == ALL | {"mail"}
    assert [record.getMessage() for record in caplog.records] == [
        "The daily erasure failed and is tried again: UnfinishedError"
    ]
    assert timedelta() < timedelta(seconds=upkeep.pause.total_seconds()) <= RETRY
    upkeep.run()
    assert kept(app, id_) == set()
    later = ask(app, 800)
    decide(app, later, "decline", DAYS)
    now += timedelta(hours=23)
    upkeep.run()
    assert "text" in kept(app, later)
    now += timedelta(hours=1)
    upkeep.run()
    assert kept(app, later) == set()


def test_a_question_that_cannot_be_erased_holds_up_no_other(app: Flask) -> None:
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            pytest.skip("SQLite locks the whole database")
    held, free = ask(app, 800), ask(app, 800)
    for id_ in (held, free):
        decide(app, id_, "decline", 800)
    with app.app_context(), db.engine.connect() as other:
        other.execute(select(Question.id).filter_by(id=held).with_for_update())
        assert "1 could not be erased" in purge(app)
        assert (kept(app, held), kept(app, free)) == (ALL | {"mail"}, set())
        other.rollback()
    purge(app)
    assert kept(app, held) == set()


@contextmanager
def reading(app: Flask) -> Iterator[None]:
    """Another process reads the database meanwhile, as a backup does."""
    path = Path(app.config["REEDH"].instance_path) / "reedh.sqlite3"
    with subprocess.Popen(
        [sys.executable, "-c", _READER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == b"reads\n"
        yield
        reader.communicate()


def test_a_withdrawn_text_leaves_the_log_when_a_reader_has_ended_also_after_a_restart(
    sqlite_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    folder = Path(sqlite_app.config["REEDH"].instance_path)
    id_ = ask(sqlite_app, 1, canary := f"canary-{receipts.make()}")
    with reading(sqlite_app):
        withdraw(sqlite_app, id_)
        assert "stays in its log" in caplog.text
        caplog.clear()
        upkeep = Upkeep(sqlite_app, remains.TASK)
        upkeep.run()
        upkeep.run()
        assert [record.getMessage() for record in caplog.records] == [
            "The emptying of SQLite's log failed and is tried again: StillReadError"
        ]
        assert "stays in its log" in purge(sqlite_app)
        assert canary.encode() in on_disk(folder)
    restarted = create_app({"REEDH_INSTANCE_PATH": str(folder)})
    Upkeep(restarted, remains.TASK).run()
    assert canary.encode() not in on_disk(folder)
    with restarted.app_context():
        assert remains.remove()
        db.engine.dispose()


def test_what_is_erased_by_age_leaves_the_log_too(sqlite_app: Flask) -> None:
    folder = Path(sqlite_app.config["REEDH"].instance_path)
    id_ = ask(sqlite_app, 800, canary := f"canary-{receipts.make()}")
    decide(sqlite_app, id_, "decline", 800)
    with reading(sqlite_app):
        run_daily(sqlite_app)
        assert canary.encode() in on_disk(folder)
    Upkeep(sqlite_app, remains.TASK).run()
    assert canary.encode() not in on_disk(folder)


def test_nobody_who_writes_waits_for_the_log(sqlite_app: Flask) -> None:
    id_ = ask(sqlite_app, 1)
    with reading(sqlite_app):
        began = time.monotonic()
        withdraw(sqlite_app, id_)
        assert time.monotonic() - began < 1
        with sqlite_app.app_context():
            assert not remains.remove()
    with sqlite_app.app_context():
        assert db.session.execute(text("PRAGMA busy_timeout")).scalar() == 3000


def test_the_running_site_erases_at_its_start_and_empties_the_log(sqlite_app: Flask) -> None:
    ids = {case: ask(sqlite_app, asked) for case, (_step, asked, *_) in CASES.items()}
    for case, (step, _asked, decided, _expected) in CASES.items():
        decide(sqlite_app, ids[case], step, decided)
    folder = Path(sqlite_app.config["REEDH"].instance_path)
    with serving(REEDH_INSTANCE_PATH=str(folder)):
        wait_until(lambda: all(kept(sqlite_app, ids[case]) == CASES[case][3] for case in CASES))
        id_ = ask(sqlite_app, 1, canary := f"canary-{receipts.make()}")
        with reading(sqlite_app):
            withdraw(sqlite_app, id_)
            assert canary.encode() in on_disk(folder)
        wait_until(lambda: canary.encode() not in on_disk(folder))


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)
