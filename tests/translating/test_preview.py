"""A translator edits files, and a page in the browser follows."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.test import Client

from app import ROOT
from blueprints.translating.preview import previewing
from tests.browser.test_accessibility import AXE, RUN
from tests.conftest import ARTICLE
from tests.serving import serving_here
from tests.translating.project import Project
from tests.translating.test_states import COSMETIC, ENGLISH, HINDI, MATERIAL

MISSING = "Low back pain is among the most common reasons for missing work and losing pay."
OTHER_MISSING = "The time after an operation perhaps matters more than the operation itself."
NEW = "मेल जितना अच्छा हो, ऑपरेशन के सफल होने की संभावना उतनी ही बेहतर।"

Visit = Callable[..., Page]


@pytest.fixture
def address(project: Project) -> Iterator[str]:
    with serving_here(previewing(project.app(), "hi")) as address:
        yield address


@pytest.fixture
def visit(address: str, browser: Browser) -> Iterator[Visit]:
    """Open the preview; what the console complains of fails the test."""
    contexts = []
    complaints: list[str] = []

    def open_page(path: str = "/", *, width: int = 360, **options: object) -> Page:
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": 740},
            **options,  # type: ignore[arg-type]
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def block(page: Page, text: str) -> str:
    """The id of the block with this text."""
    found = page.locator("main :has(> [data-preview])", has_text=text).last
    return str(found.locator("> [data-preview]").get_attribute("data-preview"))


def test_a_saved_catalog_is_on_the_page_and_the_place_is_kept(
    project: Project, visit: Visit
) -> None:
    page = visit()
    assert page.url.endswith(f"/hi{ARTICLE}")
    shown = page.get_by_text(HINDI)
    shown.scroll_into_view_if_needed()
    before = shown.bounding_box()
    page.evaluate("globalThis.isSamePage = true")
    project.change(MISSING, msgstr="लंबा वाक्य। " * 50)
    project.change(ENGLISH, msgstr=NEW)
    expect(page.get_by_text(NEW)).to_be_in_viewport()
    after = page.get_by_text(NEW).bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 1
    assert page.evaluate("globalThis.isSamePage")


def test_saved_english_is_on_the_page_of_both_languages(project: Project, visit: Visit) -> None:
    english, hindi = visit(f"/en{ARTICLE}"), visit()
    text = project.article.read_text(encoding="utf-8")
    project.article.write_text(text.replace(ENGLISH, MATERIAL), encoding="utf-8")
    expect(english.get_by_text(MATERIAL)).to_be_visible()
    expect(english.locator("[data-preview]")).to_have_count(0)
    expect(hindi.get_by_text(MATERIAL)).to_be_visible()
    sign = hindi.locator(f"[data-preview='{block(hindi, MATERIAL)}']")
    assert sign.get_attribute("data-state") == "missing"
    sign.click()
    expect(hindi.locator("#preview-panel")).to_contain_text("run flask translations update")
    project.run("update")
    expect(hindi.locator("#preview-panel")).to_contain_text("Edit it at")
    expect(hindi.locator("#preview-panel del")).to_have_text(re.compile("better"))


def test_a_saved_message_is_on_the_page(project: Project, visit: Visit) -> None:
    page = visit()
    file = project.catalog.with_name("messages.po")
    text = file.read_text(encoding="utf-8")
    old = 'msgid "On this page"\nmsgstr "'
    assert old in text
    file.write_text(text.replace(old, f"{old}नया "), encoding="utf-8")
    expect(page.locator("#contents-heading")).to_have_text(re.compile("^नया "))


def test_a_stale_block_tells_what_a_translator_asks(project: Project, visit: Visit) -> None:
    stale = MATERIAL.replace("success", "success 12 days after surgery")
    project.edit(ENGLISH, stale)
    page = visit()
    page.get_by_text(stale).click()
    panel = page.locator("#preview-panel")
    expect(panel.locator("h2")).to_contain_text("English changed")
    expect(panel.locator("del")).to_have_text(re.compile("better"))
    expect(panel.locator("ins").first).to_have_text(re.compile("worse"))
    expect(panel).to_contain_text("quantity: better -> worse")
    expect(panel).to_contain_text(HINDI)
    expect(panel.locator("dl")).to_contain_text("Use ऑपरेशन, not शल्यक्रिया; शल्य चिकित्सा")
    expect(panel.locator(".preview-finding").first).to_contain_text("error: 12 is missing")
    expect(panel.locator(".preview-finding").first).to_contain_text("Numbers are those of")
    expect(panel).to_contain_text("English changed: ")
    expect(panel.locator("code").first).to_have_text(
        f"{project.catalog}:{project.entry(stale).linenum}"
    )
    # Mended and no longer fuzzy, it says so while it is open.
    project.change(stale, msgstr=f"12 दिन: {NEW}", flags=[])
    expect(panel.locator("h2")).to_contain_text("unreviewed")
    expect(panel).not_to_contain_text("12 is missing")


def test_every_state_has_a_sign_and_the_legend_leads_to_the_next(
    project: Project, visit: Visit
) -> None:
    project.edit(ENGLISH, COSMETIC)
    project.edit("### Scars inside", "### Wounds inside")
    project.change(MISSING, msgstr="")
    project.change(OTHER_MISSING, msgstr="")
    page = visit()
    marks = {
        str(each.get_attribute("data-state")): each.evaluate(
            "sign => getComputedStyle(sign, '::before').content"
        )
        for each in page.locator("main [data-preview]").all()
    }
    assert marks.keys() == {"stale-material", "missing", "stale-cosmetic", "unreviewed"}
    assert len(set(marks.values())) == len(marks)
    names = page.locator("[data-jump]")
    assert [each.inner_text().strip() for each in names.all()][:3] == [
        "1 English changed",
        "2 not translated",
        "1 English corrected",
    ]
    missing = page.locator("[data-jump=missing]")
    places = []
    for _ in range(3):
        missing.press("Enter")
        sign = page.locator("[data-preview]:focus")
        expect(sign).to_be_in_viewport()
        places.append(sign.get_attribute("id"))
    assert places[0] == places[2] != places[1]


def test_a_broken_catalog_is_told_until_it_is_mended(project: Project, visit: Visit) -> None:
    page = visit()
    whole = project.catalog.read_text(encoding="utf-8")
    line = whole.split("\n").index(f'msgstr "{HINDI}"') + 1
    broken = whole.replace(f'"{HINDI}"', f'"{HINDI}" more"')
    project.catalog.write_text(broken, encoding="utf-8")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(f"{project.catalog}:{line}: ")
    expect(page.get_by_text(HINDI)).to_be_visible()
    project.catalog.write_text(whole.replace(HINDI, NEW), encoding="utf-8")
    expect(page.get_by_text(NEW)).to_be_visible()
    expect(alert).to_have_count(0)


def test_a_broken_article_is_told_until_it_is_mended(project: Project, visit: Visit) -> None:
    page = visit(f"/en{ARTICLE}")
    whole = project.article.read_text(encoding="utf-8")
    project.article.write_text(whole.replace("\n## ", "\n# ", 1), encoding="utf-8")
    expect(page.get_by_role("alert")).to_contain_text(f"{project.article}:")
    project.article.write_text(whole.replace(ENGLISH, MATERIAL), encoding="utf-8")
    expect(page.get_by_text(MATERIAL)).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_all_of_it_is_done_with_the_keyboard(project: Project, visit: Visit) -> None:
    project.edit(ENGLISH, MATERIAL)
    page = visit()
    sign = page.locator("[data-preview][data-state=stale-material]")
    page.locator("[data-jump=stale-material]").press("Enter")
    expect(sign).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.locator("#preview-panel")
    expect(panel.locator("h2")).to_be_focused()
    project.change(MATERIAL, msgstr=NEW)
    expect(panel).to_contain_text(NEW)
    expect(panel.locator("h2")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(sign).to_be_focused()


def test_without_scripts_a_block_has_a_page_of_its_own(project: Project, visit: Visit) -> None:
    project.edit(ENGLISH, MATERIAL)
    page = visit(java_script_enabled=False)
    page.locator("[data-preview][data-state=stale-material]").click()
    expect(page.locator("h1")).to_contain_text("हिन्दी")
    expect(page.locator("#entry del")).to_have_text(re.compile("better"))
    page.get_by_text("Back to the article").click()
    expect(page.get_by_text(MATERIAL)).to_be_in_viewport()


@pytest.mark.parametrize(("theme", "width"), [("light", 320), ("dark", 1280)])
def test_axe_finds_nothing_and_nothing_sticks_out(
    project: Project, visit: Visit, theme: str, width: int
) -> None:
    project.edit(ENGLISH, MATERIAL)
    page = visit(width=width, color_scheme=theme, bypass_csp=True)
    page.add_script_tag(path=AXE)
    for open_panel in (False, True):
        if open_panel:
            page.locator("[data-preview][data-state=stale-material]").click()
            expect(page.locator("#preview-panel")).to_be_visible()
        result = page.evaluate(RUN)
        assert len(result["passes"]) > 20, "axe looked at the page"
        found = [
            f"{rule['id']}: {node['html'][:200]}: {node.get('failureSummary')}"
            for kind in ("violations", "incomplete")
            for rule in result[kind]
            for node in rule["nodes"]
        ]
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_policy_allows_no_more_than_the_site_s_and_our_own_styles(
    app: Flask, project: Project
) -> None:
    site = app.test_client().get(f"/hi{ARTICLE}").headers["Content-Security-Policy"]
    previewed = Client(previewing(project.app(), "hi"))
    for path in (f"/hi{ARTICLE}", "/preview/hi/blocks/92aa6c4e", "/hi/nothing"):
        policy = previewed.get(path).headers["Content-Security-Policy"]
        assert policy.replace("style-src 'self'", "style-src") == site


def test_the_site_itself_has_none_of_it(app: Flask) -> None:
    assert [rule.rule for rule in app.url_map.iter_rules() if "preview" in rule.endpoint] == [
        "/moderation/questions/<id:id>/preview"
    ]
    client = app.test_client()
    for path in ("/preview/changes", "/preview/static/preview.js", "/preview/hi/blocks/92aa6c4e"):
        assert client.get(path).status_code == 404
    page = client.get(f"/hi{ARTICLE}").get_data(as_text=True)
    assert "data-preview" not in page
    ours = {file.stem for file in (ROOT / "static/translating").iterdir()}
    served = {rule for rule in app.extensions["edition"].edition.resources if "translating" in rule}
    assert ours
    assert served == set()


def test_the_command_prints_where_it_is(project: Project) -> None:
    command = [sys.executable, "-m", "flask", "translations", "preview", "hi"]
    environ = {"REEDH_INSTANCE_PATH": str(project.folder / "instance"), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout
        try:
            said = server.stdout.readline()
        finally:
            server.terminate()
    assert re.match(r"The preview is at http://127\.0\.0\.1:\d+/ ", said)


def test_a_language_without_catalogs_is_told(project: Project) -> None:
    assert "There are no catalogs of 'ur'" in project.run("preview", "ur", status=2).output
