"""The seeded defects and the good text that `check` is measured on; see docs/translating.md.

`defects.jsonl` was written before the rules. In `good.jsonl`, what is `tuned` was looked at
while the rules were written; what is `held out` was written after them, and no rule was
changed for it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import polib

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Defect:
    """A good translation and the same with one mistake of a kind."""

    kind: str
    catalog: str
    good: polib.POEntry
    bad: polib.POEntry


@dataclass(frozen=True, slots=True)
class Good:
    catalog: str
    entry: polib.POEntry

    @property
    def words(self) -> int:
        return len(self.entry.msgstr.split())


def defects() -> list[Defect]:
    return [
        Defect(line["kind"], line["catalog"], _entry(line, line["good"]), _entry(line, line["bad"]))
        for line in _lines("defects.jsonl")
    ]


def good(half: str) -> list[Good]:
    """The good text that is `tuned` or `held out`."""
    return [
        Good(line["catalog"], _entry(line, line["msgstr"]))
        for line in _lines("good.jsonl")
        if line["half"] == half
    ]


def _lines(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _entry(line: dict[str, str], text: str | list[str]) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=line["context"] or None, msgid=line["msgid"])
    if isinstance(text, list):
        entry.msgid_plural = line["msgid_plural"]
        entry.msgstr_plural = dict(enumerate(text))
    else:
        entry.msgstr = text
    return entry
