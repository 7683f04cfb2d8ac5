"""A phone: one browser profile, and what is stored in it."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Error, Page, Response, expect

from tests.offline.line import Line

# Ask every 50 ms, in the page, until the answer is yes or the time is over.
UNTIL = """async (milliseconds) => {{
    const ask = {};
    const end = performance.now() + milliseconds;
    while (!(await ask())) {{
        if (performance.now() > end) throw new Error("never true");
        await new Promise((resolve) => setTimeout(resolve, 50));
    }}
}}"""

KEYS = """async () => {
    const files = await caches.open("reedh-files");
    return (await files.keys()).map(({ url }) => url.slice(location.origin.length));
}"""

ALL_KEPT = """async () => {
    const text = await (await fetch("/service-worker.js")).text();
    const edition = JSON.parse(text.slice(text.indexOf("{"), text.indexOf(";\\n")));
    const files = Object.assign({}, ...Object.values(edition.groups));
    const kept = await (await caches.open("reedh-files")).keys();
    const keys = new Set(kept.map(({ url }) => url.slice(location.origin.length)));
    return Object.entries(files).every(([path, [hash]]) => keys.has(`${path}?${hash}`));
}"""

# Hash again all that is stored, from outside the worker; gives what has another hash.
WRONG = """async () => {
    const files = await caches.open("reedh-files");
    const wrong = [];
    for (const key of await files.keys()) {
        const file = await files.match(key);
        if (!file) continue; // dropped meanwhile
        const body = await file.arrayBuffer();
        const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
        const hash = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
        if (!hash.startsWith(new URL(key.url).search.slice(1))) wrong.push(key.url);
    }
    return wrong;
}"""


class Phone:
    """`line` leads to the site; `page` is the tab that is looked at."""

    def __init__(self, context: BrowserContext, line: Line) -> None:
        self.context = context
        self.line = line
        self.page = context.new_page()

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.line.port}"

    def open(self, path: str, page: Page | None = None) -> Response | None:
        """Open an address; what the browser itself shows when all fails raises."""
        return (page or self.page).goto(self.origin + path, wait_until="domcontentloaded")

    def change_tab(self) -> None:
        """Close the tab, and go on in a new one: no page is left for a worker to answer."""
        self.page.close()
        self.page = self.context.new_page()

    def expect_saved(self, page: Page | None = None, seconds: float = 15) -> None:
        status = (page or self.page).locator("#kept")
        expect(status).to_have_attribute("data-said", "saved", timeout=seconds * 1000)

    def save(self, path: str) -> None:
        """Open `path` and wait until all that is kept by itself is."""
        self.open(path)
        self.expect_saved()
        self.expect_all()

    def expect_all(self, seconds: float = 15) -> None:
        self.until(ALL_KEPT, seconds)

    def until(self, question: str, seconds: float = 15) -> None:
        """Wait until `question`, a function in JavaScript that may be async, gives a true value.

        `wait_for_function` takes a promise for true. A page that reloads meanwhile is asked anew.
        """
        deadline = time.monotonic() + seconds
        while True:
            try:
                left = max(0, deadline - time.monotonic())
                self.page.evaluate(UNTIL.format(question), left * 1000)
                return
            except Error as error:
                if "context was destroyed" not in error.message:
                    raise

    def stored_keys(self) -> list[str]:
        """What is stored, as `path?hash`."""
        found: list[str] = self.page.evaluate(KEYS)
        return found

    def forget(self, start: str) -> None:
        """Lose the stored files whose path begins so, as an eviction would."""
        self.page.evaluate(
            """async (start) => {
                const files = await caches.open("reedh-files");
                for (const key of await files.keys()) {
                    if (new URL(key.url).pathname.startsWith(start)) await files.delete(key);
                }
            }""",
            start,
        )

    def stop_worker(self) -> None:
        """Stop it as the phone does when memory is short: the next request starts it cold."""
        session = self.cdp()
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        session.detach()

    def sync(self, tag: str) -> None:
        """Let Background Sync come, which starts the worker if it is stopped."""
        session = self.cdp()
        found: list[str] = []
        session.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda told: found.extend(each["registrationId"] for each in told["registrations"]),
        )
        session.send("ServiceWorker.enable")
        for _ in range(50):
            if not found:
                self.page.wait_for_timeout(20)
        for registration in found:
            sync = {"registrationId": registration, "tag": tag, "lastChance": False}
            session.send("ServiceWorker.dispatchSyncEvent", {"origin": self.origin, **sync})
        session.detach()

    def limit_storage(self, size: int | None) -> None:
        """Let the site store `size` bytes, or as much as it likes."""
        quota: dict[str, Any] = {} if size is None else {"quotaSize": size}
        self.cdp().send("Storage.overrideQuotaForOrigin", {"origin": self.origin, **quota})

    def cdp(self) -> CDPSession:
        return self.context.new_cdp_session(self.page)
