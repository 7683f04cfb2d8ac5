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
from playwright.sync_api import Browser

from benchmarks.offline.first_visit import Meter
from tests.browsing import browsing
from tests.conftest import ARTICLE
from tests.offline.conftest import made
from tests.offline.host import Host
from tests.offline.line import Line
from tests.offline.phone import Phone
from tests.offline.upgrading import TABS, navigate, numbered_edition
from tests.serving import serving_here

UPGRADES = 20
NAVIGATIONS = 1000
COST = 30 * 1024
PARAGRAPH = {"translations/hi/LC_MESSAGES/article.po": ("रॉड टूट गई है", "रॉड टूट चुकी है")}


def main() -> int:
    seed = int(os.environ.get("SEED", "1"))
    print(f"seed {seed}: {NAVIGATIONS} navigations in {TABS} tabs over {UPGRADES} upgrades")
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        editions = [
            numbered_edition(number, Path(folder) / str(number)) for number in range(UPGRADES + 1)
        ]
        seen, mixed = navigate(browser, editions, NAVIGATIONS, random.Random(seed))  # noqa: S311
        print(f"pages seen {seen}, mixed {len(mixed)}", *mixed, sep="\n  ")
        cost = _cost(browser, made({}, Path(folder) / "a"), made(PARAGRAPH, Path(folder) / "b"))
    return 0 if not mixed and cost <= COST else 1


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
