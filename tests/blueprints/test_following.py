"""A running site follows what is published and taken back, and what it cannot read it hides."""

from __future__ import annotations

import time
import urllib.request
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import text

from blueprints.database import db
from tests.conftest import ARTICLE
from tests.publishing import publish, unpublish, withdraw
from tests.ready import ready
from tests.serving import serving

SECONDS = 20
WORD = "zanzibar"
SHOWING = (f"/hi{ARTICLE}", f"/en{ARTICLE}/answers", "/en/search.json?q=travel")


@pytest.fixture(scope="module")
def app(settings: dict[str, str]) -> Iterator[Flask]:
    with ready(settings) as app:
        yield app


@pytest.fixture(scope="module")
def site(app: Flask, settings: dict[str, str]) -> Iterator[str]:
    with serving(**settings) as address:
        yield address


def wait_until(site: str, path: str, *, shows: bool) -> None:
    """Ask until the page at `path` has the answer, or has it no more."""
    deadline = time.monotonic() + SECONDS
    while True:
        with urllib.request.urlopen(site + path) as answer:
            if (WORD in answer.read().decode()) == shows:
                return
        assert time.monotonic() < deadline, path
        time.sleep(0.05)


def test_readers_see_an_answer_until_it_is_taken_back(app: Flask, site: str) -> None:
    for take_back in (unpublish, withdraw):
        number = publish(app, en=("May I travel?", f"To {WORD}."))
        for path in SHOWING:
            wait_until(site, path, shows=True)
        take_back(app, number)
        for path in SHOWING:
            wait_until(site, path, shows=False)


def test_answers_go_while_nobody_can_tell_whether_they_were_removed(app: Flask, site: str) -> None:
    publish(app, en=("May I travel?", f"To {WORD}."))
    for path in SHOWING:
        wait_until(site, path, shows=True)
    with app.app_context():
        db.session.execute(text("ALTER TABLE change RENAME TO away"))
        db.session.commit()
        wait_until(site, SHOWING[0], shows=False)
        db.session.execute(text("ALTER TABLE away RENAME TO change"))
        db.session.commit()
    wait_until(site, SHOWING[0], shows=True)
