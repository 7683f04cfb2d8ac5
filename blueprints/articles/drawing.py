"""A drawing of an article: an SVG file of ours, checked and made ready to stand in a page."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from markupsafe import Markup

_NAMESPACE = "http://www.w3.org/2000/svg"

# What a drawing is made of. Text belongs in the legend, where it is read, grown and translated.
_ELEMENTS = {"svg", "g", "path", "circle"}


class DrawingError(ValueError):
    """The file is no drawing of the kind above; says why."""


def read(file: Path) -> str:
    """The SVG text of `file`.

    Raises:
        DrawingError: it cannot be read, or holds what a plain drawing does not need.
    """
    try:
        text = file.read_text(encoding="utf-8").strip()
        root = ElementTree.fromstring(text)  # noqa: S314 (a file of ours, and checked here)
    except (OSError, UnicodeDecodeError, ElementTree.ParseError) as error:
        raise DrawingError(f"{file.name} cannot be read: {error}") from error
    if not text.startswith("<svg"):
        raise DrawingError(f"{file.name} does not begin with <svg")
    for element in root.iter():
        name = element.tag.removeprefix(f"{{{_NAMESPACE}}}")
        if name not in _ELEMENTS:
            raise DrawingError(f"{file.name} holds <{name}>, which no drawing needs")
        for attribute in element.attrib:
            if attribute.startswith(("on", "{")) or attribute in {"style", "href"}:
                raise DrawingError(f"{file.name} holds the attribute {attribute}")
    return text


def inline(svg: str, label: str, language: Markup) -> Markup:
    """`svg` as an element of a page, with `label` for those who do not see it.

    `language` are the attributes that say in which language the label is.
    """
    # In HTML an <svg> needs no namespace.
    plain = svg.replace(f' xmlns="{_NAMESPACE}"', "").removeprefix("<svg")
    return Markup('<svg role="img" aria-label="{}"{}').format(label, language) + Markup(plain)  # noqa: S704
