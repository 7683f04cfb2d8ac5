"""Passwords: how they are kept, and which are refused.

The parameters of Argon2id are OWASP's (Password Storage Cheat Sheet).
"""

from __future__ import annotations

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask_babel import gettext as _

SHORTEST, LONGEST = 12, 256

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class PasswordError(Exception):
    """The password is refused; says why, to whoever chose it."""


def hash_of(password: str) -> str:
    return _hasher.hash(password)


def verify(password: str, password_hash: str | None) -> bool:
    """Whether it is the one; takes as long where there is none to compare with."""
    try:
        _hasher.verify(password_hash or _nobodys(), password)
    except VerificationError:
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    return _hasher.check_needs_rehash(password_hash)


def check(password: str) -> None:
    """Let through what may become a password.

    Raises:
        PasswordError: it is too short or too long.
    """
    if len(password) < SHORTEST:
        raise PasswordError(
            _("Use %(least)s letters or more. A few words in a row are easy.", least=SHORTEST)
        )
    if len(password) > LONGEST:
        raise PasswordError(_("Use %(most)s letters or fewer.", most=LONGEST))


@cache
def _nobodys() -> str:
    return hash_of(secrets.token_urlsafe(32))
