"""What an attacker would try: markup in every field, fields that no form has, a host that lies."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from app import ROOT, create_app
from blueprints import edition
from blueprints.database import db
from blueprints.models import Answer, CannedAnswer, Draft, Person, Role, State
from tests.moderation.conftest import Sit
from tests.moderation.desk import ARTICLE, Desk, add_person, ask, looking
from tests.people import all_kept

HTML = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</textarea></title></style><script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}${7*7}%(a)s",
    "javascript:alert(1)",
    "<!--><b itemprop=name>",
    "]]>&lt;script&gt;alert(1)&lt;/script&gt;&#60;b&#62;",
]
MARKED = "MARK"
PAYLOAD = f"{MARKED} " + " ".join(HTML)


@dataclass(frozen=True)
class Planted:
    question: int
    published: int
    canned: int


@pytest.fixture(scope="module")
def planted(app: Flask) -> Planted:
    """The payload in every field that is kept, a question published with it, one not yet."""
    email = add_person(app, en=f"Dr {PAYLOAD}", hi=f"डॉ. {PAYLOAD}")
    with app.app_context():
        person = db.session.scalars(select(Person).filter_by(email=email)).one()
        person.credential = PAYLOAD
        canned = CannedAnswer(name=PAYLOAD[:100], texts={"en": PAYLOAD, "hi": PAYLOAD})
        db.session.add(canned)
        db.session.commit()
        canned_id = canned.id
    desk = Desk(app, email)
    ids = []
    for name in (PAYLOAD[:80], "script"):
        id_ = ask(app, PAYLOAD, name=name)
        desk.open(f"/moderation/questions/{id_}")
        desk.press("[name=preview]", wording_en=PAYLOAD, answer_en=f"{PAYLOAD}\n\n{PAYLOAD}\n<p>")
        ids.append(id_)
    desk.press("form .main", checked=True)
    return Planted(ids[0], ids[1], canned_id)


def check(html: str, path: str) -> None:
    """The payload is there, and nothing of it has become markup."""
    assert MARKED in html, f"{path} does not show it"
    page = BeautifulSoup(html, "html5lib")
    for tag in page.find_all(True):
        assert tag.name != "img" or "alert" not in str(tag), path
        assert not [name for name in tag.attrs if name.startswith("on")], f"{path}: {tag.name}"
        assert not str(tag.get("href", "")).startswith("javascript:"), path
        if tag.name in {"script", "style"}:
            assert "alert(1)" not in tag.get_text(), path
    assert not page.select("b[itemprop]"), path
    assert "49" not in [text.strip() for text in page.stripped_strings], path


def test_markup_is_text_on_every_page_of_moderators(app: Flask, sit: Sit, planted: Planted) -> None:
    desk = sit()
    for path in (
        "/moderation/queue",
        f"/moderation/queue?q={MARKED}",
        f"/moderation/queue?done=publish&id={planted.published}",
        f"/moderation/questions/{planted.question}",
        f"/moderation/questions/{planted.question}/preview",
        f"/moderation/questions/{planted.published}",
        "/moderation/canned",
        f"/moderation/canned/{planted.canned}",
        f"/moderation/translations/{planted.published}/hi",
        "/moderation/translations",
    ):
        check(desk.download(path), path)
    desk.open(f"/moderation/questions/{planted.question}")
    typed = {"wording-en": PAYLOAD, "answer-en": f"{PAYLOAD} mine", "draft-en": "1"}
    conflict = desk.send(f"/moderation/questions/{planted.question}", typed)
    assert conflict.status_code == 409
    check(conflict.get_data(as_text=True), "both texts")
    admin = sit(Role.ADMIN)
    check(admin.download("/moderation/people"), "people")


def test_what_was_sent_signed_out_is_text(app: Flask, planted: Planted) -> None:
    client = app.test_client()
    sent = {PAYLOAD: PAYLOAD, "answer-en": PAYLOAD}
    shown = client.post(f"/moderation/questions/{planted.question}", data=sent)
    assert shown.status_code == 403
    check(shown.get_data(as_text=True), "kept")


@pytest.mark.parametrize("language", ["en", "hi"])
def test_markup_is_text_on_every_page_of_readers(
    app: Flask, planted: Planted, language: str
) -> None:
    publisher = edition.publisher(app)
    publisher.publish(publisher.read(None))
    client = app.test_client()
    for path in (f"articles/{ARTICLE}", f"articles/{ARTICLE}/answers", f"search?q={MARKED}"):
        check(client.get(f"/{language}/{path}").get_data(as_text=True), path)
    told = client.get(f"/{language}/search.json?q={MARKED}")
    assert told.content_type.startswith("application/json")
    assert MARKED in json.dumps(told.json)


def test_no_script_of_ours_writes_markup_or_runs_text() -> None:
    wrong = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|setHTML|document\.write"
        r"|createContextualFragment|srcdoc|\beval\(|new Function"
    )
    scripts = {path: path.read_text("utf-8") for path in (ROOT / "static").rglob("*.js")}
    assert len(scripts) > 10
    assert {path: found for path, text in scripts.items() if (found := wrong.findall(text))} == {}


def test_fields_that_no_form_has_change_nothing(app: Flask, sit: Sit) -> None:
    mine, other = ask(app, "Will it hurt?"), ask(app, "Can I walk?")
    desk = sit()
    desk.open(f"/moderation/questions/{mine}")
    extra = {
        "id": str(other), "question_id": str(other), "state": "published", "lane": "held",
        "text": "changed", "name": "changed", "contact": "a@example.org", "article": "another",
        "receipt_hash": "0" * 64, "writer_id": "1", "person_id": "1", "is_offered": "y",
        "published_at": "2000-01-01", "answer-xx": "x", "wording-xx": "x", "answer-": "x",
        "draft": "9", "role": "admin", "offer": "y", "language": "hi",
    }  # fmt: skip
    desk.send(f"/moderation/questions/{mine}", {"answer-en": "A little.", **extra})
    with app.app_context():
        drafts = db.session.scalars(select(Draft).where(Draft.question_id.in_([mine, other])))
        told = [(each.question_id, each.language, each.is_offered) for each in drafts]
        assert told == [(mine, "en", False)]
        assert db.session.get(Answer, mine) is None
    for id_, text in ((mine, "Will it hurt?"), (other, "Can I walk?")):
        with looking(app, id_) as question:
            assert (question.state, question.text, question.name) == (State.WAITING, text, None)
            assert question.article == ARTICLE


def test_a_translator_writes_the_target_alone_and_publishes_nothing(
    app: Flask, sit: Sit, planted: Planted
) -> None:
    desk = sit(Role.TRANSLATOR)
    path = f"/moderation/translations/{planted.published}/hi"
    desk.open(path)
    fields = {
        "wording-hi": "सवाल", "answer-hi": "जवाब", "wording-en": "x", "answer-en": "x",
        "publish-hi": "y", "publish-en": "y", "checked": "y", "version": "2", "offer": "y",
    }  # fmt: skip
    assert desk.send(path, fields).status_code == 303
    with app.app_context():
        answer = db.session.get_one(Answer, planted.published)
        assert set(answer.texts) == {"en"}
        assert answer.texts["en"].wording == PAYLOAD
    for language in ("en", "xx", "..", "HI"):
        wrong = f"/moderation/translations/{planted.published}/{language}"
        before = all_kept(app)
        assert desk.send(wrong, fields).status_code == 404
        assert all_kept(app) == before


def test_a_host_that_lies_stands_nowhere(settings: dict[str, str]) -> None:
    app = create_app(settings)
    lies = {
        "Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "evil",
        "X-Forwarded-Prefix": "/evil.example", "X-Original-URL": "/evil.example",
        "Forwarded": "host=evil.example", "Cookie": "reedh-language=evil.example",
    }  # fmt: skip
    client = app.test_client()
    client.get("/hi/", headers=lies)  # the edition is made for the first reader
    paths = [path for path in edition.publisher(app).edition.resources if "/static/" not in path]
    for path in [*paths, "/", "/en/search?q=x", "/none", "/moderation/sign-in", "/en"]:
        answer = client.get(path, headers=lies)
        assert b"evil.example" not in answer.get_data(), path
        assert "evil.example" not in str(answer.headers), path
    with app.app_context():
        db.engine.dispose()
