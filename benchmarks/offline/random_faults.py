"""Random faults of line and server, and whether anything is stored or shown as ours that is not.

`SEEDS=1-1000` names the faults; each seed is one. A page that the worker answered with 200 must be
the edition's to the last byte, and whatever is stored must have its hash. `make bench-offline`
prints the seeds, what was shown, and the count of wrong bytes. Exits 1 if there were any.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Error

from blueprints import edition
from tests.browsing import browsing
from tests.conftest import ARTICLE, LANGUAGES
from tests.offline.conftest import CHANGES, made
from tests.offline.host import Answer, Host, portal, redirect_to_portal, status
from tests.offline.line import Line, Mode
from tests.offline.phone import WRONG, Phone
from tests.serving import serving_here

MODES: tuple[Mode, ...] = ("pass", "pass", "pass", "refuse", "reset", "hang", "vanish", "cut")
PATTERNS = (".*", "/static/.*", "/../.*", "/static/offline/.*", "/../about", f"/..{ARTICLE}")
PAGES = [f"/{code}{path}" for code in LANGUAGES for path in ("/", ARTICLE, "/about", "/offline")]
A_PHONE_MEETS = 20


def main() -> int:
    first, _, last = os.environ.get("SEEDS", "1-1000").partition("-")
    seeds = range(int(first), int(last or first) + 1)
    shown: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        editions = [made({}, Path(folder) / "a"), made(CHANGES, Path(folder) / "b")]
        for start in range(seeds.start, seeds.stop, A_PHONE_MEETS):
            part = range(start, min(start + A_PHONE_MEETS, seeds.stop))
            shown += _meet(browser, editions, part)
    print(
        f"seeds {seeds.start}-{seeds.stop - 1}: " + ", ".join(f"{n} {k}" for k, n in shown.items())
    )
    print(f"wrong bytes shown or stored: {shown['wrong']}")
    return 1 if shown["wrong"] else 0


def _meet(browser: Browser, editions: list[Flask], seeds: range) -> Counter[str]:
    """One phone meets one fault for each seed, and a healthy site after every fifth."""
    shown: Counter[str] = Counter()
    host = Host(editions[0])
    with serving_here(host) as address:
        line = Line(urlsplit(address).port or 0)
        phone = Phone(browser.new_context(viewport={"width": 360, "height": 740}), line)
        for seed in seeds:
            chance = random.Random(seed)  # noqa: S311 (the same fault for the same seed)
            host.app = chance.choice(editions)
            host.faults = {chance.choice(PATTERNS): _answer(chance, host)}
            line.becomes(chance.choice(MODES), cut_after=chance.randrange(20_000))
            shown[_open(phone, chance.choice(PAGES), editions)] += 1
            if chance.random() < 0.3:
                phone.stop_worker()
            host.heal()
            host.released.clear()
            line.becomes("pass")
            if seed % 5 == 0:
                shown[_open(phone, chance.choice(PAGES), editions)] += 1
            wrong = phone.page.evaluate(WRONG) if phone.page.url.startswith(phone.origin) else []
            if wrong:
                print(f"  seed {seed}: stored {wrong}")
                shown["wrong"] += 1
        phone.context.close()
        line.close()
    return shown


def _answer(chance: random.Random, host: Host) -> Answer:
    answers = (host.corrupt, portal, redirect_to_portal, host.hang, status("500 Broken"), host.app)
    chosen = chance.choice(answers)
    return host.once(chosen) if chance.random() < 0.3 else chosen


def _open(phone: Phone, path: str, editions: list[Flask]) -> str:
    """Open a page and say what was shown."""
    try:
        response = phone.page.goto(phone.origin + path, wait_until="commit", timeout=9_000)
        if not response or not response.from_service_worker:
            phone.page.wait_for_timeout(150)
            return "from the network alone"
        body = response.body()
    except Error:
        phone.page.goto("about:blank")
        return "nothing"
    if response.status == 503:
        return "the offline page"
    ours = {edition.publisher(app).edition.resources[path].body for app in editions}
    if response.status != 200 or body not in ours:
        print(f"  {path}: {response.status} {body[:80]!r}")
        return "wrong"
    return "our page"


if __name__ == "__main__":
    sys.exit(main())
