"""Navigations in three tabs while the site changes again and again, and whether a page mixes two.

Each edition differs in the style inside every page, in a script, in a heading and so in the search
data. After each navigation the page is asked which edition its parts are of. `make bench-offline`
prints the seed, the count of navigations and of mixed pages, and what an edition costs that
changes one paragraph of one language. Exits 1 if a page was mixed or the cost misses the goal.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Error, Page

from benchmarks.offline.first_visit import Meter
from tests.browsing import browsing
from tests.conftest import ARTICLE
from tests.offline.conftest import made
from tests.offline.host import Host
from tests.offline.line import Line
from tests.offline.phone import Phone
from tests.serving import serving_here

UPGRADES = 20
NAVIGATIONS = 1000
TABS = 3
COST = 30 * 1024
PATHS = ("/en/", f"/en{ARTICLE}", "/en/search?q=disc", "/en/about", f"/hi{ARTICLE}", "/hi/search")

HEADING = "## What this page is about"
PARAGRAPH = {"translations/hi/LC_MESSAGES/article.po": ("रॉड टूट गई है", "रॉड टूट चुकी है")}

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


def main() -> int:
    seed = int(os.environ.get("SEED", "1"))
    print(f"seed {seed}: {NAVIGATIONS} navigations in {TABS} tabs over {UPGRADES} upgrades")
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        editions = [_edition(number, Path(folder) / str(number)) for number in range(UPGRADES + 1)]
        seen, mixed = _navigate(browser, editions, random.Random(seed))  # noqa: S311
        print(f"pages seen {seen}, mixed {mixed}")
        cost = _cost(browser, made({}, Path(folder) / "a"), made(PARAGRAPH, Path(folder) / "b"))
    return 0 if not mixed and cost <= COST else 1


def _edition(number: int, folder: Path) -> Flask:
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


def _navigate(browser: Browser, editions: list[Flask], chance: random.Random) -> tuple[int, int]:
    host = Host(editions[0])
    seen = mixed = 0
    with serving_here(host) as address:
        line = Line(urlsplit(address).port or 0)
        phone = Phone(browser.new_context(viewport={"width": 360, "height": 740}), line)
        phone.save(f"/en{ARTICLE}")
        tabs = [phone.page, *(phone.context.new_page() for _ in range(TABS - 1))]
        for number in range(NAVIGATIONS):
            host.app = editions[number * len(editions) // NAVIGATIONS]
            page = chance.choice(tabs)
            parts = _parts(phone, page, chance.choice(PATHS))
            if parts:
                seen += 1
                mixed += len(set(parts.values())) > 1
                if len(set(parts.values())) > 1:
                    print(f"  navigation {number}: {page.url}: {parts}")
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


def _cost(browser: Browser, before: Flask, after: Flask) -> int:
    host = Host(before)
    meter = Meter(host)
    with serving_here(meter) as address:
        phone = Phone(browser.new_context(), Line(urlsplit(address).port or 0))
        phone.save(f"/hi{ARTICLE}")
        meter.sent.clear()
        host.app = after
        phone.page.evaluate("navigator.serviceWorker.getRegistration().then((r) => r.update())")
        phone.until(
            "async () => (await navigator.serviceWorker.getRegistration()).waiting !== null"
        )
        sent = [one for one in meter.sent if one[2]]
        phone.context.close()
        phone.line.close()
    print("\nAn edition that changes one paragraph in one language")
    for path, _status, size in sent:
        print(f"{size:>9}  {path}")
    cost = sum(size for _path, _status, size in sent)
    print(f"{cost:>9}  bytes (goal {COST})")
    return cost


if __name__ == "__main__":
    sys.exit(main())
