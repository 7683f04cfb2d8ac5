"""The audit is only added to, and whatever else is done to it is found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from blueprints import audit
from blueprints.audit import ChainError, Head
from blueprints.audit.chain import _hash
from blueprints.database import db
from blueprints.models import AuditEntry, AuditHead, Person, Role
from tests.moderation.racing import at_once
from tests.ready import ready

ENTRIES = 6
THREADS = 8

Tamper = Callable[[], None]


@pytest.fixture(scope="module")
def app(settings: dict[str, str]) -> Iterator[Flask]:
    with ready(settings) as app:
        with app.app_context():
            by = Person(
                email="meera@example.org",
                names={"en": "Dr Meera Rao"},
                role=Role.MODERATOR,
                created_at=datetime.now(UTC),
            )
            db.session.add(by)
            db.session.flush()
            for number in range(ENTRIES):
                audit.record("tried", by, None, number=number)
            db.session.commit()
        yield app


@contextmanager
def intruding(app: Flask) -> Iterator[None]:
    """Let what somebody with the whole database in their hands does be seen, and then undo it."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            db.session.execute(text("BEGIN"))
            triggers = select(text("name")).select_from(text("sqlite_master WHERE type='trigger'"))
            for name in db.session.scalars(triggers).all():
                db.session.execute(text(f"DROP TRIGGER {name}"))
        else:
            db.session.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
        yield
        db.session.rollback()


def statements(app: Flask) -> list[str]:
    refused = [
        "UPDATE audit SET step = 'another' WHERE seq = 2",
        "UPDATE audit SET step = step",
        "DELETE FROM audit WHERE seq = 2",
        "DELETE FROM audit",
    ]
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            return [*refused, "TRUNCATE audit", "TRUNCATE audit, person CASCADE"]
    again = (
        "INSERT OR REPLACE INTO audit (seq, at, step, detail, hash) "
        "SELECT seq, at, 'another', detail, hash FROM audit"
    )
    return [*refused, again]


def test_the_database_refuses_to_change_or_remove_an_entry(app: Flask) -> None:
    for statement in statements(app):
        with app.app_context():
            with pytest.raises(DBAPIError, match="only added to"):
                db.session.execute(text(statement))
            db.session.rollback()
            assert audit.verify().seq >= ENTRIES


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("person_id", None),
        ("step", "another"),
        ("question_id", 7),
        ("version", 7),
        ("detail", {"number": 7}),
        ("hash", "0" * 64),
        ("seq", 1000),
    ],
)
@pytest.mark.parametrize("seq", [1, 3, ENTRIES])
def test_a_changed_field_is_found(app: Flask, column: str, value: Any, seq: int) -> None:
    with intruding(app):
        _change(seq, **{column: value})
        with pytest.raises(ChainError):
            audit.verify()


def remove_from_the_middle() -> None:
    db.session.execute(delete(AuditEntry).where(AuditEntry.seq == 3))


def remove_and_close_the_gap() -> None:
    remove_from_the_middle()
    for seq in range(4, _head().seq + 1):
        _change(seq, seq=seq - 1)
    _set_head(_head().seq - 1, _head().hash)


def cut_off_the_end() -> None:
    db.session.execute(delete(AuditEntry).where(AuditEntry.seq > 3))


def remove_all() -> None:
    db.session.execute(delete(AuditEntry))


def put_one_in() -> None:
    for seq in range(_head().seq, 2, -1):
        _change(seq, seq=seq + 1)
    db.session.execute(insert(AuditEntry).values(_entry(2) | {"seq": 3}))
    _set_head(_head().seq + 1, _head().hash)


def put_one_at_the_end() -> None:
    db.session.execute(insert(AuditEntry).values(_entry(2) | {"seq": _head().seq + 1}))


def swap_two() -> None:
    _change(3, seq=1000)
    _change(4, seq=3)
    _change(1000, seq=4)


def swap_what_two_say() -> None:
    third, fourth = _entry(3), _entry(4)
    _change(3, detail=fourth["detail"], at=fourth["at"])
    _change(4, detail=third["detail"], at=third["at"])


def forget_the_head() -> None:
    db.session.execute(delete(AuditHead))


@pytest.mark.parametrize(
    "tamper",
    [
        remove_from_the_middle,
        remove_and_close_the_gap,
        cut_off_the_end,
        remove_all,
        put_one_in,
        put_one_at_the_end,
        swap_two,
        swap_what_two_say,
        forget_the_head,
    ],
)
def test_what_was_removed_put_in_or_moved_is_found(app: Flask, tamper: Tamper) -> None:
    with intruding(app):
        tamper()
        with pytest.raises(ChainError):
            audit.verify()
        assert app.test_cli_runner().invoke(args=["audit", "verify"]).exit_code == 1


def cut_off_the_end_and_the_head() -> None:
    cut_off_the_end()
    _set_head(3, _entry(3)["hash"])


def write_all_anew() -> None:
    """As somebody can who knows how the hashes are made."""
    _change(3, step="another")
    before = _entry(2)["hash"]
    for seq in range(3, _head().seq + 1):
        before = _hash(AuditEntry(**_entry(seq)), before)
        _change(seq, hash=before)
    _set_head(_head().seq, before)


@pytest.mark.parametrize("tamper", [cut_off_the_end_and_the_head, write_all_anew])
def test_what_the_database_alone_cannot_tell_an_earlier_head_does(
    app: Flask, tamper: Tamper
) -> None:
    with intruding(app):
        kept = audit.verify()
        tamper()
        audit.verify()
        with pytest.raises(ChainError, match="noted"):
            audit.verify(kept)


def test_the_commands(app: Flask) -> None:
    runner = app.test_cli_runner()
    told = runner.invoke(args=["audit", "verify"])
    assert told.exit_code == 0
    head = told.output.rpartition(" ")[2].strip()
    assert told.output == f"{head.partition(':')[0]} entries, whole. Head: {head}\n"
    with app.app_context():
        audit.record("tried", None)
        db.session.commit()
    assert runner.invoke(args=["audit", "verify", "--head", head]).exit_code == 0
    unknown = runner.invoke(args=["audit", "verify", "--head", f"2:{'0' * 64}"])
    assert (unknown.exit_code, "The audit is broken" in unknown.output) == (1, True)
    assert runner.invoke(args=["audit", "verify", "--head", "yesterday"]).exit_code == 2
    exported = runner.invoke(args=["audit", "export"])
    lines = [json.loads(line) for line in exported.output.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, len(lines) + 1))
    assert lines[1] == lines[1] | {"step": "tried", "detail": {"number": 1}, "question": None}
    assert datetime.fromisoformat(lines[1]["at"]).tzinfo


def test_those_who_record_at_once_make_one_chain_at_every_moment(app: Flask) -> None:
    def record() -> None:
        for number in range(5):
            with app.app_context():
                audit.record("tried", None, number=number)
                db.session.commit()

    def verify() -> None:
        for _ in range(20):
            with app.app_context():
                audit.verify()

    with app.app_context():
        before = audit.verify().seq
    at_once([verify, *[record] * THREADS])
    with app.app_context():
        assert audit.verify().seq == before + 5 * THREADS


def _change(entry: int, **values: Any) -> None:
    changed = update(AuditEntry).where(AuditEntry.seq == entry).values(values)
    db.session.execute(changed.execution_options(synchronize_session=False))
    db.session.expire_all()


def _entry(seq: int) -> dict[str, Any]:
    columns = AuditEntry.__table__.columns
    row = db.session.execute(select(*columns).where(AuditEntry.seq == seq)).one()
    return dict(row._mapping)


def _head() -> Head:
    return Head(*db.session.execute(select(AuditHead.seq, AuditHead.hash)).one())


def _set_head(seq: int, digest: str) -> None:
    db.session.execute(update(AuditHead).values(seq=seq, hash=digest))
