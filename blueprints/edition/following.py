"""The edition of a running site follows what it is made of."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

from flask import Flask

from blueprints.edition.publish import Publisher, PublishError

EVERY_SECONDS = 0.25
# Whoever cannot tell for so long whether an answer was removed shows none.
PATIENCE_SECONDS = 10


def follow(app: Flask) -> None:
    """Make the next edition of `app` whenever its inputs change, from now on."""
    Follower(app, app.extensions["edition"]).start()


def keep_on(app: Flask, name: str, work: Callable[[], None], rest: Callable[[float], Any]) -> None:
    """Do `work` every quarter of a second in a thread of its own; no failure ends it."""

    def loop() -> None:
        said = ""
        while True:
            try:
                work()
                said = ""
            except Exception as error:
                # The text of an error may repeat what was read; of each kind one line will do.
                if said != type(error).__name__:
                    said = type(error).__name__
                    app.logger.warning("The %s does not follow: %s", name, said)
            rest(EVERY_SECONDS)

    Thread(target=loop, name=name, daemon=True).start()


class Follower:
    """Two threads: where the one that reads hangs with the database, the other goes on."""

    def __init__(self, app: Flask, publisher: Publisher) -> None:
        self._app = app
        self._publisher = publisher
        self._last = self._made_of = publisher.edition.inputs
        self._unread: Any = None
        self._read_at = time.monotonic()
        self._news = Event()

    def start(self) -> None:
        keep_on(self._app, "change number", self._read, time.sleep)
        keep_on(self._app, "edition", self._publish, self._news.wait)

    def _read(self) -> None:
        with self._app.app_context():
            found = self._publisher.inputs.read(self._last)
        self._read_at = time.monotonic()
        if found is not self._last:
            self._last = found
            self._news.set()

    def _publish(self) -> None:
        self._news.clear()
        if time.monotonic() - self._read_at < PATIENCE_SECONDS:
            wanted, self._unread = self._last, None
        else:
            self._unread = self._unread or self._publisher.inputs.unread(self._last)
            wanted = self._unread
        if wanted is self._made_of:
            return self._publisher.compress_further()
        self._made_of = wanted
        try:
            self._publisher.publish(wanted)
        except PublishError:
            # What was taken away must go, whatever it is that cannot be shown.
            self._publisher.publish(self._publisher.inputs.unread(wanted))
            raise
