"""Eight moderators answer the same questions at the same moments, each in words of their own.

For each question all save an answer at once, and then all publish theirs at once. One must be
first each time, and every other must be shown that one's text beside their own. A word is lost if
it is neither kept nor on the last page that its writer was shown. QUESTIONS=100 makes it shorter.
Exits 1 on any fault.
"""

from __future__ import annotations

import os
import sys
import time

from flask import Flask

from benchmarks.moderation.sites import sites
from blueprints import audit
from tests.moderation.contest import Score, contest
from tests.moderation.desk import Desk, add_person, ask

MODERATORS = 8
QUESTIONS = int(os.environ.get("QUESTIONS", "2000"))


def main() -> int:
    print(f"{MODERATORS} moderators, {QUESTIONS} questions that all answer at once")
    print(
        f"{'':12}{'published':>10}{'losers':>10}{'shown both':>12}{'words':>10}{'lost':>6}"
        f"{'faults':>8}{'seconds':>9}",
        flush=True,
    )
    are_right = [_is_right(name, app) for name, app in sites()]
    return 0 if all(are_right) else 1


def _is_right(name: str, app: Flask) -> bool:
    desks = [Desk(app, add_person(app, en=f"Dr {number}")) for number in range(MODERATORS)]
    score = Score()
    start = time.monotonic()
    for _ in range(QUESTIONS):
        contest(app, desks, ask(app, "Will it hurt after the operation?"), score)
    with app.app_context():
        audit.verify()
    print(
        f"{name:12}{score.publishes:>10}{score.losers:>10}{score.losers_shown:>12}"
        f"{score.words:>10}{score.words_lost:>6}{score.faults:>8}"
        f"{time.monotonic() - start:>9.0f}",
        flush=True,
    )
    return (
        score.publishes == QUESTIONS
        and score.losers == score.losers_shown == 2 * (MODERATORS - 1) * QUESTIONS
        and score.words_lost == score.faults == 0
    )


if __name__ == "__main__":
    sys.exit(main())
