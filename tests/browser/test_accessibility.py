"""axe-core on every page: no violation, and nothing it cannot decide."""

from __future__ import annotations

import pytest

from app import ROOT
from tests.browser.conftest import Visit
from tests.browser.test_reading import ALL_PAGES

AXE = ROOT / "node_modules/axe-core/axe.min.js"

# target-size and the AAA contrast are off unless they are asked for by name.
RUN = """() => axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } },
})"""

# Rules that axe leaves to people, with what a person saw and when.
LEFT_TO_PEOPLE: dict[str, str] = {}


def findings(visit: Visit, path: str, theme: str, width: int) -> list[str]:
    page = visit(path, width=width, color_scheme=theme, bypass_csp=True)
    page.add_script_tag(path=AXE)
    result = page.evaluate(RUN)
    assert len(result["passes"]) > 20, "axe looked at the page"
    return [
        f"{rule['id']}: {rule['help']}: {node['html'][:120]}: {node.get('failureSummary')}"
        for kind in ("violations", "incomplete")
        for rule in result[kind]
        if rule["id"] not in LEFT_TO_PEOPLE
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("path", ALL_PAGES)
@pytest.mark.parametrize(("theme", "width"), [("light", 320), ("dark", 1280)])
def test_axe_finds_nothing(visit: Visit, path: str, theme: str, width: int) -> None:
    assert findings(visit, path, theme, width) == []


@pytest.mark.matrix
@pytest.mark.parametrize("path", ALL_PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_axe_finds_nothing_anywhere(visit: Visit, path: str, theme: str, width: int) -> None:
    assert findings(visit, path, theme, width) == []
