"""An ordinary user of the machine, whom the modes of files bind, also where tests run as root."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_NOBODY = 65534


@contextmanager
def ordinary_user() -> Iterator[int]:
    """Do what follows as somebody other than root; gives their number."""
    own = os.geteuid()
    if own != 0:
        yield own
        return
    os.seteuid(_NOBODY)
    try:
        yield _NOBODY
    finally:
        os.seteuid(own)
