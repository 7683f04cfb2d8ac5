"""Several people who act at the same moment."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import TypeVar

from flask import Flask
from sqlalchemy.orm.exc import StaleDataError

from blueprints.moderation.drafting import ConflictError

T = TypeVar("T")


def at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """What each gives, when all begin together."""
    barrier = Barrier(len(acts))

    def begin(act: Callable[[], T]) -> T:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(begin, acts))


def attempts(app: Flask, *acts: Callable[[], object]) -> list[bool]:
    """Which were done, of acts that begin together; the others found that one was before them."""

    def attempt(act: Callable[[], object]) -> bool:
        with app.app_context():
            try:
                act()
            except (ConflictError, StaleDataError):
                return False
            return True

    return at_once([partial(attempt, act) for act in acts])
