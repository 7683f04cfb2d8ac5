"""Whether one more question has room: the disk is not full, and the queue can still be read."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import current_app
from limits import RateLimitItemPerHour
from sqlalchemy import func, select

from blueprints import limits
from blueprints.database import db
from blueprints.models import Lane, Question, State

AGAIN_SECONDS = 3600
_LOGGED = RateLimitItemPerHour(1, namespace="no-room")
_MEGABYTE = 10**6


def has_room(lane: Lane) -> bool:
    """Whether one more question may wait in `lane`.

    What looks like spam gets half of the queue, so that it takes no patient's place.
    """
    most: int = current_app.config["REEDH"].queue_limit
    has = _waiting() < most and (lane != Lane.HELD or _waiting(lane) < most // 2)
    if has and _is_disk_free():
        return True
    if limits.hit(_LOGGED, ""):
        current_app.logger.warning(
            "No more questions are taken: %s. Phones keep them and send them later.",
            "the disk is nearly full" if has else "REEDH_QUEUE_LIMIT is reached",
        )
    return False


def _waiting(lane: Lane | None = None) -> int:
    waiting = select(func.count()).where(Question.state == State.WAITING)
    return db.session.scalars(waiting.where(Question.lane == lane) if lane else waiting).one()


def _is_disk_free() -> bool:
    """Whether SQLite's disk has room for what is written beside questions too."""
    url = db.engine.url
    if db.engine.dialect.name != "sqlite" or not url.database:
        return True
    needed: int = current_app.config["REEDH"].free_disk_mb
    return shutil.disk_usage(Path(url.database).parent).free >= needed * _MEGABYTE
