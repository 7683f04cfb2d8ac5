"""Mail to moderators, that questions wait, given to a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import update

from app import create_app
from blueprints import database
from blueprints.database import db
from blueprints.mail import notices
from blueprints.models import Lane, QueueNotice, Role
from tests.moderation.desk import add_person, ask
from tests.serving import free_port
from tests.smtp import MailServer, mail_server

NEVER = datetime(2026, 1, 1, tzinfo=UTC)
Build = Callable[..., Flask]


@pytest.fixture(scope="module")
def smtp() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def build(settings: dict[str, str], smtp: MailServer) -> Iterator[Build]:
    """Makes applications on one database, whose moderators have been told of nothing."""
    made: list[Flask] = []

    def build(**further: str) -> Flask:
        wanted = {"REEDH_SMTP_URL": smtp.url, "REEDH_QUEUE_MAIL": "immediate"} | further
        made.append(create_app(settings | wanted))
        return made[-1]

    smtp.letters.clear()
    app = build()
    with app.app_context():
        database.upgrade()
        tell_all_is_new()
    yield build
    for app in made:
        with app.app_context():
            db.engine.dispose()


def tell_all_is_new() -> None:
    db.session.execute(update(QueueNotice).values(question_id=0, told_at=NEVER))
    db.session.commit()


def test_moderators_are_told_once_how_many_wait_and_nothing_else(
    build: Build, smtp: MailServer
) -> None:
    app = build()
    for role in Role:
        add_person(app, role)
    add_person(app)
    for text, is_urgent in (("Will it hurt?", False), ("I cannot feel my legs.", True)):
        ask(app, text, is_urgent=is_urgent)
    ask(app, "Buy now!", lane=Lane.HELD)
    with app.app_context():
        assert [notices.tell_moderators() for _ in range(2)] == [2, 0]
    told = smtp.letters[0].get_content()
    assert "2 questions wait for a clinician." in told
    assert "1 of them may be an emergency." in told
    assert "/moderation/queue" in told
    assert not any("hurt" in letter.as_string() for letter in smtp.letters)


def test_a_notice_that_no_server_took_is_sent_later(build: Build, smtp: MailServer) -> None:
    away = build(REEDH_SMTP_URL=f"smtp://localhost:{free_port()}")
    add_person(away)
    ask(away, "Will it hurt?")
    with away.app_context(), pytest.raises(ConnectionRefusedError):
        notices.tell_moderators()
    with build().app_context():
        assert notices.tell_moderators()
    assert smtp.letters


def test_whoever_wants_no_mail_gets_none(build: Build, smtp: MailServer) -> None:
    app = build(REEDH_QUEUE_MAIL="off")
    add_person(app)
    ask(app, "Will it hurt?")
    with app.app_context():
        assert notices.tell_moderators() == 0
    assert smtp.letters == []


def test_a_mail_a_day_is_enough(build: Build) -> None:
    app = build(REEDH_QUEUE_MAIL="daily")
    add_person(app)
    ask(app, "Will it hurt?")
    with app.app_context():
        today = datetime.now(UTC)
        db.session.execute(update(QueueNotice).values(question_id=0, told_at=today))
        db.session.commit()
        assert notices.tell_moderators() == 0


def test_an_address_that_is_refused_keeps_no_notice_from_the_others(
    build: Build, smtp: MailServer
) -> None:
    app = build()
    refused, *_others = [add_person(app) for _ in range(2)]
    smtp.refused = {refused}
    ask(app, "Will it hurt?")
    with app.app_context():
        told = notices.tell_moderators()
        assert told == len(smtp.letters) > 0
        assert refused not in {letter["To"] for letter in smtp.letters}
        assert notices.tell_moderators() == 0, "nobody is told again because of it"
    smtp.refused = set()


def test_when_all_are_refused_it_is_tried_again_after_a_while(
    build: Build, smtp: MailServer
) -> None:
    app = build()
    add_person(app)
    ask(app, "Will it hurt?")
    smtp.refusal = "450 later"
    with app.app_context():
        assert notices.tell_moderators() == 0
        smtp.refusal = ""
        assert notices.tell_moderators() == 0, "not at once"
        db.session.execute(update(QueueNotice).values(told_at=NEVER))
        db.session.commit()
        assert notices.tell_moderators() > 0
