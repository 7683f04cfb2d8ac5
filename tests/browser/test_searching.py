"""From what a patient types to the section that answers, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.conftest import ARTICLE


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
    expect(page.locator("[role=status]")).to_be_visible()
    expect(page.locator("input[name=q]")).to_have_value(typed)
    page.locator("[data-hit] a").first.click()
    expect(page.locator(f"#{section} h2")).to_be_in_viewport()
    assert page.url.endswith(f"/{language}{ARTICLE}#{section}")
