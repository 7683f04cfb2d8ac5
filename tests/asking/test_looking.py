"""Looking up what became of a question: within five seconds the page shows it, or says why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import cycle

import pytest
from flask import Flask, request, request_started
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Locator, Page, Route, expect
from werkzeug.test import Client

from app import ROOT
from blueprints.models import Lane
from blueprints.questions import intake, receipts
from blueprints.questions.intake import Asked
from tests.asking.conftest import TEXT
from tests.conftest import ARTICLE
from tests.offline.conftest import both_languages
from tests.offline.host import Environ, Host, StartResponse, portal
from tests.offline.line import Line, Mode
from tests.offline.phone import Phone

SOON = 5000
LOOK = {"en": "Look", "hi": "देखें"}
AWAY = {"en": "No answer has come yet.", "hi": "अभी तक कोई जवाब नहीं आया।"}

THROWS = "() => { throw new DOMException('no', 'SecurityError'); }"
LACKS = {
    "no requestSubmit": "delete HTMLFormElement.prototype.requestSubmit;",
    "no crypto.subtle": "Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined });",
    "no indexedDB": "Object.defineProperty(window, 'indexedDB', { value: undefined });",
    "indexedDB.open throws": f"IDBFactory.prototype.open = {THROWS};",
    "indexedDB.open hangs": "IDBFactory.prototype.open = () => new EventTarget();",
    "no locks": "Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });",
    "locks hang": "LockManager.prototype.request = () => new Promise(() => {});",
    "no BroadcastChannel": "delete window.BroadcastChannel;",
    "no localStorage": f"Object.defineProperty(window, 'localStorage', {{ get: {THROWS} }});",
    "no workers": "delete Navigator.prototype.serviceWorker;",
    "registering hangs": "ServiceWorkerContainer.prototype.register = () => new Promise(() => {});",
    "a translated page": """new MutationObserver(() => {
        document.documentElement?.setAttribute("lang", "mr");
    }).observe(document, { childList: true });""",
}
SCRIPTS = sorted(path.stem for path in (ROOT / "static/ask").glob("*.js"))
FILES = ["page", "keep", "section", "line", *(f"ask/{name}" for name in SCRIPTS)]

# Numbers are remembered in the database of the phone.
REMEMBER = """([receipt, language]) => new Promise((done) => {
    const request = indexedDB.open("reedh-questions", 1);
    request.onsuccess = () => {
        const change = request.result.transaction("receipts", "readwrite");
        change.objectStore("receipts").put({ receipt, language, at: Date.now() });
        change.oncomplete = () => { request.result.close(); done(); };
    };
})"""


@pytest.fixture
def number(app: Flask) -> str:
    """The number of a question that waits on the server."""
    made = receipts.make()
    with app.app_context():
        intake.take(
            Asked(
                receipt_hash=receipts.hash_of(made),
                text=TEXT["en"],
                name="",
                contact="",
                language="en",
                article="why-spine-surgeries-fail",
                notice="0" * 12,
                is_urgent=False,
                lane=Lane.OPEN,
            )
        )
    return made


def look(page: Page, language: str, number: str) -> None:
    page.locator("#receipt").fill(number)
    page.locator("form.ask").get_by_role("button", name=LOOK[language]).click()


def state(page: Page) -> Locator:
    return page.locator("#found [data-state=waiting]")


def expect_away(page: Page, language: str, number: str) -> None:
    expect(page.locator("#told")).to_contain_text(AWAY[language], timeout=SOON)
    expect(page.locator("#receipt")).to_have_value(number)


@pytest.mark.parametrize("lack", LACKS.values(), ids=LACKS)
@pytest.mark.parametrize("way", ["typed", "in the address", "written with %23"])
def test_whatever_the_browser_lacks_look_shows_the_question(
    phone: Phone, number: str, lack: str, way: str
) -> None:
    phone.page.add_init_script(lack)
    sign = {"typed": None, "in the address": "#", "written with %23": "%23"}[way]
    phone.open("/hi/questions" + (f"{sign}{number}" if sign else ""))
    if way == "typed":
        look(phone.page, "hi", number)
    expect(state(phone.page)).to_be_visible(timeout=SOON)
    assert phone.page.url == f"{phone.origin}/hi/questions"


def refuse(route: Route) -> None:
    route.abort()


def hang(_route: Route) -> None:
    """Never answer."""


@pytest.mark.parametrize(
    "away", [hang, pytest.param(refuse, marks=pytest.mark.matrix)], ids=["hanging", "missing"]
)
@pytest.mark.parametrize("file", FILES)
def test_whatever_script_does_not_come_look_shows_the_question(
    phone: Phone, number: str, file: str, away: Callable[[Route], None]
) -> None:
    phone.page.route(re.compile(rf"/static/{file}\.[0-9a-f]+\.js"), away)
    phone.open("/hi/questions")
    look(phone.page, "hi", number)
    expect(state(phone.page)).to_be_visible(timeout=SOON)


@both_languages
def test_a_remembered_number_is_looked_up_by_browsers_without_request_submit(
    phone: Phone, number: str, language: str
) -> None:
    phone.page.add_init_script(LACKS["no requestSubmit"])
    phone.open(f"/{language}/questions")
    expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    phone.page.evaluate(REMEMBER, [number, language])
    phone.open(f"/{language}/questions")
    phone.page.locator("#remembered [data-do=look]").click()
    expect(state(phone.page)).to_be_visible(timeout=SOON)
    expect(state(phone.page)).to_be_focused()


@both_languages
@pytest.mark.parametrize("mode", ["refuse", "hang", "vanish"])
@pytest.mark.parametrize("is_kept", [True, False], ids=["kept", "not kept"])
def test_while_the_server_is_away_the_page_stays_and_keeps_the_number(
    phone: Phone, line: Line, number: str, language: str, mode: Mode, is_kept: bool
) -> None:
    if is_kept:
        phone.save(f"/{language}{ARTICLE}")
    phone.open(f"/{language}/questions")
    expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    line.becomes(mode)
    if is_kept:
        phone.open(f"/{language}/questions")
        expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    look(phone.page, language, number)
    expect_away(phone.page, language, number)
    assert phone.page.url == f"{phone.origin}/{language}/questions"
    line.becomes("pass")
    phone.page.locator("form.ask").get_by_role("button", name=LOOK[language]).click()
    expect(state(phone.page)).to_be_visible(timeout=SOON)
    expect(phone.page.locator("#told")).to_be_empty()
    expect(phone.page.locator("#waiting")).to_be_empty()


@both_languages
def test_a_portal_s_page_is_no_answer(phone: Phone, host: Host, number: str, language: str) -> None:
    phone.open(f"/{language}/questions")
    expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    host.faults["/.*/questions"] = portal
    look(phone.page, language, number)
    expect_away(phone.page, language, number)


@both_languages
def test_a_question_is_withdrawn_without_leaving_the_page(
    phone: Phone, line: Line, number: str, language: str
) -> None:
    phone.open(f"/{language}/questions")
    expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    look(phone.page, language, number)
    phone.page.locator("#found summary").click()
    line.becomes("refuse")
    phone.page.locator("#found button").click()
    expect(phone.page.locator("#told")).to_contain_text(AWAY[language], timeout=SOON)
    line.becomes("pass")
    phone.page.locator("#found button").click()
    expect(phone.page.locator("#found [data-state=withdrawn]")).to_be_visible()


@both_languages
def test_a_wrong_number_is_told_and_stays_in_the_field(phone: Phone, language: str) -> None:
    phone.open(f"/{language}/questions")
    expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    look(phone.page, language, "12345")
    expect(phone.page.locator("#told")).to_contain_text("26")
    expect(phone.page.locator("#receipt")).to_have_value("12345")


# As they are written, shared and scanned.
SIGNS = ("%23", "/%23", "%2523", "//%23")
GROUPINGS: dict[str, Callable[[str], str]] = {
    "bare": lambda number: number,
    "small": str.lower,
    "groups": lambda number: receipts.in_groups(number).replace(" ", "%20"),
    "plus": lambda number: receipts.in_groups(number).lower().replace(" ", "+"),
    "hyphens": lambda number: receipts.in_groups(number).replace(" ", "-"),
    "quoted twice": lambda number: receipts.in_groups(number).replace(" ", "%2520"),
    "with more": lambda number: f"{number}?utm_source=share",
}


@given(
    number=st.builds(receipts.make),
    language=st.sampled_from(["en", "hi"]),
    sign=st.sampled_from(SIGNS),
    grouping=st.sampled_from(list(GROUPINGS)),
    method=st.sampled_from(["GET", "HEAD"]),
)
def test_the_application_never_sees_a_number_in_a_path(
    site: Flask, number: str, language: str, sign: str, grouping: str, method: str
) -> None:
    seen: list[str] = []

    def record(_site: Flask) -> None:
        seen.append(
            repr({name: request.environ[name] for name in request.environ if name.isupper()})
        )

    path = f"/{language}/questions{sign}{GROUPINGS[grouping](number)}"
    with request_started.connected_to(record, site):
        answer = Client(site).open(path, method=method)
    assert answer.status_code == 200
    for shown in (answer.get_data(as_text=True), repr(answer.headers), *seen):
        assert not is_in(number, shown)
    assert seen


def is_in(number: str, text: str) -> bool:
    """Whether it stands there, in whatever case and grouping, quoted or not."""
    return bool(re.search(r"(?:%\w\w|[\s+-])*".join(number), text, re.IGNORECASE))


@pytest.mark.parametrize(("sign", "grouping"), [*zip(cycle(SIGNS), GROUPINGS, strict=False)])
def test_a_number_behind_percent_23_is_looked_up_and_sent_in_no_header(
    phone: Phone, host: Host, app: Flask, number: str, sign: str, grouping: str
) -> None:
    asked: list[str] = []

    def record(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        asked.append(repr({name: environ[name] for name in environ if name.isupper()}))
        return app(environ, start_response)

    host.faults[".*"] = record
    phone.open(f"/hi/questions{sign}{GROUPINGS[grouping](number)}")
    expect(state(phone.page)).to_be_visible(timeout=SOON)
    assert phone.page.url == f"{phone.origin}/hi/questions"
    expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    leaks = [text for text in asked if is_in(number, text)]
    assert len(leaks) == 1, "the browser's first request alone"


@pytest.mark.parametrize(
    ("sign", "grouping"), [("%23", "bare"), ("/%23", "groups"), ("%2523", "with more")]
)
def test_a_number_behind_percent_23_is_kept_while_the_server_is_away(
    phone: Phone, line: Line, host: Host, number: str, sign: str, grouping: str
) -> None:
    phone.save(f"/hi{ARTICLE}")
    host.asked.clear()
    line.becomes("refuse")
    response = phone.open(f"/hi/questions{sign}{GROUPINGS[grouping](number)}")
    assert response
    assert response.status == 200
    expect_away(phone.page, "hi", number)
    assert phone.page.url == f"{phone.origin}/hi/questions"
    line.becomes("pass")
    phone.open(f"/hi/questions{sign}{GROUPINGS[grouping](number)}")
    expect(state(phone.page)).to_be_visible(timeout=SOON)
    assert not [path for path in host.asked if "#" in path or "%" in path]


@both_languages
def test_without_scripts_percent_23_shows_the_form(line: Line, app: Flask, language: str) -> None:
    answer = Client(app).get(f"/{language}/questions%23{receipts.make()}")
    assert 'name="receipt"' in answer.get_data(as_text=True)
