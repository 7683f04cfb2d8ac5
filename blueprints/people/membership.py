"""Whether somebody may sign in at all."""

from __future__ import annotations

from blueprints import audit
from blueprints.database import db
from blueprints.models import Person
from blueprints.people import sessions


def shut_out(person: Person, by: Person | None) -> None:
    """Sign somebody out everywhere, for good; `by` an admin, or None for the operator."""
    person.is_active = False
    sessions.revoke(person)
    _record("user-disabled", person, by)


def let_in(person: Person, by: Person | None) -> None:
    """Let somebody sign in again."""
    person.is_active = True
    _record("user-enabled", person, by)


def _record(step: str, person: Person, by: Person | None) -> None:
    audit.record(step, by, None, of=person.id)
    db.session.commit()
