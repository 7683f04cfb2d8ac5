"""People who look now and then, and do whatever they do to what they saw, as Hypothesis wants."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

import hypothesis.strategies as st
import pytest
from flask import Flask
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from blueprints import audit, changes
from blueprints.database import db
from blueprints.models import (
    Answer,
    AnswerText,
    AuditHead,
    Change,
    Draft,
    Lane,
    Mail,
    Person,
    Question,
    Reason,
    State,
    Step,
)
from blueprints.moderation import drafting, steps
from blueprints.moderation.drafting import ConflictError, Text
from blueprints.questions import erasure
from tests.moderation.desk import ask
from tests.moderation.expected import Expected, Typed, Words, compare

PEOPLE = 3
_QUESTIONS = 2
_LANGUAGES = ("en", "hi")
_LONG_AGO = datetime(2020, 1, 1, 3, tzinfo=UTC)
_KEPT_SINCE = datetime(2021, 1, 1, tzinfo=UTC)
_SIMPLE = (Step.MARK_SPAM, Step.REOPEN, Step.RELEASE)
_WRITTEN = (Question, Draft, Answer, AnswerText, Mail, AuditHead, Change)

# Who acts on which question, and whether they look at it before.
At = tuple[int, int, bool]
_at = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, _QUESTIONS - 1), st.booleans())
_languages = st.lists(st.sampled_from(_LANGUAGES), min_size=1, unique=True).map(sorted)
_fields = st.tuples(*2 * [st.sampled_from(["new", "as it was", "empty"])])
_asked = st.tuples(st.sampled_from(_LANGUAGES), st.sampled_from(Lane), st.booleans())
_numbers = count(1)


@dataclass(frozen=True)
class View:
    """What somebody saw of a question when they last looked."""

    version: int
    # By language: the words, the draft's version, and the number of its saving.
    drafts: dict[str, tuple[Words, int, int]]


class Crowd(RuleBasedStateMachine):
    """Drives the model through its functions, and compares it with what is expected."""

    app: Flask

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[int] = []
        self.expected: list[Expected] = []
        self.views: dict[tuple[int, int], View] = {}

    @initialize(asked=st.lists(_asked, min_size=_QUESTIONS, max_size=_QUESTIONS))
    def ask(self, asked: list[tuple[str, Lane, bool]]) -> None:
        with self.app.app_context():
            self.people = db.session.scalars(select(Person.id).limit(PEOPLE)).all()
            self.changes = changes.read()
        for language, lane, is_old in asked:
            old: dict[str, Any] = {"asked_at": _LONG_AGO} if is_old else {}
            secrets: dict[str, Any] = {"name": "Kamala", "contact": b"sealed"}
            self.ids.append(ask(self.app, "Will it hurt?", language, lane=lane, **secrets, **old))
            self.expected.append(Expected(language, lane, is_old))
        for person in range(PEOPLE):
            for question in range(_QUESTIONS):
                self._look(person, question)

    @rule(at=_at, languages=_languages, fields=_fields, offers=st.booleans())
    def save(self, at: At, languages: list[str], fields: tuple[str, str], offers: bool) -> None:
        id_, expected, view = self._view(at)
        texts, typed = _type(view, languages, fields)
        may = expected.may_save(typed, offers=offers)
        self._do(at, may, lambda by: drafting.save(id_, texts, by, is_offered=offers))
        if may:
            expected.save(typed, offers=offers)

    @rule(at=_at, languages=_languages, fields=_fields)
    def publish(self, at: At, languages: list[str], fields: tuple[str, str]) -> None:
        id_, expected, view = self._view(at)
        texts, typed = _type(view, languages, fields)
        may = expected.may_publish(view.version, typed)
        self._do(at, may, lambda by: steps.publish(id_, view.version, texts, by))
        if may:
            expected.publish(typed)

    @rule(at=_at)
    def unpublish(self, at: At) -> None:
        self._step(at, Step.UNPUBLISH, steps.unpublish)

    @rule(at=_at, reason=st.sampled_from(Reason))
    def decline(self, at: At, reason: Reason) -> None:
        def act(id_: int, version: int, by: Person) -> None:
            steps.decline(id_, version, reason, None, by)

        self._step(at, Step.DECLINE, act)

    @rule(at=_at, step=st.sampled_from(_SIMPLE))
    def simple(self, at: At, step: Step) -> None:
        def act(id_: int, version: int, by: Person) -> None:
            steps.simple(step, id_, version, by)

        self._step(at, step, act)

    @rule(question=st.integers(0, 3 * _QUESTIONS))
    def withdraw(self, question: int) -> None:
        """Now and then, as nothing more happens to it."""
        if question < _QUESTIONS and self.expected[question].state != State.WITHDRAWN:
            with self.app.app_context():
                erasure.withdraw(self.ids[question])
            self.expected[question].withdraw()

    @rule()
    def purge(self) -> None:
        due = [each for each in self.expected if each.is_due()]
        with self.app.app_context():
            assert erasure.purge(_KEPT_SINCE) == len(due)
        for each in due:
            each.purge()

    @invariant()
    def all_is_as_expected(self) -> None:
        with self.app.app_context():
            audit.verify()
            for id_, expected in zip(self.ids, self.expected, strict=True):
                compare(db.session.get_one(Question, id_), expected)
            now = changes.read()
        raised = now.number - self.changes.number, now.removals - self.changes.removals
        assert raised == (
            sum(each.changes for each in self.expected),
            sum(each.removals for each in self.expected),
        )

    def teardown(self) -> None:
        """Withdraw what is left, so that no purge of another crowd finds it."""
        for question in range(len(self.ids)):
            self.withdraw(question)
        if self.ids:
            self.all_is_as_expected()

    def _view(self, at: At) -> tuple[int, Expected, View]:
        person, question, is_fresh = at
        if is_fresh:
            self._look(person, question)
        return self.ids[question], self.expected[question], self.views[person, question]

    def _look(self, person: int, question: int) -> None:
        expected = self.expected[question]
        with self.app.app_context():
            drafts = db.session.get_one(Question, self.ids[question]).drafts
            versions = {draft.language: draft.version for draft in drafts}
        self.views[person, question] = View(
            expected.version,
            {
                code: (expected.words(code), versions.get(code, 0), expected.saving(code))
                for code in _LANGUAGES
            },
        )

    def _step(self, at: At, step: Step, act: Callable[[int, int, Person], None]) -> None:
        id_, expected, view = self._view(at)
        may = expected.may(step, view.version)
        self._do(at, may, lambda by: act(id_, view.version, by))
        if may:
            expected.take(step)

    def _do(self, at: At, may: bool, act: Callable[[Person], None]) -> None:
        """Have it done, or refused without a trace."""
        with self.app.app_context():
            by = db.session.get_one(Person, self.people[at[0]])
            if may:
                act(by)
                return
            before = _everything()
            with pytest.raises(ConflictError):
                act(by)
            assert _everything() == before, "a refused step changed something"


def _type(
    view: View, languages: list[str], fields: tuple[str, str]
) -> tuple[list[Text], list[Typed]]:
    """What is written over what was seen: for the form, and for what is expected."""
    texts, typed = [], []
    for code in languages:
        seen, version, saving = view.drafts[code]
        wording, answer = map(_written, seen, fields)
        texts.append(Text(code, wording, answer, version))
        typed.append(Typed(code, (wording, answer), saving))
    return texts, typed


def _written(text: str, how: str) -> str:
    return {"new": f"words {next(_numbers)}", "empty": ""}.get(how, text)


def _everything() -> list[list[str]]:
    return [sorted(map(repr, db.session.execute(select(table.__table__)))) for table in _WRITTEN]
