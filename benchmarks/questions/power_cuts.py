"""Power cuts while SQLite takes questions in, and whether an acknowledged one is lost.

A model of the disk (tests/asking/power_cuts.py) under production's own code and SQLite. Each seed
is 300 questions, with withdrawals, and 50 cuts at random moments; `SEEDS=1-20` names the seeds.
`make bench-questions` prints what was promised, lost, and left broken; then the same, in fewer
cuts, with `synchronous=NORMAL`, which must lose something, or the model would be blind. Exits 1 if
production's setting lost anything, or the weaker one nothing.
"""

from __future__ import annotations

import os
import sys
from collections import Counter

from tests.asking.power_cuts import cut_power

NORMAL = 1
A_TENTH = 10


def main() -> int:
    first, _, last = os.environ.get("SEEDS", "1-20").partition("-")
    seeds = range(int(first), int(last or first) + 1)
    print("Power cuts, modelled, of SQLite")
    print(f"{'synchronous':>12}{'seeds':>8}{'cuts':>8}{'promised':>10}{'lost':>8}{'broken':>8}")
    full = _cut("full", seeds, None)
    weaker = _cut("normal", seeds[: max(1, len(seeds) // A_TENTH)], NORMAL)
    return 0 if not full["lost"] and not full["broken"] and weaker["lost"] else 1


def _cut(name: str, seeds: range, synchronous: int | None) -> Counter[str]:
    found: Counter[str] = Counter()
    for seed in seeds:
        found += cut_power(seed, synchronous=synchronous)
    counts = f"{found['cuts']:>8}{found['promised']:>10}{found['lost']:>8}{found['broken']:>8}"
    print(f"{name:>12}{f'{seeds[0]}-{seeds[-1]}':>8}{counts}", flush=True)
    return found


if __name__ == "__main__":
    sys.exit(main())
