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
from blueprints.people.delays import Subject

# A whole team behind one address signs in at once; a program that tries passwords does more.
FROM_ONE_NETWORK = RateLimitItemPerMinute(60, 10, namespace="sign-in")


def person_with(email: str, password: str) -> Person | None:
    """Who has this address and this password, if they may sign in.

    A browser in which that person has signed in before is counted by itself, not by its network:
    others who share the network cannot hold it up.

    Raises:
        TooSoonError: there were too many wrong tries.
    """
    if not devices.known(email):
        _count_for_network()
    found = db.session.scalars(select(Person).filter_by(email=email)).one_or_none()
    person = found if found and found.is_active else None
    return (
        person
        if _tried(_password_of(email), email, lambda: _is_password(person, password))
        else None
    )


def is_password_of(person: Person, password: str) -> bool:
    """Whether somebody who is signed in knows their password.

    Raises:
        TooSoonError: as above.
    """
    return _tried(_password_of(person.email), person.email, lambda: _is_password(person, password))


def is_code_of(person: Person, typed: str) -> bool:
    """Whether this code is good for once, and now used.

    Raises:
        TooSoonError: as above.
    """
    return _tried(_code_of(person), person.email, lambda: second_factor.take(person, typed))


def forgive(person: Person) -> None:
    """Begin counting anew."""
    for subject in (_password_of(person.email), _code_of(person)):
        delays.forget(subject)


def _count_for_network() -> None:
    if not limits.hit(FROM_ONE_NETWORK, limits.network()):
        seconds = limits.seconds_left(FROM_ONE_NETWORK, limits.network())
        raise delays.TooSoonError(seconds)


def _tried(subject: Subject, email: str, is_right: Callable[[], bool]) -> bool:
    here = subject._replace(device=devices.known(email))
    delays.count(here)
    if is_right():
        delays.forget(here)
        return True
    current_app.logger.warning("A password or a code was wrong, from %s.", limits.network()[:12])
    return False


def _password_of(email: str) -> Subject:
    return Subject("password", email)


def _code_of(person: Person) -> Subject:
    return Subject("code", str(person.id))


def _is_password(person: Person | None, password: str) -> bool:
    # Each way costs one verification, so that time does not tell which addresses are known.
    is_right = passwords.verify(password, person.password_hash if person else None)
    if person and is_right and passwords.is_outdated(person.password_hash or ""):
        person.password_hash = passwords.hash_of(password)
    return is_right
