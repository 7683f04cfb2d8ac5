"""A real server and a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.serving import serving

Visit = Callable[..., Page]

# Chromium also reports the missing pages, cut lines and missing workers that a test asks for.
ASKED_FOR = re.compile(
    r"404 \((?i:Not Found)\)|net::ERR_(FAILED|INTERNET_DISCONNECTED)"
    r"|Service Worker registration blocked by Playwright"
)


def scripts_ready(page: Page) -> None:
    """Wait until what scripts add to the page is there; they come after the first paint."""
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture
def visit(site: str, browser: Browser) -> Iterator[Visit]:
    """Open a path in a fresh browser profile; what the console complains of fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(
        path: str,
        *,
        width: int = 360,
        height: int = 740,
        before: str = "",
        clock: bool = False,
        **options: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": height}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if clock:
            page.clock.install()
        if before:
            page.add_init_script(before)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [text for text in complaints if not ASKED_FOR.search(text)] == []
