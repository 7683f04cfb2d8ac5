"""What a browser lacks, refuses or never answers: Send says within five seconds what is so.

A row is a script that runs before the page's own, or a file of the page that does not come. To add
one, add a line to a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import product

import pytest
from playwright.sync_api import BrowserContext, Locator, Route, expect
from werkzeug.test import run_wsgi_app

from app import ROOT
from tests.asking.conftest import TEXT, Asker, Stored
from tests.offline.host import Environ, Host, StartResponse
from tests.offline.line import Line

SOON = 5000

THROWS = "() => { throw new DOMException('no', 'SecurityError'); }"
REJECTS = "() => Promise.reject(new DOMException('no', 'SecurityError'))"
HANGS = "() => new Promise(() => {})"
REFUSED_REQUEST = """() => {
    const request = new EventTarget();
    setTimeout(() => request.onerror(new Event("error")));
    return request;
}"""
DEAD_TRANSACTION = """() => ({
    objectStore: () => new Proxy({}, { get: () => () => new EventTarget() }),
    abort() {},
})"""
# A connection that does not give way: the deletion waits for it, and whatever opens waits for that.
BLOCKED_DELETION = """{
    const holding = indexedDB.open("reedh-questions", 1);
    holding.onupgradeneeded = () => {
        for (const name of ["drafts", "outbox", "receipts"]) {
            holding.result.createObjectStore(name, { keyPath: "receipt" });
        }
    };
    holding.onsuccess = () => indexedDB.deleteDatabase("reedh-questions");
}"""


def without(owner: str, name: str) -> str:
    return f"Object.defineProperty({owner}, '{name}', {{ value: undefined }});"


METHODS = {
    "crypto.subtle.digest": "SubtleCrypto.prototype.digest",
    "indexedDB.databases": "IDBFactory.prototype.databases",
    "persist": "StorageManager.prototype.persist",
    "locks.request": "LockManager.prototype.request",
}
WAYS = {"throws": THROWS, "rejects": REJECTS, "hangs": HANGS}
PLATFORM = {
    **{f"{name} {way}": f"{METHODS[name]} = {WAYS[way]};" for name, way in product(METHODS, WAYS)},
    "no crypto.subtle": without("Crypto.prototype", "subtle"),
    "no indexedDB": without("window", "indexedDB"),
    "no indexedDB.databases": "delete IDBFactory.prototype.databases;",
    "no storage": without("Navigator.prototype", "storage"),
    "no persist": "delete StorageManager.prototype.persist;",
    "no locks": without("Navigator.prototype", "locks"),
    "no BroadcastChannel": "delete window.BroadcastChannel;",
    "BroadcastChannel throws": f"window.BroadcastChannel = function () {{ ({THROWS})(); }};",
    "no requestSubmit": "delete HTMLFormElement.prototype.requestSubmit;",
    "no localStorage": f"Object.defineProperty(window, 'localStorage', {{ get: {THROWS} }});",
    "indexedDB.open throws": f"IDBFactory.prototype.open = {THROWS};",
    "indexedDB.open refuses": f"IDBFactory.prototype.open = {REFUSED_REQUEST};",
    "indexedDB.open hangs": "IDBFactory.prototype.open = () => new EventTarget();",
    "a transaction throws": f"IDBDatabase.prototype.transaction = {THROWS};",
    "a transaction hangs": f"IDBDatabase.prototype.transaction = {DEAD_TRANSACTION};",
    "a deletion is blocked": BLOCKED_DELETION,
    "no canvas": "HTMLCanvasElement.prototype.getContext = () => null;",
    "no dates": f"Intl.DateTimeFormat = function () {{ ({THROWS})(); }};",
    "no numbers": f"Intl.NumberFormat = function () {{ ({THROWS})(); }};",
    "no AbortSignal for listeners": """{
        const add = EventTarget.prototype.addEventListener;
        EventTarget.prototype.addEventListener = function (type, act, options) {
            return add.call(this, type, act, options?.signal ? undefined : options);
        };
    }""",
    "a translated page": """new MutationObserver(() => {
        document.documentElement?.setAttribute("lang", "mr");
    }).observe(document, { childList: true });""",
}
SCRIPTS = sorted(path.stem for path in (ROOT / "static/ask").glob("*.js"))
FILES = ["page", "keep", *(f"ask/{name}" for name in SCRIPTS)]


@pytest.fixture
def language() -> str:
    return "hi"


def said(asker: Asker) -> Locator:
    """The one place where the page says what became of the question."""
    outcome = asker.page.locator("#outcome [role=status]:not(:empty)")
    return outcome.or_(asker.page.locator("main > [role=alert]:not(:empty), #sent:target"))


def expect_said(asker: Asker, *names: str) -> None:
    words = "|".join(re.escape(asker.words[name]) for name in names)
    expect(said(asker)).to_have_text(re.compile(words), timeout=SOON)


def is_in_form(asker: Asker) -> bool:
    return asker.page.locator("#question").is_visible()


@pytest.mark.parametrize("lack", PLATFORM.values(), ids=PLATFORM)
def test_what_the_browser_lacks_loses_no_question(
    bare: Asker, line: Line, stored: Stored, lack: str, language: str
) -> None:
    bare.page.add_init_script(lack)
    bare.open_form()
    line.becomes("refuse")
    bare.fill()
    bare.send()
    expect_said(bare, "saved", "unsafe", "nowhere")
    if is_in_form(bare):
        expect(bare.page.locator("#question")).to_have_value(TEXT[language])
    else:
        expect(bare.page.locator("#outcome .number")).to_have_text(
            re.compile(r"([0-9A-Z]{4} ){6}[0-9A-Z]{2}")
        )
    line.becomes("pass")
    if is_in_form(bare):
        bare.send()
    else:
        bare.page.evaluate("dispatchEvent(new Event('online'))")
    expect(said(bare)).to_have_text(re.compile(bare.words["sent"]), timeout=2 * SOON)
    expect(bare.page.locator("#begun .row")).to_have_count(0)
    assert stored() == [TEXT[language]]


def hang(_route: Route) -> None:
    """Never answer."""


def refuse(route: Route) -> None:
    route.abort()


@pytest.mark.parametrize("away", [refuse, hang], ids=["missing", "hanging"])
@pytest.mark.parametrize("file", FILES)
def test_a_script_that_does_not_come_loses_no_question(
    bare: Asker, stored: Stored, file: str, away: Callable[[Route], None], language: str
) -> None:
    bare.page.route(re.compile(rf"/static/{file}\.[0-9a-f]+\.js"), away)
    bare.phone.open(f"/{language}/ask")
    bare.fill()
    bare.send()
    expect_said(bare, "sent", "arrived")
    assert stored() == [TEXT[language]]


DATA: dict[str, Callable[[Route], None]] = {
    "refused": refuse,
    "hanging": hang,
    "broken": lambda route: route.fulfill(body="<html>a portal</html>"),
}


@pytest.mark.parametrize("away", DATA.values(), ids=DATA)
def test_rules_that_do_not_come_hold_nothing_up_and_112_is_shown(
    bare: Asker, line: Line, stored: Stored, away: Callable[[Route], None], language: str
) -> None:
    bare.page.route(re.compile(r"/static/ask/screening\.[0-9a-f]+\.json"), away)
    bare.open_form()
    bare.fill()
    bare.send()
    expect_said(bare, "sent")
    expect(bare.page.locator("#outcome .emergency a[href='tel:112']")).to_be_visible()
    expect(bare.page.locator("#outcome")).not_to_contain_text(bare.words["send again"])
    assert stored() == [TEXT[language]]


def test_a_draft_is_kept_while_rules_are_awaited(bare: Asker, language: str) -> None:
    bare.page.route(re.compile(r"/static/ask/screening\.[0-9a-f]+\.json"), hang)
    bare.page.add_init_script(NEVER_LATE)
    bare.open_form()
    bare.fill()
    bare.send()
    bare.phone.until(f"async () => (await ({DRAFTS})()).length")
    assert [draft["fields"]["question"] for draft in bare.kept("drafts")] == [TEXT[language]]


NEVER_LATE = """{
    const soon = setTimeout;
    window.setTimeout = (act, ms, ...more) => ms < 1000 ? soon(act, ms, ...more) : -1;
}"""
DRAFTS = """() => new Promise((resolve) => {
    const request = indexedDB.open("reedh-questions", 1);
    request.onsuccess = () => {
        const all = request.result.transaction("drafts").objectStore("drafts").getAll();
        all.onsuccess = () => { request.result.close(); resolve(all.result); };
    };
})"""


@pytest.fixture
def without_cookies(host: Host) -> None:
    def drop(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        body, status, headers = run_wsgi_app(host.app, environ)
        headers.remove("Set-Cookie")
        start_response(status, list(headers))
        return body

    host.faults[".*"] = drop


@pytest.mark.parametrize(
    "lack", ["", PLATFORM["indexedDB.open throws"]], ids=["kept", "nothing kept"]
)
def test_dropped_cookies_are_named_and_the_text_is_offered(
    bare: Asker, host: Host, stored: Stored, without_cookies: None, lack: str, language: str
) -> None:
    bare.page.add_init_script(lack)
    bare.open_form()
    bare.fill()
    bare.send()
    expect_said(bare, "cookies")
    bare.phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    bare.page.locator("#outcome, form.ask").get_by_role("button", name=bare.words["copy"]).click()
    expect(bare.page.get_by_role("button", name=bare.words["copied"])).to_be_visible()
    assert bare.page.evaluate("navigator.clipboard.readText()") == TEXT[language]
    assert stored() == []
    host.heal()
    if is_in_form(bare):
        bare.send()
    else:
        bare.page.get_by_role("button", name=bare.words["send now"]).click()
    expect_said(bare, "sent")
    assert stored() == [TEXT[language]]


def test_a_tab_that_has_stopped_with_the_lock_is_not_waited_for(
    bare: Asker, stored: Stored, language: str
) -> None:
    context: BrowserContext = bare.phone.context
    bare.open_form()
    bare.page.evaluate(
        """() => new Promise((held) => {
            navigator.locks.request("reedh-questions", () => {
                held();
                return new Promise(() => {});
            });
        })"""
    )
    bare.phone.page = context.new_page()
    bare.open_form()
    bare.fill()
    bare.send()
    expect_said(bare, "saved", "unsafe")
    expect(said(bare)).to_have_text(re.compile(bare.words["sent"]), timeout=2 * SOON)
    assert stored() == [TEXT[language]]
