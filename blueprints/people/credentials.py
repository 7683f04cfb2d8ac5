"""Whether somebody knows what only one person knows; wrong tries are counted."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app
from limits import RateLimitItemPerMinute
from sqlalchemy import select

from blueprints import limits
from blueprints.database import db
from blueprints.models import Person
from blueprints.people import delays, devices, passwords, second_factor

# A whole team behind one address signs in at once; a program that tries passwords does more.
FROM_ONE_NETWORK = RateLimitItemPerMinute(60, 10, namespace="sign-in")


def person_with(email: str, password: str) -> Person | None:
    """Who has this address and this password, if they may sign in.

    Raises:
        TooSoonError: there were too many wrong tries.
    """
    if not limits.hit(FROM_ONE_NETWORK, limits.network()):
        seconds = limits.seconds_left(FROM_ONE_NETWORK, limits.network())
        raise delays.TooSoonError(seconds)
    found = db.session.scalars(select(Person).filter_by(email=email)).one_or_none()
    person = found if found and found.is_active else None
    return person if _tried(email, email, lambda: _is_password(person, password)) else None


def is_password_of(person: Person, password: str) -> bool:
    """Whether somebody who is signed in knows their password.

    Raises:
        TooSoonError: as above.
    """
    return _tried(person.email, person.email, lambda: _is_password(person, password))


def is_code_of(person: Person, typed: str) -> bool:
    """Whether this code is good for once, and now used.

    Raises:
        TooSoonError: as above.
    """
    return _tried(f"code {person.id}", person.email, lambda: second_factor.take(person, typed))


def forgive(person: Person) -> None:
    """Begin counting anew."""
    for subject in (person.email, f"code {person.id}"):
        delays.forget(_counted(subject))


def _tried(subject: str, email: str, is_right: Callable[[], bool]) -> bool:
    counted = _counted(subject, devices.known(email))
    delays.count(counted)
    if is_right():
        delays.forget(counted)
        return True
    current_app.logger.warning("A password or a code was wrong, from %s.", limits.network()[:12])
    return False


def _counted(subject: str, device: str = "") -> str:
    return f"{subject} {device}"


def _is_password(person: Person | None, password: str) -> bool:
    # Each way costs one verification, so that time does not tell which addresses are known.
    is_right = passwords.verify(password, person.password_hash if person else None)
    if person and is_right and passwords.is_outdated(person.password_hash or ""):
        person.password_hash = passwords.hash_of(password)
    return is_right
