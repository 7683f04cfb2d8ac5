"""Whatever people do on old views, nothing is lost or done twice; on SQLite and PostgreSQL."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test as run

from tests.moderation.crowd import PEOPLE, Crowd
from tests.moderation.desk import add_person


@pytest.fixture(scope="module", autouse=True)
def people(app: Flask) -> None:
    for _ in range(PEOPLE):
        add_person(app)


def test_people_with_old_views(app: Flask) -> None:
    _decide(app, crowds=25, acts=30)


@pytest.mark.matrix
@pytest.mark.timeout(900)
def test_many_people_with_old_views(app: Flask) -> None:
    _decide(app, crowds=80, acts=50)


def _decide(app: Flask, crowds: int, acts: int) -> None:
    run(
        type("Crowd", (Crowd,), {"app": app}),
        settings=settings(
            max_examples=crowds,
            stateful_step_count=acts,
            deadline=None,
            database=None,
            phases=[Phase.generate],  # to shrink what fails takes too long
            suppress_health_check=list(HealthCheck),
        ),
    )
