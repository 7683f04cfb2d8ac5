"""A first visit, from nothing to “Saved”: requests, bytes as sent, and seconds on slow lines.

`make bench-offline` prints, for each language, what was asked for until the page said that it is
saved, and until both languages were; then the median time of three visits on each line. Exits 1
if a goal of docs/offline.md is missed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from app import create_app
from tests.browsing import browsing
from tests.conftest import ARTICLE, LANGUAGES
from tests.offline.line import Line
from tests.offline.phone import Phone
from tests.serving import serving, serving_here

KILOBYTE = 1024
ONE = (8, 40 * KILOBYTE)
BOTH = (12, 60 * KILOBYTE)
# Kilobits a second, seconds of latency, most seconds to “Saved”.
LINES = ((400, 0.4, 5), (100, 0.8, 15))
VISITS = 3


class Meter:
    """A WSGI application that notes what it sends: path, status, bytes of the body."""

    def __init__(self, inner: Callable[..., Iterable[bytes]]) -> None:
        self._inner = inner
        self.sent: list[tuple[str, str, int]] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:  # noqa: ANN401
        def start(status: str, headers: list[tuple[str, str]], *rest: object) -> Any:  # noqa: ANN401
            length = int(dict(headers).get("Content-Length", 0)) if status[:3] == "200" else 0
            self.sent.append((environ["PATH_INFO"], status[:3], length))
            return start_response(status, headers, *rest)

        return self._inner(environ, start)


def main() -> int:
    with browsing() as browser:
        reached = [_bytes(browser, language) for language in LANGUAGES]
        print()
        print(f"{'line':>24}{'seconds to saved':>22}")
        reached += [_seconds(browser, language, *line) for line in LINES for language in LANGUAGES]
    return 0 if all(reached) else 1


def _bytes(browser: Browser, language: str) -> bool:
    with tempfile.TemporaryDirectory() as instance:
        meter = Meter(create_app({"REEDH_INSTANCE_PATH": instance}))
        with serving_here(meter) as address:
            context = browser.new_context(viewport={"width": 360, "height": 740})
            phone = Phone(context, Line(urlsplit(address).port or 0))
            _ready(phone)
            meter.sent.clear()
            phone.open(f"/{language}{ARTICLE}")
            phone.cdp().send("Page.getAppManifest")  # as browsers with a window do
            phone.expect_saved()
            phone.expect_all()
            every = meter.sent[:-1]  # the last is this benchmark's own look at the list
            # The worker asks for what follows once it has told the page that all is saved.
            then = next(place for place, sent in enumerate(every) if "/offline/then-" in sent[0])
            context.close()
            phone.line.close()
    print(f"\nFirst visit to /{language}{ARTICLE}")
    for place, (path, status, size) in enumerate(every):
        print(f"{size:>9}  {status}  {path}{'' if place < then else '   (then)'}")
    both = [sent for sent in every if "/offline/later." not in sent[0]]
    reached = _within(f"{language} saved", every[:then], ONE)
    return reached & _within("both languages saved, without “later”", both, BOTH)


def _ready(phone: Phone) -> None:
    """The server has made its edition."""
    phone.context.request.get(f"{phone.origin}/readyz")


def _within(what: str, sent: list[tuple[str, str, int]], goal: tuple[int, int]) -> bool:
    size = sum(one[2] for one in sent)
    print(f"{size:>9}  bytes in {len(sent)} requests: {what} (goal {goal[1]} in {goal[0]})")
    return len(sent) <= goal[0] and size <= goal[1]


def _seconds(browser: Browser, language: str, kilobits: float, latency: float, most: float) -> bool:
    times = []
    with serving() as address:
        for _ in range(VISITS):
            line = Line(urlsplit(address).port or 0)
            context = browser.new_context(viewport={"width": 360, "height": 740})
            phone = Phone(context, line)
            line.becomes("pass", kilobits=kilobits, latency=latency)
            before = time.monotonic()
            phone.open(f"/{language}{ARTICLE}")
            phone.expect_saved(seconds=60)
            times.append(time.monotonic() - before)
            context.close()
            line.close()
    median = statistics.median(times)
    name = f"{language} {kilobits} kbit/s {latency * 1000:.0f} ms"
    print(f"{name:>24}{median:>14.1f} of {most}", flush=True)
    return median <= most


if __name__ == "__main__":
    sys.exit(main())
