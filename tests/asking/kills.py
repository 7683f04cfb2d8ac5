"""Kills of the server, and of PostgreSQL, while phones send; and what is there of what was sent."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy
from sqlalchemy import select

from blueprints.models import Question
from tests.asking.power_cuts import FILE
from tests.asking.submitter import Submitter
from tests.postgresql import PostgreSQL
from tests.serving import ROOT, free_port

# They would count requests together in a Redis; while it is away, nothing is counted.
TWO_PROCESSES = {"REEDH_PROCESSES": "2", "REEDH_LIMITS_URL": "redis://127.0.0.1:1"}
SUBMITTERS = 8
# So many kills come while the server starts.
STARTING = 0.1
STARTING_SECONDS = 2
AN_ANSWER_SECONDS = 0.02
LONGEST_WAIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Kills:
    of_server: int
    of_postgresql: int
    questions: int


class Server:
    """The production server of two processes, to kill and start again."""

    def __init__(self, port: int, **environ: str) -> None:
        self._environ = os.environ | environ | {"PORT": str(port), **TWO_PROCESSES}

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.asking.bare"],
            cwd=ROOT,
            env=self._environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # with each question it tells that nothing is counted
            start_new_session=True,
        )

    def restart_if_ended(self) -> None:
        """Do what a supervisor does for a server that PostgreSQL was not ready for."""
        if self._process.poll() is not None:
            self.kill()
            self.start()

    def kill(self) -> None:
        """Kill all its processes at once, and see them ended."""
        with suppress(ProcessLookupError):  # it has ended by itself
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()  # its output ends with the last process that has it


def kill_and_count(seed: int, kills: Kills, postgresql: PostgreSQL | None = None) -> Counter[str]:
    """Kill at random moments; count the answers, and what was lost or doubled.

    Raises:
        RuntimeError: no question was acknowledged for a minute.
    """
    port = free_port()
    chance = random.Random(seed)  # noqa: S311 (a failure can be repeated)
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / FILE}"
        if postgresql is not None:
            url = postgresql.create_database(f"kills_{seed}")
        server = Server(port, REEDH_INSTANCE_PATH=folder, REEDH_DATABASE_URL=url)
        submitters = [Submitter(port, f"{seed}/{number}") for number in range(SUBMITTERS)]
        server.start()
        for submitter in submitters:
            submitter.start()
        try:
            _kill(chance, kills, server, postgresql, submitters)
        finally:
            for submitter in submitters:
                submitter.stop()
            server.kill()
        return _counted(url, submitters)


def _kill(
    chance: random.Random,
    kills: Kills,
    server: Server,
    postgresql: PostgreSQL | None,
    submitters: Sequence[Submitter],
) -> None:
    victims: list[Server | PostgreSQL] = [server] * kills.of_server
    if postgresql is not None:
        victims += [postgresql] * kills.of_postgresql
    chance.shuffle(victims)
    between = kills.questions // len(victims)
    for number, victim in enumerate(victims):
        if chance.random() < STARTING:
            time.sleep(chance.uniform(0, STARTING_SECONDS))
        else:
            _wait_for(number * between + chance.randrange(1, between), submitters, server)
            time.sleep(chance.uniform(0, AN_ANSWER_SECONDS))
        victim.kill()
        victim.start()
    _wait_for(kills.questions, submitters, server)


def _wait_for(questions: int, submitters: Sequence[Submitter], server: Server) -> None:
    deadline = time.monotonic() + LONGEST_WAIT_SECONDS
    reached = _acknowledged(submitters)
    while (now := _acknowledged(submitters)) < questions:
        if now > reached:
            reached, deadline = now, time.monotonic() + LONGEST_WAIT_SECONDS
        if time.monotonic() > deadline:
            raise RuntimeError(f"{now} acknowledged, and no more for {LONGEST_WAIT_SECONDS} s")
        server.restart_if_ended()
        time.sleep(0.002)


def _acknowledged(submitters: Sequence[Submitter]) -> int:
    return sum(len(submitter.acknowledged) for submitter in submitters)


def _counted(url: str, submitters: Sequence[Submitter]) -> Counter[str]:
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(select(Question.receipt_hash, Question.text)).all()
    engine.dispose()
    kept = {row.receipt_hash: row.text for row in rows}
    found: Counter[str] = Counter(rows=len(rows))
    for submitter in submitters:
        sent = submitter.acknowledged
        found["acknowledged"] += len(sent)
        found["lost"] += sum(kept.get(receipt_hash) != sent[receipt_hash] for receipt_hash in sent)
        for status, number in submitter.answers.items():
            found[f"{status // 100}xx"] += number
        found["repeated"] += submitter.answers[200]
    found["doubled"] = len(rows) - min(len(kept), len({row.text for row in rows}))
    return found
