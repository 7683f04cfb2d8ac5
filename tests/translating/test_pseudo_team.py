"""Everything the team is told goes through the catalogs, whoever they are and whatever they do."""

from __future__ import annotations

import re

import pyotp
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from blueprints.models import Role, State
from blueprints.translating.pseudo import LANGUAGE
from tests.moderation.desk import PASSWORD, Desk, add_person, ask, looking
from tests.page import Page, only
from tests.people import Member
from tests.publishing import SLUG, publish
from tests.translating import unmarked
from tests.translating.another import team_pages

QUESTION = "⟦ŵíĺĺ ţĥé þáíñ çóṁé ɓáçķ⟧"
ANSWER = "⟦íţ ṁáý⟧"
NAME = "⟦ñáṁé⟧"
# What stands there without the catalogs.
ALLOWED = re.compile(
    r"\b\d+ (second|minute)s? ago\b"  # CLDR's words
    r"|\b\d{1,2} [A-Z][a-z]{2,3}( \d{4})?, \d{2}:\d{2}"
    r"|\bEnglish( \(Pseudo-Accents\))?|\bHindi\b"  # of languages, CLDR's too
    r"|\b[\w.-]+@example\.org\b"  # of people
    r"|\bAsha Rao\b|\bMS \(Ortho?\)(, Fellow of Spine Surgery)?"
    r"|\bCSV\b|\bJSON\b"
)


@pytest.fixture(scope="module")
def app(pseudo_site: Flask) -> Flask:
    return pseudo_site


def moderator(app: Flask) -> str:
    return add_person(app, Role.MODERATOR, en=NAME)


def found(response: TestResponse) -> list[str]:
    body = response.get_data(as_text=True)
    if "json" in response.content_type:
        return unmarked.in_json(body)
    if "html" not in response.content_type:
        return []
    return [text for text in unmarked.on_page(body) if unmarked.outside(ALLOWED.sub("", text))]


class Reader(Desk):
    """Somebody of the team, who looks through every page."""

    def get(self, path: str) -> TestResponse:
        response = super().get(path)
        assert found(response) == [], path
        return response

    def _show(self, response: TestResponse, status: int) -> Page:
        assert found(response) == [], response.request.path
        return super()._show(response, status)


@pytest.mark.parametrize("role", Role)
def test_every_page_of_every_role(app: Flask, role: Role) -> None:
    answered = publish(app, None, SLUG, en=("Will it hurt?", "It may."))
    ask(app, QUESTION, LANGUAGE, is_urgent=True)
    desk = Reader(app, add_person(app, role, en=NAME), LANGUAGE)
    seen = {
        endpoint
        for endpoint, path in team_pages(app, id=answered, target=LANGUAGE, kind="csv")
        if desk.get(path).status_code == 200
    }
    assert "people.account" in seen
    assert len(seen) >= 4


def test_deciding_from_the_first_word_to_the_last(app: Flask) -> None:
    id_ = ask(app, f"{QUESTION} 98765 43210", LANGUAGE, is_urgent=True, name="⟦ñáṁé⟧")
    desk = Reader(app, moderator(app), LANGUAGE)
    other = Reader(app, moderator(app), LANGUAGE)
    path = f"/moderation/questions/{id_}"
    desk.open(path)
    other.open(path)
    desk.press("[name=preview]", 422, wording_en_XA=QUESTION, answer_en_XA="")
    desk.open(path)
    desk.press("[name=preview]", wording_en_XA=QUESTION, answer_en_XA=ANSWER)
    desk.press("form .main", 422)
    other.press(".write button:not([name])", 409, answer_en_XA=f"{ANSWER} {ANSWER}")
    desk.press("form .main", checked=True)
    with looking(app, id_) as question:
        assert question.state == State.PUBLISHED
    desk.press('[value="unpublish"]')
    for shelf in ("waiting", "held", "offered", "published", "declined", "spam"):
        desk.open(f"/moderation/queue?shelf={shelf}&all=y")
        desk.open(f"/moderation/queue?shelf={shelf}&q=žžž")


def test_answers_in_other_languages_and_ready_ones(app: Flask) -> None:
    id_ = publish(app, None, SLUG, en=("Will it hurt?", "It may."))
    desk = Reader(app, add_person(app, Role.TRANSLATOR, en=NAME), LANGUAGE)
    path = f"/moderation/translations/{id_}/{LANGUAGE}"
    for status, wording, answer in ((422, QUESTION, ""), (200, QUESTION, ANSWER)):
        desk.open(path)
        desk.press("[name=offer]", status, **fields(wording, answer))
    approver = Reader(app, moderator(app), LANGUAGE)
    approver.open("/moderation/queue?shelf=offered")
    approver.open("/moderation/canned/new")
    approver.press("main .main", 422, name="")
    approver.open("/moderation/canned/new")
    approver.press("main .main", name="⟦ñáṁé⟧", answer_en_XA=ANSWER)
    approver.open("/moderation/canned")


def fields(wording: str, answer: str) -> dict[str, str]:
    return {"wording_en_XA": wording, "answer_en_XA": answer}


def test_the_record_and_what_is_refused(app: Flask) -> None:
    admin = Reader(app, add_person(app, Role.ADMIN, en=NAME), LANGUAGE)
    admin.open("/moderation/audit?verify=y")
    for path, status in (("/moderation/none", 404), ("/moderation/queue", 403)):
        admin.open(path, status)


def test_signing_in_with_two_steps(app: Flask) -> None:
    member = Member(app, moderator(app), LANGUAGE)

    def seen(response: TestResponse, status: int) -> None:
        assert response.status_code == status
        assert found(response) == [], response.request.path

    seen(member.sign_in("wrong"), 422)
    seen(member.sign_in(PASSWORD, csrf_token="stale"), 400)  # noqa: S106
    assert member.sign_in(PASSWORD).status_code in {302, 303}
    shown = member.open("/moderation/set-up")
    seen(member.press(shown, "/set-up", password="wrong", code="12"), 422)  # noqa: S106
    secret = only(shown, "#secret").get_text().replace(" ", "")
    made = member.press(shown, "/set-up", password=PASSWORD, code=pyotp.TOTP(secret).now())
    seen(made, 200)
    seen(member.ask("/moderation/account"), 200)
    member.sign_out()
    asked = member.sign_in(PASSWORD)
    seen(member.ask(asked.headers["Location"]), 200)
    seen(member.prove(member.open("/moderation/code"), "123"), 422)
