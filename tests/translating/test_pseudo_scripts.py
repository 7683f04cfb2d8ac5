"""What scripts put on a page goes through the catalogs, whatever state the page is in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from blueprints import edition, search
from blueprints.translating.pseudo import LANGUAGE
from tests.browser.conftest import scripts_ready
from tests.browser.test_listening import ENGINE
from tests.conftest import ARTICLE
from tests.offline.conftest import host, line, phone
from tests.offline.line import Line
from tests.offline.phone import Phone
from tests.offline.test_telling import CAN_INSTALL, FACEBOOK, IPHONE, read_to_the_end
from tests.publishing import SLUG, publish
from tests.translating import unmarked

__all__ = ["host", "line", "phone"]

QUESTION = "⟦ŵíĺĺ ţĥé þáíñ çóṁé ɓáçķ áƒţéŕ ţĥé óþéŕáţíóñ⟧"
ANSWER = "⟦íţ ṁáý⟧"
# Of which the form says that it may be an emergency, and whose number stands in it.
POINTED_OUT = f"{QUESTION} incontinent 98765 43210"
BRACKETED = re.compile("⟦.*⟧", re.DOTALL)

DRAFT_KEPT = """() => new Promise((tell) => {
    const opening = indexedDB.open("reedh-questions", 1);
    opening.onsuccess = () => {
        const drafts = opening.result.transaction("drafts").objectStore("drafts").getAll();
        drafts.onsuccess = () => {
            opening.result.close();
            tell(drafts.result.some(({ fields }) => fields.consent));
        };
    };
})"""


@pytest.fixture(scope="module")
def first_edition(pseudo_site: Flask) -> Flask:
    publish(pseudo_site, None, SLUG, **{LANGUAGE: (QUESTION, ANSWER)})
    publisher = edition.publisher(pseudo_site)
    publisher.publish(publisher.read(None))
    search.catch_up(pseudo_site)
    return pseudo_site


def said(page: Page, place: str) -> None:
    """Wait until a script has said something there, and look through the whole page."""
    expect(page.locator(place).first).to_have_text(BRACKETED, timeout=15_000)
    assert unmarked.on_page(page.content()) == []


def test_searching_while_typing(phone: Phone) -> None:
    phone.open(f"/{LANGUAGE}/search")
    scripts_ready(phone.page)
    field = phone.page.locator("input[name=q]")
    field.focus()
    expect(phone.page.locator("form[data-ready]")).to_be_attached()
    for typed, place in (
        ("óþéŕáţíóñ", "[data-hit] h2"),
        ("óþéŕáţíóóñ", "main [role=status]"),
        ("žžžžž", "#results p"),
        ("óþéŕáţíóñ " * 300, "#results .notice"),
    ):
        field.fill(typed)
        said(phone.page, place)
    expect(phone.page.locator("[data-hit]").first).to_be_visible()


def test_what_the_form_says_while_it_is_filled_in(phone: Phone) -> None:
    phone.open(f"/{LANGUAGE}/ask")
    scripts_ready(phone.page)
    page = phone.page
    question = page.locator("#question")
    send = page.locator("form.ask button.main")
    for typed in ("", "ñó", "ñ" * 5000):
        question.fill(typed)
        send.click()
        said(page, ".error")
        said(page, "[data-count]")
    page.locator("#contact").fill("nobody")
    send.click()
    said(page, "#contact-error")
    page.locator("#contact").fill("")
    question.fill(QUESTION)
    said(page, "#similar")
    expect(page.locator("#similar a").first).to_be_visible()
    page.locator("#consent").check()
    question.fill(POINTED_OUT)
    send.click()
    expect(page.locator("#warnings q")).to_have_text("98765 43210")
    said(page, "#warnings .emergency")
    said(page, "#warnings .notice")


def test_what_lies_on_the_phone_and_what_becomes_of_it(phone: Phone) -> None:
    page = phone.page
    phone.save(f"/{LANGUAGE}{ARTICLE}")
    phone.open(f"/{LANGUAGE}/ask")
    scripts_ready(page)
    page.locator("#question").fill(QUESTION)
    page.locator("#consent").check()
    phone.until(DRAFT_KEPT)
    phone.change_tab()
    page = phone.page
    phone.open(f"/{LANGUAGE}/ask")
    said(page, "#begun [data-label]")
    phone.line.becomes("refuse")
    page.locator("#begun [data-do=go-on]").click()
    page.locator("form.ask button.main").click()
    said(page, "#outcome [role=status]")
    said(page, "#unsent")
    page.locator("#outcome [data-do=remember]").check()
    page.locator("#outcome [data-do=copy]").click()
    said(page, "#outcome [data-do=copy]")
    phone.change_tab()
    page = phone.page
    phone.open(f"/{LANGUAGE}/ask")
    said(page, "#begun [data-label]")
    page.locator("#begun [data-do=open]").click()
    said(page, "#begun [data-do=text]")
    phone.line.becomes("pass")
    page.locator("#begun [data-do=send]").click()
    expect(page.locator("#begun .row")).to_have_count(0)
    phone.open(f"/{LANGUAGE}/questions")
    said(page, "#remembered [data-do=look]")
    page.locator("#remembered [data-do=look]").click()
    said(page, "[data-state=waiting]")


def test_what_is_told_of_the_line_and_of_the_saved_copy(phone: Phone) -> None:
    phone.open(f"/{LANGUAGE}{ARTICLE}")
    phone.expect_saved()
    phone.expect_all()
    said(phone.page, "#kept")
    phone.context.set_offline(True)
    phone.open(f"/{LANGUAGE}{ARTICLE}")
    said(phone.page, "#line")
    phone.open(f"/{LANGUAGE}{ARTICLE}/answers")
    said(phone.page, "h1")
    said(phone.page, "[data-saved] li")
    phone.open(f"/{LANGUAGE}/search?q=óþéŕáţíóñ")
    said(phone.page, "[data-hit] h2")


def test_listening(phone: Phone) -> None:
    phone.page.add_init_script(ENGINE)
    phone.open(f"/{LANGUAGE}{ARTICLE}")
    scripts_ready(phone.page)
    phone.page.evaluate("engine.offer('en-IN', true)")
    whole = phone.page.locator("[data-listen=whole]")
    said(phone.page, "[data-listen=whole]")
    section = phone.page.locator("section .listen").first
    expect(section).to_have_attribute("aria-label", BRACKETED)
    for button in (section, whole):
        button.click()
        expect(phone.page.locator(".playing")).to_have_count(1)
        assert unmarked.on_page(phone.page.content()) == []


def test_the_offer_to_install(phone: Phone) -> None:
    phone.save(f"/{LANGUAGE}{ARTICLE}")
    phone.page.evaluate(CAN_INSTALL)
    read_to_the_end(phone)
    said(phone.page, "#hint p")
    expect(phone.page.locator("#hint button")).to_have_count(2)


@pytest.fixture(params=[IPHONE, FACEBOOK], ids=["phone", "another app"])
def other_phone(browser: Browser, line: Line, request: pytest.FixtureRequest) -> Iterator[Phone]:
    context = browser.new_context(user_agent=request.param, permissions=["clipboard-write"])
    yield Phone(context, line)
    context.close()


def test_how_else_it_comes_onto_a_phone(other_phone: Phone) -> None:
    for _ in range(2):
        other_phone.save(f"/{LANGUAGE}{ARTICLE}")
        expect(other_phone.page.locator("#hint")).to_be_attached()
        other_phone.change_tab()
    other_phone.save(f"/{LANGUAGE}{ARTICLE}")
    said(other_phone.page, "#hint p")
    hint = other_phone.page.locator("#hint")
    if not hint.locator("a").count():
        before = hint.locator("p").text_content() or ""
        hint.locator("button").click()
        expect(hint.locator("p")).not_to_have_text(before)
        said(other_phone.page, "#hint p")
