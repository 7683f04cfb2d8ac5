"""Signing in on a phone, with the second factor, in both languages."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests import people
from tests.browser.test_accessibility import AXE, RUN
from tests.people import PASSWORD
from tests.ready import ready
from tests.serving import serving_here

NAMES = {
    "en": {
        "sign in": "Sign in",
        "password": "Password",
        "email": "E-mail address",
        "account": "Account",
        "set up": "Set up the second step",
        "password now": "Your password now",
        "digits": "6 digits",
        "go on": "Go on",
        "codes": "Your recovery codes",
        "kept": "I have them. Go on",
        "sign out": "Sign out",
        "code": "The code from your app",
    },
    "hi": {
        "sign in": "साइन इन करें",
        "password": "पासवर्ड",
        "email": "ई-मेल पता",
        "account": "मेरा खाता",
        "set up": "साइन इन का दूसरा क़दम जोड़ें",
        "password now": "आपका अभी का पासवर्ड",
        "digits": "6 अंक",
        "go on": "आगे बढ़ें",
        "codes": "आपके रिकवरी कोड",
        "kept": "मैंने लिख लिए। आगे बढ़ें",
        "sign out": "साइन आउट करें",
        "code": "आपके ऐप का कोड",
    },
}
_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with ready({"REEDH_INSTANCE_PATH": str(tmp_path_factory.mktemp("people"))}) as app:
        yield app


@pytest.fixture(scope="module")
def site(app: Flask) -> Iterator[str]:
    with serving_here(app) as address:
        yield address


@contextmanager
def phone(browser: Browser, site: str, language: str, **options: Any) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site, locale=f"{language}-IN", viewport={"width": 360, "height": 740}, **options
    )
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    yield page
    context.close()
    assert complaints == []


def sign_in(page: Page, email: str, words: dict[str, str]) -> None:
    page.get_by_label(words["email"]).fill(email)
    page.get_by_label(words["password"], exact=True).fill(PASSWORD)
    page.get_by_role("button", name=words["sign in"]).click()


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_clinician_signs_in_on_a_phone_and_sets_up_the_second_factor(
    app: Flask, site: str, browser: Browser, language: str, scripts: bool
) -> None:
    words = NAMES[language]
    email = people.add(app, f"asha{next(_numbers)}@example.org").email
    with phone(browser, site, language, java_script_enabled=scripts) as page:
        page.goto("/moderation/account")
        sign_in(page, email, words)
        page.get_by_role("link", name=words["set up"]).click()
        secret = (page.locator("#secret").text_content() or "").replace(" ", "")
        totp = pyotp.TOTP(secret)
        page.get_by_label(words["password now"]).fill(PASSWORD)
        page.get_by_label(words["digits"]).fill(totp.now())
        page.get_by_role("button", name=words["go on"]).click()
        expect(page.get_by_role("heading", name=words["codes"])).to_be_visible()
        expect(page.locator(".codes li")).to_have_count(10)
        codes = page.locator(".codes li").all_text_contents()
        page.get_by_role("link", name=words["kept"]).click()
        page.get_by_role("button", name=words["sign out"]).first.click()
        page.goto("/moderation/account")
        sign_in(page, email, words)
        expect(page.get_by_role("heading", name=words["code"])).to_be_visible()
        page.locator("summary").click()
        page.locator("#recovery").fill(codes[0])
        page.locator("details").get_by_role("button", name=words["go on"]).click()
        expect(page.get_by_role("heading", level=1, name=words["account"])).to_be_visible()


@pytest.mark.parametrize("language", ["en", "hi"])
@pytest.mark.parametrize(("theme", "width"), [("light", 320), ("dark", 1280)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    app: Flask, site: str, browser: Browser, language: str, theme: str, width: int
) -> None:
    words = NAMES[language]
    email = people.add(app, f"asha{next(_numbers)}@example.org").email
    with phone(browser, site, language, color_scheme=theme, bypass_csp=True) as page:
        page.set_viewport_size({"width": width, "height": 740})
        page.goto("/moderation/account")
        check(page)
        sign_in(page, email, words)
        expect(page.get_by_role("heading", level=1, name=words["account"])).to_be_visible()
        page.locator("summary").first.click()
        check(page)
        page.goto("/moderation/set-up")
        check(page)
        secret = (page.locator("#secret").text_content() or "").replace(" ", "")
        page.get_by_label(words["password now"]).fill(PASSWORD)
        page.get_by_label(words["digits"]).fill(pyotp.TOTP(secret).now())
        page.get_by_role("button", name=words["go on"]).click()
        expect(page.locator(".codes li")).to_have_count(10)
        check(page)
        page.goto("/moderation/account")
        check(page)
        page.get_by_role("button", name=words["sign out"]).first.click()
        sign_in(page, email, words)
        page.locator("summary").click()
        check(page)


def check(page: Page) -> None:
    page.add_script_tag(path=AXE)
    result = page.evaluate(RUN)
    assert [
        f"{rule['id']}: {node['html'][:120]}: {node.get('failureSummary')}"
        for kind in ("violations", "incomplete")
        for rule in result[kind]
        for node in rule["nodes"]
    ] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
