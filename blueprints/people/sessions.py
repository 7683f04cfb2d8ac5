"""Where people are signed in: rows that can be seen, and taken away, at any time.

The limits follow NIST SP 800-63B-4, section 2.2.3, for two factors: an hour without use, and less
than a day in all. A clinician's phone is out of the pocket all day, so it is half a day.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from flask import Response, current_app, g, request
from sqlalchemy import delete, select, update

from blueprints import csrf
from blueprints.database import BUSY, db
from blueprints.models import Person, SignIn
from blueprints.people import cookies, devices

IDLE = timedelta(hours=1)
ABSOLUTE = timedelta(hours=12)
# Between the password and the code.
HALFWAY = timedelta(minutes=15)
_NOTED_EACH = timedelta(minutes=1)


def begin(person: Person) -> str:
    """Sign `person` in with the password; gives the token for `hand_over`.

    Form tokens from before, which others may know, end here.
    """
    now = datetime.now(UTC)
    db.session.execute(
        delete(SignIn).where((SignIn.seen_at < now - IDLE) | (SignIn.created_at < now - ABSOLUTE))
    )
    if here := current():
        db.session.execute(delete(SignIn).filter_by(id=here.id))
    csrf.renew()
    token = secrets.token_urlsafe(32)
    g.sign_in = SignIn(
        token_hash=_hash(token),
        person=person,
        has_second_factor=False,
        device=devices.describe(request.user_agent.string),
        created_at=now,
        seen_at=now,
    )
    db.session.add(g.sign_in)
    _look_again()
    return token


def prove(sign_in: SignIn) -> str:
    """Note that the second factor was shown; gives a new token, as it now opens more."""
    csrf.renew()
    token = secrets.token_urlsafe(32)
    sign_in.token_hash = _hash(token)
    sign_in.has_second_factor = True
    sign_in.offered_secret = None
    _look_again()
    return token


def hand_over(response: Response, token: str) -> None:
    # With an age, as phones close their browsers unasked.
    cookies.write(response, "moderator", token, ABSOLUTE)


def end(response: Response) -> None:
    """Sign out here."""
    if here := current():
        db.session.execute(delete(SignIn).filter_by(id=here.id))
        db.session.commit()
        g.sign_in = None
        _look_again()
    csrf.renew()
    cookies.remove(response, "moderator")


def current() -> SignIn | None:
    """The one of this request, also while its second factor has not been shown."""
    if "sign_in" not in g:
        token = cookies.read("moderator")
        g.sign_in = _find(token) if token else None
    sign_in: SignIn | None = g.sign_in
    return sign_in


def person() -> Person | None:
    """Who is signed in, with all that it takes."""
    here = current()
    return here.person if here and not lacks_second_factor(here) else None


def halfway() -> SignIn | None:
    """The one of this request, while its second factor has not been shown."""
    here = current()
    return here if here and lacks_second_factor(here) else None


def lacks_second_factor(sign_in: SignIn) -> bool:
    is_needed = sign_in.person.totp_secret or current_app.config["REEDH"].is_production
    return bool(is_needed) and not sign_in.has_second_factor


def of(person: Person) -> Sequence[SignIn]:
    """All of a person's, the last used first."""
    found = select(SignIn).filter_by(person_id=person.id).order_by(SignIn.seen_at.desc())
    return [each for each in db.session.scalars(found) if not _is_over(each)]


def revoke(person: Person, but: SignIn | None = None) -> None:
    """Sign `person` out everywhere, or everywhere else."""
    rows = delete(SignIn).filter_by(person_id=person.id)
    db.session.execute(rows.where(SignIn.id != but.id) if but else rows)


def _find(token: str) -> SignIn | None:
    found = select(SignIn).filter_by(token_hash=_hash(token))
    sign_in = db.session.scalars(found).one_or_none()
    if sign_in is None or not sign_in.person.is_active or _is_over(sign_in):
        return None
    if datetime.now(UTC) - sign_in.seen_at > _NOTED_EACH:
        _note_use(sign_in)
    return sign_in


def _look_again() -> None:
    # Flask-Login keeps for the request whom it has found.
    g.pop("_login_user", None)


def _is_over(sign_in: SignIn) -> bool:
    now = datetime.now(UTC)
    limit = HALFWAY if lacks_second_factor(sign_in) else ABSOLUTE
    return now - sign_in.seen_at > IDLE or now - sign_in.created_at > limit


def _note_use(sign_in: SignIn) -> None:
    # By a connection of its own: whatever the view does afterwards is committed by the view.
    used = update(SignIn).filter_by(id=sign_in.id).values(seen_at=datetime.now(UTC))
    with suppress(*BUSY), db.engine.begin() as connection:
        connection.execute(used)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
