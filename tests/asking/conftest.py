"""A phone on which somebody asks, and what the server has of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from sqlalchemy import delete, select

from blueprints.database import db
from blueprints.models import Question
from tests.offline.conftest import line, made, second_edition
from tests.offline.host import Answer, Environ, Host, StartResponse
from tests.offline.line import Line
from tests.offline.phone import Phone

__all__ = ["line", "second_edition"]

TEXT = {
    "en": "Will my back hurt after the operation?",
    "hi": "ऑपरेशन के बाद क्या कमर में दर्द रहेगा?",
}
WORDS = {
    "en": {
        "send": "Send",
        "saved": "Saved on this phone",
        "sent": "Sent. Your question has reached us.",
        "unsafe": "Not sent yet. Open this page within a week",
        "incomplete": "something is missing",
        "no address": "That is no e-mail address.",
        "copy": "Copy the text",
        "copied": "Copied",
        "delete": "Delete",
        "open": "Open",
        "go on": "Go on writing",
        "send now": "Send now",
        "waits": "A question on this phone has not been sent yet.",
        "nowhere": "this phone lets us keep nothing",
        "cookies": "sending needs a cookie",
        "arrived": "Its number, which you wrote down",
        "send again": "press Send again",
    },
    "hi": {
        "send": "भेजें",
        "saved": "इस फ़ोन में रख लिया गया है",
        "sent": "भेज दिया गया। आपका सवाल हम तक पहुँच गया है।",
        "unsafe": "अभी भेजा नहीं गया। एक हफ़्ते के अंदर",
        "incomplete": "नीचे कुछ ठीक करना या भरना बाक़ी है",
        "no address": "यह ई-मेल सही नहीं लिखा है।",
        "copy": "अपना सवाल कॉपी करें",
        "copied": "कॉपी हो गया",
        "delete": "मिटाएँ",
        "open": "खोलें",
        "go on": "आगे लिखें",
        "send now": "अभी भेजें",
        "waits": "इस फ़ोन पर एक सवाल है जो अभी भेजा नहीं गया।",
        "nowhere": "इस फ़ोन में रखा भी नहीं जा सका",
        "cookies": "भेजने के लिए एक कुकी चाहिए",
        "arrived": "जो नंबर आपने लिख लिया था",
        "send again": "फिर से “भेजें” दबाएँ",
    },
}


ASK = "/(?:en|hi)/ask"
Stored = Callable[[], list[str | None]]


class Asker:
    """Somebody with a phone who reads one language."""

    def __init__(self, phone: Phone, language: str) -> None:
        self.phone = phone
        self.language = language
        self.words = WORDS[language]

    @property
    def page(self) -> Page:
        return self.phone.page

    def open_form(self) -> None:
        self.phone.open(f"/{self.language}/ask")
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("html[data-scripts=ready]", state="attached")

    def fill(self, text: str | None = None) -> None:
        self.page.locator("#question").fill(text or TEXT[self.language])
        self.page.locator("#consent").check()

    def send(self) -> None:
        self.page.get_by_role("button", name=self.words["send"], exact=True).click()

    def read_warnings(self) -> None:
        """Let the second pass in which a press on Send does not count."""
        self.page.evaluate(
            """() => {
                const now = performance.now.bind(performance);
                performance.now = () => now() + 1000;
            }"""
        )

    def receipt(self) -> str:
        shown = self.page.locator("#outcome .number").text_content() or ""
        return shown.replace(" ", "")

    def put_unsent(
        self, receipt: str, text: str, tries: int = 0, language: str | None = None
    ) -> None:
        """Have a question wait on this phone, which has tried to send it so often."""
        self.page.evaluate(
            """async ([receipt, question, tries, language]) => {
                const opening = indexedDB.open("reedh-questions", 1);
                await new Promise((resolve) => { opening.onsuccess = resolve; });
                const bytes = new TextEncoder().encode(receipt);
                const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
                const hex = (byte) => byte.toString(16).padStart(2, "0");
                const hash = [...digest].map(hex).join("");
                const fields = { question, consent: "y" };
                const item = { receipt, hash, language, at: Date.now(), fields, tries, next: 0 };
                const changing = opening.result.transaction("outbox", "readwrite");
                changing.objectStore("outbox").put(item);
                await new Promise((resolve) => { changing.oncomplete = resolve; });
                opening.result.close();
            }""",
            [receipt, text, tries, language or self.language],
        )

    def kept(self, store: str) -> list[dict[str, Any]]:
        """What lies in a store of the phone's database."""
        found: list[dict[str, Any]] = self.page.evaluate(
            """(name) => new Promise((resolve, reject) => {
                const request = indexedDB.open("reedh-questions", 1);
                request.onupgradeneeded = () => request.transaction.abort();
                request.onerror = () => resolve([]);
                request.onsuccess = () => {
                    const all = request.result.transaction(name).objectStore(name).getAll();
                    all.onsuccess = () => { request.result.close(); resolve(all.result); };
                    all.onerror = reject;
                };
            })""",
            store,
        )
        return found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    mail_server = "smtp://localhost:1"  # nothing is decided here, so nothing is given to it
    return made({}, tmp_path_factory.mktemp("asking"), REEDH_SMTP_URL=mail_server)


@pytest.fixture(scope="session")
def retired_edition(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return made({}, tmp_path_factory.mktemp("retired"), REEDH_SERVICE_WORKER="off")


@pytest.fixture
def app(site: Flask) -> Flask:
    with site.app_context():
        db.session.execute(delete(Question))
        db.session.commit()
    return site


@pytest.fixture
def host(app: Flask) -> Iterator[Host]:
    yield (host := Host(app))
    host.heal()


@pytest.fixture
def phone(browser: Browser, line: Line) -> Iterator[Phone]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield Phone(context, line)
    context.close()


@pytest.fixture
def asker(phone: Phone, language: str) -> Asker:
    return Asker(phone, language)


@pytest.fixture
def bare(browser: Browser, line: Line, language: str) -> Iterator[Asker]:
    """Somebody whose browser has no service worker."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    yield Asker(Phone(context, line), language)
    context.close()


@pytest.fixture
def stored(app: Flask) -> Callable[[], list[str | None]]:
    """The texts of the questions that the server has."""

    def texts() -> list[str | None]:
        with app.app_context():
            return list(db.session.scalars(select(Question.text).order_by(Question.id)))

    return texts


def posts(answer: Answer, app: Flask) -> Answer:
    """`answer` for what is sent, the application for what is only read."""

    def choose(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        is_sent = environ["REQUEST_METHOD"] == "POST"
        return (answer if is_sent else app)(environ, start_response)

    return choose


def told(line: str, content: dict[str, Any], **headers: str) -> Answer:
    def answer(_environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        named = [(name.replace("_", "-"), value) for name, value in headers.items()]
        start_response(line, [("Content-Type", "application/json"), *named])
        return [json.dumps(content).encode()]

    return answer
