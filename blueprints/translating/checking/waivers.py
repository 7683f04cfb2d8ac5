"""Waivers: `# ok: CODE HASH why` in an entry's comment silences one code for these texts only."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polib

from blueprints import catalogs

_LINE = re.compile(r"ok:\s*(\S+)\s+([0-9a-f]{8})\b")


@dataclass(frozen=True, slots=True)
class Waivers:
    """The codes that are silenced, and the codes or lines of waivers that no longer count."""

    codes: frozenset[str]
    expired: tuple[str, ...]


def fingerprint(entry: polib.POEntry) -> str:
    """Eight digits that change with either side of an entry."""
    return catalogs.digest(entry)[:8]


def read(entry: polib.POEntry) -> Waivers:
    now = fingerprint(entry)
    codes, expired = set(), []
    for pasted in entry.tcomment.splitlines():
        line = pasted.lstrip("# ")  # an editor adds a # of its own
        if not line.startswith("ok:"):
            continue
        found = _LINE.match(line)
        if found and found[2] == now:
            codes.add(found[1])
        else:
            expired.append(found[1] if found else line)
    return Waivers(frozenset(codes), tuple(expired))
