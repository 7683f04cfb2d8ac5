"""The second factor: codes of an app (TOTP, RFC 6238), or recovery codes, each good for once."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import UTC, datetime

import pyotp
from pyotp.utils import strings_equal
from sqlalchemy import delete, insert, or_, update
from sqlalchemy.engine import CursorResult

from blueprints import sealing
from blueprints.database import db
from blueprints.folding import fold
from blueprints.models import Person, RecoveryCode, SignIn

RECOVERY_CODES = 10
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# Of 120 random bits, so a plain hash keeps them: nobody can try them all.
_LENGTH = 24
# With spaces and signs between its letters, and room for what is pasted with it.
_MOST_TYPED = 100
# Letters that are read, or written, for a digit.
_MISREAD = str.maketrans("OIL", "011")
# Clocks differ, and typing takes time.
_STEPS = (-1, 0, 1)


def offered(sign_in: SignIn) -> str:
    """The secret to be put into an app: the same, until it is proved or the person signs out."""
    if sign_in.offered_secret is None:
        sign_in.offered_secret = sealing.seal(pyotp.random_base32())
        db.session.commit()
    return sealing.unseal(sign_in.offered_secret)


def address(secret: str, email: str) -> str:
    """What an app reads from a QR code, or opens from a link."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name="Reedh")


def set_up(sign_in: SignIn, typed: str) -> bool:
    """Make the offered secret the person's, if the code shows that their app has it."""
    step = _step_of(offered(sign_in), _code(typed))
    if step is None:
        return False
    sign_in.person.totp_secret = sign_in.offered_secret
    sign_in.person.totp_step = step
    return True


def take(person: Person, typed: str) -> bool:
    """Whether `typed` is a code of the app, or a recovery code, that was not used before."""
    code = _code(typed)
    if len(code) == _LENGTH:
        used = delete(RecoveryCode).filter_by(person_id=person.id, code_hash=_hash(code))
        return _changed_one(db.session.execute(used))
    if person.totp_secret is None:
        return False
    step = _step_of(sealing.unseal(person.totp_secret), code)
    if step is None:
        return False
    is_later = or_(Person.totp_step.is_(None), Person.totp_step < step)
    claimed = update(Person).where(Person.id == person.id, is_later).values(totp_step=step)
    return _changed_one(db.session.execute(claimed))


def new_recovery_codes(person: Person) -> list[str]:
    """Ten codes in place of all earlier ones, as they are written down."""
    codes = [
        "".join(secrets.choice(_DIGITS) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)
    ]
    forget_recovery_codes(person)
    rows = [{"person_id": person.id, "code_hash": _hash(code)} for code in codes]
    db.session.execute(insert(RecoveryCode), rows)
    return [in_groups(code) for code in codes]


def forget_recovery_codes(person: Person) -> None:
    db.session.execute(delete(RecoveryCode).filter_by(person_id=person.id))


def in_groups(text: str) -> str:
    return " ".join(re.findall(".{1,4}", text))


def _step_of(secret: str, code: str) -> int | None:
    """The time step whose code this is."""
    totp = pyotp.TOTP(secret)
    now = totp.timecode(datetime.now(UTC))
    matching = [now + each for each in _STEPS if strings_equal(totp.generate_otp(now + each), code)]
    return matching[0] if matching else None


def _code(typed: str) -> str:
    """As it was meant: without spaces and signs, in ASCII digits whatever the script."""
    letters = (letter for letter in fold(typed[:_MOST_TYPED]) if letter.isalnum())
    return "".join(letters).upper().translate(_MISREAD)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _changed_one(result: object) -> bool:
    assert isinstance(result, CursorResult)
    return result.rowcount == 1
