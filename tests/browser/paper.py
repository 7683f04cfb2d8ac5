"""How well printed text can be read, by the colours that the browser computes for paper."""

from __future__ import annotations

from playwright.sync_api import Page

# With every text that scripts may put on the page. Printers leave backgrounds out unless they are
# told otherwise, so a text is compared both with white paper and with what is painted behind it.
PALEST = """() => {
    for (const template of document.querySelectorAll("template")) {
        document.querySelector("main").append(template.content.cloneNode(true));
    }
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const painted = (colours) => {
        canvas.fillStyle = "white";
        canvas.fillRect(0, 0, 1, 1);
        for (const colour of colours) {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
        }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = (rgb) => {
        const [red, green, blue] = rgb
            .map((part) => part / 255)
            .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one, other) => {
        const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
        return (light + 0.05) / (dark + 0.05);
    };
    const behind = (element) => {
        const around = [];
        for (let each = element; each; each = each.parentElement) around.unshift(each);
        return around.map((each) => getComputedStyle(each).backgroundColor);
    };
    const hasText = (element) =>
        element.matches("input:not([type=hidden]), textarea, select") ||
        [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    return [...document.querySelectorAll("body, body *")]
        .filter((element) => hasText(element) && element.checkVisibility())
        .map((element) => {
            const grounds = behind(element);
            const { color } = getComputedStyle(element);
            const onPaper = contrast(painted([color]), painted([]));
            const onGround = contrast(painted([...grounds, color]), painted(grounds));
            return [Math.min(onPaper, onGround), element.outerHTML.slice(0, 90)];
        });
}"""


def contrasts(page: Page) -> list[tuple[float, str]]:
    """The contrast of each printed text, with the element that holds it."""
    page.emulate_media(media="print")
    found: list[tuple[float, str]] = page.evaluate(PALEST)
    return found
