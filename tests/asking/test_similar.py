"""While somebody writes, what is published already and looks alike is offered."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from blueprints import edition
from tests.asking.conftest import TEXT, Asker
from tests.conftest import ARTICLE, LANGUAGES, Client
from tests.offline.conftest import both_languages
from tests.offline.host import Host, status
from tests.offline.line import Line
from tests.page import only
from tests.publishing import SLUG, publish, withdraw

ANSWERS = (
    {
        "en": ("May I drive a car after the operation?", "Wait six weeks."),
        "hi": ("क्या ऑपरेशन के बाद मैं गाड़ी चला सकता हूँ?", "छह हफ़्ते रुकें।"),
    },
    {"en": ("When may I drive a tractor?", "After three months.")},
    {"en": ("May I drive a motorcycle?", "After three months.")},
    {"en": ("May I drive at night?", "Ask first.")},
)
# Each is a text somebody might write, and the language of the page.
WRITTEN = [
    ("en", "When may I drive my car again after surgery?"),
    ("hi", "ऑपरेशन के कितने दिन बाद गाड़ी चला सकते हैं?"),
    ("hi", "operation ke baad gadi kab chala sakte hain"),
]
UNRELATED = {
    "en": "Which train goes to Pune tomorrow morning?",
    "hi": "कल सुबह पुणे कौन सी रेलगाड़ी जाती है?",
}
OFFERS = {
    "en": "This may be answered already:",
    "hi": "शायद इसका जवाब यहाँ पहले से है:",
}
INDEX = re.compile(r".*/static/search/index\..+\.json")


@pytest.fixture(scope="module")
def numbers(site: Flask) -> Iterator[list[int]]:
    """The answers that are published while these tests run."""
    found = [publish(site, None, SLUG, **texts) for texts in ANSWERS]
    make_edition(site)
    yield found
    for number in found:
        withdraw(site, number)
    make_edition(site)


@pytest.fixture
def app(site: Flask, numbers: list[int]) -> Flask:
    """The site with these answers."""
    return site


def make_edition(app: Flask) -> None:
    publisher = edition.publisher(app)
    publisher.publish(publisher.read(None))


def offered(page: Page) -> Locator:
    return page.locator("#similar a")


def write(asker: Asker, text: str) -> None:
    asker.page.locator("#question").fill(text)


def example(language: str) -> str:
    return next(text for code, text in WRITTEN if code == language)


@pytest.mark.parametrize(("language", "text"), WRITTEN, ids=["en", "hi", "hi-Latn"])
def test_answers_that_look_alike_are_offered(
    asker: Asker, numbers: list[int], language: str, text: str
) -> None:
    asker.open_form()
    write(asker, text)
    first = offered(asker.page).first
    expect(first).to_have_attribute("href", f"/{language}{ARTICLE}#answer-{numbers[0]}")
    expect(first).to_have_text(ANSWERS[0][language][0])
    expect(asker.page.locator("#similar[role=status]")).to_contain_text(OFFERS[language])


@pytest.mark.parametrize("language", ["en"])
def test_of_answers_three_are_offered_and_of_the_guide_one_section(asker: Asker) -> None:
    asker.open_form()
    write(asker, "May I drive?")
    expect(offered(asker.page)).to_have_count(3)
    write(asker, TEXT["en"])
    expect(offered(asker.page)).to_have_count(1)
    expect(offered(asker.page)).to_have_attribute("href", f"/en{ARTICLE}#getting-help")


@both_languages
def test_what_is_offered_goes_with_its_text(asker: Asker, language: str) -> None:
    asker.open_form()
    for other in (UNRELATED[language], example(language)[:11]):
        write(asker, example(language))
        expect(offered(asker.page).first).to_be_visible()
        write(asker, other)
        expect(asker.page.locator("#similar")).to_be_empty()
    write(asker, example(language))
    expect(offered(asker.page).first).to_be_visible()
    asker.page.locator("#consent").check()
    asker.send()
    expect(asker.page.locator("#outcome .number")).to_be_visible()
    expect(asker.page.locator("#similar")).to_be_empty()


@both_languages
def test_a_link_is_followed_without_a_network_and_the_draft_waits(
    asker: Asker, line: Line, numbers: list[int], language: str
) -> None:
    asker.phone.save(f"/{language}{ARTICLE}")
    line.becomes("refuse")
    asker.open_form()
    write(asker, example(language))
    offered(asker.page).first.click()
    expect(asker.page.locator(f"#answer-{numbers[0]}")).to_be_in_viewport()
    asker.page.go_back()
    asker.ready()
    # The browser puts the text back, and it is the draft.
    expect(asker.page.locator("#question")).to_have_value(example(language))
    expect(asker.page.locator("#begun .row")).to_have_count(0)


@both_languages
def test_nothing_is_fetched_before_somebody_writes(asker: Asker, language: str) -> None:
    fetched: list[str] = []
    asker.page.on("request", lambda request: fetched.append(request.url))
    asker.open_form()
    assert not [url for url in fetched if INDEX.search(url)]
    with asker.page.expect_request(INDEX):
        write(asker, example(language))


@pytest.mark.parametrize("language", ["en"])
def test_nothing_moves_under_who_has_gone_on(bare: Asker, host: Host, language: str) -> None:
    host.faults[INDEX.pattern] = host.hang
    bare.open_form()
    bare.page.evaluate(
        """() => {
            window.changedWhileIn = [];
            const place = document.querySelector("#similar");
            const note = () => window.changedWhileIn.push(document.activeElement.id);
            new MutationObserver(note).observe(place, { childList: true });
        }"""
    )
    with bare.page.expect_request(INDEX):
        write(bare, example(language))
    bare.page.locator("#name").focus()
    with bare.page.expect_request_finished(lambda request: bool(INDEX.search(request.url))):
        host.heal()
    bare.page.locator("#question").press("End")
    bare.page.keyboard.type("?")
    expect(offered(bare.page).first).to_be_visible()
    assert bare.page.evaluate("window.changedWhileIn") == ["question"]


@both_languages
def test_without_the_index_a_question_goes_its_way(bare: Asker, host: Host, language: str) -> None:
    host.faults[INDEX.pattern] = status("503 Busy")
    bare.open_form()
    bare.fill(example(language))
    with bare.page.expect_response(INDEX):
        bare.page.locator("#question").focus()
        bare.page.keyboard.type("?")
    expect(bare.page.locator("#similar")).to_be_empty()
    bare.send()
    expect(bare.page.locator("#outcome [role=status]")).to_contain_text(bare.words["sent"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kept_form_names_the_index_of_its_edition(app: Flask, language: str) -> None:
    resources = edition.publisher(app).edition.resources
    page = Client(app).get(f"/{language}/kept/ask")
    assert only(page, "#similar")["data-index"] in resources
