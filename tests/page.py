"""What must hold for every page, whoever fetched it and why."""

from __future__ import annotations

import base64
import hashlib
import re
from itertools import pairwise

import html5lib
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from werkzeug.test import TestResponse

Page = BeautifulSoup

DEVANAGARI = re.compile(r"[\u0900-\u0963\u0966-\u097f]")
FOUR_LATIN_WORDS = re.compile(r"(?:\b[A-Za-z’]+\b[ ,;:.]*){4}")
NOT_PROSE = {"[document]", "script", "style", "textarea", "title"}  # what people type is theirs


def check(path: str, response: TestResponse) -> Page:
    """Parse a page for readers strictly, check it and give it."""
    page = check_inside(response)
    assert "X-Robots-Tag" not in response.headers
    assert not page.select("meta[name=robots]"), "every page may be found"
    _check_head(path, page)
    return page


def check_inside(response: TestResponse) -> Page:
    """The same of a page for those who sign in."""
    assert response.content_type == "text/html; charset=utf-8"
    text = response.get_data(as_text=True)
    html5lib.HTMLParser(strict=True).parse(text)
    page = BeautifulSoup(text, "html5lib")
    _check_structure(page)
    _check_inlined(page, response.headers["Content-Security-Policy"])
    _check_languages(page)
    return page


def check_private(response: TestResponse) -> Page:
    """The same of a page for the team, which is kept and found nowhere."""
    assert response.content_type == "text/html; charset=utf-8"
    text = response.get_data(as_text=True)
    html5lib.HTMLParser(strict=True).parse(text)
    page = BeautifulSoup(text, "html5lib")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert only(page, "meta[name=robots]")["content"] == "noindex"
    assert not page.select("link[rel=manifest]")
    heading = " ".join(only(page, "h1").get_text().split())
    assert only(page, "title").get_text().startswith(heading)
    _check_structure(page)
    _check_inlined(page, response.headers["Content-Security-Policy"])
    _check_languages(page)
    return page


def _check_head(path: str, page: Page) -> None:
    language = str(only(page, "html")["lang"])
    segment = path.split("/")[1].split("?")[0]
    assert segment not in {"en", "hi"} or segment == language
    heading = " ".join(only(page, "h1").get_text().split())
    assert only(page, "title").get_text().startswith(heading)
    assert only(page, "meta[name=description]")["content"]
    assert "width=device-width" in str(only(page, "meta[name=viewport]")["content"])


def _check_structure(page: Page) -> None:
    ids = [str(tag["id"]) for tag in page.select("[id]")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    only(page, "main")
    for link in page.select('a[href^="#"]'):
        assert str(link["href"])[1:] in ids, f"{link} leads nowhere"
    assert not page.select("[style], [onclick], [onload]")
    for image in page.select("svg"):
        assert image.get("aria-hidden") == "true" or image.get("aria-label")
    levels = [int(tag.name[1]) for tag in page.select("h1, h2, h3, h4")]
    for above, below in pairwise(levels):
        assert below <= above + 1, "a heading level is skipped"


def _check_languages(page: Page) -> None:
    for text in page.find_all(string=True):
        assert isinstance(text, NavigableString)
        if not isinstance(text.parent, Tag) or text.parent.name in NOT_PROSE:
            continue
        language = language_of(text.parent)
        if language == "en":
            assert not DEVANAGARI.search(text), f"Hindi without lang=hi: {text!r}"
        elif language == "hi":
            assert not FOUR_LATIN_WORDS.search(text), f"English without lang=en: {text!r}"


def language_of(tag: Tag) -> str:
    named = tag if tag.has_attr("lang") else tag.find_parent(lang=True)
    assert named is not None
    return str(named["lang"])


def _check_inlined(page: Page, policy: str) -> None:
    """Whatever stands inside the page is named in the policy by its hash."""
    for inlined in page.select("script:not([src]), style"):
        digest = hashlib.sha256(str(inlined.string).encode()).digest()
        assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy


def only(page: Page | Tag, selector: str) -> Tag:
    """The one element that matches."""
    found = page.select(selector)
    assert len(found) == 1, f"{len(found)} elements match {selector}"
    return found[0]
