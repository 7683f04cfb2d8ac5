"""Published answers as readers get them, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from sqlalchemy import text

from blueprints import changes, edition, search
from blueprints.database import db
from tests.conftest import ARTICLE, LANGUAGES, Client
from tests.page import Page, only
from tests.publishing import SLUG, publish, unpublish, withdraw
from tests.ready import ready

ANSWERS = f"{ARTICLE}/answers"
EN = ("May I drive a car?", "Ask before you drive.\nWait <b>six</b> weeks.\n\nThen begin & rest.")
HI = ("क्या मैं गाड़ी चला सकता हूँ?", "पहले पूछें।")


@pytest.fixture(scope="module")
def site(settings: dict[str, str]) -> Iterator[Flask]:
    with ready(settings) as app:
        yield app


@pytest.fixture
def app(site: Flask) -> Flask:
    """The site with nothing published."""
    with site.app_context():
        for table in ("answer_text", "answer"):
            db.session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 (ours)
        changes.remove()
        db.session.commit()
    return site


@pytest.fixture
def client(app: Flask) -> Client:
    return Client(app)


def shown(app: Flask, path: str) -> Page:
    """The page at `path` of an edition made now."""
    publisher = edition.publisher(app)
    publisher.publish(publisher.read(None))
    return Client(app).get(path)


def hits(app: Flask, language: str, query: str) -> list[str]:
    page = Client(app).get(f"/{language}/search?q={query}")
    return [str(tag["data-hit"]) for tag in page.select("[data-hit*=answer]")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_article_has_its_section_without_any_answer(app: Flask, language: str) -> None:
    page = shown(app, f"/{language}{ARTICLE}")
    ids = [str(tag["id"]) for tag in page.select("article > section")]
    assert ids[-4:] == ["disclaimer", "author", "answers", "ask"]
    assert not page.select("#answers article")
    assert not Client(app).get(f"/{language}{ANSWERS}").select(".answer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_stands_under_its_article(app: Flask, language: str) -> None:
    number = publish(app, en=EN, hi=HI)
    page = shown(app, f"/{language}{ARTICLE}")
    answer = only(page, f"#answers #answer-{number}")
    wording = {"en": EN, "hi": HI}[language][0]
    assert only(answer, "h3").get_text() == wording
    assert only(answer, "h3 a")["href"] == f"#answer-{number}"
    said = only(answer, ".meta").get_text()
    assert {"en": "Asha Rao", "hi": "आशा राव"}[language] in said
    assert {"en": "clinician", "hi": "स्वास्थ्यकर्मी"}[language] in said
    assert only(answer, "time")["datetime"]
    general = {"en": "general information", "hi": "आम जानकारी"}[language]
    assert general in only(page, "#answers").get_text()
    assert not answer.select(".notice")


def test_the_text_is_plain_and_keeps_its_lines(app: Flask) -> None:
    number = publish(app, en=EN)
    answer = only(shown(app, f"/en{ARTICLE}"), f"#answer-{number} [itemprop=text]")
    first, second = answer.select("p")
    assert str(first) == "<p>Ask before you drive.<br/>\nWait &lt;b&gt;six&lt;/b&gt; weeks.</p>"
    assert second.get_text() == "Then begin & rest."


def test_search_engines_read_it_in_the_page(app: Flask) -> None:
    number = publish(app, en=EN)
    section = only(shown(app, f"/en{ARTICLE}"), "#answers")
    assert section["itemtype"] == "https://schema.org/FAQPage"
    question = only(section, f"#answer-{number}[itemprop=mainEntity]")
    assert question["itemtype"] == "https://schema.org/Question"
    assert only(question, "h3[itemprop=name]").get_text() == EN[0]
    answer = only(question, "[itemprop=acceptedAnswer]")
    assert answer["itemtype"] == "https://schema.org/Answer"
    assert only(answer, "[itemprop=author] [itemprop=name]").get_text() == "Asha Rao"


@pytest.mark.parametrize(("told", "reader"), [("hi", "en"), ("en", "hi")])
def test_an_answer_in_the_other_language_says_so(app: Flask, told: str, reader: str) -> None:
    number = publish(app, en=EN) if told == "en" else publish(app, hi=HI)
    answer = only(shown(app, f"/{reader}{ARTICLE}"), f"#answer-{number}")
    assert answer["lang"] == told
    notice = only(answer, ".notice")
    assert notice["lang"] == reader
    assert (
        notice.get_text()
        == {
            "en": "This answer is in Hindi.",
            "hi": "यह जवाब अंग्रेज़ी में है।",
        }[reader]
    )


def test_a_translation_of_an_older_answer_leads_to_the_newer(app: Flask) -> None:
    number = publish(app, en=EN, hi=HI)
    publish(app, number, en=(EN[0], "Do not drive."))
    notice = only(shown(app, f"/hi{ARTICLE}"), f"#answer-{number} .notice")
    link = urlsplit(str(only(notice, "a")["href"]))
    newer = only(Client(app).get(f"{link.path}?{link.query}"), f"#{link.fragment}")
    assert "Do not drive." in newer.get_text()
    assert len(newer.select("time")) == 2, "the day it was changed"
    assert not newer.select(".notice")


def test_the_article_shows_the_newest_ten_and_the_page_all(app: Flask) -> None:
    numbers = [publish(app, en=(f"Question {at}?", f"Answer {at}.")) for at in range(41)][::-1]
    ids = [f"answer-{number}" for number in numbers]
    article = shown(app, f"/en{ARTICLE}")
    assert [tag["id"] for tag in article.select("#answers article")] == ids[:10]
    path = str(only(article, "#answers > .way > a")["href"])
    assert path == f"/en{ANSWERS}"
    found: list[object] = []
    for number in (1, 2, 3):
        page = Client(app).get(path)
        found += [tag["id"] for tag in page.select(".answer")]
        canonical = str(only(page, "link[rel=canonical]")["href"])
        asked = "" if number == 1 else f"?page={number}"
        assert canonical.endswith(f"/en{ANSWERS}{asked}")
        assert only(page, "header a[hreflang=hi]")["href"] == f"/hi{ANSWERS}{asked}"
        path = "".join(str(link["href"]) for link in page.select("a[rel=next]"))
    assert not path
    assert found == ids
    permalink = f"/en{ANSWERS}?answer={numbers[30]}"
    page = Client(app).get(permalink)
    assert only(page, f"#{ids[30]}")
    assert str(only(page, "link[rel=canonical]")["href"]).endswith(f"{ANSWERS}?page=2")


@pytest.mark.parametrize(
    "query",
    ["page=0", "page=2", "page=-1", f"page={10**30}", "answer=999999", f"answer={10**30}"],
)
def test_a_page_that_is_not_there_is_said_in_the_reader_s_language(
    client: Client, query: str
) -> None:
    page = client.get(f"/hi{ANSWERS}?{query}", 404)
    assert only(page, "html")["lang"] == "hi"


def test_a_page_that_is_no_number_is_the_first(client: Client) -> None:
    assert only(client.get(f"/en{ANSWERS}?page=x"), "h1")
    client.get("/en/articles/no-such-article/answers", 404)


def test_search_finds_an_answer_while_it_is_published(app: Flask) -> None:
    number = publish(app, en=EN)
    assert hits(app, "hi", "car drive") == []
    search.catch_up(app)
    assert hits(app, "hi", "car drive") == [f"{SLUG}#answer-{number}"]
    page = Client(app).get("/hi/search?q=car+drive")
    assert only(page, "#results > h2").get_text() == "पाठकों के सवालों के जवाब"
    link = only(page, "[data-hit*=answer] a")
    assert (link.get_text(), link["lang"]) == (EN[0], "en")
    assert link["href"] == f"/hi{ARTICLE}#answer-{number}"
    told = Client(app).ask("/en/search.json?q=drive").get_json()
    assert [hit["section"] for hit in told["hits"]] == [f"answer-{number}"]
    unpublish(app, number)
    assert hits(app, "hi", "car drive") == [], "though the index has not followed yet"
    search.catch_up(app)
    assert hits(app, "hi", "car drive") == []


def test_search_shows_what_an_answer_says_now(app: Flask) -> None:
    number = publish(app, en=EN)
    search.catch_up(app)
    publish(app, number, en=("May I drive?", "Never drive a tractor."))
    page = Client(app).get("/en/search?q=car+drive")
    assert "tractor" in only(page, "[data-hit*=answer]").get_text()
    assert "car" not in only(page, "[data-hit*=answer] h2").get_text()
    search.catch_up(app)
    assert hits(app, "en", "tractor") == [f"{SLUG}#answer-{number}"]


def test_a_result_leads_to_where_its_answer_stands(app: Flask) -> None:
    old = publish(app, hi=HI)
    for at in range(25):
        publish(app, en=(f"Question {at}?", f"Answer {at}."))
    search.catch_up(app)
    page = Client(app).get("/en/search?q=गाड़ी")
    link = urlsplit(str(only(page, "[data-hit*=answer] a")["href"]))
    assert link.fragment == f"answer-{old}"
    assert only(Client(app).get(f"{link.path}?{link.query}"), f"#{link.fragment}")
    assert only(page, "[data-hit*=answer] p").get_text() == HI[1]


def test_what_its_asker_withdraws_is_gone_from_every_page(app: Flask) -> None:
    number = publish(app, en=("May I swim?", "Zanzibar is far."))
    shown(app, f"/en{ARTICLE}")
    search.catch_up(app)
    withdraw(app, number)
    shown(app, f"/en{ARTICLE}")
    for path, resource in edition.publisher(app).edition.resources.items():
        assert b"Zanzibar" not in resource.body, path
    assert not Client(app).get(f"/en{ANSWERS}").select(".answer")
    assert hits(app, "en", "zanzibar") == []


def test_phones_search_the_answers_that_they_keep(app: Flask) -> None:
    number = publish(app, en=EN)
    address = str(only(shown(app, "/en/search"), "form.find")["data-index"])
    data = Client(app).ask(address).get_json()
    assert [section["id"] for section in data["answers"]["sections"]] == [f"answer-{number}"]


def test_nothing_of_an_answer_is_in_the_files_of_the_index(
    app: Flask, settings: dict[str, str]
) -> None:
    publish(app, en=("May I swim?", "Zanzibar is far."))
    search.catch_up(app)
    assert hits(app, "en", "zanzibar")
    folder = app.config["REEDH"].instance_path / "search"
    assert not [
        file for file in folder.rglob("*") if file.is_file() and b"zanzib" in file.read_bytes()
    ]


def test_a_removal_is_a_recall(app: Flask) -> None:
    def recall() -> str:
        return str(Client(app).ask("/service-worker.js").get_data(as_text=True)).split('"')[3]

    number = publish(app, en=EN)
    shown(app, f"/en{ARTICLE}")
    published = recall()
    publish(app, en=EN)
    shown(app, f"/en{ARTICLE}")
    assert recall() == published
    unpublish(app, number)
    shown(app, f"/en{ARTICLE}")
    assert recall() != published
