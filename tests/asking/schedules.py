"""Random schedules of all that can go wrong between a phone and the queue, one for each seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, Error
from sqlalchemy import select

from blueprints.database import db
from blueprints.models import Question
from tests.asking.conftest import ASK, Asker, posts, told
from tests.conftest import ARTICLE, LANGUAGES
from tests.offline.faults import MODES
from tests.offline.host import Answer, Environ, Host, StartResponse, portal, status
from tests.offline.line import Line
from tests.offline.phone import Phone
from tests.serving import serving_here

ACTS_OF_ONE = 12


@dataclass(slots=True)
class Result:
    """What became of the questions that a phone said it had saved."""

    saved: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)

    @property
    def faults(self) -> list[str]:
        return [*self.lost, *self.doubled, *self.untrue]


class Schedule:
    """One phone, one line, one server; `editions` have one database."""

    def __init__(
        self, browser: Browser, line: Line, host: Host, editions: Sequence[Flask], seed: int
    ) -> None:
        self.seed = seed
        self.chance = random.Random(seed)  # noqa: S311 (the same schedule for the same seed)
        self.host = host
        self.line = line
        self.editions = editions
        self.result = Result()
        self.texts: list[str] = []
        self.phone = Phone(browser.new_context(viewport={"width": 360, "height": 740}), line)
        self.asker = Asker(self.phone, self.chance.choice(LANGUAGES))

    def run(self) -> Result:
        self.phone.save(f"/{self.asker.language}{ARTICLE}")
        self.ask()
        acts: list[Callable[[], object]] = [
            self.change_line, self.change_line, self.break_server, self.stop_worker,
            self.leave, self.read, self.lose_cookies, self.change_secret, self.change_edition,
            self.hope, self.hope, self.sync, self.ask, self.wait,
        ]  # fmt: skip
        for _ in range(ACTS_OF_ONE):
            self.chance.choice(acts)()
            self.check_truth()
        self.settle()
        self.phone.context.close()
        return self.result

    def ask(self) -> None:
        """Write a question and press Send; it counts when the page says that it is saved."""
        text = f"Question {self.chance.getrandbits(40):x} of schedule {self.seed}: what of my back?"
        try:
            self.asker.open_form()
            self.asker.fill(text)
            self.asker.send()
            self.asker.page.wait_for_selector("#outcome .number", timeout=5000)
        except Error:
            return  # the page could not be opened, and so nothing was promised
        self.texts.append(text)
        self.result.saved += 1

    def change_line(self) -> None:
        self.line.becomes(self.chance.choice(MODES), cut_after=self.chance.randrange(4000))

    def break_server(self) -> None:
        answers: list[Answer] = [
            status("500 Broken"),
            told("503 Busy", {"error": "busy"}, Retry_After="1"),
            told("429 Too Many", {"error": "flood"}, Retry_After="1"),
            status("403 Forbidden"),
            portal,
            self.store_and_break,
            self.host.app,
        ]
        answer = posts(self.chance.choice(answers), self.host.app)
        path = self.chance.choice((ASK, ASK, "/token"))
        self.host.faults = {path: self.host.once(answer) if self.chance.random() < 0.5 else answer}

    def store_and_break(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Take the question in, and answer as if not."""
        list(self.host.app(environ, lambda *_: lambda _: None))
        return status("502 Bad Gateway")(environ, start_response)

    def stop_worker(self) -> None:
        self.phone.stop_worker()

    def leave(self) -> None:
        """Close the tab in the midst of whatever it does."""
        self.phone.change_tab()

    def read(self) -> None:
        path = self.chance.choice((ARTICLE, "/", "/ask", "/questions"))
        try:
            self.phone.open(f"/{self.asker.language}{path}")
        except Error:
            self.leave()

    def lose_cookies(self) -> None:
        self.phone.context.clear_cookies()

    def change_secret(self) -> None:
        for app in self.editions:
            app.secret_key = f"{self.chance.getrandbits(256):064x}"

    def change_edition(self) -> None:
        self.host.app = self.chance.choice(self.editions)

    def hope(self) -> None:
        if self.phone.page.url.startswith(self.phone.origin):
            self.phone.page.evaluate("dispatchEvent(new Event('online'))")

    def sync(self) -> None:
        self.phone.sync("reedh-questions")

    def wait(self) -> None:
        self.phone.page.wait_for_timeout(self.chance.randrange(400))

    def check_truth(self) -> None:
        """Whatever says that it was sent is in the database."""
        shown = self.phone.page.locator("#outcome [data-said=sent]")
        if self.texts and shown.count() and self.texts[-1] not in self.stored():
            self.result.untrue.append(f"seed {self.seed}: {self.texts[-1]}")

    def settle(self) -> None:
        """A healthy line and server: then everything that was promised arrives, once."""
        self.host.heal()
        self.line.becomes("pass")
        self.leave()
        self.asker.open_form()
        self.hope()
        self.phone.until(EMPTY, 40)
        stored = self.stored()
        for text in self.texts:
            times = stored.count(text)
            if times == 0:
                self.result.lost.append(f"seed {self.seed}: {text}")
            elif times > 1:
                self.result.doubled.append(f"seed {self.seed}: {text}")

    def stored(self) -> list[str | None]:
        with self.editions[0].app_context():
            return list(db.session.scalars(select(Question.text)))


EMPTY = """() => new Promise((resolve) => {
    const request = indexedDB.open("reedh-questions", 1);
    request.onsuccess = () => {
        const count = request.result.transaction("outbox").objectStore("outbox").count();
        count.onsuccess = () => { request.result.close(); resolve(!count.result); };
    };
})"""


def meet(browser: Browser, editions: Sequence[Flask], seed: int) -> Result:
    host = Host(editions[0])
    with serving_here(host) as address:
        line = Line(urlsplit(address).port or 0)
        try:
            return Schedule(browser, line, host, editions, seed).run()
        finally:
            host.heal()
            line.close()
