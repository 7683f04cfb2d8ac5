"""A hundred thousand requests by chance: strange forms, and what docs/openapi.json describes.

`COUNT=100000` is how many, `SEED=1` names them. `make bench-questions` prints how often each status
was answered, the slowest answer, and what missed the goals: no 5xx, none above a second, each
answer in the form that was asked for and as described, and nothing of a request in the log. Exits 1
if anything did.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time

from app import create_app
from blueprints import database
from tests.asking.fuzzing import MOST_SECONDS, Seen, conform, from_everywhere, fuzz, listen

CHUNK = 2000
DESCRIBED = 500
MOST_SHOWN = 20


def main() -> int:
    count, first = int(os.environ.get("COUNT", "100000")), int(os.environ.get("SEED", "1"))
    seeds = range(first, first + max(1, count // CHUNK))
    before = time.monotonic()
    seen = Seen()
    with tempfile.TemporaryDirectory() as instance:
        app = create_app({"REEDH_INSTANCE_PATH": instance})
        listen(app, seen)
        with app.app_context():
            database.upgrade()
        from_everywhere(app)
        for seed in seeds:
            fuzz(app, CHUNK - DESCRIBED, seed, seen)
            conform(app, DESCRIBED, seed, seen)
            print(f"seed {seed}: {len(seen.wrong)} wrong of {seen.statuses.total()}", flush=True)
    print(f"{seen.statuses.total()} requests in {time.monotonic() - before:.0f} s")
    for status, times in sorted(seen.statuses.items()):
        print(f"{status:>9}{times:>9}")
    seconds, what = seen.slowest
    print(f"slowest {seconds:.3f} s (goal {MOST_SECONDS}): {what}")
    print(f"wrong: {len(seen.wrong)}", *seen.wrong[:MOST_SHOWN], sep="\n  ")
    return 1 if seen.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
