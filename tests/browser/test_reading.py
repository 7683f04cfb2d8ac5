"""Reading on a phone and a desktop, with and without scripts, styles and ink."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app import ROOT
from tests.browser.conftest import Visit, scripts_ready
from tests.browser.paper import contrasts
from tests.conftest import ARTICLE, LANGUAGES, PAGES

ALL_PAGES = [
    *PAGES,
    *[
        f"/{code}/{path}"
        for code in LANGUAGES
        for path in (
            "none",
            "offline",
            "add-to-phone",
            "search?q=dard",
            "search?q=zzz",
            "ask",
            "questions",
        )
    ],
]
OTHER = {"en": "hi", "hi": "en"}

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"

# A link inside a sentence may be as high as its line; every other control is for a thumb.
SMALL_CONTROLS = """() => [
    ...document.querySelectorAll("a, button, input, textarea, select, summary")
]
    .filter((control) => control.checkVisibility() && !control.matches(".skip"))
    .map((control) => [control, control.getBoundingClientRect()])
    .filter(([, box]) => box.width < 48 || box.height < 48)
    .map(([control, box]) => `${control.outerHTML.slice(0, 80)} ${box.width}x${box.height}`)"""


CLIPPED = """() => [...document.querySelectorAll("main *, header *")]
    .filter((box) => getComputedStyle(box).overflow === "hidden")
    .filter((box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight)
    .map((box) => box.outerHTML.slice(0, 80))"""

# As a phone's camera would: from the pixels.
READ_CODE = """async () => {
    const svg = new XMLSerializer().serializeToString(document.querySelector(".qr"));
    const picture = new Image(400, 400);
    picture.src = "data:image/svg+xml," + encodeURIComponent(svg);
    await picture.decode();
    const canvas = new OffscreenCanvas(400, 400).getContext("2d");
    canvas.fillStyle = "white";
    canvas.fillRect(0, 0, 400, 400);
    canvas.drawImage(picture, 0, 0, 400, 400);
    return jsQR(canvas.getImageData(0, 0, 400, 400).data, 400, 400).data;
}"""

# Observers are told in the order of their making, so the page's own knows before this one.
IN_THE_MIDDLE = """(id) => new Promise((noticed) => {
    const section = document.getElementById(id);
    section.scrollIntoView({ block: "center", behavior: "instant" });
    new IntersectionObserver((entries) => {
        if (entries.some((entry) => entry.isIntersecting)) noticed();
    }, { rootMargin: "-50% 0px" }).observe(section);
})"""

# Of a text box browsers scroll to the caret alone, which stands in its first line.
FOCUSED = """() => {
    const box = document.activeElement.getBoundingClientRect();
    const bottom = document.activeElement.matches("textarea") ? box.top + 48 : box.bottom;
    const inView = box.top >= 0 && bottom <= innerHeight + 1;
    const outline = parseFloat(getComputedStyle(document.activeElement).outlineWidth);
    return [document.activeElement.outerHTML, inView, outline];
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_switch_keeps_the_section(visit: Visit, language: str) -> None:
    page = visit(f"/{language}{ARTICLE}#rehabilitation")
    scripts_ready(page)
    page.click("header a[hreflang]")
    expect(page).to_have_url(re.compile(f"/{OTHER[language]}{ARTICLE}#rehabilitation$"))
    expect(page.locator("#rehabilitation h2")).to_be_in_viewport()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_switch_keeps_the_section_that_was_read(visit: Visit, language: str) -> None:
    page = visit(f"/{language}{ARTICLE}", clock=True)
    scripts_ready(page)
    page.clock.pause_at(datetime.now(UTC) + timedelta(hours=1))
    stay(page, "technical-failure", 3000)
    stay(page, "overview", 500)  # on the way up to the switch
    page.click("header a[hreflang]")
    expect(page).to_have_url(re.compile(f"/{OTHER[language]}{ARTICLE}#technical-failure$"))


def stay(page: Page, section: str, milliseconds: int) -> None:
    """Bring a section to the middle of the screen; when that is noticed, let time pass."""
    page.evaluate(IN_THE_MIDDLE, section)
    page.clock.run_for(milliseconds)


def test_the_code_on_the_poster_leads_to_the_article(visit: Visit) -> None:
    page = visit("/hi/poster", bypass_csp=True)
    page.add_script_tag(path=ROOT / "node_modules/jsqr/dist/jsQR.js")
    read = page.evaluate(READ_CODE)
    assert re.fullmatch(rf"http://localhost:\d+/hi{ARTICLE}", read)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_everything_is_there(visit: Visit, language: str) -> None:
    page = visit(f"/{language}{ARTICLE}", java_script_enabled=False)
    expect(page.locator("section")).to_have_count(11)
    expect(page.locator("figure svg")).to_have_count(4)
    page.locator("#rehabilitation + .way a[hreflang]").click()
    expect(page).to_have_url(re.compile(f"/{OTHER[language]}{ARTICLE}#rehabilitation$"))
    page.click("header a[hreflang]")
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_answer_is_enough_to_read(visit: Visit, language: str) -> None:
    page = visit("/robots.txt")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route(re.compile("/static/"), lambda route: route.abort())
    page.goto(f"/{language}{ARTICLE}")
    expect(page.locator("#ask h2")).to_be_visible()
    background = page.eval_on_selector("#in-short", "el => getComputedStyle(el).backgroundColor")
    assert background == "rgb(232, 241, 238)", "the styles came with the page"
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(page.url).netloc}


@pytest.mark.parametrize("path", ALL_PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_scrolls_sideways_and_every_control_fits_a_thumb(
    visit: Visit, path: str, width: int
) -> None:
    page = visit(path, width=width)
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(SMALL_CONTROLS) == []


@pytest.mark.parametrize("path", ALL_PAGES)
def test_text_of_twice_the_size_fits(visit: Visit, path: str) -> None:
    page = visit(path)
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    page.evaluate(f"document.documentElement.style.fontSize = 2 * {size} + 'px'")
    assert page.evaluate(OVERFLOW) == 0
    assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_400_percent_on_a_small_laptop_it_still_reads(visit: Visit, language: str) -> None:
    page = visit(f"/{language}{ARTICLE}", width=320, height=256, device_scale_factor=4)
    assert page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_styles_the_order_and_the_drawings_remain(visit: Visit, language: str) -> None:
    page = visit(f"/{language}{ARTICLE}", java_script_enabled=True)
    page.evaluate("document.querySelectorAll('style').forEach((style) => style.remove())")
    assert page.evaluate(OVERFLOW) == 0
    tops = "els => els.map((el) => el.getBoundingClientRect().top)"
    positions = page.eval_on_selector_all("h1, section", tops)
    assert positions == sorted(positions)
    fills = "els => els.map((el) => getComputedStyle(el).fill)"
    assert set(page.eval_on_selector_all("figure .bone", fills)) == {"rgb(239, 231, 214)"}


def test_the_dark_theme_follows_the_phone(visit: Visit) -> None:
    colour = "getComputedStyle(document.documentElement).backgroundColor"
    assert visit("/en/", color_scheme="light").evaluate(colour) == "rgb(255, 255, 255)"
    assert visit("/en/", color_scheme="dark").evaluate(colour) == "rgb(18, 23, 21)"


# What a drawing is made of must stand out from what it is drawn on, in every theme.
DRAWN = {"stroke": ["ink", "nerve", "pain", "good"], "fill": ["bone", "disc", "scar", "metal"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_part_of_a_drawing_is_seen(visit: Visit, theme: str) -> None:
    page = visit(f"/en{ARTICLE}", color_scheme=theme)
    ground = page.eval_on_selector("figure", "el => getComputedStyle(el).backgroundColor")
    for kind, parts in DRAWN.items():
        for part in parts:
            seen = page.eval_on_selector_all(
                f"figure .{part}", f"els => els.map((el) => getComputedStyle(el).{kind})"
            )
            assert seen, part
            assert not {ground, "none"} & set(seen), part


def test_forced_colours_reach_the_text_and_the_drawings(visit: Visit) -> None:
    page = visit(f"/en{ARTICLE}", forced_colors="active")
    fill, stroke = page.eval_on_selector(
        "figure .ink .bone", "el => [getComputedStyle(el).fill, getComputedStyle(el).stroke]"
    )
    assert fill != stroke
    for selector in ("h1", "section p", ".contents a", ".actions a"):
        colour = page.eval_on_selector(selector, "el => getComputedStyle(el).color")
        assert colour != page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_the_article_is_there_and_the_controls_are_not(
    visit: Visit, language: str
) -> None:
    page = visit(f"/{language}{ARTICLE}")
    page.emulate_media(media="print")
    for selector in ("h1", "#in-short li", "#ask p", "figure svg", "figure ol"):
        for part in page.locator(selector).all():
            expect(part).to_be_visible()
    for selector in (".tabs", ".switch", ".actions", ".contents", ".way"):
        expect(page.locator(selector).first).to_be_hidden()


@pytest.mark.parametrize("path", ALL_PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_paper_every_text_is_dark(visit: Visit, path: str, theme: str) -> None:
    found = contrasts(visit(path, color_scheme=theme))
    assert len(found) > 5, "there is text on the paper"
    assert [text for contrast, text in found if contrast < 7] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_the_poster_is_the_sheet_alone(visit: Visit, language: str) -> None:
    page = visit(f"/{language}/poster")
    page.emulate_media(media="print")
    for selector in ("h1", "header", "footer", ".tabs", ".hint"):
        expect(page.locator(selector)).to_be_hidden()
    box = page.locator(".qr").bounding_box()
    assert box
    assert box["width"] >= 5 / 2.54 * 96, "5 cm are scanned from half a metre"


@pytest.mark.parametrize("path", PAGES)
def test_scripts_come_after_the_first_paint(visit: Visit, path: str) -> None:
    page = visit(path)
    scripts_ready(page)
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    asked = page.evaluate(
        "performance.getEntriesByType('resource')"
        ".filter((entry) => entry.name.endsWith('.js')).map((entry) => entry.startTime)"
    )
    assert asked
    assert min(asked) >= paint


@pytest.mark.parametrize(
    ("path", "most"),
    [(f"/{code}{ARTICLE}", 4) for code in LANGUAGES]
    + [(f"/{code}/poster", 1) for code in LANGUAGES],
)
def test_it_prints_on_few_pages(visit: Visit, path: str, most: int) -> None:
    pdf = visit(path).pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= most


@pytest.mark.parametrize("path", ALL_PAGES)
def test_the_keyboard_reaches_everything_in_order_and_in_view(visit: Visit, path: str) -> None:
    page = visit(path)
    order = page.eval_on_selector_all(
        "a[href], button:not([hidden]), input:not([tabindex], [type=hidden]), textarea",
        "els => els.filter((el) => el.checkVisibility()).map((el) => el.outerHTML)",
    )
    walked = []
    for _ in order:
        page.keyboard.press("Tab")
        walked.append(page.evaluate(FOCUSED))
    assert [html for html, _, _ in walked] == order
    assert [html for html, in_view, _ in walked if not in_view] == []
    assert [html for html, _, outline in walked if outline < 4] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_skip_link_leads_past_the_header(visit: Visit, language: str) -> None:
    page: Page = visit(f"/{language}{ARTICLE}")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
