"""Questions stop before the disk is full: in words, with nothing lost, and nobody else notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from blueprints.database import db
from blueprints.models import Lane, Question
from blueprints.questions import receipts
from tests import page
from tests.moderation.desk import Desk, add_person, ask
from tests.page import only
from tests.ready import ready

TEXT = "Will my back hurt after the operation?"
SPAM = "See www.a.example and http://b.example for cheap implants"
FULL = {"REEDH_QUEUE_LIMIT": "4"}
MORE_THAN_ANY_DISK = {"REEDH_FREE_DISK_MB": str(10**8)}
SAYS = {"en": "Your text is still here", "hi": "आपका सवाल मिटा नहीं है"}


@contextmanager
def site(folder: Path, **settings: str) -> Iterator[Flask]:
    with ready({"REEDH_INSTANCE_PATH": str(folder), **settings}) as app:
        yield app


@pytest.fixture(params=[FULL, MORE_THAN_ANY_DISK], ids=["queue", "disk"])
def full(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Flask]:
    with site(tmp_path, **request.param) as app:
        for number in range(4):
            ask(app, f"Question {number}?", receipt=f"{number}" * 26)
        yield app


def send(app: Flask, text: str = TEXT, language: str = "en", **fields: str) -> TestResponse:
    client: FlaskClient = app.test_client()
    token: Any = client.get("/token").json
    data = {"question": text, "consent": "y", "receipt": receipts.make(), **token, **fields}
    return client.post(f"/{language}/ask", data=data, headers={"Accept": "application/json"})


def waiting(app: Flask) -> list[Lane]:
    with app.app_context():
        return list(db.session.scalars(select(Question.lane)))


@pytest.mark.parametrize("language", SAYS)
def test_where_there_is_no_room_it_is_said_and_the_text_is_kept(full: Flask, language: str) -> None:
    told = send(full, language=language)
    assert (told.status_code, told.headers["Retry-After"]) == (503, "3600")
    assert told.json
    assert told.json["error"] == "full"
    assert SAYS[language] in told.json["message"]
    client = full.test_client()
    form = client.get(f"/{language}/ask").get_data(as_text=True)
    token = form.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    data = {"question": TEXT, "consent": "y", "receipt": receipts.make(), "csrf_token": token}
    shown = client.post(f"/{language}/ask", data=data)
    assert shown.status_code == 503
    answer = page.check("/", shown)
    assert SAYS[language] in only(answer, "[role=alert]").get_text()
    assert only(answer, "textarea").get_text().strip() == TEXT
    assert len(waiting(full)) == 4


def test_what_is_here_already_is_acknowledged(full: Flask) -> None:
    told = send(full, "Question 2?", receipt="2" * 26)
    assert (told.status_code, told.json) == (
        200,
        {"receipt_hash": receipts.hash_of("2" * 26), "state": "waiting"},
    )


def test_readers_and_moderators_go_on_and_a_decision_makes_room(tmp_path: Path) -> None:
    with site(tmp_path, **FULL) as app:
        ids = [ask(app, f"Question {number}?") for number in range(4)]
        assert send(app).status_code == 503
        assert app.test_client().get("/en/search?q=pain").status_code == 200
        Desk(app, add_person(app)).send(
            f"/moderation/questions/{ids[0]}/decide", {"step": "mark-spam", "version": "1"}
        )
        assert send(app).status_code == 201


def test_what_looks_like_spam_takes_no_patient_s_place(tmp_path: Path) -> None:
    with site(tmp_path, **FULL) as app:
        assert [send(app, f"{SPAM} {number}").status_code for number in range(4)] == [
            201, 201, 503, 503,
        ]  # fmt: skip
        assert send(app).status_code == 201
        assert sorted(waiting(app)) == ["held", "held", "open"]


def test_the_operator_is_told_once_an_hour(full: Flask, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        send(full, "A secret question of mine")
    told = [each.getMessage() for each in caplog.records]
    assert len(told) == 1
    assert "No more questions are taken" in told[0]
    assert "secret" not in told[0]
