"""What deciding should do, written down a second time and without a database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count

from sqlalchemy import func, select

from blueprints.database import db
from blueprints.models import (
    Answer,
    AnswerText,
    AuditEntry,
    Draft,
    Lane,
    Mail,
    Question,
    State,
    Step,
)

_FROM = {
    Step.PUBLISH: {State.WAITING},
    Step.REVISE: {State.PUBLISHED},
    Step.UNPUBLISH: {State.PUBLISHED},
    Step.DECLINE: {State.WAITING},
    Step.MARK_SPAM: {State.WAITING},
    Step.REOPEN: {State.DECLINED, State.SPAM},
    Step.RELEASE: {State.WAITING},
}
_TO = {
    Step.UNPUBLISH: State.WAITING,
    Step.DECLINE: State.DECLINED,
    Step.MARK_SPAM: State.SPAM,
    Step.REOPEN: State.WAITING,
    Step.RELEASE: State.WAITING,
}

Words = tuple[str, str]
NOTHING: Words = ("", "")
_savings = count(1)


@dataclass(frozen=True)
class Saved:
    """Words that are kept; no two savings have the same number."""

    words: Words
    number: int = field(default_factory=lambda: next(_savings))


@dataclass(frozen=True)
class Typed:
    """Words for one language, and the number of the saving that was seen before them."""

    language: str
    words: Words
    seen: int


@dataclass
class Expected:
    """A question as it should be."""

    language: str
    lane: Lane
    is_old: bool
    state: State = State.WAITING
    version: int = 1
    is_erased: bool = False
    answered_in: str = ""
    drafts: dict[str, Saved] = field(default_factory=dict)
    public: dict[str, Words] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    # By how much it has raised the change number, and the number of removals.
    changes: int = 0
    removals: int = 0

    def saving(self, language: str) -> int:
        saved = self.drafts.get(language)
        return saved.number if saved else 0

    def words(self, language: str) -> Words:
        """What is kept in a language, whether as a draft or only as what is published."""
        saved = self.drafts.get(language)
        return saved.words if saved else self.public.get(language, NOTHING)

    def may_save(self, typed: Iterable[Typed], *, offers: bool = False) -> bool:
        return self.state in {State.WAITING, State.PUBLISHED} and all(
            each.seen == self.saving(each.language) or (self._says(each) and not offers)
            for each in typed
        )

    def save(self, typed: Iterable[Typed], *, offers: bool = False) -> None:
        for each in typed:
            if offers or not self._says(each):
                self.drafts[each.language] = Saved(each.words)

    def may_publish(self, version: int, typed: list[Typed]) -> bool:
        if version != self.version or not self.may_save(typed):
            return False
        after = replace(self, drafts=dict(self.drafts))
        after.save(typed)
        shown = {each.language: after.words(each.language) for each in typed}
        shown = {code: words for code, words in shown.items() if code in after.drafts}
        if not shown or not all(answer for _wording, answer in shown.values()):
            return False
        if self.state == State.PUBLISHED:
            return self.answered_in not in shown or bool(shown[self.answered_in][0])
        return any(wording for wording, _answer in shown.values())

    def publish(self, typed: list[Typed]) -> None:
        self.save(typed)
        shown = {
            each.language: self.drafts[each.language].words
            for each in typed
            if each.language in self.drafts
        }
        is_first = self.state == State.WAITING
        if is_first:
            putting = [code for code, (wording, _answer) in shown.items() if wording]
            own = self.language in putting
            self.answered_in = self.language if own else min(putting)
        before, self.public = self.public, self.public | shown
        self.state = State.PUBLISHED
        self._took(Step.PUBLISH if is_first else Step.REVISE)
        self._changed(is_removal=any(self.public[code] != words for code, words in before.items()))

    def may(self, step: Step, version: int) -> bool:
        has_words = not self.is_erased or bool(self.public) or bool(self.drafts)
        is_here = step is not Step.RELEASE or self.lane is Lane.HELD
        return version == self.version and self.state in _FROM[step] and has_words and is_here

    def take(self, step: Step) -> None:
        self.state = _TO[step]
        if step in {Step.RELEASE, Step.REOPEN}:
            self.lane = Lane.OPEN
        if step is Step.UNPUBLISH:
            kept = {code: Saved(words) for code, words in self.public.items()}
            self.drafts = kept | self.drafts
            self._show_nothing()
        self._took(step)

    def withdraw(self) -> None:
        self.state = State.WITHDRAWN
        if self.public:
            self._show_nothing()
        self._erase()
        self._took(Step.WITHDRAW)

    def is_due(self) -> bool:
        """Whether a purge erases it, once it has been decided for long."""
        is_decided = self.state not in {State.WAITING, State.WITHDRAWN}
        return self.is_old and is_decided and not self.is_erased

    def purge(self) -> None:
        self._erase()
        self._took(Step.ERASE)

    def _says(self, typed: Typed) -> bool:
        saved = self.drafts.get(typed.language)
        return typed.words == (saved.words if saved else NOTHING)

    def _erase(self) -> None:
        self.is_erased, self.drafts, self.lane = True, {}, Lane.OPEN

    def _show_nothing(self) -> None:
        self.public = {}
        self._changed(is_removal=True)

    def _changed(self, *, is_removal: bool) -> None:
        self.changes += 1
        self.removals += is_removal

    def _took(self, step: Step) -> None:
        self.version += 1
        self.steps.append(step)


def compare(found: Question, expected: Expected) -> None:
    """Have the database hold what is expected, and nothing of what was withdrawn."""
    assert (found.state, found.lane) == (expected.state, expected.lane)
    assert found.version == expected.version
    assert (found.text is None) == expected.is_erased
    drafts = {draft.language: (draft.wording, draft.answer) for draft in found.drafts}
    assert drafts == {code: saved.words for code, saved in expected.drafts.items()}
    _compare_answer(found.answer, expected)
    entries = select(AuditEntry).filter_by(question_id=found.id).order_by(AuditEntry.seq)
    taken = [(entry.step, entry.version) for entry in db.session.scalars(entries)]
    assert taken == [(step, version) for version, step in enumerate(expected.steps, 2)]
    if found.state == State.WITHDRAWN:
        assert not any((found.text, found.name, found.contact, found.article, found.reason))
        for table in (Draft, Answer, AnswerText, Mail):
            rows = select(func.count()).where(table.question_id == found.id)
            assert db.session.scalars(rows).one() == 0


def _compare_answer(found: Answer | None, expected: Expected) -> None:
    assert (found is not None) == (expected.state == State.PUBLISHED)
    if found:
        texts = {code: (text.wording, text.answer) for code, text in found.texts.items()}
        assert texts == expected.public
        assert found.language == expected.answered_in
        assert all(found.wording(code)[0] for code in texts), "a question is never without words"
