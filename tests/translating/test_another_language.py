"""A language that has just begun: every page is there, and what is English says so."""

from __future__ import annotations

import json

import pytest
from bs4.element import Tag
from flask import Flask

from blueprints import search
from blueprints.models import Role
from tests.conftest import ARTICLE, Client
from tests.moderation.desk import Desk, add_person, ask
from tests.publishing import publish
from tests.translating.another import pages, site_with, team_pages

ENGLISH = ("Will the pain come back?", "It may.")
URDU = ("کیا درد واپس آئے گا؟", "یہ ممکن ہے")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return site_with(tmp_path_factory.mktemp("urdu"), "ur")


def is_page(path: str) -> bool:
    return not path.endswith((".json", ".webmanifest"))


def test_every_page_is_served_from_right_to_left(app: Flask, client: Client) -> None:
    found = [path for path in pages(app, "ur") if is_page(path)]
    assert len(found) > 12
    for path in found:
        root = client.get(path).html
        assert root
        assert (root["lang"], root["dir"]) == ("ur", "rtl"), path


def test_the_article_is_english_and_marked_as_such(client: Client) -> None:
    page = client.get(f"/ur{ARTICLE}")
    english = page.select("h1, main section p[lang], main section li[lang], main h2[lang]")
    assert len(english) > 60
    for block in english:
        assert (block["lang"], block["dir"]) == ("en", "ltr"), block
    headings = [tag for tag in page.select("section h2") if not tag.has_attr("lang")]
    assert [tag["class"] for tag in headings if tag.has_attr("class")] == []
    assert "Some parts are not translated yet" in page.get_text()


def test_other_languages_lead_to_it_and_back(app: Flask, client: Client) -> None:
    for path in filter(is_page, pages(app, "ur")):
        rest = path.removeprefix("/ur")
        links = client.get(path).select("head link[hreflang]")
        assert [link["hreflang"] for link in links] == ["en", "hi", "ur", "x-default"], path
        for link in links[:3]:
            language = str(link["hreflang"])
            there = client.get(f"/{language}{rest}")
            assert there.select("head link[hreflang]") == links, "not mutual"


def test_manifest_and_worker_know_it(client: Client) -> None:
    manifest = json.loads(client.ask("/ur/manifest.webmanifest").get_data())
    assert (manifest["lang"], manifest["dir"]) == ("ur", "rtl")
    assert manifest["start_url"] == f"/ur{ARTICLE}"
    worker = client.ask("/service-worker.js").get_data(as_text=True)
    listed = json.loads(worker[worker.index("{") : worker.index(";\n")])
    assert listed["languages"] == ["en", "hi", "ur"]
    assert f"/ur{ARTICLE}" in listed["groups"]["ur"]
    packs = {frozenset(pack["groups"]) for pack in listed["packs"]}
    assert {frozenset({"shared", "ur"}), frozenset({"en", "hi"})} <= packs


def test_an_answer_is_shown_in_it_and_marked_elsewhere(app: Flask, client: Client) -> None:
    id_ = publish(app, en=ENGLISH, ur=URDU)
    path = f"{ARTICLE}/answers"
    theirs = client.get(f"/ur{path}").select(f"#answer-{id_}")[0]
    assert URDU[1] in theirs.get_text()
    assert not theirs.has_attr("lang")
    urdu = publish(app, ur=URDU)
    elsewhere = client.get(f"/hi{path}").select(f"#answer-{urdu}")[0]
    assert (elsewhere["lang"], elsewhere["dir"]) == ("ur", "rtl")
    note = elsewhere.select("p.notice, p.meta")
    assert [(each["lang"], each["dir"]) for each in note] == [("hi", "ltr")] * 2


def test_search_finds_english_and_urdu_from_its_pages(app: Flask, client: Client) -> None:
    id_ = publish(app, ur=URDU)
    search.catch_up(app)
    english = client.get("/ur/search?q=slip%20disc").select("[data-hit]")
    assert english
    for part in english[0].select("a, p"):
        assert (part["lang"], part["dir"]) == ("en", "ltr")
    hits = client.get("/ur/search?q=درد واپس").select("[data-hit]")
    assert f"why-spine-surgeries-fail#answer-{id_}" in [hit["data-hit"] for hit in hits]


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.TRANSLATOR, Role.ADMIN])
def test_the_team_reads_and_writes_it(app: Flask, role: Role) -> None:
    answered = publish(app, en=ENGLISH)
    asked = ask(app, URDU[0], "ur")
    desk = Desk(app, add_person(app, role), "ur")
    assert desk.page.html
    assert (desk.page.html["lang"], desk.page.html["dir"]) == ("ur", "rtl")
    served = 0
    for _endpoint, path in team_pages(app, id=answered, target="ur", kind="json"):
        response = desk.get(path)
        response.get_data()  # or an export would stay open
        assert response.status_code in {200, 302, 303, 403, 404}, path
        served += response.status_code == 200
    assert served >= 4
    if role == Role.MODERATOR:
        page = desk.open(f"/moderation/questions/{asked}")
        field = page.select("fieldset")[0]
        assert (field["lang"], field["dir"]) == ("ur", "rtl")
        assert isinstance(field.select_one("textarea#answer-ur"), Tag)
        desk.press("[name=preview]", answer_ur=URDU[1], wording_ur=URDU[0])
        shown = desk.page.select('.preview [lang="ur"], .preview[lang="ur"]')
        assert shown
        assert URDU[1] in desk.text()
