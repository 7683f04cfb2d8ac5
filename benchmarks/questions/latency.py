"""How long a question takes to be acknowledged, at 50 a second, on SQLite that waits for the disk.

Questions arrive at random moments, whether the earlier ones have been answered or not, over
connections that have their tokens; each one's time counts from its arrival, so it includes waiting
for a connection. `make bench-questions` prints milliseconds beside those of the disk alone, in the
same run: 4 KB written and synchronised. Exits 1 if the 99th percentile misses the goal, or a
question was not stored.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from threading import Lock
from urllib.parse import urlsplit

from blueprints.questions import receipts
from tests.asking.submitter import Connection
from tests.serving import serving

A_SECOND = 50
SECONDS = 30
CONNECTIONS = 16
GOAL_MS = 150
SYNCS = 200
PAGE = bytes(4096)
STORED = 201


class Arrivals:
    """Moments at which questions arrive, each for one connection."""

    def __init__(self, moments: Iterator[float]) -> None:
        self._moments = moments
        self._lock = Lock()

    def __iter__(self) -> Iterator[float]:
        return self

    def __next__(self) -> float:
        with self._lock:
            return next(self._moments)


def main() -> int:
    seed = int(os.environ.get("SEED", "1"))
    print(f"seed {seed}: {A_SECOND} questions a second for {SECONDS} s, milliseconds")
    print(f"{'':>14}{'p50':>8}{'p99':>8}{'max':>8}{'goal':>8}", flush=True)
    before = _syncs()
    with serving(REEDH_TRUSTED_PROXIES="1") as address:
        times = _ask(urlsplit(address).port or 0, seed)
    _print("disk alone", before + _syncs())
    p99 = _print("acknowledged", times, f"{GOAL_MS:>8}")
    expected = A_SECOND * SECONDS
    print(f"stored {len(times)} of {expected}")
    return 0 if p99 <= GOAL_MS and len(times) == expected else 1


def _ask(port: int, seed: int) -> list[float]:
    """Seconds from the arrival of each question that was stored to its acknowledgement."""
    chance = random.Random(seed)  # noqa: S311 (the same moments in every run)
    connections = [Connection(port) for _ in range(CONNECTIONS)]
    for connection in connections:
        connection.fetch_token()
    gaps = (chance.expovariate(A_SECOND) for _ in range(A_SECOND * SECONDS))
    arrivals = Arrivals(accumulate(gaps))
    start = time.monotonic()

    def answer_all(connection: Connection) -> list[float]:
        times = []
        for arrival in arrivals:
            time.sleep(max(0, start + arrival - time.monotonic()))
            receipt = receipts.make()
            connection.send(receipt, f"{receipt}: will my back hurt after the operation?")
            status, _ = connection.answer()
            if status == STORED:
                times.append(time.monotonic() - start - arrival)
        connection.close()
        return times

    with ThreadPoolExecutor(CONNECTIONS) as threads:
        return [each for times in threads.map(answer_all, connections) for each in times]


def _syncs() -> list[float]:
    times = []
    with tempfile.TemporaryFile() as file:
        for _ in range(SYNCS):
            start = time.monotonic()
            os.write(file.fileno(), PAGE)
            os.fdatasync(file.fileno())
            times.append(time.monotonic() - start)
    return times


def _print(name: str, seconds: list[float], goal: str = "") -> float:
    times = sorted(1000 * each for each in seconds)
    p50, p99 = (times[int(share * len(times))] for share in (0.5, 0.99))
    print(f"{name:>14}{p50:>8.1f}{p99:>8.1f}{times[-1]:>8.1f}{goal}", flush=True)
    return p99


if __name__ == "__main__":
    sys.exit(main())
