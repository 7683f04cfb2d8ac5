"""From a key to the painted results, in Chromium slowed six times, at 7 and 1,000 sections.

`make bench-search` prints, for each: the time to open the index, and median, 95th percentile and
longest time from a key to the next painted frame. The larger site has 143 articles of random
words. Exits 1 if the goal of docs/search.md is missed.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, expect

from app import ROOT, create_app
from benchmarks.search.text import sentence, vocabulary
from tests.browsing import browsing
from tests.search.conftest import queries
from tests.serving import serving_here

ARTICLES = 143
SLOWER = 6
QUERIES = 30
PAINTED_MS = 50

# The task after a frame's callbacks is the first that runs when the frame has been painted.
MEASURE = """() => {
    window.times = [];
    addEventListener("input", (event) => requestAnimationFrame(() => setTimeout(() =>
        window.times.push(performance.now() - event.timeStamp))), true);
}"""


def main() -> int:
    real = [query.text for query in queries("dev_queries.jsonl")[:: 99 // QUERIES]]
    chance = random.Random(5)  # noqa: S311 (the same text in every run)
    words = vocabulary(chance)
    reached = True
    print(f"{'sections':>9}{'open ms':>9}{'p50 ms':>9}{'p95 ms':>9}{'max ms':>9}")
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        content = Path(folder) / "content"
        content.mkdir()
        for number in range(ARTICLES):
            (content / f"article-{number}.md").write_text(_article(chance, words), "utf-8")
        asked = [sentence(chance, words, 3).rstrip(".") for _ in range(QUERIES)]
        for path, typed in ((ROOT / "content", real), (content, asked)):
            app = create_app({"REEDH_INSTANCE_PATH": f"{folder}/instance"}, content=path)
            sections = len(app.extensions["search"].articles.sections)
            with serving_here(app) as address:
                opened, times = _measure(browser, address, typed)
            p50, p95 = (sorted(times)[int(share * len(times))] for share in (0.5, 0.95))
            print(f"{sections:>9}{opened:>9.0f}{p50:>9.1f}{p95:>9.1f}{max(times):>9.1f}")
            reached = reached and p95 <= PAINTED_MS
    return 0 if reached else 1


def _article(chance: random.Random, words: list[str]) -> str:
    front = '+++\ntitle = "{0}"\ndescription = "{0}"\nbyline = "{0}"\n+++\n'
    parts = [front.format(sentence(chance, words, 4))]
    for number in range(7):
        paragraphs = [
            '{facts="OV-01"}\n' + " ".join(sentence(chance, words) for _ in range(3))
            for _ in range(8)
        ]
        heading = sentence(chance, words, 4).rstrip(".")
        parts.append(f"{{#section-{number} icon=about}}\n## {heading}\n")
        parts += [f"{paragraph}\n" for paragraph in paragraphs]
    return "\n".join(parts)


def _measure(browser: Browser, address: str, typed: list[str]) -> tuple[float, list[float]]:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{address}/en/search", timeout=600_000)
    expect(page.locator("html[data-scripts=ready]")).to_be_attached()
    slowed = page.context.new_cdp_session(page)
    slowed.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    before = page.evaluate("performance.now()")
    page.locator("#q").focus()
    expect(page.locator("form[data-ready]")).to_be_attached(timeout=60_000)
    opened = page.evaluate("performance.now()") - before
    page.evaluate(MEASURE)
    for text in typed:
        page.locator("#q").fill("")
        for letter in text:
            page.keyboard.insert_text(letter)
            page.wait_for_timeout(60)
    times: list[float] = page.evaluate("window.times")
    page.close()
    return opened, times


if __name__ == "__main__":
    sys.exit(main())
