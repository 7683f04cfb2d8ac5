"""Navigations while the site changes, and of which edition each page's parts are."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Error, Page

from tests.conftest import ARTICLE
from tests.offline.conftest import made
from tests.offline.host import Host
from tests.offline.line import Line
from tests.offline.phone import Phone
from tests.serving import serving_here

TABS = 3
PATHS = ("/en/", f"/en{ARTICLE}", "/en/search?q=disc", "/en/about", f"/hi{ARTICLE}", "/hi/search")

HEADING = "## What this page is about"

# The edition of each part, those that the page has.
PARTS = """async () => {
    const styles = getComputedStyle(document.documentElement);
    const found = { style: styles.getPropertyValue("--edition").trim() };
    const { edition } = document.documentElement.dataset;
    if (edition) found.script = edition;
    const heading = document.querySelector("#overview h2");
    if (heading) found.page = heading.textContent.split("#")[1];
    const form = document.querySelector("form[data-index]");
    if (form) {
        const data = await (await fetch(form.dataset.index)).json();
        found.data = data.articles.sections.find(({ id }) => id === "overview").headings.en
            .split("#")[1];
    }
    return found;
}"""


def numbered_edition(number: int, folder: Path) -> Flask:
    """A site whose style, script, heading and search data all carry `number`."""
    return made(
        {
            "content/why-spine-surgeries-fail.md": (HEADING, f"{HEADING} #{number}"),
            "static/page.js": (
                "start().catch",
                f"document.documentElement.dataset.edition = `{number}`;\n\nstart().catch",
            ),
            "static/site.css": (
                ":root {\n  --bg: #fff;",
                f":root {{\n  --edition: {number};\n  --bg: #fff;",
            ),
        },
        folder,
    )


def navigate(
    browser: Browser, editions: Sequence[Flask], navigations: int, chance: random.Random
) -> tuple[int, list[str]]:
    """Open pages in three tabs; give how many were seen, and a line for each that was mixed."""
    host = Host(editions[0])
    seen, mixed = 0, []
    with serving_here(host) as address:
        line = Line(urlsplit(address).port or 0)
        phone = Phone(browser.new_context(viewport={"width": 360, "height": 740}), line)
        phone.save(f"/en{ARTICLE}")
        tabs = [phone.page, *(phone.context.new_page() for _ in range(TABS - 1))]
        for number in range(navigations):
            host.app = editions[number * len(editions) // navigations]
            page = chance.choice(tabs)
            parts = _parts(phone, page, chance.choice(PATHS))
            if parts:
                seen += 1
                if len(set(parts.values())) > 1:
                    mixed.append(f"navigation {number}: {page.url}: {parts}")
            _perhaps_update(page, chance)
        phone.context.close()
        line.close()
    return seen, mixed


def _parts(phone: Phone, page: Page, path: str) -> dict[str, str] | None:
    """What the page is made of; nothing where another tab's tap reloads it meanwhile."""
    for _ in range(3):
        try:
            phone.open(path, page)
            found: dict[str, str] = page.evaluate(PARTS)
            return found
        except Error:
            page.wait_for_timeout(200)
    return None


def _perhaps_update(page: Page, chance: random.Random) -> None:
    button = page.locator("#update button")
    if chance.random() < 0.5 and button.count():
        try:
            button.click(timeout=1000)
        except Error:
            return
