"""Every way in which a question is not taken, and that its text is not lost by it.

Without scripts, what was typed comes back in the form. Where it cannot, the page says what to do.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

import pytest
from bs4.element import Tag
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from sqlalchemy import event, text
from werkzeug.test import TestResponse

from app import create_app
from blueprints import database
from blueprints.database import db
from blueprints.questions import asking, lanes, receipts
from tests import page
from tests.asking.conftest import TEXT
from tests.conftest import LANGUAGES
from tests.page import only

NAME = "आशा"
FORM = "application/x-www-form-urlencoded"


@contextmanager
def busy(app: Flask) -> Iterator[None]:
    """Somebody else writes, and does not end."""
    with app.app_context():
        engine = db.engine
    with engine.connect() as other:
        other.execute(text("BEGIN IMMEDIATE"))
        yield
        other.rollback()


@contextmanager
def flooded(app: Flask) -> Iterator[None]:
    """As much has come from this network as is taken in a minute."""
    with app.test_request_context(environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        while not lanes.is_flood():
            pass
    yield
    app.extensions["limits"].storage.reset()


@contextmanager
def full(app: Flask) -> Iterator[None]:
    """As many questions wait as may."""
    chosen = app.config["REEDH"]
    app.config["REEDH"] = replace(chosen, queue_limit=0)
    yield
    app.config["REEDH"] = chosen


@contextmanager
def broken(app: Flask) -> Iterator[None]:
    """A row of the database that the code cannot read."""
    change = "UPDATE question SET state = CASE state WHEN 'waiting' THEN '?' ELSE 'waiting' END"
    with app.app_context():
        engine = db.engine
    for moment in ("before", "after"):
        with engine.begin() as connection:
            connection.execute(text(change))
        if moment == "before":
            yield


@contextmanager
def without_cookies(app: Flask) -> Iterator[None]:
    """A browser that sends none back."""
    inner = app.wsgi_app

    def drop(environ: dict[str, Any], start_response: Any) -> Any:
        return inner(environ | {"HTTP_COOKIE": ""}, start_response)

    app.wsgi_app = drop  # type: ignore[method-assign]
    yield
    app.wsgi_app = inner  # type: ignore[method-assign]


@contextmanager
def closed(app: Flask) -> Iterator[None]:
    """The site stopped taking questions while the form was open."""
    chosen = app.config["REEDH"]
    environ = {
        "REEDH_INSTANCE_PATH": str(chosen.instance_path / "closed"),
        "REEDH_PUBLIC_URL": "https://reedh.example",
    }
    app.config["REEDH"] = create_app(environ).config["REEDH"]
    yield
    app.config["REEDH"] = chosen


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a question is not taken: what is sent instead, and what holds meanwhile."""

    status: int
    error: str
    changes: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    meanwhile: Callable[[Flask], AbstractContextManager[None]] = lambda _app: nullcontext()
    is_sent_before: bool = False
    has_new_number: bool = False


CAUSES = {
    "no question": Cause(422, "invalid", {"question": ""}),
    "a short question": Cause(422, "invalid", {"question": "दर्द"}),
    "a long question": Cause(422, "invalid", {"question": "द" * 4001}),
    "a character nobody keeps": Cause(422, "invalid", {"question": "My back \0 hurts so much"}),
    "no consent": Cause(422, "invalid", {"consent": ""}),
    "a long name": Cause(422, "invalid", {"name": "आ" * 101}),
    "a number that is none": Cause(422, "invalid", {"receipt": "ABC"}, has_new_number=True),
    "no number": Cause(422, "invalid", {"receipt": ""}, has_new_number=True),
    "a stale token": Cause(400, "token", {"csrf_token": "stale"}),
    "no token": Cause(400, "token", {"csrf_token": ""}),
    "no cookie": Cause(400, "cookies", meanwhile=without_cookies),
    "another site": Cause(
        403, "elsewhere", headers={"Sec-Fetch-Site": "cross-site"}, has_new_number=True
    ),
    "another site, an old browser": Cause(
        403, "elsewhere", headers={"Origin": "null"}, has_new_number=True
    ),
    "a site that takes no questions": Cause(404, "closed", meanwhile=closed),
    "another text under its number": Cause(
        409, "conflict", {"question": "Another text altogether"}, is_sent_before=True,
        has_new_number=True,
    ),
    "a flood": Cause(429, "flood", meanwhile=flooded),
    "a busy database": Cause(503, "busy", meanwhile=busy),
    "no room": Cause(503, "full", meanwhile=full),
    "a fault of ours": Cause(500, "failed", meanwhile=broken, is_sent_before=True),
}  # fmt: skip

# Bytes of which the form can hold no more than can be read.
UNREADABLE = {
    "raw bytes": b"\xff",
    "quoted bytes": b"%FF",
}
# No browser sends these from our form: its page says what to do, and nothing was read.
UNREAD = {
    "more than is ever read": (413, {"data": b"question=" + b"x" * 65536, "content_type": FORM}),
    "less than was promised": (
        400,
        {"data": b"x=y", "content_type": FORM, "environ_overrides": {"CONTENT_LENGTH": "99"}},
    ),
    "a host that is none": (400, {"data": {"question": "x"}, "headers": {"Host": "a..b"}}),
}  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path_factory.mktemp("instance"))})
    with app.app_context():
        database.upgrade()
        db.engine.dispose()
        event.listen(db.engine, "connect", lambda made, _: made.execute("PRAGMA busy_timeout=50"))
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def form_of(response: TestResponse, status: int = 200) -> Tag:
    assert response.status_code == status
    return only(page.check(response.request.path, response), "form.ask")


def value(form: Tag, name: str) -> str:
    return str(only(form, f"input[name={name}]")["value"])


def typed(form: Tag) -> tuple[str, str, bool]:
    question = only(form, "textarea").get_text().removeprefix("\n")
    return question, value(form, "name"), only(form, "[name=consent]").has_attr("checked")


def filled(client: FlaskClient, language: str) -> dict[str, str]:
    form = form_of(client.get(f"/{language}/ask"))
    kept = {name: value(form, name) for name in ("csrf_token", "receipt", "article", "notice")}
    return kept | {"question": TEXT[language], "name": NAME, "consent": "y"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cause", CAUSES.values(), ids=CAUSES.keys())
def test_what_was_typed_comes_back(
    app: Flask, client: FlaskClient, cause: Cause, language: str
) -> None:
    path = f"/{language}/ask"
    data = filled(client, language)
    if cause.is_sent_before:
        assert client.post(path, data=data).status_code == 303
    data |= cause.changes
    as_json = {**cause.headers, "Accept": "application/json"}
    with cause.meanwhile(app):
        shown = client.post(path, data=data, headers=cause.headers)
        told = client.post(path, data=data, headers=as_json)
    form = form_of(shown, cause.status)
    assert typed(form) == (
        data["question"].replace("\0", ""), data["name"], data["consent"] == "y",
    )  # fmt: skip
    said = page.check(path, shown).select(".alert")[0].get_text(strip=True)
    assert said, "the page says that it is not sent"
    assert told.status_code == cause.status
    assert told.json is not None
    assert told.json["error"] == cause.error
    if cause.has_new_number:
        assert receipts.read(value(form, "receipt"))
        assert value(form, "receipt") != data["receipt"]
    else:
        assert value(form, "receipt") == data["receipt"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("cause", CAUSES.values(), ids=CAUSES.keys())
def test_the_second_press_sends(
    app: Flask, client: FlaskClient, cause: Cause, language: str
) -> None:
    path = f"/{language}/ask"
    data = filled(client, language)
    if cause.is_sent_before:
        client.post(path, data=data)
    with cause.meanwhile(app):
        shown = client.post(path, data=data | cause.changes, headers=cause.headers)
    form = form_of(shown, cause.status)
    again = {name: value(form, name) for name in ("csrf_token", "receipt", "article", "notice")}
    corrected = {"question": data["question"], "name": NAME, "consent": "y"}
    assert client.post(path, data=again | corrected).status_code == 303


@pytest.mark.parametrize(
    ("cause", "is_named"), [("no cookie", True), ("a stale token", False), ("no token", False)]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_cookie_is_named_and_an_old_token_is_not_one(
    app: Flask, client: FlaskClient, cause: str, is_named: bool, language: str
) -> None:
    data = filled(client, language) | CAUSES[cause].changes
    with CAUSES[cause].meanwhile(app):
        shown = client.post(f"/{language}/ask", data=data)
    said = page.check(f"/{language}/ask", shown).select(".alert")[0].get_text()
    assert ({"en": "cookie", "hi": "कुकी"}[language] in said) == is_named


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wrong", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_can_be_read_comes_back(client: FlaskClient, wrong: bytes, language: str) -> None:
    body = b"question=%s%s&name=%s&consent=y"
    sent = body % (quote(f"{TEXT[language]} & 100%").encode(), wrong, NAME.encode())
    shown = client.post(f"/{language}/ask", data=sent, content_type=FORM)
    question, name, has_consent = typed(form_of(shown, 400))
    assert question == f"{TEXT[language]} & 100%\N{REPLACEMENT CHARACTER}"
    assert (name, has_consent) == (NAME, True)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", ["question", "name"])
def test_what_can_be_read_of_parts_comes_back(
    client: FlaskClient, field: str, language: str
) -> None:
    data = {"question": TEXT[language], "name": NAME, "consent": "y"}
    sent = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s%s\r\n'
        % (name.encode(), text.encode(), b"\xff" if name == field else b"")
        for name, text in data.items()
    )
    kind = "multipart/form-data; boundary=x"
    shown = client.post(f"/{language}/ask", data=sent + b"--x--\r\n", content_type=kind)
    question, name, has_consent = typed(form_of(shown, 400))
    back = {"question": question, "name": name}
    assert back == {name: data[name] for name in back} | {field: f"{data[field]}\ufffd"}
    assert has_consent


class Ahead(TimestampSigner):
    """The clock of another node."""

    def get_timestamp(self) -> int:
        return super().get_timestamp() + 5


@pytest.mark.parametrize("made", [0, 5])
def test_a_token_of_a_node_whose_clock_is_ahead_is_good(
    app: Flask, client: FlaskClient, made: int
) -> None:
    data = filled(client, "en")
    here = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token")
    ahead = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token", signer=Ahead)
    data["csrf_token"] = str((ahead if made else here).dumps(here.loads(data["csrf_token"])))
    assert client.post("/en/ask", data=data).status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("status", "sent"), UNREAD.values(), ids=UNREAD.keys())
def test_what_was_never_read_is_told(
    client: FlaskClient, status: int, sent: dict[str, Any], language: str
) -> None:
    shown = client.post(f"/{language}/ask", **sent)
    assert shown.status_code == status
    told = page.check(f"/{language}/ask", shown)
    says = {"en": "Go back", "hi": "वापस जाएँ"}[language]
    assert says in only(told, "main").get_text()


@pytest.mark.parametrize("letter", ["द", "\n", "&", "🦴"])
def test_the_form_lets_nobody_type_more_than_is_read(client: FlaskClient, letter: str) -> None:
    data = filled(client, "hi")
    form = form_of(client.get("/hi/ask"))
    for name in ("question", "name"):
        units = int(str(only(form, f"#{name}")["maxlength"]))
        letters = units // (len(letter.encode("utf-16-le")) // 2)
        data[name] = (letter * letters).replace("\n", "\r\n")
    assert client.post("/hi/ask", data=data).status_code in {303, 422}


def test_a_busy_site_says_when_to_try_again(app: Flask, client: FlaskClient) -> None:
    data = filled(client, "en")
    with busy(app):
        assert client.post("/en/ask", data=data).headers["Retry-After"] == "5"


def test_the_table_is_complete() -> None:
    """Each status and error that the code can give stands above."""
    tree = ast.parse(inspect.getsource(asking))
    given = set()
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "_again":
            status, error = (ast.literal_eval(argument) for argument in call.args[1:3])
            given.add((status, error))
    returned = [
        each.value for each in ast.walk(tree) if isinstance(each, ast.Return) and each.value
    ]
    plain = {ast.unparse(each) for each in returned if ast.unparse(each).endswith(", 422)")}
    assert plain == {"(jsonify(error='invalid', errors=wrong), 422)", "(_page(form), 422)"}
    numbers = set(map(int, re.findall(r"\b[45]\d\d\b", ast.unparse(tree))))
    assert numbers == {status for status, _error in given} | {422}
    table = {(cause.status, cause.error) for cause in CAUSES.values()} | {(400, "encoding")}
    assert table == given | {(422, "invalid")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/ask", "/questions", "/about", "/"])
def test_numbers_are_not_translated(client: FlaskClient, language: str, path: str) -> None:
    shown = page.check(f"/{language}{path}", client.get(f"/{language}{path}"))
    found = shown.select(".number, a[href^='tel:']")
    assert found
    assert all(each["translate"] == "no" for each in found)
    texts = only(shown, "body").find_all(string=re.compile("112"))
    assert texts
    assert [text for text in texts if not text.find_parent(translate="no")] == []
