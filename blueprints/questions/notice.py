"""The notice to those who ask: what is kept, why, for how long, and whom to complain to.

Its version is kept with each question. The database keeps every notice that the site has shown, as
a question may wait on a phone for weeks while the notice changes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from flask import current_app, render_template
from sqlalchemy.dialects import postgresql, sqlite

from blueprints.database import db
from blueprints.languages import all_languages, current, speaking
from blueprints.models import Notice
from blueprints.questions.site import bp, takes_questions
from blueprints.upkeep import Task

_VERSION = re.compile(r"[0-9a-f]{12}")


class _Shown(NamedTuple):
    """A notice in one language; its version is twelve hex digits of its hash."""

    version: str
    text: str


@bp.get("/<language:language>/privacy")
def privacy() -> str:
    return render_template("questions/privacy.html", **_facts())


def notice_version(told: str | None = None) -> str:
    """The version that a page tells: one that came with a form comes back with it."""
    return told if told and _VERSION.fullmatch(told) else _todays()[current().code].version


def version_shown(told: str | None) -> str:
    """The version that a browser told, if this site has shown such a notice; else none.

    Raises:
        DBAPIError, TimeoutError: the database is busy or away.
    """
    if not told or not _VERSION.fullmatch(told):
        return ""
    is_todays = any(told == notice.version for notice in _todays().values())
    return told if is_todays or db.session.get(Notice, told) is not None else ""


def record(now: datetime) -> None:
    """Keep today's notice in every language, if it is shown.

    Raises:
        DBAPIError, TimeoutError: the database is busy or away.
    """
    if not takes_questions():
        return
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    shown = [
        {"version": version, "language": language, "text": text, "shown_since": now}
        for language, (version, text) in _todays().items()
    ]
    db.session.execute(insert(Notice).on_conflict_do_nothing(), shown)
    db.session.commit()


# At each start, since only a start changes the notice.
TASK = Task("recording of the notice", timedelta(days=1), record)


def _todays() -> Mapping[str, _Shown]:
    """By language; the same as long as the process lives."""
    made: dict[str, _Shown] = current_app.extensions.setdefault("notices", {})
    for language in all_languages():
        if language.code not in made:
            made[language.code] = _in_language(language.code)
    return made


def _in_language(code: str) -> _Shown:
    with speaking(code):
        text = render_template("questions/_notice.html", **_facts())
    return _Shown(hashlib.sha256(text.encode()).hexdigest()[:12], text)


def _facts() -> dict[str, object]:
    settings = current_app.config["REEDH"]
    return {
        "grievance_contact": settings.grievance_contact,
        "retention_days": settings.retention_days,
    }
