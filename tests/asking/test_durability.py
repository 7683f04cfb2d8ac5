"""Whatever ends the server or the machine: what was acknowledged is there, once."""

from __future__ import annotations

import pytest

from tests.asking.kills import Kills, kill_and_count
from tests.asking.power_cuts import cut_power
from tests.postgresql import postgresql

KILLS = Kills(of_server=2, of_postgresql=1, questions=90)
POWER_CUTS = 30
NORMAL = 1


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_kill_loses_and_doubles_no_acknowledged_question(kind: str) -> None:
    if kind == "sqlite":
        found = kill_and_count(1, KILLS)
    else:
        with postgresql() as server:
            found = kill_and_count(1, KILLS, server)
    assert (found["lost"], found["doubled"], found["4xx"]) == (0, 0, 0)
    assert found["acknowledged"] >= KILLS.questions


def test_a_power_cut_takes_no_acknowledged_question() -> None:
    found = cut_power(1, POWER_CUTS)
    assert (found["lost"], found["broken"]) == (0, 0)
    assert found["promised"] > POWER_CUTS


def test_a_power_cut_shows_what_a_weaker_promise_would_lose() -> None:
    assert cut_power(1, 5, synchronous=NORMAL)["lost"]
