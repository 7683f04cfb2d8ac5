"""Random schedules in a real browser: nothing lost, nothing doubled, no “Sent” that is not true.

Each seed is one schedule: a phone that asks, and twelve things that happen to it, its line and the
server. `SEEDS=1-1000` names them. What each gave is added to `schedules.csv` beside this file, so
that several runs add up; the sums of all seeds in it are printed. Exits 1 if there was any fault.
"""

from __future__ import annotations

import csv
import os
import sys
import tempfile
from pathlib import Path

from tests.asking.schedules import meet
from tests.browsing import browsing
from tests.offline.conftest import CHANGES, made

RESULTS = Path(__file__).with_suffix(".csv")
COLUMNS = ["seed", "saved", "lost", "doubled", "untrue"]


def main() -> int:
    first, _, last = os.environ.get("SEEDS", "1-1000").partition("-")
    seeds = range(int(first), int(last or first) + 1)
    results = _read()
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite:///{folder}/questions.sqlite3"
        editions = [
            made(changes, Path(folder) / name, REEDH_DATABASE_URL=database)
            for name, changes in (("a", {}), ("b", CHANGES))
        ]
        for seed in seeds:
            with browsing() as browser:
                result = meet(browser, editions, seed)
            print(*result.faults, sep="\n", end="\n" if result.faults else "")
            kinds = (result.lost, result.doubled, result.untrue)
            results[seed] = [seed, result.saved, *map(len, kinds)]
            _write(results)
    sums = [sum(column) for column in zip(*results.values(), strict=True)][1:]
    print(f"seeds {seeds.start}-{seeds.stop - 1}; of {len(results)} seeds in all:")
    print(", ".join(f"{number} {name}" for name, number in zip(COLUMNS[1:], sums, strict=True)))
    return 1 if any(sums[1:]) else 0


def _read() -> dict[int, list[int]]:
    if not RESULTS.exists():
        return {}
    with RESULTS.open(newline="") as file:
        rows = [[int(value) for value in row] for row in list(csv.reader(file))[1:]]
    return {row[0]: row for row in rows}


def _write(results: dict[int, list[int]]) -> None:
    with RESULTS.open("w", newline="") as file:
        rows = [results[seed] for seed in sorted(results)]
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows])


if __name__ == "__main__":
    sys.exit(main())
