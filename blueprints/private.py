"""What the site keeps is for its own user: nobody else on the machine may read it."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Collection
from pathlib import Path

# How the names begin of everything that the site keeps in its instance folder.
KEPT = ("contact-keys", "reedh.sqlite3", "search", "secret-key", "translations")

# Hidden files, and what a file system makes in its uppermost folder.
_OF_NO_MATTER = (".", "lost+found")

_log = logging.getLogger(__name__)


def close(path: Path) -> None:
    """Let only its owner read and write `path`, whatever the umask was; say so if that fails."""
    try:
        mode = path.lstat().st_mode
        needed = 0o700 if stat.S_ISDIR(mode) else 0o600
        if not stat.S_ISLNK(mode) and stat.S_IMODE(mode) & 0o777 != needed:
            path.chmod(needed)
    except FileNotFoundError:
        pass
    except OSError as error:
        _log.warning(
            "Other users of this machine may be able to read %s, and its mode cannot be set: %s.",
            path,
            error.strerror,
        )


def close_folder(instance: Path, also_kept: Collection[str] = ()) -> None:
    """Close the instance folder and what the site keeps in it.

    If others keep files in the folder, too, it is left open, and that is said.
    """
    ours = (*KEPT, *also_kept, *_OF_NO_MATTER)
    is_ours = all(path.name.startswith(ours) for path in instance.iterdir())
    mode = instance.stat().st_mode
    if is_ours and not mode & stat.S_ISVTX:
        close(instance)
    elif mode & 0o077:
        _log.warning(
            "Other users of this machine can see which files are in %s, which is not for the site "
            "alone: name a folder of its own in REEDH_INSTANCE_PATH.",
            instance,
        )
    close_kept(instance)


def close_kept(instance: Path) -> None:
    """Close everything that the site keeps in the instance folder."""
    for name in KEPT:
        close(instance / name)
        for parent, folders, files in os.walk(instance / name):
            for inside in [*folders, *files]:
                close(Path(parent, inside))
