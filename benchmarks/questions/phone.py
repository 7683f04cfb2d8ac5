"""Asking on a phone: from the tap to “Saved on this phone”, and from the network back to sent.

`make bench-questions` prints, over both languages, the milliseconds from pressing Send to the
words on the page, on a line that accepts and never answers; and, without Background Sync, the
seconds from the moment the network is back until the phone keeps nothing unsent: told by the
browser (`online`) after each kind of dead line, and noticed by the page alone. Exits 1 if a goal
of docs/asking.md is missed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from app import create_app
from blueprints import database
from tests.asking.conftest import Asker
from tests.asking.schedules import EMPTY
from tests.browsing import browsing
from tests.conftest import ARTICLE, LANGUAGES
from tests.offline.line import Line, Mode
from tests.offline.phone import Phone
from tests.serving import serving_here

TAPS = 20
RETURNS = 5
MOST_MS = 300
MOST_SECONDS = 5

# The time of the press, and of the words that a reader sees for it.
WATCH = """() => {
    window.saved = undefined;
    const outcome = document.querySelector("#outcome");
    document.querySelector("form.ask").addEventListener("submit", () => {
        const pressed = performance.now();
        new MutationObserver(() => {
            if (outcome.querySelector("[data-said=saved]") && window.saved === undefined)
                requestAnimationFrame(() => { window.saved = performance.now() - pressed; });
        }).observe(outcome, { attributes: true, childList: true, subtree: true });
    }, { capture: true });
}"""


def main() -> int:
    with tempfile.TemporaryDirectory() as instance, browsing() as browser:
        app = create_app({"REEDH_INSTANCE_PATH": instance})
        with app.app_context():
            database.upgrade()
        with serving_here(app) as address:
            port = urlsplit(address).port or 0
            taps = sorted(tap for code in LANGUAGES for tap in saving(browser, port, code))
            told = {
                mode: returning(browser, port, mode, is_told=True) for mode in ("refuse", "hang")
            }
            noticed = returning(browser, port, "refuse", is_told=False)
    p50, p95 = (taps[int(share * len(taps))] for share in (0.5, 0.95))
    print("From the tap to “Saved on this phone”, on a dead line, milliseconds")
    print(f"{'taps':>8}{'p50':>8}{'p95':>8}{'max':>8}{'goal':>8}")
    print(f"{len(taps):>8}{p50:>8.0f}{p95:>8.0f}{taps[-1]:>8.0f}{MOST_MS:>8}")
    print("From the network back to nothing unsent, without Background Sync, seconds")
    print(f"{'median':>8}{'max':>8}{'goal':>8}")
    for mode, times in told.items():
        print(
            f"{times[len(times) // 2]:>8.1f}{times[-1]:>8.1f}{MOST_SECONDS:>8}  told, after {mode}"
        )
    print(f"{noticed[len(noticed) // 2]:>8.1f}{noticed[-1]:>8.1f}{'':>8}  not told, after refuse")
    is_fast = p95 <= MOST_MS and all(times[-1] <= MOST_SECONDS for times in told.values())
    return 0 if is_fast else 1


def saving(browser: Browser, port: int, language: str) -> list[float]:
    """Milliseconds of each tap."""
    line = Line(port)
    asker = Asker(
        Phone(browser.new_context(viewport={"width": 360, "height": 740}), line), language
    )
    asker.phone.save(f"/{language}{ARTICLE}")
    # Whether the browser promises to keep it changes the words, and is not what is measured.
    asker.phone.context.add_init_script("navigator.storage.persist = async () => true")
    line.becomes("hang")
    times = []
    for _ in range(TAPS):
        asker.open_form()
        asker.page.evaluate(WATCH)
        asker.fill()
        asker.send()
        asker.phone.until("() => window.saved !== undefined")
        times.append(float(asker.page.evaluate("window.saved")))
    asker.phone.context.close()
    line.close()
    return times


def returning(browser: Browser, port: int, mode: Mode, *, is_told: bool) -> list[float]:
    """Seconds of each return of the network, sorted."""
    times = []
    for number in range(RETURNS):
        line = Line(port)
        asker = Asker(
            Phone(browser.new_context(viewport={"width": 360, "height": 740}), line), "hi"
        )
        asker.phone.context.add_init_script("delete window.SyncManager")
        asker.phone.save(f"/hi{ARTICLE}")
        line.becomes(mode)
        asker.open_form()
        asker.fill()
        asker.send()
        asker.page.locator("#outcome .number").wait_for()
        asker.page.wait_for_timeout(1000 * number)
        line.becomes("pass")
        before = time.monotonic()
        if is_told:
            asker.page.evaluate("dispatchEvent(new Event('online'))")
        asker.phone.until(EMPTY, 60)
        times.append(time.monotonic() - before)
        asker.phone.context.close()
        line.close()
    return sorted(times)


if __name__ == "__main__":
    sys.exit(main())
