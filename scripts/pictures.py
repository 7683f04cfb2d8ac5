"""Take every picture of the site: the README's, the app's icons and its screenshots."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, expect  # noqa: E402 (the path above comes first)

from tests.browsing import browsing  # noqa: E402
from tests.serving import serving  # noqa: E402

ARTICLE = "/articles/why-spine-surgeries-fail"
README: list[tuple[str, Literal["light", "dark"]]] = [("en", "light"), ("hi", "dark")]

# A phone cuts a maskable icon to its own shape, whose smallest is a circle of 0.8 of the width.
ICONS = {
    "any-192": (192, 1.0, 14),
    "any-512": (512, 1.0, 14),
    "maskable-192": (192, 0.7, 0),
    "maskable-512": (512, 0.7, 0),
    "apple-180": (180, 0.85, 0),
}


def main() -> None:
    with browsing() as browser:
        for name, (size, scale, radius) in ICONS.items():
            _icon(browser, name, size, scale, radius)
        with serving() as address:
            for language, theme in README:
                page = browser.new_page(
                    viewport={"width": 360, "height": 700},
                    color_scheme=theme,
                    device_scale_factor=1.5,
                )
                page.goto(f"{address}/{language}{ARTICLE}")
                page.locator("#kept[data-said=saved]").wait_for()
                page.screenshot(path=ROOT / f"docs/pictures/article-{language}.png")
                _screenshots(browser, address, language)


def _icon(browser: Browser, name: str, size: int, scale: float, radius: int) -> None:
    drawn = (ROOT / "static/icon.svg").read_text().replace('rx="14"', f'rx="{radius}"')
    ground, spine = drawn.split("<path", 1)
    spine = f'<g transform="translate(32 32) scale({scale}) translate(-32 -32)"><path{spine}'
    svg = ground + spine.replace("</svg>", "</g></svg>")
    page = browser.new_page(viewport={"width": size, "height": size})
    page.set_content(f"<style>body{{margin:0}}svg{{display:block;width:100vw}}</style>{svg}")
    page.screenshot(path=ROOT / f"static/icons/{name}.png", omit_background=True)


def _screenshots(browser: Browser, address: str, language: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740}, device_scale_factor=1.5)
    page.goto(f"{address}/{language}{ARTICLE}")
    page.locator("#kept[data-said=saved]").wait_for()
    page.screenshot(path=ROOT / f"static/screenshots/article-{language}.png")
    page.goto(f"{address}/{language}/search?q=slip+disc")
    expect(page.locator("[data-hit]").first).to_be_visible()
    page.screenshot(path=ROOT / f"static/screenshots/search-{language}.png")


if __name__ == "__main__":
    main()
