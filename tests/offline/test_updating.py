"""A new edition: quiet, whole, at a tap or by recall, and the way back: F23, F29 to F34."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from blueprints import edition
from blueprints.database import db
from tests.conftest import ARTICLE
from tests.offline.conftest import CHANGES, SAYS, both_languages, made
from tests.offline.host import Answer, Host, portal, status
from tests.offline.phone import Phone
from tests.publishing import publish, unpublish

NEW_VERSION = {"en": "New version", "hi": "नई गाइड देखें"}

WAITING = """async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    return Boolean(registration.waiting);
}"""

CHECK_FOR_UPDATE = """() => {
    navigator.serviceWorker.getRegistration().then((known) => known.update().catch(() => {}));
}"""


@pytest.fixture
def kept(phone: Phone, language: str) -> Phone:
    phone.save(f"/{language}{ARTICLE}")
    return phone


def edition_of(page: Page) -> str | None:
    return page.locator("html").get_attribute("data-edition")


def update_found(phone: Phone, host: Host, changed: Flask) -> None:
    """The site changes; the phone hears of it and waits."""
    host.app = changed
    phone.page.evaluate(CHECK_FOR_UPDATE)
    phone.until(WAITING)


def bar(page: Page, language: str) -> Locator:
    return page.locator("#update").get_by_role("button", name=NEW_VERSION[language])


@both_languages
def test_f23_there_is_no_space_for_the_new_edition(
    kept: Phone, host: Host, second_edition: Flask, language: str
) -> None:
    usage = kept.page.evaluate("async () => (await navigator.storage.estimate()).usage")
    kept.limit_storage(int(usage) + 2_000)
    host.app = second_edition
    kept.page.evaluate(CHECK_FOR_UPDATE)
    kept.until(
        """async () => {
            const known = await navigator.serviceWorker.getRegistration();
            return !known.installing && !known.waiting;
        }"""
    )
    kept.line.becomes("refuse")
    kept.open(f"/{language}{ARTICLE}")
    expect(kept.page.get_by_text(SAYS[language])).to_have_count(0)
    expect(kept.page.locator("#kept")).to_have_attribute("data-said", "saved")
    kept.line.becomes("pass")
    kept.limit_storage(None)
    update_found(kept, host, second_edition)


@both_languages
@pytest.mark.parametrize(
    "answer", [status("404 Gone"), status("500 Broken"), portal], ids=["404", "500", "html"]
)
def test_f29_the_worker_s_address_answers_wrongly(
    kept: Phone, host: Host, answer: Answer, language: str
) -> None:
    host.faults["/service-worker.js"] = answer
    kept.page.evaluate(CHECK_FOR_UPDATE)
    kept.open(f"/{language}/about")
    kept.line.becomes("refuse")
    kept.open(f"/{language}{ARTICLE}")
    expect(kept.page.locator("#disclaimer")).to_be_attached()


@both_languages
def test_f30_two_tabs_and_a_tap_in_one(
    kept: Phone, host: Host, second_edition: Flask, language: str
) -> None:
    other = kept.context.new_page()
    kept.open(f"/{language}{ARTICLE}", other)
    update_found(kept, host, second_edition)
    loads = count_loads(kept.page), count_loads(other)
    bar(kept.page, language).click()
    for page in (kept.page, other):
        expect(page.locator("html")).to_have_attribute("data-edition", "2")
        expect(page.get_by_text(SAYS[language]).first).to_be_attached()
    kept.expect_all()
    assert [len(count) for count in loads] == [1, 1]


def count_loads(page: Page) -> list[object]:
    loads: list[object] = []
    page.on("domcontentloaded", lambda page: loads.append(page))
    return loads


@both_languages
def test_f30_a_page_with_text_is_left_alone(
    kept: Phone, host: Host, second_edition: Flask, language: str
) -> None:
    typing = kept.context.new_page()
    kept.open(f"/{language}{ARTICLE}", typing)
    expect(typing.locator("html[data-scripts=ready]")).to_be_attached()
    typing.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    typing.locator("textarea").fill("my back")
    update_found(kept, host, second_edition)
    expect(bar(typing, language)).to_have_count(0)
    bar(kept.page, language).click()
    expect(kept.page.locator("html")).to_have_attribute("data-edition", "2")
    assert edition_of(typing) is None
    expect(typing.locator("textarea")).to_have_value("my back")
    typing.locator("textarea").fill("")
    bar(typing, language).click()
    expect(typing.locator("html")).to_have_attribute("data-edition", "2")


@both_languages
def test_a_search_that_is_being_typed_comes_back(
    kept: Phone, host: Host, second_edition: Flask, language: str
) -> None:
    kept.open(f"/{language}/search")
    kept.page.locator("input[name=q]").fill("kamar dard")
    expect(kept.page.locator("[data-hit]").first).to_be_visible()
    update_found(kept, host, second_edition)
    bar(kept.page, language).click()
    expect(kept.page.locator("html")).to_have_attribute("data-edition", "2")
    expect(kept.page.locator("input[name=q]")).to_have_value("kamar dard")
    expect(kept.page.locator("[data-hit]").first).to_be_visible()


@both_languages
def test_f31_no_tap_and_the_last_tab_closes(
    kept: Phone, host: Host, second_edition: Flask, language: str
) -> None:
    update_found(kept, host, second_edition)
    kept.change_tab()
    kept.line.becomes("refuse")
    for code in (language, *SAYS):
        kept.open(f"/{code}{ARTICLE}")
        expect(kept.page.locator("html")).to_have_attribute("data-edition", "2")
        expect(kept.page.get_by_text(SAYS[code]).first).to_be_attached()


@both_languages
def test_an_update_fetches_only_what_changed(
    kept: Phone, host: Host, second_edition: Flask, language: str
) -> None:
    before = {key.split("?")[0]: key for key in kept.stored_keys()}
    host.asked.clear()
    update_found(kept, host, second_edition)
    fetched = {path for path in host.asked if path != "/service-worker.js"}
    changed = {key.split("?")[0] for key in kept.stored_keys() if key not in before.values()}
    assert fetched <= changed
    assert f"/{language}{ARTICLE}" in changed
    # Every page names the changed script, so all pages change; scripts and data do not.
    assert not [path for path in changed if path.startswith("/static/search/")]


@both_languages
def test_a_recall_takes_over_without_a_tap(
    kept: Phone, host: Host, language: str, tmp_path: Path
) -> None:
    front = "content/why-spine-surgeries-fail.md"
    recall = {front: ('+++\ntitle = "', '+++\ncorrections = 1\ntitle = "')}
    recalling = made(CHANGES | recall, tmp_path)
    taken_back = [key for key in kept.stored_keys() if key.startswith(f"/{language}{ARTICLE}")]
    host.app = recalling
    kept.page.evaluate(CHECK_FOR_UPDATE)
    expect(kept.page.locator("html")).to_have_attribute("data-edition", "2", timeout=15_000)
    kept.expect_all()
    assert not set(taken_back) & set(kept.stored_keys()), "nothing of what was taken back stays"


@both_languages
def test_f33_another_program_s_cache_survives(
    kept: Phone, host: Host, second_edition: Flask, language: str
) -> None:
    kept.page.evaluate(
        "async () => (await caches.open('theirs')).put('/theirs', new Response('theirs'))"
    )
    update_found(kept, host, second_edition)
    bar(kept.page, language).click()
    expect(kept.page.locator("html")).to_have_attribute("data-edition", "2")
    assert kept.page.evaluate("async () => (await (await caches.match('/theirs')).text())") == (
        "theirs"
    )


@both_languages
def test_f34_the_worker_is_taken_back(
    kept: Phone, host: Host, language: str, tmp_path: Path
) -> None:
    kept.page.evaluate(
        """async () => {
            await (await caches.open("theirs")).put("/theirs", new Response("theirs"));
            await new Promise((resolve) => {
                const opening = indexedDB.open("outbox", 1);
                opening.onupgradeneeded = () => opening.result.createObjectStore("questions");
                opening.onsuccess = () => resolve(opening.result.close());
            });
        }"""
    )
    host.app = made({}, tmp_path, REEDH_SERVICE_WORKER="off")
    loads = count_loads(kept.page)
    kept.page.evaluate(CHECK_FOR_UPDATE)
    kept.until("async () => !(await navigator.serviceWorker.getRegistration())")
    expect(kept.page.locator("#words")).to_have_count(0)
    assert len(loads) == 1
    assert kept.page.evaluate("async () => caches.keys()") == ["theirs"]
    assert [found["name"] for found in kept.page.evaluate("async () => indexedDB.databases()")] == [
        "outbox"
    ]
    kept.open(f"/{language}/about")
    assert kept.page.evaluate("navigator.serviceWorker.controller") is None


@both_languages
def test_a_removed_answer_leaves_the_phone_at_the_next_visit(
    phone: Phone, host: Host, language: str, tmp_path: Path
) -> None:
    app = made({}, tmp_path)
    publisher = edition.publisher(app)
    number = publish(app, en=("May I swim?", "After six weeks."))
    publisher.publish(publisher.read(None))
    host.app = app
    phone.save(f"/{language}{ARTICLE}")
    answer = phone.page.locator(f"#answer-{number}")
    phone.line.becomes("refuse")
    phone.open(f"/{language}{ARTICLE}")
    expect(answer).to_contain_text("After six weeks.")
    unpublish(app, number)
    publisher.publish(publisher.read(None))
    phone.line.becomes("pass")
    phone.open(f"/{language}{ARTICLE}")
    expect(answer).to_have_count(0, timeout=15_000)
    phone.line.becomes("refuse")
    for code in SAYS:
        phone.open(f"/{code}{ARTICLE}")
        expect(phone.page.locator("#answers")).to_be_attached()
        expect(answer).to_have_count(0)
    with app.app_context():
        db.engine.dispose()
