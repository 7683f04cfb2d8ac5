"""Asking without scripts and by JSON, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from app import create_app
from blueprints import database
from blueprints.database import db
from blueprints.models import Question, Reason, State
from blueprints.questions import receipts
from blueprints.reasons import WHY
from tests import page
from tests.blueprints.conftest import on_disk
from tests.page import only
from tests.ready import ready

TEXT = {
    "en": "Will my back hurt after the operation?",
    "hi": "ऑपरेशन के बाद क्या कमर में दर्द रहेगा?",
}
LANGUAGES = ["en", "hi"]


@pytest.fixture(scope="module")
def app(settings: dict[str, str]) -> Iterator[Flask]:
    with ready(settings) as app:
        yield app


class Asker:
    """A browser without scripts: it keeps cookies and sends back what the form holds."""

    def __init__(self, app: Flask, language: str) -> None:
        self.client: FlaskClient = app.test_client()
        self.language = language

    def form(self) -> dict[str, str]:
        return fields(self.client.get(f"/{self.language}/ask"))

    def filled(self, **changes: str) -> dict[str, str]:
        return self.form() | {"question": TEXT[self.language], "consent": "y"} | changes

    def send(self, data: dict[str, str], **headers: str) -> TestResponse:
        return self.client.post(f"/{self.language}/ask", data=data, headers=headers)

    def send_json(self, data: dict[str, str]) -> TestResponse:
        return self.send(data, Accept="application/json")

    def look(self, receipt: str, **data: str) -> TestResponse:
        path = f"/{self.language}/questions"
        return self.client.post(path, data={"receipt": receipt, **data})


def fields(response: TestResponse) -> dict[str, str]:
    """What the form of a page would send, after the page was checked."""
    shown = page.check(str(response.request.path), response)
    form = only(shown, "form.ask")
    sent = {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}
    sent["question"] = form.select("textarea")[0].get_text().removeprefix("\n")
    del sent["consent"]
    return sent


@pytest.fixture(params=LANGUAGES)
def asker(app: Flask, request: pytest.FixtureRequest) -> Asker:
    return Asker(app, request.param)


@pytest.fixture
def stored(app: Flask) -> Callable[[str], Question | None]:
    def find(receipt: str) -> Question | None:
        with app.app_context():
            found = select(Question).filter_by(receipt_hash=receipts.hash_of(receipt))
            return db.session.scalars(found).one_or_none()

    return find


Stored = Callable[[str], Question | None]


def test_a_question_is_asked_without_scripts(asker: Asker, stored: Stored) -> None:
    data = asker.filled(name="आशा")
    answer = asker.send(data)
    assert (answer.status_code, answer.location) == (303, f"/{asker.language}/questions#sent")
    question = stored(data["receipt"])
    assert question is not None
    assert (question.text, question.name) == (data["question"], "आशा")
    assert (question.state, question.language) == (State.WAITING, asker.language)
    assert only(page.check("/", asker.look(data["receipt"])), "[data-state=waiting]")


def test_its_json_tells_what_the_server_has(asker: Asker) -> None:
    data = asker.filled()
    expected = {"receipt_hash": receipts.hash_of(data["receipt"]), "state": "waiting"}
    first, again = asker.send_json(data), asker.send_json(data)
    assert (first.status_code, first.json) == (201, expected)
    assert (again.status_code, again.json) == (200, expected)


@pytest.mark.parametrize("part", ["\u200b", "\u2800", "\u00ad", "\u200d", "\u3164", "?", "\u0301"])
def test_without_a_letter_there_is_no_question(asker: Asker, stored: Stored, part: str) -> None:
    data = asker.filled(question=part * 12)
    told = asker.send_json(data)
    assert (told.status_code, told.json) == (422, asker.send_json(data | {"question": ""}).json)
    assert asker.send(data).status_code == 422
    assert stored(data["receipt"]) is None


def test_what_nobody_sees_makes_no_question_longer(asker: Asker) -> None:
    told = asker.send_json(asker.filled(question="क्या?" + "\u200b" * 12))
    assert told.status_code == 422


def test_a_name_that_nobody_sees_is_none(asker: Asker, stored: Stored) -> None:
    data = asker.filled(name="\u2060\u3164")
    assert asker.send(data).status_code == 303
    question = stored(data["receipt"])
    assert question is not None
    assert question.name is None


def test_a_long_text_is_counted_as_it_is_kept(asker: Asker) -> None:
    assert asker.send_json(asker.filled(question="\u095c" * 2001)).status_code == 422
    assert asker.send_json(asker.filled(question="\u095c" * 2000)).status_code == 201


def test_a_number_may_be_typed_in_any_digits(asker: Asker) -> None:
    data = asker.filled()
    asker.send(data)
    typed = data["receipt"].translate({48 + digit: 0x0966 + digit for digit in range(10)})
    assert asker.look(f"\u200e{typed[:9]}\u200b {typed[9:]}").status_code == 200


def test_another_text_under_a_receipt_changes_nothing(asker: Asker, stored: Stored) -> None:
    data = asker.filled()
    asker.send(data)
    other = data | {"question": "Something else that I want to know"}
    assert asker.send_json(other).status_code == 409
    shown = asker.send(other)
    assert shown.status_code == 409
    again = fields(shown)
    assert again["question"] == other["question"]
    assert again["receipt"] != data["receipt"]
    question = stored(data["receipt"])
    assert question is not None
    assert question.text == data["question"]
    assert asker.send(again | {"consent": "y"}).status_code == 303


def test_line_ends_and_normal_forms_do_not_make_another_text(asker: Asker) -> None:
    data = asker.filled(question="क़लम से लिखा\r\nand more lines")
    assert asker.send_json(data).status_code == 201
    written = {"question": "क\u093cलम से लिखा\nand more lines  "}
    assert asker.send_json(data | written).status_code == 200


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"question": ""}, "question"),
        ({"question": "too short"}, "question"),
        ({"question": "x" * 4001}, "question"),
        ({"question": "A sign \0 that no database keeps"}, "question"),
        ({"consent": ""}, "consent"),
        ({"receipt": "ABC"}, "receipt"),
        ({"name": "x" * 101}, "name"),
    ],
)
def test_what_is_wrong_is_said_and_the_text_is_kept(
    asker: Asker, stored: Stored, changes: dict[str, str], wrong: str
) -> None:
    data = asker.filled(**changes)
    told = asker.send_json(data)
    assert told.status_code == 422
    assert told.json is not None
    assert list(told.json["errors"]) == [wrong]
    shown = asker.send(data)
    assert shown.status_code == 422
    again = fields(shown)
    assert again["question"] == data["question"].replace("\0", "")
    assert only(page.check("/", shown), f"#{wrong}-error, .receipt .error")
    assert stored(data["receipt"]) is None


def test_a_stale_token_shows_the_form_again_and_the_second_press_sends(
    asker: Asker, stored: Stored
) -> None:
    data = asker.filled(csrf_token="stale")  # noqa: S106 (the name of the field)
    shown = asker.send(data)
    assert shown.status_code == 400
    again = fields(shown)
    assert (again["question"], again["receipt"]) == (data["question"], data["receipt"])
    assert again["csrf_token"] not in {"", "stale"}
    assert asker.send(again | {"consent": "y"}).status_code == 303
    assert stored(data["receipt"]) is not None


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://a.b"},
        {"Origin": "http://["},
    ],
)
def test_other_sites_cannot_send(asker: Asker, stored: Stored, headers: dict[str, str]) -> None:
    data = asker.filled()
    assert asker.send(data, **headers).status_code == 403
    assert stored(data["receipt"]) is None


@pytest.mark.parametrize("wrong", [b"\xff\xfe", b"%FF%FE", b"%ED%A0%80"])
def test_bytes_that_are_no_text_come_back_as_far_as_they_can_be_read(
    asker: Asker, wrong: bytes
) -> None:
    body = b"question=%s My back hurts&receipt=x" % wrong
    kind = "application/x-www-form-urlencoded"
    path = f"/{asker.language}/ask"
    shown = asker.client.post(path, data=body, content_type=kind)
    assert shown.status_code == 400
    assert "My back hurts" in fields(shown)["question"]
    assert (
        page.check("/", shown)
        .select("[role=alert]")[0]
        .get_text()
        .startswith({"en": "Some letters", "hi": "कुछ अक्षर"}[asker.language])
    )


@pytest.mark.parametrize("page_name", ["ask", "questions"])
@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"5"),
        ("application/json", b'{"question": 5, "receipt": {}}'),
        ("application/json", b"{"),
        (
            "multipart/form-data; boundary=b",
            b"".join(
                b'--b\r\nContent-Disposition: form-data; name="%s"; filename="a"\r\n\r\nfile\r\n'
                % name
                for name in (b"question", b"receipt", b"csrf_token")
            )
            + b"--b--\r\n",
        ),
    ],
)
def test_what_is_no_form_is_an_empty_form(
    asker: Asker, page_name: str, kind: str, body: bytes
) -> None:
    path = f"/{asker.language}/{page_name}"
    shown = asker.client.post(path, data=body, content_type=kind)
    assert shown.status_code == (400 if page_name == "ask" else 422)
    assert page.check("/", shown).select("form.ask")


def test_a_withdrawn_question_is_erased_and_a_late_copy_is_not_stored(
    asker: Asker, stored: Stored
) -> None:
    data = asker.filled(name="Asha")
    asker.send(data)
    shown = asker.look(data["receipt"], withdraw="y", csrf_token=asker.form()["csrf_token"])
    assert only(page.check("/", shown), "[data-state=withdrawn]")
    late = asker.send_json(data | {"question": "Another text altogether"})
    assert late.json == {
        "receipt_hash": receipts.hash_of(data["receipt"]),
        "state": "withdrawn",
    }
    question = stored(data["receipt"])
    assert question is not None
    assert (question.text, question.name, question.article) == (None, None, None)
    assert question.asked_at.time().isoformat() == "00:00:00"


@pytest.mark.parametrize("reason", Reason)
def test_a_declined_question_says_why(
    app: Flask, asker: Asker, stored: Stored, reason: Reason
) -> None:
    data = asker.filled()
    asker.send(data)
    with app.app_context():
        found = select(Question).filter_by(receipt_hash=receipts.hash_of(data["receipt"]))
        db.session.scalars(found).one().decline(reason)
        db.session.commit()
    shown = only(page.check("/", asker.look(data["receipt"])), "[data-state=declined]").get_text()
    with app.test_request_context(f"/{asker.language}/"):
        assert str(WHY[reason]) in shown


COOKIE = {"en": "your browser sent no cookie", "hi": "आपके ब्राउज़र ने साथ में कुकी नहीं भेजी"}


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_withdrawing_without_cookies_names_them_as_the_cause(
    asker: Asker, stored: Stored, accept: str
) -> None:
    data = asker.filled()
    asker.send(data)
    token = asker.form()["csrf_token"]
    asker.client.delete_cookie("reedh")
    answer = asker.client.post(
        f"/{asker.language}/questions",
        data={"receipt": data["receipt"], "withdraw": "y", "csrf_token": token},
        headers={"Accept": accept},
    )
    assert answer.status_code == 400
    if accept == "text/html":
        told = only(page.check("/", answer), "#told").get_text()
    else:
        told = str(answer.json and answer.json["message"])
    assert COOKIE[asker.language] in told
    question = stored(data["receipt"])
    assert question is not None
    assert question.text == data["question"]


def test_looking_up_needs_no_cookie(asker: Asker) -> None:
    data = asker.filled()
    asker.send(data)
    asker.client.delete_cookie("reedh")
    assert only(page.check("/", asker.look(data["receipt"])), "[data-state=waiting]")


def test_withdrawing_needs_a_token(asker: Asker, stored: Stored) -> None:
    data = asker.filled()
    asker.send(data)
    assert asker.look(data["receipt"], withdraw="y").status_code == 400
    question = stored(data["receipt"])
    assert question is not None
    assert question.text == data["question"]


def test_a_withdrawn_text_is_in_no_file_of_the_database(app: Flask, asker: Asker) -> None:
    if "postgresql" in app.config["REEDH"].database_url:
        pytest.skip("PostgreSQL overwrites by vacuum, in its own time")
    folder = Path(app.config["REEDH"].instance_path)
    canary = f"canary-{receipts.make()}"
    data = asker.filled(question=f"{canary} {'and a long text ' * 200}", name=canary)
    asker.send(data)
    assert canary.encode() in on_disk(folder)
    asker.look(data["receipt"], withdraw="y", csrf_token=asker.form()["csrf_token"])
    assert canary.encode() not in on_disk(folder)


@pytest.mark.parametrize(
    ("typed", "status"), [("", 422), ("ABC", 422), ("0" * 26, 404), ("!" * 26, 422)]
)
def test_a_number_that_is_none_is_answered_in_words(asker: Asker, typed: str, status: int) -> None:
    shown = asker.look(typed)
    assert shown.status_code == status
    assert page.check("/", shown).select("[role=alert]")[0].get_text(strip=True)


def test_a_number_is_read_as_people_type_it(asker: Asker) -> None:
    data = asker.filled()
    asker.send(data)
    typed = receipts.in_groups(data["receipt"]).lower().replace("1", "l").replace("0", "o")
    assert asker.look(typed).status_code == 200


def test_a_busy_database_is_said_and_the_text_is_kept(app: Flask, asker: Asker) -> None:
    data = asker.filled()
    with app.app_context():
        engine = db.engine
    lock = "LOCK TABLE question IN EXCLUSIVE MODE"
    if engine.dialect.name == "sqlite":
        lock = "BEGIN IMMEDIATE"
    with engine.connect() as other:
        other.execute(text(lock))
        shown, told = asker.send(data), asker.send_json(data)
        other.rollback()
    assert (shown.status_code, told.status_code) == (503, 503)
    assert shown.headers["Retry-After"] == told.headers["Retry-After"] == "5"
    assert fields(shown)["question"] == data["question"]
    assert asker.send_json(data).status_code == 201


def test_export_lists_every_question(app: Flask, asker: Asker) -> None:
    data = asker.filled(question="पेशाब रुक गया है, क्या करूँ?")
    asker.send(data)
    runner = app.test_cli_runner()
    rows = json.loads(runner.invoke(args=["questions", "export"]).stdout)
    row = next(row for row in rows if row["receipt_hash"] == receipts.hash_of(data["receipt"]))
    assert (row["question"], row["state"], row["lane"]) == (data["question"], "waiting", "open")
    assert row["is_urgent"]
    table = runner.invoke(args=["questions", "export", "--format", "csv"]).stdout
    assert table.startswith('\ufeff"receipt_hash","state","lane","language",')
    assert data["question"] in table


def test_the_tables_are_those_of_the_models(app: Flask) -> None:
    with app.app_context():
        assert database.alembic.compare_metadata() == []


def test_no_cookie_before_the_form(app: Flask) -> None:
    client = app.test_client()
    for path in ("/en/", "/en/privacy", "/en/kept/ask", "/en/kept/questions", "/hi/questions"):
        assert "Set-Cookie" not in client.get(path).headers, path
    told = client.get("/token")
    assert told.headers["Cache-Control"] == "no-store"
    assert "HttpOnly" in told.headers["Set-Cookie"]
    assert "SameSite=Lax" in told.headers["Set-Cookie"]


def test_a_site_that_names_nobody_to_complain_to_takes_no_questions(tmp_path: Path) -> None:
    settings = {"REEDH_INSTANCE_PATH": str(tmp_path), "REEDH_PUBLIC_URL": "https://reedh.example"}
    client = create_app(settings).test_client()
    assert client.get("/en/ask").status_code == 404
    assert "/en/ask" not in client.get("/en/").get_data(as_text=True)
    client = create_app(settings | {"REEDH_GRIEVANCE_CONTACT": "Dr A, 0124 000000"}).test_client()
    assert client.get("/en/ask").status_code == 200
    assert "Dr A, 0124 000000" in client.get("/hi/privacy").get_data(as_text=True)


def test_purging_says_what_it_did_and_what_still_waits(
    app: Flask, asker: Asker, stored: Stored
) -> None:
    decided, waiting = asker.filled(name="Asha"), asker.filled()
    with app.app_context():
        for data in (decided, waiting):
            assert asker.send(data).status_code == 303
            found = select(Question).filter_by(receipt_hash=receipts.hash_of(data["receipt"]))
            question = db.session.scalars(found).one()
            question.asked_at -= timedelta(days=366)
            if data is decided:
                question.state = State.DECLINED
                question.decided_at = question.asked_at
            db.session.commit()
    told = app.test_cli_runner().invoke(args=["questions", "purge"]).stdout
    assert "1 questions whose decision is older than 365 days are erased" in told
    assert "still wait for a decision" in told
    erased, kept = stored(decided["receipt"]), stored(waiting["receipt"])
    assert erased is not None
    assert kept is not None
    assert (erased.state, erased.text, erased.name) == (State.DECLINED, None, None)
    assert kept.text == waiting["question"]
    assert only(page.check("/", asker.look(decided["receipt"])), "[data-state=declined]")
