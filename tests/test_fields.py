"""No field of any form can hold the site up, whatever is typed into it.

Pages are found in the application's map, forms on the pages, fields in the forms: a new one is
tried by itself.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import product
from urllib.parse import urlsplit

import pyotp
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete

from blueprints import sealing
from blueprints.database import db
from blueprints.models import CannedAnswer, Delay, Role, SignIn
from tests.moderation.desk import ARTICLE, PASSWORD, Desk, add_person, ask
from tests.moderation.test_deciding import publish
from tests.ready import ready

# Of the thread that answers, however busy the machine is.
SECONDS = 0.5
# A body has 64 KiB, in which there are other fields too.
BYTES = 60_000
# About the longest text that is still looked at.
LOOKED_AT = 17_000
MARKS = "a" + "\u0300" * (BYTES // 4 - 1) + "\u0316" * (BYTES // 4 - 1)
PARTS = ["a-", "ﷺ", "a@\u200b", "98765 uhid. ", "क़ नहीं \n"]
TEXTS = [MARKS, *(part * (LOOKED_AT // len(part)) for part in PARTS)]

NAMED = "input[name], textarea[name], select[name]"

Field = tuple[str, str]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("instance")
    settings = {"REEDH_INSTANCE_PATH": str(folder), "REEDH_SMTP_URL": "smtp://localhost:1"}
    with ready(settings) as made:
        yield made


def test_no_field_holds_the_site_up(app: Flask) -> None:
    reached: set[Field] = set()
    slow = {}
    for client, path, method, fields in _forms(app):
        endpoint = str(app.url_map.bind("localhost").match(path, method)[0])
        new = {name for name in fields if (endpoint, name) not in reached} - {"csrf_token"}
        reached |= {(endpoint, name) for name in {*new, ""}}
        for name, text in product(sorted(new), TEXTS):
            seconds = _seconds(app, client, path, method, {**fields, name: text})
            if seconds > SECONDS:
                slow[endpoint, name, text[:12]] = seconds
    assert slow == {}
    posted = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert posted <= {endpoint for endpoint, _name in reached}


def _forms(app: Flask) -> Iterator[tuple[FlaskClient, str, str, dict[str, str]]]:
    """Every form of every page, for everybody who may see it, as it is filled in there."""
    for client, path in product(_clients(app), _pages(app)):
        response = client.get(path)
        if response.mimetype != "text/html":
            continue
        page = BeautifulSoup(response.text, "html5lib")
        for form in page.select("form"):
            action = urlsplit(str(form.get("action") or path)).path
            named = form.select(NAMED) + page.select(f'[name][form="{form.get("id")}"]')
            fields = {
                str(each["name"]): each.get_text() or str(each.get("value", "")) for each in named
            }
            yield client, action, str(form.get("method", "get")).upper(), fields


def _clients(app: Flask) -> list[FlaskClient]:
    """A reader, somebody of each role, and somebody who owes a code."""
    emails = [*(add_person(app, role) for role in Role), add_person(app)]
    _decide(Desk(app, emails[0]), [ask(app, "Will my back hurt afterwards?") for _ in range(2)])
    clients = [_signed_in(app, email) for email in emails]
    with app.app_context():
        secret = sealing.seal(pyotp.random_base32())
        *whole, halfway = db.session.query(SignIn).order_by(SignIn.id)
        for sign_in in [whole[0], whole[1], halfway]:
            sign_in.person.totp_secret = secret
            sign_in.has_second_factor = sign_in is not halfway
        db.session.add(CannedAnswer(name="Rest", texts={"en": "Rest."}))
        db.session.commit()
    return [app.test_client(), *clients]


def _decide(desk: Desk, questions: list[int]) -> None:
    """Publish one, and leave the other with a draft."""
    publish(desk, questions[0])
    desk.open(f"/moderation/questions/{questions[1]}")
    desk.press("[name=preview]", wording_en="Will it hurt?", answer_en="It may.")


def _signed_in(app: Flask, email: str) -> FlaskClient:
    client = app.test_client()
    token = client.get("/token").get_json()
    client.post("/moderation/sign-in", data={"email": email, "password": PASSWORD, **token})
    return client


def _pages(app: Flask) -> list[str]:
    known = {"language": "en", "slug": ARTICLE, "target": "hi"}
    urls = app.url_map.bind("localhost")
    found = [
        urls.build(rule.endpoint, {name: each[name] for name in rule.arguments})
        for each in ({**known, "id": 1}, {**known, "id": 2})
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.arguments <= set(each)
    ]
    return list(dict.fromkeys(found))


def _seconds(
    app: Flask, client: FlaskClient, path: str, method: str, fields: dict[str, str]
) -> float:
    """How long it takes to answer; counts of tries are forgotten first."""
    with app.app_context():
        db.session.execute(delete(Delay))
        db.session.commit()
        app.extensions["limits"].storage.reset()
    start = time.thread_time()
    if method == "GET":
        response = client.get(path, query_string=fields)
    else:
        response = client.post(path, data=fields, content_type="multipart/form-data")
    took = time.thread_time() - start
    assert response.status_code < 500, (path, fields)
    return took
