"""Reading: what stands on the article, home, about and poster pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from bs4.element import Tag
from flask import Flask

from tests.conftest import ARTICLE, LANGUAGES, PAGES, Client
from tests.page import Page, only

OTHER = {"en": "hi", "hi": "en"}
AUTONYM = {"en": "English", "hi": "हिन्दी"}
NOTICES = {
    "en": ["The drawings are ours too. A doctor has not checked them yet."],
    "hi": ["अनुवाद अभी पक्का नहीं है। इसे अभी डॉक्टर ने नहीं जाँचा है।", "इन्हें अभी डॉक्टर ने नहीं जाँचा है।"],
}


def article(client: Client, language: str) -> Page:
    return client.get(f"/{language}{ARTICLE}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_languages_have_the_same_sections(client: Client, language: str) -> None:
    ids = [tag["id"] for tag in article(client, language).select("section[id]")]
    assert ids == [tag["id"] for tag in article(client, OTHER[language]).select("section[id]")]
    assert ids[1:4] == ["overview", "wrong-diagnosis", "technical-failure"]


@pytest.mark.parametrize("path", PAGES)
def test_the_other_language_is_one_tap_away_in_its_own_script(client: Client, path: str) -> None:
    language = path.split("/")[1]
    link = only(client.get(path), "header a[hreflang]")
    assert link.get_text(strip=True) == AUTONYM[OTHER[language]]
    assert link["lang"] == link["hreflang"] == OTHER[language]
    assert link["href"] == path.replace(f"/{language}/", f"/{OTHER[language]}/", 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_byline_says_that_the_author_has_not_checked_it(client: Client, language: str) -> None:
    byline = article(client, language).select("article > .meta")[0].get_text()
    assert {"en": "who has not checked this retelling", "hi": "जाँचा नहीं है"}[language] in byline


@pytest.mark.parametrize("path", PAGES)
def test_every_page_names_the_emergency_number(client: Client, path: str) -> None:
    assert only(client.get(path), "footer a[href^=tel]")["href"] == "tel:112"


@pytest.mark.parametrize("path", [path for path in PAGES if path.endswith(("/", "/poster"))])
def test_what_invites_to_read_says_that_no_doctor_has_checked(client: Client, path: str) -> None:
    said = client.get(path).get_text()
    assert "No doctor has checked" in said or "किसी डॉक्टर ने नहीं जाँचा है" in said


@pytest.mark.parametrize("path", PAGES)
def test_the_tab_says_where_the_reader_is(client: Client, path: str) -> None:
    reading = path.endswith("/") or ARTICLE in path
    assert bool(client.get(path).select(".tabs [aria-current]")) == reading


@pytest.mark.parametrize("path", PAGES)
def test_a_shared_link_shows_title_words_and_picture(client: Client, path: str) -> None:
    page = client.get(path)
    shown = {str(tag["property"]): str(tag["content"]) for tag in page.select("meta[property]")}
    assert shown["og:title"] == only(page, "h1").get_text(strip=True)
    assert shown["og:description"] == only(page, "meta[name=description]")["content"]
    picture = client.ask(urlsplit(shown["og:image"]).path)
    assert picture.content_type == "image/png"
    assert len(picture.data) <= 60_000


@pytest.mark.parametrize("path", PAGES)
def test_the_canonical_address_is_the_page_s_own(client: Client, path: str) -> None:
    canonical = str(only(client.get(path), "link[rel=canonical]")["href"])
    assert canonical == f"http://localhost:8000{path}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reading_time_follows_from_the_words(client: Client, language: str) -> None:
    page = article(client, language)
    told = re.search(r"\d+", page.select("article > .meta")[1].get_text())
    assert told
    words = len(" ".join(tag.get_text(" ") for tag in page.select("section")).split())
    assert abs(int(told[0]) - words / 160) <= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_drawing_says_that_it_is_only_a_drawing(client: Client, language: str) -> None:
    caption = {"en": "not to scale", "hi": "असली नाप में नहीं"}[language]
    figures = article(client, language).select("figure")
    assert len(figures) == 4
    for figure in figures:
        assert caption in only(figure, "figcaption").get_text()
        assert only(figure, "svg")["aria-label"]


@pytest.mark.parametrize("path", PAGES)
def test_hreflang_is_mutual_and_absolute(client: Client, path: str) -> None:
    def alternates(page: Page) -> dict[str, str]:
        return {str(tag["hreflang"]): str(tag["href"]) for tag in page.select("link[hreflang]")}

    found = alternates(client.get(path))
    assert set(found) == {"en", "hi", "x-default"}
    assert found[path.split("/")[1]].endswith(path)
    for url in found.values():
        assert alternates(client.get(urlsplit(url).path)) == found


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_section_leads_to_itself_in_the_other_language(client: Client, language: str) -> None:
    page = article(client, language)
    other = OTHER[language]
    sections = [str(tag["id"]) for tag in page.select("section[id]")][1:]
    links = [str(tag["href"]) for tag in page.select(".way a[hreflang]")]
    assert links == [f"/{other}{ARTICLE}#{section}" for section in sections]


@pytest.mark.parametrize("path", PAGES)
def test_no_link_of_ours_is_dead(client: Client, path: str) -> None:
    for link in client.get(path).select('a[href^="/"]'):
        client.get(str(link["href"]).split("#")[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_list_names_every_section(client: Client, language: str) -> None:
    page = article(client, language)
    entries = {str(tag["href"])[1:]: tag.get_text(strip=True) for tag in page.select(".contents a")}
    headings = {
        str(tag["id"]): only(tag, "h2").get_text(strip=True)
        for tag in page.select("section[id]")[1:]
    }
    assert entries == headings


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_no_doctor_has_checked_is_said_at_the_top(client: Client, language: str) -> None:
    page = article(client, language)
    notices = page.select("article > .notice, article > .meta")
    said = " ".join(tag.get_text() for tag in notices)
    assert [notice for notice in NOTICES[language] if notice not in said] == []
    first_section = only(page, "#in-short")
    assert all(tag in first_section.find_all_previous() for tag in notices)
    translated = "अनुवाद" in page.get_text()
    assert translated == (language == "hi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_emergency_notice_makes_no_claim(client: Client, language: str) -> None:
    notice = only(article(client, language), "#getting-help .emergency")
    assert only(notice, "a")["href"] == "tel:112"
    assert not notice.select("li"), "symptoms are a clinician's to list"
    said = notice.get_text("|", strip=True)
    assert said in {
        "Emergency: call 112|This site cannot help in an emergency. Call 112.|Call 112",
        "इमरजेंसी: 112 पर कॉल करें|इमरजेंसी में यह साइट मदद नहीं कर सकती। 112 पर कॉल करें।|112 पर कॉल करें",
    }


SYMPTOMS = """+++
title = "Call 112 if you have"
description = "Emergency symptoms"
byline = "Listed by a test"
+++

{#symptoms}
## Symptoms

- a symptom named by a clinician

{#second}
## More symptoms

- a second symptom
"""


def test_a_clinician_s_symptom_list_fills_the_slot(changed_app: Callable[..., Flask]) -> None:
    def fill(folder: Path) -> None:
        (folder / "content/notices").mkdir()
        (folder / "content/notices/emergency.md").write_text(SYMPTOMS, encoding="utf-8")

    client = Client(changed_app(fill))
    notice = only(client.get(f"/en{ARTICLE}"), ".emergency")
    listed = [tag.get_text(strip=True) for tag in notice.select("h4, li")]
    assert listed == [
        "Symptoms",
        "a symptom named by a clinician",
        "More symptoms",
        "a second symptom",
    ]
    page = client.get(f"/hi{ARTICLE}")
    assert {tag["lang"] for tag in page.select(".emergency li")} == {"en"}
    assert "कुछ हिस्सों का अनुवाद अभी नहीं हुआ है" in page.get_text()


def test_a_block_without_translation_is_shown_in_english_and_says_so(
    changed_app: Callable[..., Flask],
) -> None:
    def forget(folder: Path) -> None:
        file = folder / "translations/hi/LC_MESSAGES/article.po"
        text = file.read_text(encoding="utf-8")
        old = 'msgstr "रॉड टूट गई है"'
        assert old in text
        file.write_text(text.replace(old, 'msgstr ""'), encoding="utf-8")

    page = Client(changed_app(forget)).get(f"/hi{ARTICLE}")
    block = page.find("li", string=re.compile("the rod is broken"))
    assert isinstance(block, Tag)
    assert block["lang"] == "en"
    assert "कुछ हिस्सों का अनुवाद अभी नहीं हुआ है" in page.get_text()


def test_a_translation_is_shown_in_normal_form(changed_app: Callable[..., Flask]) -> None:
    def compose(folder: Path) -> None:
        file = folder / "translations/hi/LC_MESSAGES/article.po"
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("रॉड टूट गई है", "\u0958लम"), encoding="utf-8")

    text = Client(changed_app(compose)).get(f"/hi{ARTICLE}").get_text()
    assert "\u0915\u093cलम" in text
    assert "\u0958" not in text


def test_markup_in_a_translation_is_text_not_markup(changed_app: Callable[..., Flask]) -> None:
    def attack(folder: Path) -> None:
        file = folder / "translations/hi/LC_MESSAGES/article.po"
        text = file.read_text(encoding="utf-8")
        evil = (
            "<img src=x onerror=alert(1)> [a](javascript:alert(1)) [b](https://reedh.example)"
            " ![c](https://reedh.example/c.png) <https://reedh.example> </p><script>"
        )
        file.write_text(text.replace("रॉड टूट गई है", evil), encoding="utf-8")

    page = Client(changed_app(attack)).get(f"/hi{ARTICLE}")
    assert "<img src=x onerror=alert(1)>" in page.get_text()
    assert not page.select("img, a[href^=javascript], a[href*='reedh.example']")


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatsapp_is_a_plain_link_with_title_and_address(client: Client, language: str) -> None:
    page = article(client, language)
    link = urlsplit(str(only(page, ".actions a")["href"]))
    assert (link.scheme, link.netloc) == ("https", "wa.me")
    title, address = parse_qs(link.query)["text"][0].split("\n")
    assert title == only(page, "h1").get_text(strip=True)
    assert urlsplit(address).path == f"/{language}{ARTICLE}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_poster_speaks_hindi_first_and_names_the_article(client: Client, language: str) -> None:
    page = client.get(f"/{language}/poster")
    panels = [tag["lang"] for tag in page.select(".sheet > div")]
    assert panels == ["hi", "en"]
    assert f"/{language}{ARTICLE}" in str(only(page, ".sheet > svg")["aria-label"])


def test_search_engines_find_every_page_in_both_languages(client: Client) -> None:
    robots = client.ask("/robots.txt").get_data(as_text=True)
    found = re.search(r"^Sitemap: (\S+)$", robots, re.MULTILINE)
    assert found
    assert "Disallow" not in robots
    sitemap = ElementTree.fromstring(client.ask(urlsplit(found[1]).path).data)
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    paths = {urlsplit(str(loc.text)).path for loc in sitemap.findall(".//s:loc", spaces)}
    assert paths == set(PAGES)
    alternates = {
        (link.get("hreflang"), urlsplit(str(link.get("href"))).path.split("/")[1])
        for link in sitemap.iter("{http://www.w3.org/1999/xhtml}link")
    }
    assert alternates == {("en", "en"), ("hi", "hi")}
