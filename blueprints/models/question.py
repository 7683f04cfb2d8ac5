"""A question, and which steps its state allows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Protocol

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.models.answer import Answer, AnswerText, Draft
from blueprints.models.base import Model, UtcDateTime, one_of
from blueprints.models.mail import Mail
from blueprints.models.person import Person
from blueprints.models.states import FROM_TO, Lane, Reason, State, Step, StepError


class Worded(Protocol):
    """What is written about a question in one language, with its public wording."""

    @property
    def language(self) -> str: ...
    @property
    def wording(self) -> str: ...


class Question(Model):
    """What somebody asked.

    Of its receipt there is only the hash. When the text is erased, the receipt's hash, the state
    and the day stay, so that a late copy from some phone is not kept again.
    """

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("state <> 'withdrawn' OR text IS NULL", name="withdrawn_is_erased"),
        Index("question_queue", "state", "lane", "is_urgent", "asked_at"),
        Index("question_decided", "state", "decided_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[State] = mapped_column(one_of(State), default=State.WAITING)
    lane: Mapped[Lane] = mapped_column(one_of(Lane), default=Lane.OPEN)
    version: Mapped[int] = mapped_column()
    language: Mapped[str] = mapped_column(String(16))
    article: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    # An e-mail address, sealed.
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason: Mapped[Reason | None] = mapped_column(one_of(Reason, length=32))
    # The published answer that a declined question is led to.
    see_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    notice: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Whoever wrote last, and when, for those who look at it meanwhile.
    writer_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    written_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    mail: Mapped[Mail | None] = relationship(cascade="all, delete-orphan")
    answer: Mapped[Answer | None] = relationship(cascade="all, delete-orphan")
    drafts: Mapped[list[Draft]] = relationship(cascade="all, delete-orphan")
    writer: Mapped[Person | None] = relationship()

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it)

    @property
    def is_decided(self) -> bool:
        return self.state in {State.PUBLISHED, State.DECLINED}

    def said(self) -> tuple[str, str]:
        """Its words, and their language: what was asked, or what of it is still published."""
        if self.text is None and self.answer:
            return self.answer.wording(self.answer.language)
        return self.text or "", self.language

    def first_language(self, texts: Collection[Worded]) -> str | None:
        """The language an answer of these texts begins in; the others are its translations.

        None where it would show no question.
        """
        putting = {text.language for text in texts if text.wording}
        if self.answer:
            first = self.answer.language
            is_changed = any(text.language == first for text in texts)
            return None if is_changed and first not in putting else first
        return self.language if self.language in putting else min(putting, default=None)

    def allows(self, step: Step) -> bool:
        has_words = self.text is not None or self.answer is not None or bool(self.drafts)
        return has_words and self.state in FROM_TO[step][0]

    def publish(self, drafts: Sequence[Draft], by: Person) -> Step:
        """Show these drafts to all; the first time, have the asker told.

        Raises:
            StepError: the question is not to be answered now, a draft has no answer, or the
                question would be put by none.
        """
        step = Step.REVISE if self.state == State.PUBLISHED else Step.PUBLISH
        first = self.first_language(drafts)
        if not first or not drafts or not all(draft.answer for draft in drafts):
            raise StepError(step)
        self._take(step)
        if self.answer is None:
            assert self.article is not None
            assert self.decided_at is not None
            self.answer = Answer(
                article=self.article,
                language=first,
                person=by,
                published_at=self.decided_at,
                texts={},
            )
        for draft in drafts:
            self._show(draft)
        if step is Step.PUBLISH:
            self._tell_asker()
        return step

    def unpublish(self, by: Person) -> Step:
        """Take the answer back from readers; what was written stays as drafts.

        Raises:
            StepError: it is not published.
        """
        self._take(Step.UNPUBLISH)
        assert self.answer is not None
        assert self.decided_at is not None
        drafted = {draft.language for draft in self.drafts}
        for text in self.answer.texts.values():
            if text.language not in drafted:  # erased for its age
                self.drafts.append(
                    Draft(
                        language=text.language,
                        wording=text.wording,
                        answer=text.answer,
                        writer=by,
                        is_offered=False,
                        saved_at=self.decided_at,
                    )
                )
        self.answer = None
        return Step.UNPUBLISH

    def decline(self, reason: Reason, see_id: int | None = None) -> Step:
        """Answer with a reason, and have the asker told.

        Raises:
            StepError: the question does not wait.
        """
        self._take(Step.DECLINE)
        self.reason = reason
        self.see_id = see_id
        self._tell_asker()
        return Step.DECLINE

    def mark_spam(self) -> Step:
        """Take it for advertising; its asker can see that, and is not told by mail.

        Raises:
            StepError: the question does not wait.
        """
        return self._take(Step.MARK_SPAM)

    def reopen(self) -> Step:
        """Have it wait again.

        Raises:
            StepError: it was not declined, nor taken for spam.
        """
        self._take(Step.REOPEN)
        self.reason = self.see_id = self.mail = None
        self.lane = Lane.OPEN
        return Step.REOPEN

    def release(self) -> Step:
        """Out of the held lane, to the others that wait.

        Raises:
            StepError: it is not held.
        """
        if self.lane != Lane.HELD:
            raise StepError(Step.RELEASE)
        self._take(Step.RELEASE)
        self.lane = Lane.OPEN
        return Step.RELEASE

    def withdraw(self) -> None:
        """At the asker's wish: nothing stays, in whatever state it is."""
        self.erase()
        self.state = State.WITHDRAWN
        self.answer = self.article = self.decided_at = None

    def erase(self) -> None:
        """Keep nothing but the receipt's hash, the state, the day, and what is published."""
        self.drafts = []  # first, as looking for them writes what was changed before
        self.text = self.name = self.contact = self.reason = self.see_id = self.mail = None
        self.writer_id = self.written_at = None
        self.is_urgent = False
        self.lane = Lane.OPEN
        self.asked_at = self.asked_at.replace(hour=0, minute=0, second=0, microsecond=0)

    def _take(self, step: Step) -> Step:
        if not self.allows(step):
            raise StepError(step)
        self.state = FROM_TO[step][1]
        self.decided_at = datetime.now(UTC)
        return step

    def _show(self, draft: Draft) -> None:
        assert self.answer is not None
        assert self.decided_at is not None
        text = self.answer.texts.get(draft.language)
        if text is None:
            text = AnswerText(language=draft.language)
            self.answer.texts[draft.language] = text
        text.wording, text.answer = draft.wording, draft.answer
        text.published_at = self.decided_at
        text.translator_id = draft.writer_id if draft.is_offered else None
        draft.is_offered = False

    def _tell_asker(self) -> None:
        if self.contact:
            self.mail = Mail(tries=0, due_at=datetime.now(UTC))
