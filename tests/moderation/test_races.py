"""People who act at the same moment: one is first, and nobody's words are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from threading import Event, get_ident
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from blueprints import audit
from blueprints.database import db
from blueprints.models import (
    Answer,
    AnswerText,
    AuditEntry,
    Draft,
    Lane,
    Person,
    Question,
    Reason,
    State,
    Step,
)
from blueprints.moderation import drafting, steps
from blueprints.moderation.drafting import Text
from blueprints.questions import erasure
from tests.moderation.conftest import Sit
from tests.moderation.contest import Score, contest
from tests.moderation.desk import add_person, ask, looking
from tests.moderation.racing import at_once, attempts

MODERATORS, CONTESTS = 8, 4
WAIT_SECONDS = 2  # less than the database waits
many_times = pytest.mark.parametrize("time", range(10))
Me = Callable[[], Person]
TEXT = Text("en", "Will it hurt?", "A little, for some days.")
HINDI = Text("hi", "क्या दर्द होगा?", "कुछ दिन, थोड़ा।")


@pytest.fixture(scope="module")
def id_of_me(app: Flask) -> int:
    email = add_person(app)
    with app.app_context():
        return db.session.scalars(select(Person.id).filter_by(email=email)).one()


@pytest.fixture
def me(id_of_me: int) -> Me:
    """Whoever acts, in the session of the thread that asks."""
    return lambda: db.session.get_one(Person, id_of_me)


@pytest.fixture(autouse=True)
def audited(app: Flask) -> Iterator[None]:
    yield
    with app.app_context():
        audit.verify()


def test_of_eight_who_publish_one_is_first_and_the_others_see_both_texts(
    app: Flask, sit: Sit
) -> None:
    desks = [sit(en=f"Dr Number {number}") for number in range(MODERATORS)]
    score = Score()
    for _ in range(CONTESTS):
        contest(app, desks, ask(app, "Will it hurt?"), score)
    losers = 2 * (MODERATORS - 1) * CONTESTS
    assert (score.publishes, score.faults) == (CONTESTS, 0)
    assert (score.losers, score.losers_shown) == (losers, losers)
    assert score.words_lost == 0


@many_times
def test_no_draft_outlives_a_withdrawal(app: Flask, me: Me, time: int) -> None:
    id_ = ask(app, "Will it hurt?")
    attempts(
        app,
        lambda: drafting.save(id_, [TEXT], me()),
        lambda: erasure.withdraw(id_),
        lambda: drafting.save(id_, [HINDI], me()),
    )
    _assert_withdrawn(app, id_)


@many_times
def test_nor_one_that_was_there_before(app: Flask, me: Me, time: int) -> None:
    id_ = ask(app, "Will it hurt?")
    with app.app_context():
        drafting.save(id_, [TEXT, HINDI], me())
        drafts = db.session.get_one(Question, id_).drafts
        texts = [Text(each.language, "", "Another answer.", each.version) for each in drafts]
    attempts(
        app,
        lambda: drafting.save(id_, texts, me()),
        lambda: erasure.withdraw(id_),
        lambda: drafting.save(id_, reversed(texts), me()),
    )
    _assert_withdrawn(app, id_)


@many_times
def test_no_answer_outlives_a_withdrawal(app: Flask, me: Me, time: int) -> None:
    id_ = ask(app, "Will it hurt?")
    attempts(
        app,
        lambda: erasure.withdraw(id_),
        lambda: steps.publish(id_, 1, [TEXT], me()),
        lambda: steps.publish(id_, 1, [HINDI], me()),
    )
    _assert_withdrawn(app, id_)


@many_times
def test_nor_an_answer_that_is_published_anew(app: Flask, me: Me, time: int) -> None:
    id_ = _published(app, me)
    attempts(
        app,
        lambda: erasure.withdraw(id_),
        lambda: steps.publish(id_, 2, [HINDI], me()),
        lambda: steps.unpublish(id_, 2, me()),
    )
    _assert_withdrawn(app, id_)


@many_times
def test_one_is_either_declined_or_published_or_spam(app: Flask, me: Me, time: int) -> None:
    ends = {State.DECLINED, State.PUBLISHED, State.SPAM}
    id_ = ask(app, "Will it hurt?")
    done = attempts(
        app,
        lambda: steps.decline(id_, 1, Reason.OTHER, None, me()),
        lambda: steps.publish(id_, 1, [TEXT], me()),
        lambda: steps.simple(Step.MARK_SPAM, id_, 1, me()),
    )
    assert sum(done) == 1
    with looking(app, id_) as question:
        assert question.state in ends
        assert (question.state == State.PUBLISHED) == (question.answer is not None)
        assert question.version == 2


@many_times
def test_an_answer_is_either_taken_back_or_published_anew(app: Flask, me: Me, time: int) -> None:
    id_ = _published(app, me)
    done = attempts(
        app,
        lambda: steps.unpublish(id_, 2, me()),
        lambda: steps.publish(id_, 2, [HINDI], me()),
        lambda: steps.unpublish(id_, 2, me()),
    )
    assert sum(done) == 1
    with looking(app, id_) as question:
        assert {draft.language for draft in question.drafts} >= {"en"}


def test_what_is_written_while_an_answer_is_taken_back_is_kept(app: Flask, me: Me) -> None:
    """Also of a question so old that its drafts were erased: both make the first one then."""
    id_ = _published(app, me)
    with app.app_context():
        erasure.purge(datetime.now(UTC))
        engine = db.engine
    revised = Text("en", "Will it hurt?", "For a week, a little.")
    is_written, is_waiting = Event(), Event()

    def save() -> None:
        with drafting.all_or_nothing():
            drafting.write(id_, [revised], me())
            is_written.set()
            assert is_waiting.wait(WAIT_SECONDS)

    def unpublish() -> None:
        assert is_written.wait(WAIT_SECONDS)
        unpublisher.add(get_ident())
        steps.unpublish(id_, 3, me())

    unpublisher: set[int] = set()

    def look(*told: Any) -> None:
        statement = told[2]
        if get_ident() in unpublisher and not statement.startswith(("SELECT", "PRAGMA")):
            is_waiting.set()

    event.listen(engine, "before_cursor_execute", look)
    assert attempts(app, save, unpublish) == [True, True]
    event.remove(engine, "before_cursor_execute", look)
    with looking(app, id_) as question:
        assert [draft.answer for draft in question.drafts] == [revised.answer]


@many_times
def test_a_purge_waits_for_those_who_decide_and_ends(app: Flask, me: Me, time: int) -> None:
    ids = [_published(app, me) for _ in range(3)]

    def unpublish_all() -> None:
        for id_ in reversed(ids):
            steps.unpublish(id_, 2, me())

    def withdraw_all() -> None:
        for id_ in reversed(ids):
            erasure.withdraw(id_)

    attempts(app, unpublish_all, lambda: erasure.purge(datetime.now(UTC)), withdraw_all)
    for id_ in ids:
        _assert_withdrawn(app, id_)


def test_of_one_who_decides_many_and_one_who_decides_each_one_is_first(
    app: Flask, sit: Sit
) -> None:
    held = [ask(app, f"Contested {number}?", lane=Lane.HELD) for number in range(6)]
    many, each = sit(), sit(en="Dr Arun Sen")
    chosen = {"step": "release", "question": [f"{id_}.1" for id_ in held]}
    at_once(
        [
            lambda: many.send("/moderation/queue?shelf=held", chosen),
            lambda: [
                each.send(
                    f"/moderation/questions/{id_}/decide", {"step": "mark-spam", "version": "1"}
                )
                for id_ in reversed(held)
            ],
        ]
    )
    with app.app_context():
        for id_ in held:
            taken = select(func.count()).where(AuditEntry.question_id == id_)
            assert db.session.scalars(taken).one() == 1
            question = db.session.get_one(Question, id_)
            assert question.version == 2
            is_released = (question.state, question.lane) == (State.WAITING, Lane.OPEN)
            assert is_released != (question.state == State.SPAM)


def _published(app: Flask, me: Me) -> int:
    id_ = ask(app, "Will it hurt?")
    with app.app_context():
        steps.publish(id_, 1, [TEXT], me())
    return id_


def _assert_withdrawn(app: Flask, id_: int) -> None:
    with app.app_context():
        question = db.session.get_one(Question, id_)
        assert (question.state, question.text) == (State.WITHDRAWN, None)
        for table in (Draft, Answer, AnswerText):
            rows = select(func.count()).where(table.question_id == id_)
            assert db.session.scalars(rows).one() == 0, table
