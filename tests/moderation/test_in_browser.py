"""A clinician on a phone, with scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error, Page, ViewportSize, expect

from blueprints.database import db
from blueprints.models import CannedAnswer, Draft, Role, State
from tests.browser.paper import contrasts
from tests.browser.test_accessibility import AXE, RUN
from tests.browser.test_reading import SMALL_CONTROLS
from tests.moderation.desk import ARTICLE, PASSWORD, add_person, ask, looking
from tests.ready import ready
from tests.serving import serving_here

PHONE = ViewportSize(width=360, height=740)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    folder = tmp_path_factory.mktemp("instance")
    with ready({"REEDH_INSTANCE_PATH": str(folder)}) as app, serving_here(app) as address:
        yield app, address


def sign_in(
    browser: Browser,
    site: tuple[Flask, str],
    language: str = "en",
    role: Role = Role.MODERATOR,
    **more: Any,
) -> Page:
    app, address = site
    options = {"viewport": PHONE, "locale": language, "base_url": address, **more}
    page = browser.new_context(**options).new_page()
    page.goto("/moderation/sign-in")
    page.fill("[name=email]", add_person(app, role))
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    return page


def at_question(browser: Browser, site: tuple[Flask, str]) -> tuple[Page, int]:
    """A moderator's page of a new question, and its number."""
    id_ = ask(site[0], "Will it hurt?")
    page = sign_in(browser, site)
    page.goto(f"/moderation/questions/{id_}")
    return page, id_


@pytest.mark.parametrize("language", ["en", "hi"])
def test_a_ready_answer_is_published_with_six_taps(
    browser: Browser, site: tuple[Flask, str], language: str
) -> None:
    app, _address = site
    with app.app_context():
        texts = {"en": "Rest well.", "hi": "आराम करें।"}
        db.session.add(CannedAnswer(name=f"Rest {language}", texts=texts))
        db.session.commit()
    id_ = ask(app, "क्या मुझे आराम करना चाहिए?", "hi")
    page = sign_in(browser, site, language)
    taps = [
        f'.cards a[href$="/{id_}"]',
        "summary:has-text('ready answer'), summary:has-text('तैयार जवाब')",
        f"button:has-text('Rest {language}')",
        "[name=preview]",
        "[name=checked]",
        "form .main",
    ]
    for tap in taps:
        page.click(tap)
    page.wait_for_url("**/queue?done=publish*")
    with looking(app, id_) as question:
        assert question.state == State.PUBLISHED
        assert question.answer is not None
        assert set(question.answer.texts) == {"en", "hi"}
    page.context.close()


def test_what_is_typed_is_there_on_another_device(
    browser: Browser, site: tuple[Flask, str]
) -> None:
    phone, id_ = at_question(browser, site)
    with phone.expect_response(lambda response: response.request.method == "POST"):
        phone.fill("#answer-en", "A little, at first.")
    expect(phone.locator(".saved")).to_contain_text("Saved at")
    desk = sign_in(browser, site)
    desk.goto(f"/moderation/questions/{id_}")
    expect(desk.locator("#answer-en")).to_have_value("A little, at first.")
    with phone.expect_response(lambda response: response.request.method == "POST"):
        phone.fill("#answer-en", "A little, at first. Then less.")
    with desk.expect_response(lambda response: response.request.method == "POST") as told:
        desk.fill("#answer-en", "It depends.")
    assert told.value.status == 409
    expect(desk.locator(".saved")).to_contain_text("before you")
    desk.click(".write button:not([name])")
    expect(desk.locator(".theirs")).to_contain_text("Then less.")
    expect(desk.locator("#answer-en")).to_have_value("It depends.")
    for page in (phone, desk):
        page.context.close()


def test_without_a_connection_it_is_said_and_saved_later(
    browser: Browser, site: tuple[Flask, str]
) -> None:
    phone, id_ = at_question(browser, site)
    phone.context.set_offline(True)
    phone.fill("#answer-en", "A little.")
    expect(phone.locator(".saved")).to_contain_text("no connection")
    phone.context.set_offline(False)
    expect(phone.locator(".saved")).to_contain_text("Saved at", timeout=20_000)
    with site[0].app_context():
        assert db.session.get_one(Draft, (id_, "en")).answer == "A little."
    phone.context.close()


@pytest.mark.parametrize(
    "sink",
    [
        "document.body.innerHTML = '<p>'",
        "document.body.insertAdjacentHTML('beforeend', '<p>')",
        "new DOMParser().parseFromString('<p>', 'text/html')",
        "document.createElement('script').src = '/a.js'",
        "navigator.serviceWorker.register('/service-worker.js')",
        "trustedTypes.createPolicy('default', { createHTML: (text) => text })",
    ],
)
def test_no_script_makes_markup_or_code_of_text(
    browser: Browser, site: tuple[Flask, str], sink: str
) -> None:
    page = browser.new_context(base_url=site[1]).new_page()
    page.goto("/moderation/sign-in")
    with pytest.raises(Error, match=r"Trusted|Policy"):
        page.evaluate(f"async () => {{ await ({sink}); }}")
    page.context.close()


def test_the_worker_leaves_the_pages_of_moderators_alone(
    browser: Browser, site: tuple[Flask, str]
) -> None:
    app, _address = site
    id_ = ask(app, "Will it hurt?")
    page = sign_in(browser, site)
    page.goto(f"/en/articles/{ARTICLE}")
    page.wait_for_selector("html[data-scripts=ready]", state="attached")
    page.goto(f"/moderation/questions/{id_}")
    names = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys())
            for (const kept of await (await caches.open(name)).keys()) found.push(kept.url);
          return found;
        }"""
    )
    assert names, "the worker keeps pages for readers"
    assert [name for name in names if "moderation" in name] == []
    page.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto("/moderation/queue")
    page.context.close()


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize(("theme", "width"), [("light", 320), ("dark", 1280)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    browser: Browser, site: tuple[Flask, str], language: str, theme: str, width: int
) -> None:
    app, _address = site
    look: dict[str, Any] = {
        "color_scheme": theme,
        "viewport": ViewportSize(width=width, height=740),
        "bypass_csp": True,
    }
    waiting = ask(app, "क्या दर्द रहेगा? मेरा नंबर 98765 43210 है।", "hi", is_urgent=True)
    published = ask(app, "Does back pain come back after surgery?")
    moderator = sign_in(browser, site, language, **look)
    publish(moderator, published)
    for path in (
        "queue",
        "queue?shelf=published",
        f"questions/{waiting}",
        f"questions/{published}",
        f"questions/{published}/preview",
        "canned/new",
        "canned",
        "translations",
        f"translations/{published}/hi",
    ):
        moderator.goto(f"/moderation/{path}")
        check(moderator)
    moderator.context.close()
    admin = sign_in(browser, site, language, Role.ADMIN, **look)
    for path in ("people", "audit?verify=y"):
        admin.goto(f"/moderation/{path}")
        check(admin)
    admin.context.close()


def publish(page: Page, id_: int) -> None:
    page.goto(f"/moderation/questions/{id_}")
    page.fill("#answer-en", "It can. Ask your surgeon.")
    for tap in ("[name=preview]", "[name=checked]", "form .main"):
        page.click(tap)
    page.wait_for_url("**/queue?done=publish*")


def check(page: Page) -> None:
    for closed in page.locator("summary").all():
        closed.click()
    page.add_script_tag(path=AXE)
    result = page.evaluate(RUN)
    assert len(result["passes"]) > 20, "axe looked at the page"
    assert [
        f"{page.url}: {rule['id']}: {node['html'][:120]}: {node.get('failureSummary')}"
        for kind in ("violations", "incomplete")
        for rule in result[kind]
        for node in rule["nodes"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert page.evaluate(SMALL_CONTROLS) == [], page.url
    assert [text for contrast, text in contrasts(page) if contrast < 7] == [], page.url
    page.emulate_media(media="screen")
