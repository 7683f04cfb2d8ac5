"""What somebody does who saw an earlier question, as a person or a page left open does."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from blueprints import changes
from blueprints.database import db
from blueprints.models import Person, Question, State
from blueprints.moderation import drafting, steps
from blueprints.moderation.drafting import ConflictError, Text
from blueprints.questions import erasure
from tests.moderation.conftest import Sit
from tests.moderation.desk import add_person, ask, looking

QUESTION = "Will it hurt?"
TEXT = Text("en", QUESTION, "A little, for some days.")
HINDI = Text("hi", "क्या दर्द होगा?", "कुछ दिन, थोड़ा।")


@pytest.fixture(autouse=True)
def somebody(app: Flask) -> None:
    add_person(app)


def test_a_draft_is_never_taken_for_one_that_was_erased(app: Flask) -> None:
    id_ = ask(app, QUESTION)
    with app.app_context():
        drafting.save(id_, [TEXT], _me())
        seen = _version(id_)
        steps.publish(id_, 1, [Text("en", QUESTION, "For a week.", seen)], _me())
        erasure.purge(datetime.now(UTC))
        steps.unpublish(id_, 3, _me())
        with pytest.raises(ConflictError):
            drafting.save(id_, [Text("en", QUESTION, "Not at all.", seen)], _me())
    with looking(app, id_) as question:
        assert [draft.answer for draft in question.drafts] == ["For a week."]


def test_a_withdrawal_and_a_purge_are_one_version(app: Flask) -> None:
    ids = [ask(app, QUESTION) for _ in range(2)]
    with app.app_context():
        for id_ in ids:
            steps.publish(id_, 1, [TEXT], _me())
        erasure.withdraw(ids[0])
        erasure.purge(datetime.now(UTC))
        assert [db.session.get_one(Question, id_).version for id_ in ids] == [3, 3]


def test_only_what_is_taken_back_or_replaced_is_recalled(app: Flask) -> None:
    id_ = ask(app, QUESTION)
    with app.app_context():
        steps.publish(id_, 1, [TEXT], _me())
        before = changes.read()
        steps.publish(id_, 2, [HINDI], _me())
        assert _raised(before) == (1, 0), "a translation is added"
        seen = _version(id_)
        steps.publish(id_, 3, [Text("en", QUESTION, "For a week.", seen)], _me())
        assert _raised(before) == (2, 1)
        steps.unpublish(id_, 4, _me())
        assert _raised(before) == (3, 2)


def test_a_published_question_is_never_left_without_words(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    desk.open(f"/moderation/questions/{id_}")
    desk.press("[name=preview]", answer_en=TEXT.answer)
    desk.press("form .main", checked=True)
    desk.open(f"/moderation/questions/{id_}")
    desk.press("[name=preview]", 422, wording_en="")
    assert "Write the question" in desk.text("[role=alert]")
    desk.press(".write button:not([name])", wording_en="")
    with app.app_context(), pytest.raises(ConflictError):
        steps.publish(id_, 2, [Text("en", "", TEXT.answer, _version(id_))], _me())


def test_an_answer_whose_drafts_are_erased_is_written_on_from_what_is_published(
    app: Flask, sit: Sit
) -> None:
    id_ = ask(app, QUESTION)
    with app.app_context():
        steps.publish(id_, 1, [TEXT], _me())
        erasure.purge(datetime.now(UTC))
    desk = sit()
    desk.open(f"/moderation/questions/{id_}")
    assert desk.page.select("#answer-en")[0].get_text() == TEXT.answer
    desk.press("[name=preview]")
    desk.press("form .main", checked=True)
    with looking(app, id_) as question:
        assert question.answer is not None
        assert question.answer.texts["en"].answer == TEXT.answer


def test_whoever_would_publish_learns_that_another_has(app: Flask, sit: Sit) -> None:
    id_ = ask(app, QUESTION)
    one, two = sit(), sit(en="Dr Arun Sen")
    one.open(f"/moderation/questions/{id_}")
    one.press("[name=preview]", answer_en=TEXT.answer)
    two.open(f"/moderation/questions/{id_}")
    one.press("form .main", checked=True)
    two.press("[name=preview]", 409, answer_en="For a week.")
    assert "Published." in two.text()
    assert two.page.select("#answer-en")[0].get_text() == "For a week."
    two.press("[name=preview]")
    two.press("form .main", checked=True)
    with looking(app, id_) as question:
        assert question.state == State.PUBLISHED
        assert question.version == 3


@pytest.mark.parametrize("number", ["9" * 30, str(2**63), str(2**31)])
def test_a_number_no_database_holds_finds_nothing(app: Flask, sit: Sit, number: str) -> None:
    id_ = ask(app, QUESTION)
    desk = sit()
    desk.open(f"/moderation/questions/{number}", 404)
    desk.open(f"/moderation/canned/{number}", 404)
    desk.open(f"/moderation/translations/{number}/hi", 404)
    desk.open(f"/moderation/queue?after={number}&id={number}&done=publish")
    desk.open(f"/moderation/questions/{id_}")
    token = {"csrf_token": str(desk.page.select("[name=csrf_token]")[0]["value"])}
    desk.post("/moderation/queue", question=f"{number}.{number}", step="spam", **token)
    declined = {"step": "decline", "reason": "already-answered", "version": number, "see": number}
    desk.post(f"/moderation/questions/{id_}/decide", 409, **declined, **token)
    fields = {"wording-en": QUESTION, "answer-en": "A.", "draft-en": number, "canned": number}
    desk.post(f"/moderation/questions/{id_}", 303, **fields, **token)


def test_words_that_no_database_takes_are_left_out_of_a_search(app: Flask, sit: Sit) -> None:
    id_ = ask(app, f"{QUESTION} Left leg.")
    desk = sit()
    desk.open("/moderation/queue?q=Le%00ft+l%00eg")
    assert desk.page.select(f'a[href$="/questions/{id_}"]')


def _me() -> Person:
    return db.session.scalars(select(Person)).first() or Person()


def _version(id_: int) -> int:
    return db.session.get_one(Question, id_).drafts[0].version


def _raised(before: changes.Changes) -> tuple[int, int]:
    now = changes.read()
    return now.number - before.number, now.removals - before.removals
