"""Checkers of translations on the seeded defects and on good text, ours and others.

`make bench-translations` prints, for each checker: how many defects it finds (it says something
of the bad translation that it does not say of the good one), its false alarms per 1,000 words
of good text that our rules were not tuned on, and of all good text. Then the time of ours at
1,000 entries. Exits 1 if ours misses a goal of docs/translating.md.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import polib

from app import ROOT
from benchmarks.translations.peers import dennis, msgfmt, pofilter
from blueprints import catalogs
from blueprints.translating.checking import check, read
from tests.translating import seeded

FOUND = 0.95
ALARMS = 2.0  # per 1,000 words
SECONDS = 2.0
ENTRIES = 1000

Said = list[set[str]]
Checker = Callable[[list[seeded.Good]], Said]


def main() -> int:
    checkers: dict[str, Checker] = {
        "flask translations check": ours,
        "pofilter --language=hi": pofilter,
        "dennis-cmd lint": dennis,
    }
    if shutil.which("msgfmt"):
        checkers["msgfmt -c"] = msgfmt
    else:
        print("msgfmt is left out: install Debian’s gettext to measure it.")
    print(f"{'':26}{'found':>12}{'share':>8}{'alarms, held out':>19}{'alarms, all good':>19}")
    results = {name: _measure(name, checker) for name, checker in checkers.items()}
    seconds = _seconds()
    print(f"\nflask translations check: {ENTRIES} entries in {seconds:.2f} s")
    share, alarms = results["flask translations check"]
    return 0 if share >= FOUND and alarms <= ALARMS and seconds <= SECONDS else 1


def ours(entries: list[seeded.Good]) -> Said:
    hindi = read(ROOT / "translations", "hi")
    return [
        {f"{found.code}: {found.message}" for found in check(text.entry, text.catalog, hindi)}
        for text in entries
    ]


def _measure(name: str, checker: Checker) -> tuple[float, float]:
    """The share of defects found, the false alarms per 1,000 words held out; prints them."""
    defects = seeded.defects()
    before = checker([seeded.Good(defect.catalog, defect.good) for defect in defects])
    after = checker([seeded.Good(defect.catalog, defect.bad) for defect in defects])
    found = sum(bool(bad - good) for bad, good in zip(after, before, strict=True))
    held_out, tuned = seeded.good("held out"), seeded.good("tuned")
    alarms, all_alarms = (_alarms(checker, texts) for texts in (held_out, held_out + tuned))
    share = found / len(defects)
    counted = f"{found} of {len(defects)}"
    print(f"{name:26}{counted:>12}{share:>8.1%}{alarms:>19.1f}{all_alarms:>19.1f}", flush=True)
    return share, alarms


def _alarms(checker: Checker, texts: list[seeded.Good]) -> float:
    said = sum(map(len, checker(texts)))
    return 1000 * said / sum(text.words for text in texts)


def _seconds() -> float:
    """How long a catalog of 1,000 entries of the article takes, from its file on."""
    article = catalogs.read(catalogs.path(ROOT / "translations", "hi", catalogs.ARTICLE))
    many = polib.POFile()
    many.metadata = article.metadata
    for number in range(ENTRIES):
        entry = article[number % len(article)]
        many.append(polib.POEntry(msgctxt=f"{number}", msgid=entry.msgid, msgstr=entry.msgstr))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "article.po"
        many.save(str(file))
        started = time.perf_counter()
        hindi = read(ROOT / "translations", "hi")
        for entry in catalogs.read(file):
            check(entry, catalogs.ARTICLE, hindi)
        return time.perf_counter() - started


if __name__ == "__main__":
    sys.exit(main())
