"""Pages from right to left, as they are begun and when they are translated, in a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from blueprints.translating import pseudo
from tests.browser.conftest import Visit, scripts_ready, visit
from tests.browser.test_accessibility import findings
from tests.browser.test_reading import CLIPPED, FOCUSED, OVERFLOW, SMALL_CONTROLS
from tests.conftest import ARTICLE, REST
from tests.serving import serving_here
from tests.translating.another import Fill, site_with

__all__ = ["visit"]

PATHS = [
    f"/ur{path}"
    for path in (
        *REST,
        "/none",
        "/offline",
        "/add-to-phone",
        "/search?q=dard",
        "/search?q=zzz",
        "/ask",
        "/questions",
    )
]
# In `make test`; the others stand in the matrix.
SOME = ["/ur/", f"/ur{ARTICLE}", "/ur/search?q=dard", "/ur/ask"]
FILLED: dict[str, Fill | None] = {
    "begun": None,
    "translated": partial(pseudo.translated, is_right_to_left=True),
}

# As WCAG 1.4.12 lets readers space their text.
SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important; } p { margin-bottom: 2em !important; }"""

# Where the first words of a block stand: at which of its edges the first line begins.
FIRST_LINE = """(block) => {
    const range = document.createRange();
    range.selectNodeContents(block);
    const [line] = range.getClientRects();
    const box = block.getBoundingClientRect();
    return line.left - box.left < box.right - line.right ? "left" : "right";
}"""

LEADING = """(el) => {
    const { lineHeight, fontSize } = getComputedStyle(el);
    return parseFloat(lineHeight) / parseFloat(fontSize);
}"""


@pytest.fixture(scope="module", params=FILLED)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return site_with(tmp_path_factory.mktemp(request.param), "ur", FILLED[request.param])


@pytest.fixture(scope="module")
def site(app: Flask) -> Iterator[str]:
    with serving_here(app) as address:
        yield address


def check_it_fits(page: Page) -> None:
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(SMALL_CONTROLS) == []
    page.add_style_tag(content=SPACED)
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(CLIPPED) == []
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    page.evaluate(f"document.documentElement.style.fontSize = 2 * {size} + 'px'")
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(CLIPPED) == []


def check_keyboard(page: Page) -> None:
    controls = page.locator(
        "a[href]:visible, button:visible, input:visible:not([tabindex]), textarea:visible"
    )
    for _ in range(controls.count()):
        page.keyboard.press("Tab")
        html, is_in_view, outline = page.evaluate(FOCUSED)
        assert is_in_view, html
        assert outline >= 4, html


@pytest.mark.parametrize("path", SOME)
def test_axe_finds_nothing(visit: Visit, path: str) -> None:
    assert findings(visit, path, "light", 320) == []


@pytest.mark.matrix
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_axe_finds_nothing_anywhere(visit: Visit, path: str, theme: str, width: int) -> None:
    assert findings(visit, path, theme, width) == []


@pytest.mark.parametrize("path", SOME)
def test_it_fits_and_every_control_fits_a_thumb(visit: Visit, path: str) -> None:
    check_it_fits(visit(path, width=320, bypass_csp=True))


@pytest.mark.matrix
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_it_fits_anywhere(visit: Visit, path: str, theme: str, width: int) -> None:
    check_it_fits(visit(path, width=width, color_scheme=theme, bypass_csp=True))


@pytest.mark.parametrize("path", [f"/ur{ARTICLE}", "/ur/ask"])
def test_the_keyboard_reaches_everything_in_view(visit: Visit, path: str) -> None:
    check_keyboard(visit(path))


@pytest.mark.matrix
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [320, 1280])
def test_the_keyboard_reaches_everything_anywhere(visit: Visit, path: str, width: int) -> None:
    check_keyboard(visit(path, width=width))


def test_lines_begin_where_their_letters_do(visit: Visit, app: Flask) -> None:
    """Untranslated words among others too: a full stop at the wrong end reads as a mistake."""
    page = visit(f"/ur{ARTICLE}")
    with app.app_context():
        is_translated = "⟦" in page.locator("h1").inner_text()
    edge = "right" if is_translated else "left"
    for block in ("#overview > p", "#ask > p", "article > p.notice", "#contents-heading"):
        assert page.locator(block).first.evaluate(FIRST_LINE) == edge, block


def test_the_page_is_turned_around(visit: Visit) -> None:
    page = visit(f"/ur{ARTICLE}", width=1280)
    box = page.locator("header .home").bounding_box()
    switch = page.locator("header .switch").bounding_box()
    contents = page.locator(".contents").bounding_box()
    text = page.locator("#overview").bounding_box()
    assert box
    assert switch
    assert contents
    assert text
    assert box["x"] > switch["x"]
    assert contents["x"] > text["x"]


def test_lines_do_not_touch(visit: Visit) -> None:
    page = visit(f"/ur{ARTICLE}")
    assert page.locator("article > p.notice").first.evaluate(LEADING) == pytest.approx(2.5, 0.01)
    for english in page.locator("main p[lang=en]").all():
        assert english.evaluate(LEADING) == pytest.approx(1.6, 0.01)


def test_the_switch_leads_to_the_same_section(visit: Visit) -> None:
    page = visit(f"/ur{ARTICLE}#rehabilitation")
    scripts_ready(page)
    page.click("header a[hreflang=hi]")
    expect(page).to_have_url(re.compile(f"/hi{ARTICLE}#rehabilitation$"))
    page.click("header a[hreflang=ur]")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
