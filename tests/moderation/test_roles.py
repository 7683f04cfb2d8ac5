"""Every route of the site, with each of its methods, for everybody who may come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, url_for
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update
from werkzeug.test import TestResponse

from blueprints.database import db
from blueprints.models import CannedAnswer, Person, Role, SignIn
from tests.moderation.desk import ARTICLE, PASSWORD, add_person, ask
from tests.people import Member, all_kept
from tests.publishing import publish

TEAM = frozenset(Role)
MODERATOR, ADMIN = frozenset({Role.MODERATOR}), frozenset({Role.ADMIN})
WRITERS = MODERATOR | {Role.TRANSLATOR}

# Whoever adds a route says here who may see it.
PUBLIC = {
    "articles.about", "articles.answers", "articles.home", "articles.negotiate",
    "articles.poster", "articles.robots", "articles.show", "articles.sitemap", "csrf.token",
    "edition.asset", "health.alive", "health.ready", "offline.add", "offline.apple_touch_icon",
    "offline.hints", "offline.offline", "offline.pack", "offline.service_worker",
    "offline.web_manifest", "questions.ask", "questions.ask_shell", "questions.look_up",
    "questions.mine", "questions.mine_shell", "questions.privacy", "questions.send",
    "search.index_data", "search.results", "search.results_json", "search.shell",
    # The way in, and out.
    "people.choose_language", "people.code", "people.send_code", "people.send_set_up",
    "people.send_sign_in", "people.set_up", "people.sign_in", "people.sign_out",
}  # fmt: skip
RESTRICTED: Mapping[str, frozenset[Role]] = {
    "people.account": TEAM,
    "people.change_password": TEAM,
    "people.renew_recovery_codes": TEAM,
    "people.revoke_other_sign_ins": TEAM,
    "people.revoke_sign_in": TEAM,
    "moderation.start": TEAM,
    "moderation.queue": MODERATOR,
    "moderation.decide_many": MODERATOR,
    "moderation.question": MODERATOR,
    "moderation.write": MODERATOR,
    "moderation.preview": MODERATOR,
    "moderation.publish": MODERATOR,
    "moderation.decide": MODERATOR,
    "moderation.canned": MODERATOR,
    "moderation.canned_answers": MODERATOR,
    "moderation.keep_canned": MODERATOR,
    "moderation.new_canned": MODERATOR,
    "moderation.translation": WRITERS,
    "moderation.translations": WRITERS,
    "moderation.translate": WRITERS,
    "moderation.audit_entries": ADMIN,
    "moderation.change_person": ADMIN,
    "moderation.export": ADMIN,
    "moderation.people": ADMIN,
}
WHO = ["anonymous", "disabled", "revoked", *Role]
SIGNED_OUT = {"anonymous", "disabled", "revoked"}
NOBODY_S = 2**31 - 1  # an id that nothing has
# Enough to take each step, for whoever may.
SENT = {
    "email": "somebody@example.org",
    "password": PASSWORD,
    "new_password": "a new password to keep",
    "new_password_again": "a new password to keep",
    "step": "mark-spam",
    "version": "1",
    "wording-en": "What was asked",
    "answer-en": "What was answered",
    "wording-hi": "जो पूछा गया",
    "answer-hi": "जो बताया गया",
    "draft-en": "0",
    "publish-en": "y",
    "checked": "y",
    "name": "Rest",
    "disable": "y",
    "question": "1.1",
    "language": "hi",
}

Found = dict[tuple[str, str], object]


@dataclass(frozen=True)
class Site:
    """All who may come, each with a browser of their own; `ids` are of what there is."""

    app: Flask
    browsers: Mapping[str, FlaskClient]
    ids: Mapping[str, int]

    def routes(self) -> Iterator[tuple[str, str, set[str]]]:
        """Each route's endpoint and method, and the names in its address."""
        for rule in self.app.url_map.iter_rules():
            for method in sorted((rule.methods or set()) - {"OPTIONS"}):
                yield rule.endpoint, method, rule.arguments

    def url(self, endpoint: str, names: set[str], id_: int | None = None) -> str:
        known: dict[str, Any] = {
            "slug": ARTICLE,
            "target": "hi",
            "kind": "csv",
            "number": 1,
            "id": id_ or self.ids.get(endpoint, self.ids["question"]),
        }
        with self.app.test_request_context("/en/"):
            values = {name: known.get(name, "none") for name in names - {"language"}}
            return url_for(endpoint, **values)

    def ask(self, who: str, method: str, path: str, **more: Any) -> TestResponse:
        headers = {"Accept-Language": "en", "Accept": "text/html"} | more.pop("headers", {})
        data = SENT | more.pop("fields", {}) if method == "POST" else None
        return self.browsers[who].open(path, method=method, headers=headers, data=data)

    def token(self, who: str) -> str:
        return str(self.browsers[who].get("/token").json["csrf_token"])  # type: ignore[index]


@pytest.fixture(scope="module")
def site(app: Flask) -> Site:
    browsers = {"anonymous": app.test_client()}
    for who in WHO[1:]:
        email = add_person(app, Role(who) if who in list(Role) else Role.MODERATOR)
        member = Member(app, email)
        member.sign_in(PASSWORD)
        member.open("/moderation/set-up")  # which offers a secret, and keeps it
        browsers[who] = member.client
        with app.app_context():
            person = db.session.scalars(select(Person).filter_by(email=email)).one()
            if who == "disabled":
                db.session.execute(update(Person).filter_by(id=person.id).values(is_active=False))
            elif who == "revoked":
                db.session.execute(delete(SignIn).filter_by(person_id=person.id))
            db.session.commit()
    with app.app_context():
        canned = CannedAnswer(name="Rest", texts={"en": "Rest."})
        db.session.add(canned)
        db.session.commit()
        canned_id = canned.id
        somebody = db.session.scalars(select(Person.id).filter_by(is_active=False)).one()
    published = publish(app, en=("What was asked", "What was answered"))
    ids = {
        "question": ask(app, "Will it hurt?"),
        "moderation.canned": canned_id,
        "moderation.keep_canned": canned_id,
        "moderation.translation": published,
        "moderation.translate": published,
        "moderation.change_person": somebody,
    }
    return Site(app, browsers, ids)


def may(endpoint: str, who: str) -> bool:
    return endpoint in PUBLIC or (who not in SIGNED_OUT and Role(who) in RESTRICTED[endpoint])


def test_the_table_names_every_route(app: Flask) -> None:
    assert PUBLIC | set(RESTRICTED) == {rule.endpoint for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize("who", WHO)
def test_a_route_is_open_to_those_who_may_and_to_nobody_else(site: Site, who: str) -> None:
    expected: Found = {}
    found: Found = {}
    before = all_kept(site.app)
    for endpoint, method, names in site.routes():
        answer = site.ask(who, method, site.url(endpoint, names))
        expected[endpoint, method] = _expected(endpoint, method, who)
        found[endpoint, method] = _seen(answer)
    assert found == expected
    # Forms came without a token, and downloads are noted.
    if who != Role.ADMIN:
        assert all_kept(site.app) == before


def _expected(endpoint: str, method: str, who: str) -> str:
    if may(endpoint, who):
        return "open"
    if who not in SIGNED_OUT:
        return "refused"
    return "sign in, and what was sent is kept" if method == "POST" else "sign in"


def _seen(answer: TestResponse) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith("/moderation/sign-in"):
        return "sign in"
    page = BeautifulSoup(answer.get_data(), "html5lib")
    if answer.status_code == 403 and page.select_one("[name=kept]"):
        return "sign in, and what was sent is kept"
    # Without the step before, those of the way in begin it anew.
    if answer.status_code == 403 and not page.select_one("[name=email]"):
        return "refused"
    return "open" if answer.status_code < 500 else answer.status


@pytest.mark.parametrize("who", WHO)
def test_who_may_not_see_a_thing_is_not_told_whether_it_is_there(site: Site, who: str) -> None:
    for endpoint, method, names in site.routes():
        if "id" not in names or may(endpoint, who):
            continue
        there, not_there = (
            _without_token(site.ask(who, method, site.url(endpoint, names, id_)), id_)
            for id_ in (site.ids.get(endpoint, site.ids["question"]), NOBODY_S)
        )
        assert there == not_there, endpoint


def _without_token(answer: TestResponse, id_: int) -> tuple[int, str, str]:
    page = BeautifulSoup(answer.get_data(), "html5lib")
    for field in page.select("[name=csrf_token]"):
        field.decompose()
    told = answer.headers.get("Location", "")
    return answer.status_code, told.replace(str(id_), "ID"), str(page).replace(f"/{id_}", "/ID")


@pytest.mark.parametrize("who", Role)
@pytest.mark.parametrize("has_another_s", [False, True])
def test_without_a_token_of_this_browser_nothing_is_changed(
    site: Site, who: Role, has_another_s: bool
) -> None:
    fields = {"csrf_token": site.token("anonymous")} if has_another_s else {}
    before = all_kept(site.app)
    for endpoint, method, names in site.routes():
        # What became of a question is told to whoever has its number; that changes nothing.
        if method == "POST" and may(endpoint, who) and endpoint != "questions.look_up":
            answer = site.ask(who, method, site.url(endpoint, names), fields=fields)
            assert answer.status_code in {400, 403, 422}, endpoint
            assert all_kept(site.app) == before, endpoint


@pytest.mark.parametrize("who", Role)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
    ids=str,
)
def test_from_another_site_nothing_is_taken_even_with_a_token(
    site: Site, who: Role, headers: dict[str, str]
) -> None:
    fields = {"csrf_token": site.token(who)}
    before = all_kept(site.app)
    for endpoint, method, names in site.routes():
        if method == "POST":
            url = site.url(endpoint, names)
            answer = site.ask(who, method, url, headers=headers, fields=fields)
            assert answer.status_code == 403, endpoint
    assert all_kept(site.app) == before


def test_a_reader_gets_no_cookie_but_the_one_of_a_form(site: Site) -> None:
    given = {}
    for endpoint, method, names in site.routes():
        browser = site.app.test_client()
        if endpoint in PUBLIC and not endpoint.startswith("people."):
            data = SENT if method == "POST" else None
            answer = browser.open(site.url(endpoint, names), method=method, data=data)
            if cookies := answer.headers.getlist("Set-Cookie"):
                given[endpoint] = [cookie.partition("=")[0] for cookie in cookies]
    forms = {"csrf.token", "questions.ask", "questions.send", "questions.look_up"}
    assert given == {endpoint: ["reedh"] for endpoint in forms}
