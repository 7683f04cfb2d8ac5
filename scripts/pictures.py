"""Take the README's pictures of the article: both languages, a phone's width, both themes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browsing import browsing  # noqa: E402 (the path above comes first)
from tests.serving import serving  # noqa: E402

ARTICLE = "/articles/why-spine-surgeries-fail"
PICTURES: list[tuple[str, Literal["light", "dark"]]] = [("en", "light"), ("hi", "dark")]


def main() -> None:
    with serving() as address, browsing() as browser:
        for language, theme in PICTURES:
            page = browser.new_page(
                viewport={"width": 360, "height": 700}, color_scheme=theme, device_scale_factor=1.5
            )
            page.goto(f"{address}/{language}{ARTICLE}")
            page.screenshot(path=ROOT / f"docs/pictures/article-{language}.png")


if __name__ == "__main__":
    main()
