"""Power cuts while questions are taken in: what the disk may hold then, and what SQLite reads.

After a cut the disk holds all that was synchronised before. Every later step is done or not, and
of a write not done whole, half the time some sectors are. Nothing beside a write is harmed, which
is what SQLite takes for granted (https://www.sqlite.org/psow.html).
"""

from __future__ import annotations

import random
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy
from flask import Flask
from sqlalchemy import select

from app import create_app
from blueprints import database
from blueprints.database import db
from blueprints.models import Lane, Question
from blueprints.questions import erasure, intake, receipts
from tests.asking.recording import Delete, Step, Sync, Truncate, Write, recording

FILE = "reedh.sqlite3"
SECTOR = 512
NODES = 2
# Enough for SQLite to copy its log into the database by itself, and begin the log anew.
QUESTIONS = 300
CUTS = 50


@dataclass(frozen=True, slots=True)
class Promise:
    """From here on, the text of a question is one of these; none once it has been withdrawn."""

    receipt_hash: str
    texts: tuple[str | None, ...]


Take = Callable[[intake.Asked], object]


def cut_power(
    seed: int,
    cuts: int = CUTS,
    *,
    synchronous: int | None = None,
    take: Take = intake.take,
) -> Counter[str]:
    """Ask, and cut the power at so many moments of it; count what was promised, and lost.

    `synchronous` is another value than production's, and `take` another way to take a question.
    """
    chance = random.Random(seed)  # noqa: S311 (a failure can be repeated)
    found: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        apps = [node(Path(folder), synchronous) for _ in range(NODES)]
        with apps[0].app_context():
            database.upgrade()
        disconnect(apps)
        start = {FILE: (Path(folder) / FILE).read_bytes()}
        with recording(Path(folder)) as steps:
            _ask(apps, steps, chance, take)
            disconnect(apps)
    for _ in range(cuts):
        done = steps[: chance.randrange(len(steps))]
        promises = (step for step in done if isinstance(step, Promise))
        found += _compared(left_on_disk(start, done, chance), promises)
    return found


def left_on_disk(
    start: dict[str, bytes], done: Sequence[Step | Promise], chance: random.Random
) -> dict[str, bytes]:
    """The files after a power cut that came when all of `done` had been."""
    files = {name: bytearray(content) for name, content in start.items()}
    safe = {step.file: place for place, step in enumerate(done) if isinstance(step, Sync)}
    undeleted = set()
    for place, step in enumerate(done):
        if isinstance(step, Promise | Sync) or step.file in undeleted:
            continue
        is_safe = place < safe.get(step.file, 0) or (isinstance(step, Delete) and step.is_synced)
        if is_safe or chance.random() < 0.5:
            _do(step, files)
        elif isinstance(step, Delete):
            undeleted.add(step.file)  # what was written since went into a file without a name
        elif isinstance(step, Write) and chance.random() < 0.5:
            for sector in _sectors(step):
                if chance.random() < 0.5:
                    _do(sector, files)
    return {name: bytes(content) for name, content in files.items()}


def _do(step: Write | Truncate | Delete, files: dict[str, bytearray]) -> None:
    if isinstance(step, Delete):
        files.pop(step.file, None)
        return
    content = files.setdefault(step.file, bytearray())
    if isinstance(step, Truncate):
        del content[step.size :]
        return
    content.extend(bytes(max(0, step.offset - len(content))))
    content[step.offset : step.offset + len(step.data)] = step.data


def _sectors(write: Write) -> Iterable[Write]:
    end = write.offset + len(write.data)
    borders = range(write.offset // SECTOR * SECTOR + SECTOR, end, SECTOR)
    for start, stop in zip([write.offset, *borders], [*borders, end], strict=True):
        yield Write(write.file, start, write.data[start - write.offset : stop - write.offset])


def node(folder: Path, synchronous: int | None = None) -> Flask:
    """One of several processes that have the same database."""
    app = create_app({"REEDH_INSTANCE_PATH": str(folder)})
    if synchronous is not None:
        with app.app_context():
            engine = db.engine
        pragma = f"PRAGMA synchronous={synchronous}"
        sqlalchemy.event.listen(engine, "connect", lambda connection, _: connection.execute(pragma))
    return app


def disconnect(apps: Iterable[Flask]) -> None:
    for app in apps:
        with app.app_context():
            db.engine.dispose()


def _ask(
    apps: Sequence[Flask], steps: list[Step | Promise], chance: random.Random, take: Take
) -> None:
    """Ask at any node; now and then withdraw a question, or end a node."""
    waiting: list[Promise] = []
    for _ in range(QUESTIONS):
        app = chance.choice(apps)
        with app.app_context():
            asked = _asked(chance)
            take(asked)
            waiting.append(Promise(asked.receipt_hash, (asked.text,)))
            steps.append(waiting[-1])
            if chance.random() < 0.03:
                _withdraw(waiting.pop(chance.randrange(len(waiting))), steps)
        if chance.random() < 0.03:
            disconnect([app])


def _asked(chance: random.Random) -> intake.Asked:
    receipt = "".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=26))
    return intake.Asked(
        receipt_hash=receipts.hash_of(receipt),
        text=f"{receipt} {'दर्द ' * chance.randrange(800)}",
        name="",
        contact="",
        language="hi",
        article="why-spine-surgeries-fail",
        notice="1",
        is_urgent=False,
        lane=Lane.OPEN,
    )


def _withdraw(promise: Promise, steps: list[Step | Promise]) -> None:
    named = select(Question).filter_by(receipt_hash=promise.receipt_hash)
    question = db.session.scalars(named).one()
    steps.append(Promise(promise.receipt_hash, (*promise.texts, None)))
    erasure.withdraw(question.id)
    steps.append(Promise(promise.receipt_hash, (None,)))


def _compared(files: dict[str, bytes], promises: Iterable[Promise]) -> Counter[str]:
    """What SQLite reads from `files`, beside what was promised."""
    kept = {promise.receipt_hash: promise.texts for promise in promises}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        connection = sqlite3.connect(Path(folder) / FILE)
        try:
            intact = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            texts = dict(connection.execute("SELECT receipt_hash, text FROM question"))
        except sqlite3.DatabaseError:
            intact, texts = False, {}
        finally:
            connection.close()
    lost = sum(texts.get(receipt_hash, "") not in kept[receipt_hash] for receipt_hash in kept)
    return Counter(cuts=1, promised=len(kept), lost=lost, broken=not intact)
