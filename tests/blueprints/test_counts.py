"""What is counted is forgotten in time, whoever comes, and there are never too many counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest
from flask import Flask
from limits import RateLimitItem, RateLimitItemPerHour
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import func, select

from app import create_app
from blueprints import limits
from blueprints.counts import MOST_KEYS, Counts
from blueprints.database import db
from blueprints.models import Delay
from blueprints.people import credentials, delays
from blueprints.people.delays import Subject
from blueprints.questions import lanes
from blueprints.upkeep import Upkeep
from tests.ready import ready

DAY = timedelta(days=1).total_seconds()
EVERY_LIMIT = [
    value
    for module in (lanes, credentials)
    for value in vars(module).values()
    if isinstance(value, RateLimitItem)
]


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


class Tomorrow(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Tomorrow:
        return super().now(tz) + timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def counts(clock: Clock) -> Counts:
    return Counts(clock)


@pytest.fixture
def app(tmp_path: Path, counts: Counts) -> Flask:
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    app.extensions["limits"] = FixedWindowRateLimiter(counts)
    return app


@pytest.mark.parametrize("limit", EVERY_LIMIT, ids=lambda limit: limit.namespace)
def test_nothing_is_counted_for_longer_than_a_day(
    app: Flask, counts: Counts, clock: Clock, limit: RateLimitItem
) -> None:
    first = clock.now
    with app.app_context():
        while clock.now < first + limit.get_expiry():
            limits.hit(limit, "somebody")  # who does not rest
            clock.now += limit.get_expiry() / 10
    Upkeep(app, limits.TASK).run()
    assert len(counts) == 0
    assert clock.now + timedelta(minutes=1).total_seconds() <= first + DAY


def test_1500_networks_leave_nothing(app: Flask, counts: Counts, clock: Clock) -> None:
    for number in range(1500):
        with app.test_request_context(environ_base={"REMOTE_ADDR": f"2001:db8:0:{number:x}::1"}):
            for limit in EVERY_LIMIT:
                limits.hit(limit, limits.network())
    assert len(counts) == 1500 * len(EVERY_LIMIT)
    clock.now += 3 * DAY
    Upkeep(app, limits.TASK).run()
    assert len(counts) == 0


def test_what_is_counted_has_another_code_each_day(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": "203.0.113.7"}):
        today = limits.network()
        assert limits.network() == today
        assert "203.0.113.7" not in today
        monkeypatch.setattr(limits, "datetime", Tomorrow)
        assert limits.network() != today


def test_a_million_keys_are_counted_in_bounded_memory_and_no_hit_looks_at_all(
    counts: Counts,
) -> None:
    for number in range(1_000_000):
        counts.incr(f"key {number}", 60)
    assert len(counts) == MOST_KEYS
    assert counts.get("key 999999") == 1
    assert counts.get("key 0") == 0


def test_many_keys_of_one_kind_push_out_none_of_another(clock: Clock) -> None:
    counts = Counts(clock, most=10)
    counts.incr("a network", 3600)
    for number in range(1000):
        counts.incr(f"text {number}", 60)
    assert counts.get("a network") == 1


def test_a_limit_holds_until_its_time_is_over(app: Flask, clock: Clock) -> None:
    limit = RateLimitItemPerHour(2)
    with app.app_context():
        assert [limits.hit(limit, "a") for _ in range(3)] == [True, True, False]
        assert not limits.test(limit, "a")
        assert limits.test(limit, "b")
        clock.now += 3599
        assert not limits.hit(limit, "a")
        clock.now += 1
        assert limits.test(limit, "a")
        assert limits.hit(limit, "a")


def test_what_is_cleared_is_not_counted(counts: Counts) -> None:
    for key in ("a", "b"):
        counts.incr(key, 60)
    expiry = counts.get_expiry("a")
    counts.clear("a")
    counts.clear("a")
    assert (counts.get("a"), counts.get("b"), counts.get_expiry("b")) == (0, 1, expiry)
    assert counts.reset() == 1
    assert len(counts) == 0


def test_wrong_tries_are_forgotten_and_are_never_too_many(
    settings: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = datetime.now(UTC)
    with ready(settings) as app, app.app_context():
        for number in range(20):
            delays.count(Subject("password", f"{number}@example.org"))
        for _ in range(delays.FIRST_DELAYED):
            delays.count(Subject("password", "attacked@example.org"))
        monkeypatch.setattr(delays, "MOST", 5)
        Upkeep(app, delays.TASK, lambda: now).run()
        assert 1 <= _kept() <= 5
        tries = db.session.scalars(select(func.max(Delay.tries))).one()
        assert tries == delays.FIRST_DELAYED, "who waits goes on waiting"
        Upkeep(app, delays.TASK, lambda: now + timedelta(days=1, minutes=16)).run()
        assert _kept() == 0


def _kept() -> int:
    return db.session.scalars(select(func.count()).select_from(Delay)).one()
