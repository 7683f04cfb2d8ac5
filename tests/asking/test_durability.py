"""Whatever ends the server or the machine: what was acknowledged is there, once."""

from __future__ import annotations

from tests.asking.power_cuts import cut_power

POWER_CUTS = 30
NORMAL = 1


def test_a_power_cut_takes_no_acknowledged_question() -> None:
    found = cut_power(1, POWER_CUTS)
    assert (found["lost"], found["broken"]) == (0, 0)
    assert found["promised"] > POWER_CUTS


def test_a_power_cut_shows_what_a_weaker_promise_would_lose() -> None:
    assert cut_power(1, 5, synchronous=NORMAL)["lost"]
