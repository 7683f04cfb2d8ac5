"""Passwords: how they are kept, and which are refused.

The parameters of Argon2id are OWASP's (Password Storage Cheat Sheet). Of the commonest passwords
there are the hashes, as many are words that nobody wants to read: `scripts/common_passwords.py`.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from flask_babel import gettext as _

SHORTEST, LONGEST = 12, 256

# What everybody tries first of all who knows what this is.
_WORDS = (
    "reedh",
    "spine",
    "surgery",
    "clinic",
    "doctor",
    "hospital",
    "patient",
    "moderat",
    "admin",
)
_LEAST_LEFT = 8
_LEAST_DIFFERENT = 5

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


class PasswordError(Exception):
    """The password is refused; says why, to whoever chose it."""


def hash_of(password: str) -> str:
    return _hasher.hash(_normal(password))


def verify(password: str, password_hash: str | None) -> bool:
    """Whether it is the one; takes as long where there is none to compare with."""
    if len(password) > LONGEST:
        return False  # nobody has such a password, and to normalise it could take seconds
    try:
        _hasher.verify(password_hash or _nobodys(), _normal(password))
    except VerificationError:
        return False
    return password_hash is not None


def is_outdated(password_hash: str) -> bool:
    return _hasher.check_needs_rehash(password_hash)


def check(password: str, about: Iterable[str]) -> None:
    """Let through what may become a password; `about` is what others know of the person.

    Raises:
        PasswordError: it is too short, too long, or among the first that would be tried.
    """
    if len(password) < SHORTEST:
        raise PasswordError(
            _("Use %(least)s letters or more. A few words in a row are easy.", least=SHORTEST)
        )
    if len(password) > LONGEST:
        raise PasswordError(_("Use %(most)s letters or fewer.", most=LONGEST))
    if digest(password) in _common() or _is_guessed(password.lower(), about):
        raise PasswordError(
            _("This password would be guessed soon. Choose another, such as four words in a row.")
        )


def digest(password: str) -> str:
    """The hash by which a common password is known, whatever its case."""
    return hashlib.sha256(password.lower().encode()).hexdigest()[:12]


def _normal(password: str) -> str:
    # Keyboards write some letters, such as क़, in two ways.
    return unicodedata.normalize("NFKC", password)


def _is_guessed(password: str, about: Iterable[str]) -> bool:
    """Whether little is left without what everybody knows, or it is the same over and over."""
    known = [part for text in about for part in re.split(r"[\W_]+", text.lower()) if len(part) > 2]
    left = password
    for word in (*_WORDS, *known):
        left = left.replace(word, "")
    return len(left) < _LEAST_LEFT or len(set(password)) < _LEAST_DIFFERENT


@cache
def _common() -> frozenset[str]:
    text = Path(__file__).with_name("common_passwords.txt").read_text(encoding="ascii")
    return frozenset(text.split())


@cache
def _nobodys() -> str:
    return hash_of(secrets.token_urlsafe(32))
