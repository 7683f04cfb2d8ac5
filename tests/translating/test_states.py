"""What readers see of a block in each state of its translation."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date
from bs4 import Tag

from blueprints.languages import CLINICS_TIME
from tests.conftest import ARTICLE, Client
from tests.page import Page, only
from tests.translating.project import Project

ENGLISH = "The closer the match, the better the chances of success."
HINDI = "मेल जितना अच्छा, ऑपरेशन के सफल होने की संभावना उतनी बेहतर।"
MATERIAL = "The closer the match, the worse the chances of success."
COSMETIC = "The closer a match, the better the chances of success."
DRAFT = "यह अनुवाद अभी पक्का नहीं है"
REVIEWER = """
[sen]
name = "Dr A. Sen"
qualification = "MS"
languages = ["hi"]
roles = ["clinical", "language"]
"""


def block(page: Page, text: str) -> Tag:
    (found,) = [tag for tag in page.select("article p") if text in tag.get_text()]
    return found


def test_an_unreviewed_translation_says_so_once(project: Project) -> None:
    page = project.page()
    assert block(page, HINDI).get("lang") is None
    assert page.get_text().count(DRAFT) == 1


def test_after_a_material_edit_readers_see_english_and_the_old_text_folded(
    project: Project,
) -> None:
    project.edit(ENGLISH, MATERIAL)
    page = project.page()
    english = block(page, MATERIAL)
    assert english["lang"] == "en"
    old = english.find_next_sibling()
    assert old is not None
    assert old.name == "details"
    assert not old.has_attr("open")
    assert HINDI in only(old, "div").get_text()
    today = datetime.now(CLINICS_TIME).date()
    assert format_date(today, "long", locale="hi") in only(old, "summary").get_text()
    assert [tag for tag in page.select("article p") if HINDI in tag.get_text()] == []
    assert "कुछ हिस्सों का अनुवाद अभी नहीं हुआ है" in page.get_text()


def test_after_a_cosmetic_edit_the_translation_stays_and_is_marked(project: Project) -> None:
    project.edit(ENGLISH, COSMETIC)
    page = project.page()
    assert "अंग्रेज़ी लेख के शब्द बाद में सुधारे गए" in only(block(page, HINDI), "small").get_text()
    assert COSMETIC not in page.get_text()


def test_several_cosmetic_edits_are_judged_together(project: Project) -> None:
    project.edit(ENGLISH, COSMETIC)
    project.edit(COSMETIC, MATERIAL)
    assert block(project.page(), MATERIAL)["lang"] == "en"


def test_english_that_no_catalog_has_heard_of_is_shown_in_english(project: Project) -> None:
    text = project.article.read_text(encoding="utf-8")
    project.article.write_text(text.replace(ENGLISH, MATERIAL), encoding="utf-8")
    page = project.page()
    assert block(page, MATERIAL)["lang"] == "en"
    assert HINDI not in page.get_text()


def test_a_fuzzy_translation_of_an_unknown_english_is_not_shown_as_current(
    project: Project,
) -> None:
    project.change(ENGLISH, flags=["fuzzy"])
    page = project.page()
    assert block(page, ENGLISH)["lang"] == "en"
    assert HINDI in only(page, "details.old div").get_text()


def test_every_kind_of_block_can_be_stale(project: Project) -> None:
    edits = {
        "h1": ('"Why spine surgeries fail"', '"Why few spine surgeries fail"'),
        "h2": ("## What this page is about", "## What this page is not about"),
        "h3": ("### Scars inside", "### Wounds inside"),
        "li": ("  what you feel\n", "  what others feel\n"),
    }
    for old, new in edits.values():
        project.edit(old, new)
    page = project.page()
    assert len(page.select("details.old summary")) == len(edits)
    for element, (_old, new) in edits.items():
        (found,) = page.select(f"article {element}[lang=en]")
        assert found.get_text().strip().startswith(new.strip('"# \n'))


def test_contents_say_which_heading_is_english(project: Project) -> None:
    project.edit("## What this page is about", "## What this page is not about")
    link = only(project.page(), '.contents [href="#overview"] span')
    assert (link.get_text(), link["lang"]) == ("What this page is not about", "en")


def test_search_finds_what_is_shown_in_the_language_it_is_in(project: Project) -> None:
    project.edit(ENGLISH, MATERIAL)
    client = Client(project.app())
    shown = client.get("/hi/search?q=मेल जितना अच्छा ऑपरेशन के सफल होने की संभावना").get_text()
    assert HINDI not in shown


def test_a_signed_article_has_no_notice_of_a_draft_until_one_text_changes(
    project: Project,
) -> None:
    (project.folder / "translations/reviewers.toml").write_text(REVIEWER, encoding="utf-8")
    project.run("sign", "hi", "--by", "sen", "--role", "language")
    assert DRAFT in project.page().get_text(), "no doctor has signed"
    project.run("sign", "hi", "--by", "sen", "--role", "clinical")
    assert DRAFT not in project.page().get_text()
    project.change(ENGLISH, msgstr=HINDI.replace("बेहतर", "अधिक"))
    assert DRAFT in project.page().get_text()


def test_a_language_that_is_mostly_missing_is_offered_as_partial(project: Project) -> None:
    whole = only(project.page("en"), ".switch a")
    assert whole.select("small") == []
    text = project.catalog.read_text(encoding="utf-8")
    head, *entries = text.split("\n\n")
    half = entries[: len(entries) // 2]
    project.catalog.write_text("\n\n".join([head, *half]) + "\n", encoding="utf-8")
    note = only(project.page("en"), ".switch a small")
    assert note.get_text() == "(कुछ हिस्सा अंग्रेज़ी में)"


def test_an_interface_text_stays_while_only_its_english_was_corrected(project: Project) -> None:
    file = project.folder / "translations/hi/LC_MESSAGES/messages.po"
    text = file.read_text(encoding="utf-8")
    entry = 'msgid "Skip to the text"'
    assert entry in text
    for before, is_shown in (("Skip to the Text", True), ("Skip to the end", False)):
        stale = f'#, fuzzy\n#| msgid "{before}"\n{entry}'
        file.write_text(text.replace(entry, stale), encoding="utf-8")
        page = project.app().test_client().get(f"/hi{ARTICLE}").text
        assert ("Skip to the text" not in page) is is_shown


def test_a_site_without_stale_translations_reads_no_word_lists(project: Project) -> None:
    for file in (project.folder / "translations/en/words").iterdir():
        file.unlink()
    assert block(project.page(), HINDI)
