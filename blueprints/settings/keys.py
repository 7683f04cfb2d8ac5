"""Keys: given as a setting, or kept in a file of the instance folder and made at first start."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from cryptography.fernet import Fernet

from blueprints.settings.checks import SettingsError

_SHORTEST_SECRET = 32


def secret(environ: Mapping[str, str], name: str, file: Path) -> str:
    """The given key, or the one in `file`, which is made if there is none."""
    given = environ.get(name)
    text = given or _kept(name, file, secrets.token_hex)
    # After a power cut a file may hold zeros.
    if len(text) < _SHORTEST_SECRET or not text.isprintable():
        raise SettingsError(
            f"{name} is too short: give at least {_SHORTEST_SECRET} characters."
            if given
            else f"{name}: {file} holds no key. Put a copy back, or delete it: "
            "then a new one is made, and forms that are open have to be loaded again."
        )
    return text


def fernet_keys(environ: Mapping[str, str], name: str, file: Path) -> tuple[str, ...]:
    """The given keys, or those in `file`, of which the first is made if there is none."""
    given = environ.get(name)
    text = given or _kept(name, file, lambda: Fernet.generate_key().decode())
    keys = tuple(re.findall(r"[^\s,]+", text))
    if not (keys and all(map(_is_fernet_key, keys))):  # they are not repeated
        raise SettingsError(
            f"{name}: give keys that `flask mail new-key` prints, commas between."
            if given
            else f"{name}: {file} holds no keys, or a damaged one. Put a copy back, or delete it: "
            "then a new one is made, and what the old ones have encrypted stays closed."
        )
    return keys


def _is_fernet_key(text: str) -> bool:
    try:
        Fernet(text)
    except ValueError:
        return False
    return True


def _kept(name: str, file: Path, make: Callable[[], str]) -> str:
    try:
        if not file.exists():
            _make(file, make())
        for unfinished in file.parent.glob(f".{file.name}-*"):
            unfinished.unlink(missing_ok=True)
        return file.read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        return ""
    except OSError as error:
        raise SettingsError(
            f"{name}: {file} cannot be read or made ({error.strerror}). Mend it, "
            f"give {name} itself, or give another folder as REEDH_INSTANCE_PATH."
        ) from error


def _make(file: Path, content: str) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with open(handle, "w") as made:  # noqa: PTH123 (an open file has no path)
            made.write(f"{content}\n")
            made.flush()
            os.fsync(handle)
        # Several processes may start at once. The file gets its name when it is whole, and only
        # once: a slower process finds the name taken, or its own file removed.
        with suppress(FileExistsError, FileNotFoundError):
            os.link(name, file)
    finally:
        Path(name).unlink(missing_ok=True)
