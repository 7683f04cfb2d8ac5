"""What a running site does by itself from its start on, beside the requests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Thread

from flask import Flask

# What failed is tried again so soon, and nobody sleeps longer: a machine may have been suspended.
RETRY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Task:
    """Work that is due at the start and `every` so often; it is given the present moment.

    Several processes and nodes do it at once. The name stands in the log.
    """

    name: str
    every: timedelta
    work: Callable[[datetime], object]


def start(app: Flask, tasks: Iterable[Task]) -> None:
    """Do each task when it is due from now on, in a thread of its own: one may take long."""
    for task in tasks:
        Thread(target=_keep_on, args=(Upkeep(app, task),), name=task.name, daemon=True).start()


class Upkeep:
    """Does one task whenever it is due by `clock`; no failure ends it."""

    def __init__(
        self, app: Flask, task: Task, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.pause = min(task.every, RETRY)
        self._app = app
        self._task = task
        self._clock = clock
        self._done_at: datetime | None = None
        self._failure = ""

    def run(self) -> None:
        """Do the task if it is due, or if it failed."""
        now = self._clock()
        # A clock that was set back makes it due too.
        if self._done_at and timedelta() <= now - self._done_at < self._task.every:
            return
        try:
            with self._app.app_context():
                self._task.work(now)
        except Exception as error:
            self._log(type(error).__name__)
        else:
            self._done_at, self._failure = now, ""

    def _log(self, failure: str) -> None:
        # The text of an error may repeat what was read; of each kind one line will do.
        if failure != self._failure:
            self._failure = failure
            self._app.logger.warning(
                "The %s failed and is tried again: %s", self._task.name, failure
            )


def _keep_on(upkeep: Upkeep) -> None:
    while True:
        upkeep.run()
        time.sleep(upkeep.pause.total_seconds())
