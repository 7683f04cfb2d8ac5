"""Random faults of line and server, and whether anything is stored or shown as ours that is not.

`SEEDS=1-1000` names the faults; each seed is one. A page that the worker answered with 200 must be
the edition's to the last byte, and whatever is stored must have its hash. `make bench-offline`
prints the seeds, what was shown, and the count of wrong bytes. Exits 1 if there were any.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.browsing import browsing
from tests.offline.conftest import CHANGES, made
from tests.offline.faults import meet

A_PHONE_MEETS = 20


def main() -> int:
    first, _, last = os.environ.get("SEEDS", "1-1000").partition("-")
    seeds = range(int(first), int(last or first) + 1)
    shown: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        editions = [made({}, Path(folder) / "a"), made(CHANGES, Path(folder) / "b")]
        for start in range(seeds.start, seeds.stop, A_PHONE_MEETS):
            part = range(start, min(start + A_PHONE_MEETS, seeds.stop))
            shown += meet(browser, editions, part, has_copy=start // A_PHONE_MEETS % 2 == 0)
    counts = ", ".join(f"{number} {what}" for what, number in shown.items())
    wrong = [what for what in shown if what.startswith("wrong")]
    print(f"seeds {seeds.start}-{seeds.stop - 1}: {counts}")
    print(f"wrong bytes shown or stored: {len(wrong)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
