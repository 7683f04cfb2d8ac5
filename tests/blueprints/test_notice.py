"""With each question stands the notice that its asker was shown, and none that nobody was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import create_app
from blueprints.database import db
from blueprints.models import Notice, Question
from blueprints.questions import notice, receipts
from blueprints.upkeep import Upkeep
from tests.ready import ready

FORGED = "deadbeefdead"


@pytest.fixture(scope="module")
def app(settings: dict[str, str]) -> Iterator[Flask]:
    with ready(settings) as app:
        yield app


def shown(app: Flask, language: str, path: str = "ask") -> str:
    """The version that the form tells."""
    page = app.test_client().get(f"/{language}/{path}").get_data(as_text=True)
    found = re.search(r'name="notice" value="([0-9a-f]{12})"', page)
    assert found
    return found[1]


def send(app: Flask, version: str | None, language: str = "en") -> str:
    """Ask as a phone does that shows this notice; which notice stands with the question."""
    client = app.test_client()
    receipt = receipts.make()
    token: Any = client.get("/token").json
    data = {"question": "Will my back hurt?", "consent": "y", "receipt": receipt, **token}
    if version is not None:
        data["notice"] = version
    headers = {"Accept": "application/json"}
    assert client.post(f"/{language}/ask", data=data, headers=headers).status_code == 201
    with app.app_context():
        found = select(Question.notice).filter_by(receipt_hash=receipts.hash_of(receipt))
        return db.session.scalars(found).one()


def test_a_form_tells_the_notice_of_its_language(app: Flask) -> None:
    versions = {language: shown(app, language) for language in ("en", "hi")}
    assert len(set(versions.values())) == 2
    for language, version in versions.items():
        assert shown(app, language, "kept/ask") == version
        assert send(app, version, language) == version
    assert send(app, versions["hi"], "en") == versions["hi"], "read in one, asked in the other"


@pytest.mark.parametrize("told", [FORGED, "", None, "x", "0" * 13, f"{FORGED}\n", "ABCDEF012345"])
def test_a_notice_that_was_never_shown_is_not_kept_as_shown(app: Flask, told: str | None) -> None:
    assert send(app, told) == ""


def test_an_earlier_notice_stays_known_and_its_text_is_kept(
    app: Flask, settings: dict[str, str]
) -> None:
    for _ in range(2):  # another process, another day
        Upkeep(app, notice.TASK).run()
    earlier = {language: shown(app, language) for language in ("en", "hi")}
    updated = create_app(settings | {"REEDH_RETENTION_DAYS": "90"})
    for language, version in earlier.items():
        assert shown(updated, language) != version
        assert send(updated, version) == version
    assert send(updated, FORGED) == ""
    with updated.app_context():
        kept = {each.version: each for each in db.session.scalars(select(Notice))}
        for language, version in earlier.items():
            assert kept[version].language == language
            assert "365" in kept[version].text
        engine = db.engine
    engine.dispose()
