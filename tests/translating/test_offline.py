"""A phone keeps a language that has just begun, and reads it without a network."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from tests.conftest import ARTICLE
from tests.offline.conftest import host, line, phone
from tests.offline.phone import Phone
from tests.translating.another import site_with

__all__ = ["host", "line", "phone"]


@pytest.fixture(scope="module")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return site_with(tmp_path_factory.mktemp("offline"), "ur")


def test_it_is_read_and_searched_without_a_network(phone: Phone) -> None:
    phone.save(f"/ur{ARTICLE}")
    phone.line.becomes("refuse")
    phone.stop_worker()
    phone.change_tab()
    for path in (f"/ur{ARTICLE}", "/ur/about", f"/hi{ARTICLE}"):
        response = phone.open(path)
        assert response
        assert response.status == 200
        expect(phone.page.locator("html")).to_have_attribute("lang", path.split("/")[1])
    phone.open("/ur/search?q=slip+disc")
    hit = phone.page.locator("[data-hit]").first
    expect(hit.locator("mark").first).to_be_visible()
    for part in hit.locator("a, p").all():
        expect(part).to_have_attribute("lang", "en")
    missing = phone.open(f"/ur{ARTICLE}/answers")
    assert missing
    assert missing.status == 503
    expect(phone.page.locator("html")).to_have_attribute("dir", "rtl")
    expect(phone.page.locator(f'a[href="/ur{ARTICLE}"]').first).to_be_visible()
