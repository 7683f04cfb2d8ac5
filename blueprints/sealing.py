"""What is encrypted at rest: the database alone tells nobody's address."""

from __future__ import annotations

from collections.abc import Sequence

from cryptography.fernet import Fernet, MultiFernet
from flask import Flask, current_app


def init_app(app: Flask, keys: Sequence[str]) -> None:
    """Seal with the first of `keys`, which are Fernet's, and open with any of them."""
    app.extensions["sealing"] = MultiFernet([Fernet(key) for key in keys])


def seal(text: str) -> bytes:
    return _fernet().encrypt(text.encode())


def unseal(token: bytes) -> str:
    """What was sealed.

    Raises:
        InvalidToken: it was sealed with a key that is not here, or damaged.
    """
    return _fernet().decrypt(token).decode()


def reseal(token: bytes) -> bytes:
    """The same, sealed with the first key.

    Raises:
        InvalidToken: as for `unseal`.
    """
    return _fernet().rotate(token)


def _fernet() -> MultiFernet:
    fernet: MultiFernet = current_app.extensions["sealing"]
    return fernet
