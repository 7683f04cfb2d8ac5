"""Kills of the server while phones send questions, on SQLite and on PostgreSQL.

Eight phones send to the production server of two processes, each question until it is acknowledged;
some hang up before they have read the answer. At random moments all processes are killed, and
started again; so is PostgreSQL, in its turn. The server leaves the edition out, for it would spend
most of the time on making it (tests/asking/bare.py). `SEED=` chooses other moments, `KILLS=` and
`QUESTIONS=` another size. `make bench-questions` prints for each database what was acknowledged,
acknowledged again, answered with an error, lost (not there with exactly its text) and doubled.
Exits 1 if anything was lost, doubled or refused, or too little acknowledged.
"""

from __future__ import annotations

import os
import sys

from tests.asking.kills import Kills, kill_and_count
from tests.postgresql import PostgreSQL, postgresql

KILLS = 200
QUESTIONS = 10_000
OF_POSTGRESQL = 0.1  # of the kills, as many more


def main() -> int:
    seed = int(os.environ.get("SEED", "1"))
    of_server = int(os.environ.get("KILLS", KILLS))
    questions = int(os.environ.get("QUESTIONS", QUESTIONS))
    kills = Kills(of_server, round(OF_POSTGRESQL * of_server), questions)
    print(f"seed {seed}: {of_server} kills of the server, {kills.of_postgresql} of PostgreSQL")
    columns = ("acknowledged", "repeated", "5xx", "4xx", "lost", "doubled")
    print(f"{'':>12}", *(f"{column:>12}" for column in columns))
    reached = _measure("SQLite", seed, kills, columns)
    with postgresql() as server:
        reached &= _measure("PostgreSQL", seed, kills, columns, server)
    return 0 if reached else 1


def _measure(
    name: str,
    seed: int,
    kills: Kills,
    columns: tuple[str, ...],
    server: PostgreSQL | None = None,
) -> bool:
    found = kill_and_count(seed, kills, server)
    print(f"{name:>12}", *(f"{found[column]:>12}" for column in columns), flush=True)
    wrong = found["lost"] + found["doubled"] + found["4xx"]
    return not wrong and found["acknowledged"] >= kills.questions


if __name__ == "__main__":
    sys.exit(main())
