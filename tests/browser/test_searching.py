"""From what a patient types to the section that answers, with and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page, Route, expect

from app import create_app
from blueprints import database, search
from blueprints.database import db
from tests.browser.conftest import Visit, scripts_ready
from tests.conftest import ARTICLE, LANGUAGES
from tests.publishing import publish
from tests.search.conftest import queries
from tests.serving import serving_here


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize(
    ("language", "typed", "section"),
    [
        ("hi", "kasrat aur physio", "rehabilitation"),
        ("hi", "पेंच टूट गये", "scarring-and-failed-fusion"),
        ("en", "slip disc", "wrong-diagnosis"),
        ("en", "कौन से डॉक्टर को दिखाना", "getting-help"),
    ],
)
def test_a_patient_types_and_reads(
    visit: Visit, language: str, typed: str, section: str, scripts: bool
) -> None:
    page = visit(f"/{language}{ARTICLE}", java_script_enabled=scripts)
    page.locator(".tabs a").nth(1).click()
    page.locator("input[name=q]").fill(typed)
    page.locator("input[name=q]").press("Enter")
    expect(page.locator("main [role=status]")).not_to_be_empty()
    expect(page.locator("input[name=q]")).to_have_value(typed)
    page.locator("[data-hit] a").first.click()
    expect(page.locator(f"#{section} h2")).to_be_in_viewport()
    assert page.url.endswith(f"/{language}{ARTICLE}#{section}")


def type_into(page: Page, text: str) -> None:
    page.locator("input[name=q]").fill(text)


def ready(page: Page) -> Page:
    """Wait until the page searches by itself."""
    scripts_ready(page)
    page.locator("input[name=q]").focus()
    expect(page.locator("form[data-ready]")).to_be_attached()
    return page


SHOWN = """() => ["main [role=status]", "#results"].map(
    (part) => document.querySelector(part).outerHTML.replace(/>\\s+</g, "><"))"""

SERVED = """async (text) => {
    const answer = await fetch(`${location.pathname}?q=${encodeURIComponent(text)}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return ["main [role=status]", "#results"].map(
        (part) => page.querySelector(part).outerHTML.replace(/>\\s+</g, "><"));
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_typing_shows_what_the_server_shows(visit: Visit, language: str) -> None:
    page = ready(visit(f"/{language}/search"))
    type_into(page, "slip disc")
    expect(page.locator("mark").first).to_be_visible()
    asked = [query.text for query in queries("dev_queries.jsonl")]
    for text in [*asked, "osteoporosiss bones", "x" * 300, "<b>disc</b>", "  ", ""]:
        type_into(page, text)
        page.locator("input[name=q]").press("Enter")
        served = page.evaluate(SERVED, text)
        status = BeautifulSoup(served[0], "html.parser").get_text()
        expect(page.locator("main [role=status]")).to_have_text(status)
        assert page.evaluate(SHOWN) == served, text


@pytest.fixture
def answered(tmp_path: Path) -> Iterator[str]:
    """The address of a site on which two answers are published."""
    app = create_app({"REEDH_INSTANCE_PATH": str(tmp_path)})
    with app.app_context():
        database.upgrade()
        engine = db.engine
    publish(app, en=("May I drive a car?", "Ask before you drive.\nWait\n\nfor the doctor."))
    publish(app, en=("How long do screws stay?", "As long as they hold."))
    search.catch_up(app)
    with serving_here(app) as address:
        yield address
    engine.dispose()


@pytest.mark.parametrize("language", LANGUAGES)
def test_typing_marks_published_answers_as_the_server_does(
    visit: Visit, answered: str, language: str
) -> None:
    page = ready(visit(f"{answered}/{language}/search"))
    for text, number in (("car drive", 1), ("screws stay", 2)):
        type_into(page, text)
        page.locator("input[name=q]").press("Enter")
        expect(page.locator("#results > h2 + ol [data-hit*=answer]")).to_have_count(1)
        expect(page.locator("#results > ol")).to_have_count(number)
        expect(page.locator("#results > h2 + ol p:empty")).to_have_count(0)
        served = page.evaluate(SERVED, text)
        assert page.evaluate(SHOWN)[1] == served[1]


def test_typing_needs_no_network_once_the_page_is_there(visit: Visit) -> None:
    page = ready(visit("/hi/search"))
    type_into(page, "kamar dard")
    expect(page.locator("mark").first).to_be_visible()
    page.context.set_offline(True)
    page.locator("input[name=q]").fill("")
    page.locator("input[name=q]").press_sequentially("pench toot gaye")
    expect(page.locator("[data-hit]").first).to_have_attribute(
        "data-hit", "why-spine-surgeries-fail#scarring-and-failed-fusion"
    )
    page.locator("input[name=q]").press("Enter")
    expect(page.locator("main [role=status]")).not_to_be_empty()
    assert page.url.endswith("/hi/search?q=pench+toot+gaye")
    switch = page.locator("header a[hreflang=en]")
    assert str(switch.get_attribute("href")).endswith("/en/search?q=pench+toot+gaye")


def test_the_kept_shell_fills_itself_from_its_address(visit: Visit) -> None:
    page = visit("/en/kept/search?q=screw+brok")
    expect(page.locator("[data-hit]").first).to_have_attribute(
        "data-hit", "why-spine-surgeries-fail#scarring-and-failed-fusion"
    )
    expect(page.locator("[data-hit] mark").first).to_have_text("screws")
    expect(page.locator("input[name=q]")).to_have_value("screw brok")


def test_a_nearer_spelling_is_searched_at_a_tap(visit: Visit) -> None:
    page = ready(visit("/en/search"))
    type_into(page, "osteoporosiss bones")
    page.get_by_role("link", name="osteoporosis bones").click()
    expect(page.locator("input[name=q]")).to_have_value("osteoporosis bones")
    expect(page.get_by_text("Did you mean:")).to_be_hidden()
    assert page.url.endswith("/en/search?q=osteoporosis+bones")
    expect(page.locator("input[name=q]")).to_be_focused()


def test_a_nearer_spelling_opens_in_another_tab_where_asked(visit: Visit) -> None:
    page = ready(visit("/en/search"))
    type_into(page, "osteoporosiss bones")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="osteoporosis bones").click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith("/en/search?q=osteoporosis+bones")
    expect(page.locator("input[name=q]")).to_have_value("osteoporosiss bones")


def test_excerpts_that_come_late_leave_the_focus_alone(visit: Visit) -> None:
    held: list[Route] = []
    page = visit("/en/search", service_workers="block")
    page.route(f"**/en{ARTICLE}", lambda route: held.append(route))
    ready(page)
    type_into(page, "slip disc")
    first = page.locator("[data-hit] a").first
    first.focus()
    expect(page.locator("main [role=status]")).not_to_be_empty()
    expect(page.locator("mark")).to_have_count(0)
    for route in held:
        route.continue_()
    expect(page.locator("mark").first).to_be_visible()
    expect(first).to_be_focused()


def test_excerpts_come_though_the_page_was_read_after_the_last_letter(visit: Visit) -> None:
    held: list[Route] = []
    page = visit("/hi/search", service_workers="block")
    page.route(f"**/hi{ARTICLE}", lambda route: held.append(route))
    with page.expect_request(f"**/hi{ARTICLE}"):
        ready(page)
    type_into(page, "kamar dard")
    expect(page.locator("[data-hit]").first).to_be_visible()
    for route in held:
        route.continue_()
    expect(page.locator("[data-hit] mark").first).to_be_visible()


def test_what_is_only_begun_is_not_called_unanswered(visit: Visit) -> None:
    page = ready(visit("/en/search", clock=True))
    type_into(page, "slip disc")
    page.clock.run_for(2000)
    expect(page.locator("main [role=status]")).to_contain_text("may answer this")
    for begun in ("x", "how"):
        type_into(page, begun)
        page.clock.run_for(2000)
        assert "may answer this" in page.locator("main [role=status]").inner_text()
    type_into(page, "how titanic")
    expect(page.locator("main [role=status]")).to_have_text("The guide has no answer to this.")


def test_what_was_typed_before_the_scripts_came_is_searched(visit: Visit) -> None:
    held: list[Route] = []
    page = visit("/en/about", service_workers="block")
    page.route("**/typing.*.js", lambda route: held.append(route))
    with page.expect_request("**/typing.*.js"):
        page.goto("/en/kept/search?q=slip+disc")
    type_into(page, "screws broke")
    for route in held:
        route.continue_()
    expect(page.locator("[data-hit]").first).to_have_attribute(
        "data-hit", "why-spine-surgeries-fail#scarring-and-failed-fusion"
    )
    expect(page.locator("input[name=q]")).to_have_value("screws broke")


def test_the_address_keeps_the_query_of_a_link_that_takes_no_focus(visit: Visit) -> None:
    page = ready(visit("/en/search"))
    type_into(page, "slip disc")
    expect(page.locator("[data-hit] a").first).to_be_visible()
    page.evaluate("document.querySelector('[data-hit] a').click()")
    page.wait_for_url("**/articles/**")
    page.go_back()
    expect(page.locator("input[name=q]")).to_have_value("slip disc")


def test_coming_back_shows_the_same_results(visit: Visit) -> None:
    page = ready(visit("/en/search"))
    type_into(page, "slip disc")
    page.locator("[data-hit] a").first.click()
    page.wait_for_url("**/articles/**")
    page.go_back()
    expect(page.locator("input[name=q]")).to_have_value("slip disc")
    expect(page.locator("[data-hit]").first).to_be_visible()


def test_without_the_data_the_form_is_sent(visit: Visit) -> None:
    page = visit("/en/search", service_workers="block")
    page.route("**/index.*.json", lambda route: route.abort())
    scripts_ready(page)
    type_into(page, "slip disc")
    expect(page.locator("[data-hit]")).to_have_count(0)
    page.locator("input[name=q]").press("Enter")
    page.wait_for_url("**/en/search?q=slip+disc")
    expect(page.locator("[data-hit]").first).to_be_visible()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "or load this page again."), ("hi", "दोबारा खोलें")]
)
def test_a_shell_without_its_data_says_so(visit: Visit, language: str, said: str) -> None:
    page = visit(f"/{language}/about", service_workers="block")
    page.route("**/index.*.json", lambda route: route.abort())
    page.goto(f"/{language}/kept/search?q=slip+disc")
    expect(page.locator("main [role=status]")).to_contain_text(said)


def test_a_shell_whose_scripts_cannot_run_says_so(visit: Visit) -> None:
    page = visit("/en/about", service_workers="block")
    page.route("**/typing.*.js", lambda route: route.abort())
    page.goto("/en/kept/search?q=slip+disc")
    expect(page.locator("main [role=status]")).to_contain_text("load this page again")
