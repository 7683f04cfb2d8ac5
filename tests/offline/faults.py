"""Random faults of line and server, one for each seed, and what a phone then shows and stores."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Error

from blueprints import edition
from tests.conftest import ARTICLE, LANGUAGES
from tests.offline.host import Answer, Host, portal, redirect_to_portal, status
from tests.offline.line import Line, Mode
from tests.offline.phone import WRONG, Phone
from tests.serving import serving_here

MODES: tuple[Mode, ...] = ("pass", "pass", "pass", "refuse", "reset", "hang", "vanish", "cut")
PATTERNS = (".*", "/static/.*", "/../.*", "/static/offline/.*", "/../about", f"/..{ARTICLE}")
PAGES = [f"/{code}{path}" for code in LANGUAGES for path in ("/", ARTICLE, "/about", "/offline")]


def meet(
    browser: Browser, editions: Sequence[Flask], seeds: range, *, has_copy: bool
) -> Counter[str]:
    """One phone meets one fault for each seed, and a healthy site after every fifth.

    Counts what was shown; a name that begins with `wrong` is of something that no edition holds.
    """
    shown: Counter[str] = Counter()
    host = Host(editions[0])
    with serving_here(host) as address:
        line = Line(urlsplit(address).port or 0)
        phone = Phone(browser.new_context(viewport={"width": 360, "height": 740}), line)
        if has_copy:
            phone.save(f"/en{ARTICLE}")
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
                shown[f"wrong: seed {seed} stored {wrong}"] += 1
        phone.context.close()
        line.close()
    return shown


def _answer(chance: random.Random, host: Host) -> Answer:
    answers = (host.corrupt, portal, redirect_to_portal, host.hang, status("500 Broken"), host.app)
    chosen = chance.choice(answers)
    return host.once(chosen) if chance.random() < 0.3 else chosen


def _open(phone: Phone, path: str, editions: Sequence[Flask]) -> str:
    """Open a page and say what was shown."""
    try:
        response = phone.page.goto(phone.origin + path, wait_until="commit", timeout=9_000)
        if not response or not response.from_service_worker:
            phone.page.wait_for_timeout(150)
            return "from the network alone"
        body = response.body()
    except Error:
        # What the browser shows itself may still be on its way, and would take the next place.
        phone.change_tab()
        return "nothing"
    if urlsplit(response.url).path != path:
        return "led elsewhere"
    if response.status == 503:
        return "the offline page"
    ours = {edition.publisher(app).edition.resources[path].body for app in editions}
    if response.status != 200 or body not in ours:
        return f"wrong: {path} shows {response.status} {body[:80]!r}"
    return "our page"
