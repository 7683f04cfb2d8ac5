"""Two thousand requests by chance; `make bench-questions` sends a hundred thousand."""

from __future__ import annotations

import pytest
from flask import Flask

from app import create_app
from blueprints import database
from tests.asking.fuzzing import Seen, conform, from_everywhere, fuzz, listen

SEED = 3
# Of each form: what its error paths and its answers are, but for a busy database and faults.
STATUSES = {
    "ask": {200, 201, 303, 400, 403, 409, 413, 422},
    "questions": {200, 400, 403, 404, 413, 422},
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path_factory.mktemp("instance"))})
    with app.app_context():
        database.upgrade()
    from_everywhere(app)
    return app


def test_strange_requests_are_answered_as_asked(app: Flask) -> None:
    listen(app, seen := Seen())
    fuzz(app, 1500, SEED, seen)
    assert seen.wrong == []
    for place, expected in STATUSES.items():
        found = {status for at, status in seen.by_place if at == place}
        assert expected <= found <= expected | {405}, "no other way out than those of the tables"


def test_answers_in_json_are_those_described(app: Flask) -> None:
    conform(app, 500, SEED, seen := Seen())
    assert seen.wrong == []
    assert {200, 201, 400, 404, 422} <= set(seen.statuses)
