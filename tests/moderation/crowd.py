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
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select, update

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

PEOPLE = 2
_LANGUAGES = ("en", "hi")
_LONG_AGO = datetime(2020, 1, 1, 3, tzinfo=UTC)
_KEPT_SINCE = datetime(2021, 1, 1, tzinfo=UTC)
_STEPS = (Step.UNPUBLISH, Step.DECLINE, Step.MARK_SPAM, Step.REOPEN, Step.RELEASE)
_WRITTEN = (Question, Draft, Answer, AnswerText, Mail, AuditHead, Change)

# Who acts, and whether they look before.
At = tuple[int, bool]
_at = st.tuples(st.integers(0, PEOPLE - 1), st.booleans())
_languages = st.lists(st.sampled_from(_LANGUAGES), min_size=1, unique=True).map(sorted)
_fields = st.tuples(*2 * [st.sampled_from(["new", "new", "as it was", "empty"])])
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
        self.views: dict[int, View] = {}

    @initialize(
        language=st.sampled_from(_LANGUAGES), lane=st.sampled_from(Lane), is_old=st.booleans()
    )
    def ask(self, language: str, lane: Lane, is_old: bool) -> None:
        more: dict[str, Any] = {"lane": lane, "name": "Kamala", "contact": b"sealed"}
        if is_old:
            more["asked_at"] = _LONG_AGO
        self.id = ask(self.app, "Will it hurt?", language, **more)
        self.expected = Expected(language, lane, is_old)
        with self.app.app_context():
            self.people = db.session.scalars(select(Person.id).limit(PEOPLE)).all()
            self.changes = changes.read()
        for person in range(PEOPLE):
            self._look(person)

    @rule(at=_at, languages=_languages, fields=_fields, offers=st.booleans())
    def save(self, at: At, languages: list[str], fields: tuple[str, str], offers: bool) -> None:
        texts, typed = _type(self._view(at), languages, fields)
        may = self.expected.may_save(typed, offers=offers)
        self._do(at, may, lambda by: drafting.save(self.id, texts, by, is_offered=offers))
        if may:
            self.expected.save(typed, offers=offers)

    @rule(at=_at, languages=_languages, fields=_fields)
    def publish(self, at: At, languages: list[str], fields: tuple[str, str]) -> None:
        view = self._view(at)
        texts, typed = _type(view, languages, fields)
        may = self.expected.may_publish(view.version, typed)
        self._do(at, may, lambda by: steps.publish(self.id, view.version, texts, by))
        if may:
            self.expected.publish(typed)

    @rule(at=_at, data=st.data(), is_likely=st.integers(0, 3))
    def take(self, at: At, data: st.DataObject, is_likely: int) -> None:
        """A step that the state allows, as pages offer no other, and sometimes another."""
        version = self._view(at).version
        allowed = [step for step in _STEPS if self.expected.may(step, self.expected.version)]
        step = data.draw(st.sampled_from((is_likely and allowed) or _STEPS))
        may = self.expected.may(step, version)
        self._do(at, may, lambda by: self._take(step, version, by))
        if may:
            self.expected.take(step)

    @rule(is_sure=st.integers(0, 4))
    def withdraw(self, is_sure: int) -> None:
        """Now and then, as nothing more happens after it."""
        if is_sure == 0 and self.expected.state != State.WITHDRAWN:
            with self.app.app_context():
                erasure.withdraw(self.id)
            self.expected.withdraw()

    @precondition(lambda self: self.expected.is_due())
    @rule()
    def purge(self) -> None:
        with self.app.app_context():
            assert erasure.purge(_KEPT_SINCE) == 0, "asked long ago, decided just now"
            decided = update(Question).filter_by(id=self.id)
            db.session.execute(decided.values(decided_at=_LONG_AGO))
            db.session.commit()
            assert erasure.purge(_KEPT_SINCE) == 1
            assert erasure.purge(_KEPT_SINCE) == 0
        self.expected.purge()

    @invariant()
    def all_is_as_expected(self) -> None:
        with self.app.app_context():
            audit.verify()
            compare(db.session.get_one(Question, self.id), self.expected)
            now = changes.read()
        assert now.number - self.changes.number == self.expected.changes
        assert now.removals - self.changes.removals == self.expected.removals

    def teardown(self) -> None:
        """Withdraw it, so that no purge of another crowd finds it."""
        if self.views:
            self.withdraw(is_sure=0)
            self.all_is_as_expected()

    def _view(self, at: At) -> View:
        person, looks = at
        if looks:
            self._look(person)
        return self.views[person]

    def _look(self, person: int) -> None:
        with self.app.app_context():
            drafts = db.session.get_one(Question, self.id).drafts
            versions = {draft.language: draft.version for draft in drafts}
        seen = self.expected
        self.views[person] = View(
            seen.version,
            {
                code: (seen.words(code), versions.get(code, 0), seen.saving(code))
                for code in _LANGUAGES
            },
        )

    def _take(self, step: Step, version: int, by: Person) -> None:
        if step is Step.UNPUBLISH:
            steps.unpublish(self.id, version, by)
        elif step is Step.DECLINE:
            steps.decline(self.id, version, Reason.OTHER, None, by)
        else:
            steps.simple(step, self.id, version, by)

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
