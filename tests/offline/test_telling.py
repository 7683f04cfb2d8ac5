"""What readers are told: installing, other apps, saving data, browsers without workers."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from blueprints import edition
from blueprints.database import db
from tests.conftest import ARTICLE
from tests.offline.conftest import both_languages, made
from tests.offline.host import Host
from tests.offline.line import Line
from tests.offline.phone import Phone
from tests.publishing import publish

LIKE_AN_APP = {"en": "can stand on your phone like an app", "hi": "ऐप की तरह रख सकते हैं"}
ADD = {"en": "Add to phone", "hi": "फ़ोन में रखें"}
NOT_NOW = {"en": "Not now", "hi": "अभी नहीं"}
SEE_HOW = {"en": "See how", "hi": "तरीक़ा देखें"}
OTHER_APP = {"en": "You are inside another app", "hi": "किसी दूसरे ऐप के अंदर"}

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)
FACEBOOK = IPHONE + " [FBAN/FBIOS;FBAV/500.0]"

# A browser that can install says so by this event.
CAN_INSTALL = """() => {
    const event = new Event("beforeinstallprompt", { cancelable: true });
    event.prompt = async () => { window.asked = true; return { outcome: "accepted" }; };
    addEventListener("beforeinstallprompt", ({ defaultPrevented }) => {
        window.held = defaultPrevented;
    });
    dispatchEvent(event);
}"""


def read_to_the_end(phone: Phone) -> None:
    expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    phone.page.locator("main > article > :last-child").scroll_into_view_if_needed()


@both_languages
def test_installing_is_offered_at_the_end_of_the_article(phone: Phone, language: str) -> None:
    phone.save(f"/{language}{ARTICLE}")
    phone.page.evaluate(CAN_INSTALL)
    assert phone.page.evaluate("window.held"), "the browser's own offer waits"
    expect(phone.page.locator("#hint p")).to_have_count(0)
    read_to_the_end(phone)
    expect(phone.page.locator("#hint")).to_contain_text(LIKE_AN_APP[language])
    phone.page.locator("#hint").get_by_role("button", name=ADD[language]).click()
    expect(phone.page.locator("#hint p")).to_have_count(0)
    assert phone.page.evaluate("window.asked")


# Settles once an element stands on the screen, by the means of the page's own script.
SEEN = """(selector) => new Promise((settle) => {
    new IntersectionObserver(([each]) => each.isIntersecting && settle()).observe(
        document.querySelector(selector)
    );
})"""


@both_languages
def test_the_end_of_an_answer_is_not_the_end_of_the_article(
    phone: Phone, host: Host, language: str, tmp_path: Path
) -> None:
    host.app = made({}, tmp_path)
    publish(host.app, en=("May I swim?", "After six weeks."))
    publisher = edition.publisher(host.app)
    publisher.publish(publisher.read(None))
    phone.save(f"/{language}{ARTICLE}")
    phone.page.evaluate(CAN_INSTALL)
    expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    phone.page.locator(".answer > :last-child").scroll_into_view_if_needed()
    phone.page.evaluate(SEEN, ".answer > :last-child")
    expect(phone.page.locator("#hint p")).to_have_count(0)
    read_to_the_end(phone)
    expect(phone.page.locator("#hint")).to_contain_text(LIKE_AN_APP[language])
    with host.app.app_context():
        db.engine.dispose()


@both_languages
def test_not_now_holds_for_90_days(phone: Phone, language: str) -> None:
    phone.page.clock.install()
    phone.open(f"/{language}{ARTICLE}")
    phone.page.clock.run_for(1000)
    phone.expect_saved()
    phone.page.evaluate(CAN_INSTALL)
    read_to_the_end(phone)
    phone.page.locator("#hint").get_by_role("button", name=NOT_NOW[language]).click()
    for days, comes in ((89, False), (2, True)):
        phone.page.clock.fast_forward(days * 24 * 60 * 60 * 1000)
        phone.open(f"/{language}{ARTICLE}")
        phone.page.clock.run_for(1000)
        phone.expect_saved()
        phone.page.evaluate(CAN_INSTALL)
        read_to_the_end(phone)
        hint = phone.page.locator("#hint")
        if comes:
            expect(hint).to_contain_text(LIKE_AN_APP[language])
        else:
            phone.page.clock.run_for(2000)
            expect(hint.locator("p")).to_have_count(0)


@both_languages
def test_a_phone_that_cannot_ask_is_led_to_the_pictures(
    browser: Browser, line: Line, language: str
) -> None:
    phone = Phone(browser.new_context(user_agent=IPHONE), line)
    phone.save(f"/{language}{ARTICLE}")
    expect(phone.page.locator("#hint")).to_be_attached()  # the visit has been counted
    phone.change_tab()
    phone.open(f"/{language}{ARTICLE}")
    hint = phone.page.locator("#hint")
    expect(hint).to_contain_text(LIKE_AN_APP[language])
    hint.get_by_role("link", name=SEE_HOW[language]).click()
    expect(phone.page.locator("h2#iphone")).to_be_visible()
    assert phone.page.locator("svg.picture[aria-label]").count() == 4
    phone.context.close()


@both_languages
@pytest.mark.parametrize("workers", ["allow", "block"])
def test_inside_another_app_the_way_out_is_told(
    browser: Browser, line: Line, language: str, workers: str
) -> None:
    context = browser.new_context(
        user_agent=FACEBOOK,
        service_workers="block" if workers == "block" else "allow",
        permissions=["clipboard-read", "clipboard-write"],
    )
    phone = Phone(context, line)
    phone.open(f"/{language}{ARTICLE}")
    hint = phone.page.locator("#hint")
    expect(hint).to_contain_text(OTHER_APP[language], timeout=15_000)
    hint.get_by_role("button").click()
    expect(hint).not_to_contain_text(OTHER_APP[language])
    assert phone.page.evaluate("navigator.clipboard.readText()") == phone.page.url
    context.close()


WEBKIT = IPHONE.partition(" Version/")[0]
ANDROID = "Mozilla/5.0 (Linux; Android 13; 2201117TI) AppleWebKit/537.36 (KHTML, like Gecko)"
IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
APPS = {
    "LinkedIn": f"{WEBKIT} Mobile/15E148 [LinkedInApp]/9.30",
    "TikTok": f"{WEBKIT} Mobile/15E148 musical_ly_34.0 BytedanceWebview/d8a21c6",
    "Teams": f"{WEBKIT} Mobile/15E148 TeamsMobile-iOS",
    "Zalo": f"{WEBKIT} Mobile/15E148 Zalo iOS/23",
    "an unknown app": f"{WEBKIT} Mobile/15E148",
    "an app on an iPad": IPAD,
    "an app on Android": f"{ANDROID} Version/4.0 Chrome/124.0.0.0 Mobile Safari/537.36 Koo/1.0",
}
BROWSERS = {
    "Safari": IPHONE,
    "Chrome on an iPhone": f"{WEBKIT} CriOS/125.0.6422.80 Mobile/15E148 Safari/604.1",
    "Chrome on Android": f"{ANDROID} Chrome/124.0.0.0 Mobile Safari/537.36",
    "MIUI": f"{ANDROID} Version/4.0 Chrome/112.0 Mobile Safari/537.36 XiaoMi/MiuiBrowser/14.4",
    "UC": f"{ANDROID} Version/4.0 Chrome/100.0 UCBrowser/13.4 Mobile Safari/537.36",
    "Firefox": "Mozilla/5.0 (Android 13; Mobile; rv:126.0) Gecko/126.0 Firefox/126.0",
}


@pytest.mark.parametrize("user_agent", APPS.values(), ids=APPS)
def test_an_app_s_own_browser_is_known(browser: Browser, line: Line, user_agent: str) -> None:
    context = browser.new_context(user_agent=user_agent, service_workers="block")
    phone = Phone(context, line)
    phone.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error(); } });"
    )
    phone.page.add_init_script("navigator.clipboard.writeText = () => Promise.reject();")
    phone.open(f"/hi{ARTICLE}")
    hint = phone.page.locator("#hint")
    expect(hint).to_contain_text(OTHER_APP["hi"], timeout=15_000)
    hint.get_by_role("button").click()
    expect(hint).to_contain_text("इस ऐप में पता कॉपी नहीं हो सका")
    context.close()


@pytest.mark.parametrize("user_agent", BROWSERS.values(), ids=BROWSERS)
def test_a_phone_s_browser_is_not_taken_for_an_app_s(
    browser: Browser, line: Line, user_agent: str
) -> None:
    context = browser.new_context(user_agent=user_agent)
    phone = Phone(context, line)
    phone.save(f"/hi{ARTICLE}")
    read_to_the_end(phone)
    expect(phone.page.locator("#hint")).to_contain_text(LIKE_AN_APP["hi"])
    context.close()


def test_chromium_finds_nothing_against_installing(phone: Phone) -> None:
    phone.save(f"/en{ARTICLE}")
    session = phone.cdp()
    found = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    # A profile without a disk, as tests have, can install nothing.
    assert [error["errorId"] for error in found] in ([], ["in-incognito"])
    assert session.send("Page.getAppManifest")["errors"] == []
    identities = set()
    for language in ("en", "hi"):
        phone.open(f"/{language}/")
        identities.add(phone.cdp().send("Page.getAppId")["appId"])
    assert len(identities) == 1, "one app in both languages"


@both_languages
def test_saved_data_is_honoured(phone: Phone, host: Host, language: str) -> None:
    """The reader's language is kept, the rest only when it is asked for."""
    phone.page.add_init_script(
        "Object.defineProperty(Navigator.prototype, 'connection', {value: {saveData: true}});"
    )
    phone.cdp().send("Emulation.setDataSaverOverride", {"dataSaverEnabled": True})
    phone.open(f"/{language}/")
    phone.expect_saved()
    form = phone.page.locator("form.rest")
    expect(form.get_by_role("button").first).to_be_visible()
    other = {"en": "hi", "hi": "en"}[language]
    assert not [key for key in phone.stored_keys() if key.startswith(f"/{other}/")]
    phone.forget(f"/{language}/offline")
    phone.open(f"/{language}/")
    phone.expect_saved()
    assert [key for key in phone.stored_keys() if key.startswith(f"/{language}/offline")]
    form.get_by_role("button").first.click()
    phone.expect_all()


@both_languages
@pytest.mark.parametrize("scripts", [True, False])
def test_f37_without_a_worker_everything_reads_and_searches(
    browser: Browser, line: Line, language: str, scripts: bool
) -> None:
    context = browser.new_context(service_workers="block", java_script_enabled=scripts)
    phone = Phone(context, line)
    phone.open(f"/{language}{ARTICLE}")
    expect(phone.page.locator("#disclaimer")).to_be_attached()
    if scripts:
        expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    expect(phone.page.locator("#kept")).to_be_empty()
    phone.page.locator(".tabs a").nth(1).click()
    phone.page.locator("input[name=q]").fill("kamar dard")
    phone.page.locator("input[name=q]").press("Enter")
    expect(phone.page.locator("[data-hit]").first).to_be_visible()
    context.close()


@both_languages
def test_f45_a_browser_that_refuses_storage_reads_all_the_same(phone: Phone, language: str) -> None:
    phone.page.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"]) {
            Object.defineProperty(window, name, { get() { throw new DOMException("no") } });
        }"""
    )
    problems: list[str] = []
    phone.page.on("pageerror", lambda error: problems.append(str(error)))
    phone.open(f"/{language}{ARTICLE}")
    phone.expect_saved()
    expect(phone.page.locator("html[data-scripts=ready]")).to_be_attached()
    read_to_the_end(phone)
    assert problems == []


def test_nothing_of_the_strips_covers_the_page(phone: Phone) -> None:
    phone.save(f"/en{ARTICLE}")
    phone.line.becomes("refuse")
    phone.open(f"/en{ARTICLE}")
    expect(phone.page.locator("#line")).not_to_be_empty()
    boxes = [phone.page.locator(selector).bounding_box() for selector in (".tabs", "#line", "main")]
    tabs, strip, main = (box for box in boxes if box)
    assert tabs["y"] + tabs["height"] <= strip["y"]
    assert strip["y"] + strip["height"] <= main["y"]
