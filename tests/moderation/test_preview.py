"""The preview shows what readers get, in every combination of wordings and answers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from blueprints.questions import erasure
from tests.moderation.conftest import Sit
from tests.moderation.desk import ARTICLE, Desk, ask
from tests.page import only
from tests.publishing import publish

LANGUAGES = ("en", "hi")
WORDING = {"en": "Will the pain come back?", "hi": "क्या दर्द लौटेगा?"}
ANSWER = {"en": "It may.", "hi": "हो सकता है।"}

# Of each language: has it a wording, has it an answer?
COMBINATIONS = list(product([(False, False), (True, False), (False, True), (True, True)], repeat=2))


def texts(combination: tuple[tuple[bool, bool], ...], version: str) -> dict[str, str]:
    fields = {}
    for code, (has_wording, has_answer) in zip(LANGUAGES, combination, strict=True):
        fields[f"wording_{code}"] = WORDING[code] + version if has_wording else ""
        fields[f"answer_{code}"] = ANSWER[code] + version if has_answer else ""
    return fields


def previewed(desk: Desk) -> dict[str, str]:
    """The answer as it will be shown to readers of each language."""
    shown = desk.page.select(".preview div[lang]:has(> article)")
    return {str(each["lang"]): said(each.select_one("article")) for each in shown}


def published(app: Flask, id_: int, language: str) -> str:
    path = f"/{language}/articles/{ARTICLE}/answers?answer={id_}"
    page = BeautifulSoup(app.test_client().get(path).get_data(), "html5lib")
    return said(only(page, f"#answer-{id_}"))


def said(article: object) -> str:
    """Every text and language in it."""
    page = BeautifulSoup(str(article), "html5lib")
    languages = [str(each["lang"]) for each in page.select("[lang]")]
    return " ".join([*page.get_text(" ").split(), *languages])


def check(app: Flask, desk: Desk, id_: int) -> None:
    """Publish what is previewed, and compare."""
    before = previewed(desk)
    for shown in before.values():
        assert any(wording in shown for wording in WORDING.values()), "no question"
    desk.press("form .main", checked=True)
    assert {code: published(app, id_, code) for code in before} == before


@pytest.mark.parametrize("asked_in", LANGUAGES)
def test_the_preview_is_what_readers_get(app: Flask, sit: Sit, asked_in: str) -> None:
    desk = sit()
    done = []
    for combination in COMBINATIONS:
        id_ = ask(app, WORDING[asked_in], asked_in)
        can_be_shown = (True, True) in combination
        desk.open(f"/moderation/questions/{id_}")
        desk.press("[name=preview]", 200 if can_be_shown else 422, **texts(combination, ""))
        if can_be_shown:
            check(app, desk, id_)
            done.append(id_)
    assert len(done) == 7


def test_so_it_is_of_an_answer_that_is_changed(app: Flask, sit: Sit) -> None:
    desk, first = sit(), "hi"
    id_ = publish(app, hi=(WORDING[first], ANSWER[first]))
    for number, combination in enumerate(COMBINATIONS):
        with app.app_context():
            erasure.purge(datetime.now(UTC) + timedelta(days=1))  # its drafts go for their age
        desk.open(f"/moderation/questions/{id_}")
        answered = [code for code, each in zip(LANGUAGES, combination, strict=True) if each[1]]
        is_first_put = combination[LANGUAGES.index(first)][0] or first not in answered
        status = 200 if answered and is_first_put else 422
        desk.press("[name=preview]", status, **texts(combination, f" {number}"))
        if status == 200:
            check(app, desk, id_)
