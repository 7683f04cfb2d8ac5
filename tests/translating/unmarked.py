"""Finding words on a page that did not come through the catalogs.

The page is in a language whose every message stands in ⟦ ⟧; so must what a test types.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, Doctype, Tag

from blueprints.translating.pseudo import BEGIN, END, LANGUAGE

# What a text ends at, and with it what a bracket can hold: a message is one element's.
BLOCKS = "title p li h1 h2 h3 h4 a button td th div label legend summary option figcaption q time"
SILENT = {"script", "style"}

SPOKEN = ("aria-label", "title", "alt", "placeholder", "label")
BUTTONS = 'input[type="submit"], input[type="button"]'
ABOUT = 'meta[name="description"], meta[property="og:title"], meta[property="og:description"]'
# What scripts say. All else in `data-` is a name, a number or an address.
MESSAGES = ("data-pause", "data-listen", "data-saved", "data-away")

# What stands outside the brackets on purpose.
ALLOWED = {
    ".address": "where the site is",
    ".number": "the number of a question, which its asker got",
    "time": "a date, as CLDR writes it",
    "[data-do=label]": "a date and the beginning of a number",
}

_OURS = re.compile(r"[A-Za-z\u0900-\u0963\u0966-\u097f]")


def on_page(html: str) -> list[str]:
    """What on a page, templates of scripts included, is in no brackets."""
    page = BeautifulSoup(html, "html5lib")
    return [*_texts(page), *_attributes(page)]


def in_json(body: str) -> list[str]:
    """The words of a JSON that are in no brackets; addresses and codes are no words."""
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, dict):
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)
        elif isinstance(value, str) and re.search(r"[A-Z][a-z]|[a-z] [a-z]", value):
            found.extend([value] if outside(value) else [])

    walk(json.loads(body))
    return found


def outside(text: str) -> str:
    """The words of `text` that are in no brackets, if those stand in pairs."""
    depth = 0
    left = []
    for letter in text:
        depth += (letter == BEGIN) - (letter == END)
        if depth < 0:
            return text
        if depth == 0 and letter != END:
            left.append(letter)
    bare = "".join(left)
    if depth:
        return text
    return bare if _OURS.search(bare) else ""


def _texts(page: BeautifulSoup) -> Iterator[str]:
    together: dict[int, list[str]] = {}
    for text in page.find_all(string=True):
        parent = text.parent
        if isinstance(text, Comment | Doctype) or parent is None or parent.name in SILENT:
            continue
        if _is_allowed(parent):
            continue
        block = parent if parent.name in BLOCKS.split() else parent.find_parent(BLOCKS.split())
        together.setdefault(id(block), []).append(str(text))
    for parts in together.values():
        whole = "".join(parts)
        # An excerpt is cut out of a text, and its brackets with it; its letters show whose it is.
        bare = outside(whole)
        if _OURS.search(bare):
            yield " ".join(bare.split())


def _attributes(page: BeautifulSoup) -> Iterator[str]:
    for name in (*SPOKEN, *MESSAGES):
        for tag in page.select(f"[{name}]"):
            value = str(tag[name])
            if outside(value) and not _is_other(tag) and not _names_something(name, value):
                yield f"{name}={value}"
    for tag in page.select(BUTTONS):
        if outside(str(tag.get("value", ""))):
            yield str(tag)
    for tag in page.select(ABOUT):
        if outside(str(tag["content"])):
            yield str(tag)


def _names_something(name: str, value: str) -> bool:
    return name == "data-listen" and value == "whole"


def _is_allowed(tag: Tag) -> bool:
    return _is_other(tag) or any(tag.css.closest(selector) for selector in ALLOWED)


def _is_other(tag: Tag) -> bool:
    """Whether it says that it is in another language; English must be so marked, not only be it."""
    named = tag if tag.has_attr("lang") else tag.find_parent(lang=True)
    return named is not None and named["lang"] != LANGUAGE
