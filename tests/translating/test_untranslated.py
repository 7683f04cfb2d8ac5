"""A text of the interface that waits for its translation is English, and says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polib
import pytest
from flask import Flask
from sqlalchemy import select

from blueprints.database import db
from blueprints.mail.message import queue_message
from blueprints.models import Person, Role
from tests import page
from tests.moderation.desk import Desk, add_person, ask
from tests.page import language_of, only
from tests.translating.another import copied, pages, site_with, team_pages, with_catalogs

MARKS = ("\ufdd0", "\\ufdd0")


def miss(entry: polib.POEntry) -> None:
    entry.msgstr = ""
    entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
    entry.tcomment = ""


def outdate(entry: polib.POEntry) -> None:
    """Leave it with the translation of an English that says something else."""
    entry.flags.append("fuzzy")
    entry.previous_msgid = "Never before 3 o’clock."
    entry.previous_msgid_plural = "Never before 4 o’clock." if entry.msgid_plural else None


def waiting(folder: Path, change: Callable[[polib.POEntry], None]) -> Flask:
    """The site where each Hindi text of the interface waits for a translator."""
    translations = copied(folder)
    file = translations / "hi/LC_MESSAGES/messages.po"
    catalog = polib.pofile(str(file), wrapwidth=0)
    for entry in catalog:
        change(entry)
    catalog.save()
    return with_catalogs(translations, REEDH_SMTP_URL="smtp://localhost:1")


@pytest.fixture(scope="module", params=[miss, outdate])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return waiting(tmp_path_factory.mktemp("waiting"), request.param)


def test_every_page_says_what_is_english(app: Flask) -> None:
    client = app.test_client()
    for path in pages(app, "hi"):
        response = client.get(path)
        text = response.get_data(as_text=True)
        assert not [mark for mark in MARKS if mark in text], path
        if response.mimetype == "text/html":
            english = page.check_inside(response).select('span[lang="en"]')
            assert len(english) >= 15, path
            assert not [each for each in english if each.has_attr("dir")]


def test_no_check_fails_for_it(app: Flask) -> None:
    for command in (["update", "--check"], ["check"]):
        result = app.test_cli_runner().invoke(args=["translations", *command])
        assert result.exit_code == 0, result.output


def test_so_do_errors(app: Flask) -> None:
    client = app.test_client()
    shown = page.check_inside(client.get("/hi/none"))
    assert language_of(only(only(shown, "h1"), "span")) == "en"
    told = client.get("/hi/none", headers={"Accept": "application/json"})
    assert not [mark for mark in MARKS if mark in told.get_data(as_text=True)]


@pytest.mark.parametrize("role", list(Role))
def test_so_do_the_pages_of_the_team(app: Flask, role: Role) -> None:
    id_ = ask(app, "क्या दर्द वापस आएगा?", "hi")
    desk = Desk(app, add_person(app, role), "hi")
    seen = 0
    for _endpoint, path in team_pages(app, id=id_, target="hi", kind="json"):
        response = desk.get(path)
        if response.mimetype == "text/html" and response.status_code == 200:
            seen += bool(page.check_inside(response).select('span[lang="en"]'))
        assert not [mark for mark in MARKS if mark in response.get_data(as_text=True)], path
    assert seen >= 3


def test_nobody_can_type_a_mark(tmp_path: Path) -> None:
    app = waiting(tmp_path, miss)
    desk = Desk(app, add_person(app), "hi")

    def elements(text: str) -> list[int]:
        shown = desk.download(f"/moderation/questions/{ask(app, text, 'hi')}")
        assert "दर्द" in shown
        return [shown.count(each) for each in ("<span", "</span")]

    typed = ("\ufdd0", "\ufdd1", "\ufdd0b", "\ufdd0e", "\\ufdd0b", "\\ufdd1")
    plain = elements("क्या दर्द लौटेगा?")
    assert [elements(f"क्या {each} दर्द लौटेगा?") for each in typed] == [plain] * len(typed)


def test_a_mail_has_no_marks(app: Flask) -> None:
    add_person(app)
    with app.app_context():
        person = db.session.scalars(select(Person)).first()
        assert person
        person.language = "hi"
        letter = queue_message(person, 3, 1, 7)
    assert letter["Subject"] == "Questions wait"
    assert not [mark for mark in MARKS if mark in letter.get_content()]


def test_what_is_filled_in_stays_in_the_language_of_the_page(app: Flask) -> None:
    id_ = ask(app, "क्या दर्द वापस आएगा?", "hi")
    desk = Desk(app, add_person(app), "hi")
    heading = only(desk.open(f"/moderation/questions/{id_}"), "h1")
    assert heading.get_text() == f"Question {id_}"
    assert only(heading, "span").get_text() == "Question "


def test_a_language_that_has_begun_says_it_too(tmp_path: Path) -> None:
    client = site_with(tmp_path, "ur").test_client()
    shown = page.check_inside(client.get("/ur/"))
    words = only(shown, "nav a[href='/ur/search'] span")
    assert (words["lang"], words["dir"], words.get_text()) == ("en", "ltr", "Search")
