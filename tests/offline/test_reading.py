"""Reading what is kept, and being told of what is not, whatever the line does: F01 to F11."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable

import pytest
from playwright.sync_api import expect

from tests.conftest import ARTICLE
from tests.offline.conftest import both_languages
from tests.offline.host import Environ, Host, StartResponse, portal
from tests.offline.line import Mode
from tests.offline.phone import Phone

HEADINGS = {"en": "Why spine surgeries fail", "hi": "रीढ़ के ऑपरेशन क्यों असफल होते हैं"}
NOT_HERE = {"en": "This page is not on your phone", "hi": "यह पेज आपके फ़ोन में नहीं है"}
OFFLINE = {"en": "No internet just now", "hi": "अभी इंटरनेट नहीं है"}

# The worker has noted which language was read last.
CHOSEN = """async () => {{
    const note = await (await caches.open("reedh-notes")).match("/language");
    return Boolean(note) && (await note.text()) === "{}";
}}"""

# A page that no edition holds, in the language.
UNKNOWN = "/{}/articles/why-spine-surgeries-fail/answers"


@pytest.fixture
def kept(phone: Phone, language: str) -> Phone:
    """A phone that has kept the site, having opened its article."""
    phone.save(f"/{language}{ARTICLE}")
    return phone


def expect_offline_page(phone: Phone, language: str, path: str) -> None:
    response = phone.open(path)
    assert response
    assert response.status == 503
    expect(phone.page.locator("h1")).to_have_text(NOT_HERE[language])
    expect(phone.page.locator(f'a[href="/{language}{ARTICLE}"]').first).to_be_visible()
    expect(phone.page.locator("main input[name=q]")).to_be_visible()


@both_languages
def test_f01_the_server_is_dead(kept: Phone, language: str) -> None:
    kept.line.becomes("refuse")
    for code in ("en", "hi"):
        kept.page = kept.context.new_page()
        response = kept.open(f"/{code}{ARTICLE}#rehabilitation")
        assert response
        assert response.status == 200
        expect(kept.page.locator("h1")).to_have_text(HEADINGS[code])
        expect(kept.page.locator("#rehabilitation h2")).to_be_in_viewport()
        for path in ("/", "/about", "/poster", "/add-to-phone"):
            response = kept.open(f"/{code}{path}")
            assert response
            assert response.status == 200
            expect(kept.page.locator("html")).to_have_attribute("lang", code)


@both_languages
def test_f02_an_address_is_written_another_way(kept: Phone, language: str) -> None:
    kept.line.becomes("refuse")
    for way in ("?utm_source=poster", "/", "/?utm_source=poster"):
        kept.open(f"/{language}{ARTICLE}{way}")
        expect(kept.page.locator("h1")).to_have_text(HEADINGS[language])
    for way in ("", "/", "/?source=pwa"):
        kept.open(f"/{language}{way}")
        assert kept.page.url == f"{kept.origin}/{language}/" + way.lstrip("/")


@both_languages
@pytest.mark.parametrize("slashes", ["/", "//"])
@pytest.mark.parametrize(
    ("path", "query"),
    [("/ask", ""), ("/questions", ""), ("/search", "?q=dard"), ("/about", ""), ("/privacy", "")],
)
def test_f02_a_slash_too_many(
    kept: Phone, language: str, path: str, query: str, slashes: str
) -> None:
    kept.line.becomes("refuse")
    response = kept.open(f"/{language}{path}{slashes}{query}")
    assert response
    assert response.status == 200
    assert kept.page.url == f"{kept.origin}/{language}{path}{query}"


@both_languages
def test_f02_the_bare_address_leads_to_the_last_choice(kept: Phone, language: str) -> None:
    other = {"en": "hi", "hi": "en"}[language]
    for code in (other, language):
        kept.open(f"/{code}/about")
        kept.until(CHOSEN.format(code))
        kept.line.becomes("refuse")
        kept.stop_worker()
        kept.change_tab()
        kept.open("/")
        assert kept.page.url == f"{kept.origin}/{code}/"
        kept.line.becomes("pass")


@both_languages
def test_f03_an_unknown_page_while_the_server_is_dead(kept: Phone, language: str) -> None:
    kept.line.becomes("refuse")
    expect_offline_page(kept, language, UNKNOWN.format(language))
    kept.page.locator(f'a[href="/{language}{ARTICLE}"]').first.click()
    expect(kept.page.locator("h1")).to_have_text(HEADINGS[language])


@both_languages
def test_f04_searching_while_the_server_is_dead(kept: Phone, language: str) -> None:
    kept.line.becomes("refuse")
    kept.open(f"/{language}/search?q=kamar+dard")
    expect(kept.page.locator("[data-hit] mark").first).to_be_visible()
    kept.page.locator("input[name=q]").fill("pench toot gaye")
    kept.page.locator("input[name=q]").press("Enter")
    hit = kept.page.locator("[data-hit]").first
    section = "scarring-and-failed-fusion"
    expect(hit).to_have_attribute("data-hit", f"why-spine-surgeries-fail#{section}")
    hit.locator("a").click()
    expect(kept.page.locator(f"#{section} h2")).to_be_in_viewport()


@both_languages
def test_f05_airplane_mode(kept: Phone, language: str) -> None:
    kept.context.set_offline(True)
    kept.stop_worker()
    kept.open(f"/{language}{ARTICLE}")
    expect(kept.page.locator("h1")).to_have_text(HEADINGS[language])
    expect(kept.page.locator("#line")).to_contain_text(OFFLINE[language])
    expect_offline_page(kept, language, UNKNOWN.format(language))
    kept.context.set_offline(False)
    kept.open(f"/{language}/about")
    expect(kept.page.locator("#line")).to_be_empty()


@both_languages
@pytest.mark.parametrize("mode", ["hang", "vanish"])
def test_f06_f08_a_kept_page_on_a_line_that_never_answers(
    kept: Phone, language: str, mode: Mode
) -> None:
    kept.line.becomes(mode)
    kept.stop_worker()
    before = time.monotonic()
    kept.open(f"/{language}{ARTICLE}")
    expect(kept.page.locator("h1")).to_have_text(HEADINGS[language])
    # `make bench-offline` measures this; here it only must not wait for the line.
    assert time.monotonic() - before < 4
    expect(kept.page.locator("#line")).to_contain_text(OFFLINE[language], timeout=10_000)


@both_languages
def test_f06_kept_pages_do_not_wait_for_the_browser_s_own_update(
    kept: Phone, host: Host, language: str
) -> None:
    """A browser looks for a newer worker by itself; a page that registers one waits behind that."""
    updating = threading.Event()

    def hang(environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("GET", "/service-worker.js"):
            updating.set()
        return host.hang(environ, start_response)

    host.faults[".*"] = hang
    kept.open(f"/{language}/about")
    assert updating.wait(20), "the browser looks for a newer worker"
    for path in (ARTICLE, "/ask", "/questions", "/search?q=dard"):
        kept.page = kept.context.new_page()
        before = time.monotonic()
        kept.open(f"/{language}{path}")
        expect(kept.page.locator("html[data-scripts=ready]")).to_be_attached(timeout=4000)
        if path == ARTICLE:
            expect(kept.page.locator("#kept")).to_have_attribute("data-said", "saved", timeout=4000)
        if path.startswith("/search"):
            expect(kept.page.locator("[data-hit] mark").first).to_be_visible(timeout=4000)
        assert time.monotonic() - before < 4


@both_languages
@pytest.mark.parametrize("mode", ["hang", "vanish"])
def test_f07_f08_an_unknown_page_on_a_line_that_never_answers(
    kept: Phone, language: str, mode: Mode
) -> None:
    kept.line.becomes(mode)
    expect_offline_page(kept, language, UNKNOWN.format(language))


@both_languages
def test_f07_an_unknown_page_whose_answer_stops_half_way(
    kept: Phone, host: Host, language: str
) -> None:
    """Headers and half of the body come, then nothing more."""
    host.faults[UNKNOWN.format(language)] = host.stall
    expect_offline_page(kept, language, UNKNOWN.format(language))


@both_languages
@pytest.mark.parametrize("mode", ["refuse", "reset"])
def test_f09_a_line_that_refuses(kept: Phone, language: str, mode: Mode) -> None:
    kept.line.becomes(mode)
    kept.open(f"/{language}{ARTICLE}")
    expect(kept.page.locator("h1")).to_have_text(HEADINGS[language])
    expect_offline_page(kept, language, UNKNOWN.format(language))


@both_languages
def test_f10_f11_a_line_that_cuts_answers(kept: Phone, language: str) -> None:
    kept.line.becomes("cut", cut_after=700)
    kept.open(f"/{language}{ARTICLE}")
    expect(kept.page.locator("h1")).to_have_text(HEADINGS[language])
    expect(kept.page.locator("#disclaimer")).to_be_attached()
    expect_offline_page(kept, language, UNKNOWN.format(language))


@both_languages
def test_f46_a_portal_answers_for_us(kept: Phone, host: Host, language: str) -> None:
    """Every request is answered, by somebody else: the page says that the line is gone."""
    host.faults[".*"] = portal
    kept.open(f"/{language}{ARTICLE}")
    expect(kept.page.locator("#line")).to_contain_text(OFFLINE[language])
    host.heal()
    expect(kept.page.locator("#line")).to_be_empty(timeout=10_000)


@both_languages
def test_f47_a_language_that_is_not_kept(phone: Phone, host: Host, language: str) -> None:
    """The line dies before the other language has come: its page leads back to what is kept."""
    other = {"en": "hi", "hi": "en"}[language]
    host.faults["/static/offline/then-.*"] = host.hang
    phone.open(f"/{language}{ARTICLE}")
    phone.expect_saved()
    phone.line.becomes("refuse")
    response = phone.open(f"/{other}{ARTICLE}")
    assert response
    assert response.status == 503
    expect(phone.page.locator("h1")).to_have_text(NOT_HERE[language])
    phone.open("/")
    assert phone.page.url == f"{phone.origin}/{language}/"


@both_languages
def test_f48_the_phone_s_store_is_broken(kept: Phone, language: str) -> None:
    """Pages come from the network while the worker can read nothing."""
    worker = kept.context.service_workers[0]
    worker.evaluate("() => { CacheStorage.prototype.match = () => Promise.reject(new Error()); }")
    response = kept.open(f"/{language}{ARTICLE}?broken")
    assert response
    assert response.status == 200
    expect(kept.page.locator("#disclaimer")).to_be_attached()
