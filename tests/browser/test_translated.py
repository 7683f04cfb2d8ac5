"""A browser that translates the page changes `<html lang>`: the page's own language stays."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit, scripts_ready
from tests.browser.test_listening import ENGINE, VOICES, WORDS
from tests.conftest import ARTICLE

# As Chromium does it, but before any script of ours runs.
TRANSLATE = """{
    const translate = () => document.documentElement?.setAttribute("lang", "LANG");
    new MutationObserver(translate).observe(document, { childList: true });
}"""
translated = pytest.mark.parametrize(
    ("language", "lang"), [("hi", "mr"), ("hi", "en"), ("en", "hi"), ("en", "not a language")]
)


@translated
def test_listening_reads_on_and_the_copy_is_saved(visit: Visit, language: str, lang: str) -> None:
    page = visit(f"/{language}{ARTICLE}", before=ENGINE + TRANSLATE.replace("LANG", lang))
    scripts_ready(page)
    assert page.evaluate("document.documentElement.lang") == lang
    expect(page.locator("#kept")).to_have_attribute("data-said", "saved")
    page.evaluate(f"engine.offer('{VOICES[language]}', true)")
    button = page.locator("#overview button")
    button.click()
    page.evaluate("engine.end()")
    expect(button).to_have_attribute("aria-label", WORDS[language][1])
    assert len(page.evaluate("engine.spoken")) == 2


@translated
def test_results_are_in_the_language_of_the_page(visit: Visit, language: str, lang: str) -> None:
    page = visit(f"/{language}/search", before=TRANSLATE.replace("LANG", lang))
    scripts_ready(page)
    page.locator("input[name=q]").fill("slip disc")
    found = page.locator("[data-hit] a").first
    expect(found).to_have_attribute("href", re.compile(f"^/{language}/"))
    expect(page.locator("[data-hit] a[lang], [data-hit] p[lang]")).to_have_count(0)
    expect(page.locator("mark").first).to_be_visible()
