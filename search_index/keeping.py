"""Files that can be made again: written whole with a digest, and read only if it fits."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

_DIGEST_BYTES = hashlib.sha256().digest_size
# What a start that was killed while it wrote has left.
_UNFINISHED = ".new-"
# An older version of the site may still run beside a new one and read its own files.
_KEPT_SECONDS = 7 * 24 * 3600


def read(file: Path) -> bytes | None:
    """What was written to `file`, or None if it is missing, damaged or unreadable."""
    try:
        if not file.is_file():
            return None
        kept = file.read_bytes()
    except OSError:
        return None
    with suppress(OSError):  # a folder that may only be read
        os.utime(file)
    digest, content = kept[:_DIGEST_BYTES], kept[_DIGEST_BYTES:]
    return content if digest == _digest(file, content) else None


def write(file: Path, content: bytes) -> None:
    """Replace `file`, whatever is there.

    Raises:
        OSError: it cannot be written, for example because the disk is full.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=_UNFINISHED)
    beside = Path(name)
    try:
        with open(handle, "wb") as unfinished:  # noqa: PTH123 (an open file has no path)
            os.fchmod(handle, 0o600)
            unfinished.write(_digest(file, content))
            unfinished.write(content)
        if file.is_dir():
            shutil.rmtree(file)
        # Another process that starts at the same time may have cleared it away.
        with suppress(FileNotFoundError):
            beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Remove unfinished files, and files that nothing has read for a week.

    Raises:
        OSError: the folder cannot be read, or something in it cannot be removed.
    """
    oldest = time.time() - _KEPT_SECONDS
    for path in folder.iterdir():
        with suppress(FileNotFoundError):  # another process was first
            if path.name.startswith(_UNFINISHED) or path.lstat().st_mtime < oldest:
                _remove(path)


def _digest(file: Path, content: bytes) -> bytes:
    # With the name, so that a file under the name of another is not taken for it.
    return hashlib.sha256(file.name.encode() + b"\n" + content).digest()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
