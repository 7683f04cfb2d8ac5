"""Spam is held for a person to see; patients who share an address are neither held nor refused."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from redis import Redis
from sqlalchemy import select

from app import create_app
from blueprints import database, limits
from blueprints.database import db
from blueprints.models import Question
from blueprints.questions import receipts
from blueprints.questions.lanes import LONG_FROM_ONE_NETWORK, is_flood
from tests.serving import free_port

TEXT = "Will my back hurt after the operation?"


@pytest.fixture(scope="session")
def redis() -> Iterator[str]:
    """A real Redis, with nothing on the disk; its address."""
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen([*command, "--appendonly", "no"], stdout=subprocess.PIPE) as server:
        assert server.stdout
        for line in server.stdout:
            if b"Ready to accept connections" in line:
                break
        yield f"redis://127.0.0.1:{port}"
        server.terminate()


@pytest.fixture(params=["memory", "redis"])
def app(request: pytest.FixtureRequest, tmp_path: Path, redis: str) -> Flask:
    # A key of its own, and so counts of its own.
    settings = {
        "REEDH_INSTANCE_PATH": str(tmp_path),
        "REEDH_SECRET_KEY": receipts.make() * 2,
        "REEDH_LIMITS_URL": {"memory": "memory://", "redis": redis}[request.param],
        "REEDH_TRUSTED_PROXIES": "1",
    }
    app = create_app(settings)
    with app.app_context():
        database.upgrade()
    return app


Ask = Callable[..., int]


@pytest.fixture
def ask(app: Flask) -> Ask:
    """Ask as the phone does; give the status of the answer."""
    client: FlaskClient = app.test_client()
    token = client.get("/token").json

    def send(text: str, address: str = "203.0.113.7", **fields: str) -> int:
        assert token
        data = {"question": text, "consent": "y", "receipt": receipts.make(), **token, **fields}
        headers = {"Accept": "application/json", "X-Forwarded-For": address}
        return client.post("/hi/ask", data=data, headers=headers).status_code

    return send


@pytest.fixture
def lanes(app: Flask) -> Callable[[], dict[str, int]]:
    def count() -> dict[str, int]:
        with app.app_context():
            return Counter(str(lane) for lane in db.session.scalars(select(Question.lane)))

    return count


Lanes = Callable[[], dict[str, int]]


def test_300_patients_behind_one_address_are_accepted_and_none_is_held(
    ask: Ask, lanes: Lanes
) -> None:
    assert {ask(f"{TEXT} I am patient {number}") for number in range(300)} == {201}
    assert lanes() == {"open": 300}
    # Whoever asks more than that is held, and refused only where nobody could read it.
    later = Counter(ask(f"Buy this {number} times over") for number in range(310))
    assert later == {201: 300, 429: 10}
    assert lanes() == {"open": 300, "held": 300}
    assert ask(TEXT, address="203.0.113.8") == 201
    assert lanes()["open"] == 301


@pytest.mark.parametrize("app", ["memory"], indirect=True)
def test_what_comes_slowly_from_one_address_is_held_too(app: Flask, ask: Ask, lanes: Lanes) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": "203.0.113.7"}):
        while limits.hit(LONG_FROM_ONE_NETWORK, limits.network()):
            pass
    assert [ask(TEXT), ask(TEXT, address="203.0.113.8")] == [201, 201]
    assert lanes() == {"held": 1, "open": 1}


def test_what_a_proxy_tells_need_be_no_address(ask: Ask) -> None:
    told = ("unknown", "_hidden", "\xff", "", "[", "1.2.3", "a:b:c")
    assert {ask(f"{TEXT} {address}", address) for address in told} == {201}


def test_addresses_of_one_ipv6_network_count_together(ask: Ask, lanes: Lanes) -> None:
    for number in range(301):
        ask(f"{TEXT} {number}", address=f"2001:db8:1:2::{number:x}")
    ask(f"{TEXT} elsewhere", address="2001:db8:1:3::1")
    assert lanes() == {"open": 301, "held": 1}


@pytest.mark.parametrize(
    ("text", "fields", "lane"),
    [
        (TEXT, {}, "open"),
        (TEXT, {"website": "https://a.example"}, "held"),
        ("See www.a.example and http://b.example for cheap implants", {}, "held"),
        ("My doctor sent me to www.a.example, is that right?", {}, "open"),
        ("My doctor sent me to https://www.example.com/a, is that right?", {}, "open"),
        ("देखें।https://www.example.com/a.com?b=c.org सही है क्या?", {}, "open"),
        ("See https://a.example,https://b.example for implants", {}, "held"),
        ("Cheap implants: cheap.shop (best.shop)", {}, "held"),
        (
            "See \uff57\uff57\uff57\uff0ea.example and http:\u200b//b.example for implants",
            {},
            "held",
        ),
        ("Write to ram@example.com or sita.devi@mail.example.org, mailto:a@b.com", {}, "open"),
    ],
)
def test_what_looks_like_spam_is_held(
    ask: Ask, lanes: Lanes, text: str, fields: dict[str, str], lane: str
) -> None:
    assert ask(text, **fields) == 201
    assert lanes() == {lane: 1}


def test_a_repeated_question_is_counted_no_second_time(ask: Ask, lanes: Lanes) -> None:
    receipt = receipts.make()
    assert [ask(TEXT, receipt=receipt) for _ in range(5)] == [201, 200, 200, 200, 200]
    assert ask(f"{TEXT} Really?", receipt=receipt) == 409
    assert ask(TEXT) == 201
    assert lanes() == {"open": 2}


def test_a_text_that_comes_again_and_again_is_held(ask: Ask, lanes: Lanes) -> None:
    for spaces in range(5):
        assert ask(f"क़मर में दर्द{' ' * spaces} है, क्या करूँ?", address=f"203.0.113.{spaces}") == 201
    assert lanes() == {"open": 3, "held": 2}


def test_a_text_that_looks_the_same_is_the_same(ask: Ask, lanes: Lanes) -> None:
    for text in ("टॉयलेट ९ बार", "टा\u0945यलेट 9 बार", "टॉय\u200bलेट \uff19 बार", "टॉयलेट ९ बार!"):
        ask(text)
    assert lanes() == {"open": 3, "held": 1}


def test_vowel_signs_tell_texts_apart(ask: Ask, lanes: Lanes) -> None:
    for text in ("कमर का दर्द", "कमर की दर्द", "कमर के दर्द", "कमर को दर्द"):
        ask(f"{text} कब तक?")
    assert lanes() == {"open": 4}


def test_guessing_numbers_ends_and_a_right_number_always_works(app: Flask, ask: Ask) -> None:
    client = app.test_client()
    receipt = receipts.make()
    assert ask(TEXT, receipt=receipt) == 201

    def look(number: str, **fields: str) -> int:
        data = {"receipt": number, **fields}
        headers = {"Accept": "application/json", "X-Forwarded-For": "203.0.113.7"}
        return client.post("/en/questions", data=data, headers=headers).status_code

    assert [look(receipts.make()) for _ in range(61)] == [404] * 60 + [429]
    assert look(receipt) == 200, "a neighbour guessed"
    token = client.get("/token").json
    assert token
    assert look(receipt, withdraw="y", **token) == 200
    assert look(receipts.make()) == 429


@pytest.mark.parametrize("app", ["redis"], indirect=True)
def test_redis_forgets_within_a_day_too(app: Flask, ask: Ask, redis: str) -> None:
    ask(TEXT)
    app.test_client().post("/en/questions", data={"receipt": receipts.make()})
    with Redis.from_url(redis) as client:
        left = [client.ttl(key) for key in client.scan_iter()]
    assert left
    assert all(0 < seconds < 24 * 3600 for seconds in left), left


@pytest.mark.parametrize("app", ["memory"], indirect=True)
def test_a_flood_is_told_when_to_come_back_and_keeps_its_text(app: Flask) -> None:
    client = app.test_client()
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        while not is_flood():
            pass
    page = client.get("/en/ask").get_data(as_text=True)
    token = page.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]
    data = {"question": TEXT, "consent": "y", "receipt": receipts.make(), "csrf_token": token}
    answer = client.post("/en/ask", data=data)
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert TEXT in answer.get_data(as_text=True)
