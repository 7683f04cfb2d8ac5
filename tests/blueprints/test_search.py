"""The results page and its JSON."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask

from tests.conftest import ARTICLE, LANGUAGES, Client
from tests.page import DEVANAGARI, Page, only

SLUG = ARTICLE.rpartition("/")[2]


def search(client: Client, language: str, text: str) -> Page:
    return client.get(f"/{language}/search?q={quote(text)}")


def hits(page: Page) -> list[str]:
    return [str(tag["data-hit"]) for tag in page.select("[data-hit]")]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", ["slip disc", "स्लिप डिस्क", "slip disk", "sleep disc"])
def test_any_script_lands_in_the_right_section(client: Client, language: str, text: str) -> None:
    page = search(client, language, text)
    assert hits(page)[0] == f"{SLUG}#wrong-diagnosis"
    link = urlsplit(str(page.select("[data-hit] a")[0]["href"]))
    assert link.path == f"/{language}{ARTICLE}"
    assert only(client.get(link.path), f"#{link.fragment}")
    assert page.select("[data-hit] mark")
    assert only(page, "input[name=q]")["value"] == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_excerpts_are_in_the_language_of_the_page(client: Client, language: str) -> None:
    for excerpt in search(client, language, "scar nerve").select("[data-hit] p"):
        assert bool(DEVANAGARI.search(excerpt.get_text())) == (language == "hi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_is_said_and_leads_on(client: Client, language: str) -> None:
    page = search(client, language, "malaria")
    assert hits(page) == []
    said = {"en": "The guide has no answer to this.", "hi": "गाइड में इसका जवाब नहीं है।"}
    assert only(page, "main [role=status]").get_text() == said[language]
    ways = [str(link["href"]) for link in page.select("#results a")]
    assert f"/{language}{ARTICLE}#getting-help" in ways
    assert f"/{language}{ARTICLE}#ask" in ways


def test_a_near_spelling_is_a_link(client: Client) -> None:
    link = only(search(client, "en", "osteoporosiss bones"), "#results > p > a")
    assert link.get_text() == "osteoporosis bones"
    assert hits(client.get(str(link["href"])))[0] == f"{SLUG}#scarring-and-failed-fusion"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_page_offers_the_parts_of_the_guide(client: Client, language: str) -> None:
    page = client.get(f"/{language}/search")
    assert only(page, "main [role=status]").get_text() == ""
    assert len(page.select("#results a")) == 9


def test_a_long_text_is_cut_with_a_word_about_it(client: Client) -> None:
    page = search(client, "en", "slip disc " * 1000)
    assert only(page, ".notice").get_text() == (
        "Your text is long. Only its beginning was searched for."
    )
    assert hits(page)


def test_what_a_reader_types_is_shown_as_text(client: Client) -> None:
    page = search(client, "en", '"><script>alert(1)</script> disc')
    assert len(page.select("script")) == 1
    assert only(page, "input[name=q]")["value"] == '"><script>alert(1)</script> disc'


def test_the_language_switch_keeps_the_words(client: Client) -> None:
    link = only(search(client, "en", "slip disc"), "header a[hreflang]")
    assert link["href"] == "/hi/search?q=slip+disc"


def test_results_are_never_stored(client: Client) -> None:
    for path in ("/en/search?q=nerve", "/en/search.json?q=nerve"):
        assert client.ask(path).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kept_shell_is_the_page_without_a_query(client: Client, language: str) -> None:
    live, kept = (client.ask(f"/{language}/{path}") for path in ("search", "kept/search"))
    # The shell's scripts are on the phone, so it does not ask for them ahead.
    preloads = re.compile(rb'<template id="scripts">.*?</template>\n', re.DOTALL)
    assert preloads.sub(b"", live.data) == kept.data != live.data
    assert "must-revalidate" in kept.headers["Cache-Control"]


def test_the_offline_data_is_hashed_kept_and_small(client: Client) -> None:
    address = str(only(client.get("/en/search"), "form.find")["data-index"])
    answer = client.ask(address, Accept_Encoding="br")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert len(answer.data) <= 12_000
    digest = address.split(".")[1]
    assert hashlib.sha256(client.ask(address).data).hexdigest().startswith(digest)
    assert client.ask(address.replace(digest, "0" * 12)).status_code == 404


def answer(client: Client, path: str) -> dict[str, Any]:
    got: dict[str, Any] = client.ask(path).get_json()
    return got


def test_the_json_tells_the_same_as_the_page(client: Client) -> None:
    told = answer(client, "/hi/search.json?q=kamar%20dard")
    assert set(told) == {"query", "hits", "suggestion"}
    assert [f"{hit['article']}#{hit['section']}" for hit in told["hits"]] == hits(
        search(client, "hi", "kamar dard")
    )
    first = told["hits"][0]
    assert set(first) == {"article", "section", "url", "title", "excerpt", "score"}
    assert first["url"] == f"/hi{ARTICLE}#{first['section']}"
    assert DEVANAGARI.search(first["excerpt"])
    scores = [hit["score"] for hit in told["hits"]]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(("limit", "most"), [("1", 1), ("0", 1), ("-3", 1), ("x", 5), ("999", 7)])
def test_the_number_of_hits_is_bounded(client: Client, limit: str, most: int) -> None:
    assert 1 <= len(answer(client, f"/en/search.json?q=pain&limit={limit}")["hits"]) <= most


def test_the_index_follows_the_catalogs(changed_app: Callable[..., Flask]) -> None:
    def reword(folder: Path) -> None:
        file = folder / "translations/hi/LC_MESSAGES/article.po"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("रॉड टूट गई है", "सरौता टूट गया है"), encoding="utf-8")

    app = changed_app(reword)
    told = app.test_cli_runner().invoke(args=["search", "build"])
    assert told.output.startswith("7 sections are in ")
    assert hits(search(Client(app), "hi", "सरौता")) == [f"{SLUG}#scarring-and-failed-fusion"]


def test_the_command_explains_a_search(app: Flask) -> None:
    runner = app.test_cli_runner()
    told = runner.invoke(args=["search", "query", "kamar dard", "--lang", "hi", "--explain"])
    assert told.exit_code == 0
    for part in ("sound", "=back-pain", "covered", f"{SLUG}#overview", "[दर्द]"):
        assert part in told.output
    wrong = runner.invoke(args=["search", "query", "x", "--lang", "fr"])
    assert "fr is not a language of this site" in wrong.output
