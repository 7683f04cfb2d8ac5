"""Packs: what a phone lacks at its first visit, in one compressed stream.

A pack holds files one after another, each behind a line `path size`. It leaves out what the
reader's page has brought: the articles, the manifest and the scripts that every page loads. A line
that stands in the article too is replaced by ¶ and the line's number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from blueprints.edition import Resource
from blueprints.offline.kept import LATER, SHARED, Kept

# A shorter line costs less than its number.
_SHORTEST_LINE = 8


@dataclass(frozen=True, slots=True)
class Pack:
    """`groups` are those of `Kept` that it holds; `base` is the path of the article."""

    name: str
    groups: tuple[str, ...]
    base: str
    body: bytes

    @property
    def digest(self) -> str:
        """Twelve hex digits of the body's SHA-256."""
        return hashlib.sha256(self.body).hexdigest()[:12]


def packs(
    kept: Kept, bases: Mapping[str, str], brought: Mapping[str, Collection[str]]
) -> list[Pack]:
    """What readers of each language begin with; the other languages; what is for later.

    `bases` gives, by language, the path of the article that a reader has; `brought` the paths
    that come with a page of that language. A worker takes the first pack of which it has nothing:
    so those that hold more come first.
    """
    wanted: list[tuple[str, tuple[str, ...], str]] = [
        (f"first-{code}", (SHARED, code), code) for code in bases
    ]
    for code in bases:
        others = tuple(other for other in bases if other != code)
        wanted.append((f"then-{code}", others, code))
    wanted.append((LATER, (LATER,), next(iter(bases))))
    return [
        Pack(name, groups, bases[code], _body(kept, groups, bases[code], brought[code]))
        for name, groups, code in wanted
    ]


def _body(kept: Kept, groups: tuple[str, ...], base: str, left_out: Collection[str]) -> bytes:
    lines = kept.all()[base].body.split(b"\n")
    numbers = {
        line: f"¶{number}".encode()
        for number, line in reversed(list(enumerate(lines)))
        if len(line) >= _SHORTEST_LINE
    }
    return b"".join(
        _part(path, found, numbers)
        for group in groups
        for path, found in sorted(kept.groups[group].items(), key=_kind)
        if path not in left_out
    )


def _kind(file: tuple[str, Resource]) -> tuple[str, str]:
    """Files of a kind stand together, as they compress better so."""
    path, found = file
    return found.content_type, path


def _part(path: str, found: Resource, numbers: Mapping[bytes, bytes]) -> bytes:
    body = b"\n".join(numbers.get(line, line) for line in found.body.split(b"\n"))
    return f"{path} {len(body)}\n".encode() + body
