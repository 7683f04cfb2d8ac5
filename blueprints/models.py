"""What is kept of a question, and which steps its state allows."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator


class State(StrEnum):
    WAITING = "waiting"
    PUBLISHED = "published"
    DECLINED = "declined"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"


class Reason(StrEnum):
    """Why a question is not answered here."""

    NEEDS_EXAMINATION = "needs-examination"
    EMERGENCY = "emergency"
    ALREADY_ANSWERED = "already-answered"
    OTHER_SUBJECT = "other-subject"
    PERSONAL_DETAILS = "personal-details"
    OTHER = "other"


class StepError(Exception):
    """The state of the question does not allow this step."""


class Lane(StrEnum):
    """Where a waiting question waits; none is refused for looking like spam."""

    OPEN = "open"
    HELD = "held"


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone, also where the database keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=value.tzinfo or UTC) if value else None


def _one_of(kind: type[StrEnum], length: int = 16) -> Enum:
    return Enum(kind, native_enum=False, length=length, values_callable=lambda each: [*each])


class Model(DeclarativeBase):
    pass


class Question(Model):
    """What somebody asked.

    Of its receipt there is only the hash. When the text is erased, the receipt's hash, the state
    and the day stay, so that a late copy from some phone is not kept again.
    """

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("state <> 'withdrawn' OR text IS NULL", name="withdrawn_is_erased"),
        Index("question_queue", "state", "lane", "is_urgent", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    state: Mapped[State] = mapped_column(_one_of(State), default=State.WAITING)
    lane: Mapped[Lane] = mapped_column(_one_of(Lane), default=Lane.OPEN)
    version: Mapped[int] = mapped_column()
    language: Mapped[str] = mapped_column(String(16))
    article: Mapped[str | None] = mapped_column(String(200))
    text: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str | None] = mapped_column(Text)
    # An e-mail address, sealed.
    contact: Mapped[bytes | None] = mapped_column(LargeBinary)
    reason: Mapped[Reason | None] = mapped_column(_one_of(Reason, length=32))
    is_urgent: Mapped[bool] = mapped_column(default=False)
    notice: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    mail: Mapped[Mail | None] = relationship(cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it)

    @property
    def is_decided(self) -> bool:
        return self.state in {State.PUBLISHED, State.DECLINED}

    def decline(self, reason: Reason) -> None:
        """Answer with a reason, and have the asker told.

        Raises:
            StepError: the question does not wait.
        """
        if self.state != State.WAITING:
            raise StepError(self.state)
        self.state = State.DECLINED
        self.reason = reason
        self._tell_asker()

    def withdraw(self) -> None:
        self.state = State.WITHDRAWN
        self.erase()

    def erase(self) -> None:
        """Keep nothing but the receipt's hash, the state and the day."""
        self.text = self.name = self.article = self.contact = self.reason = self.mail = None
        self.is_urgent = False
        self.lane = Lane.OPEN
        self.asked_at = self.asked_at.replace(hour=0, minute=0, second=0, microsecond=0)

    def _tell_asker(self) -> None:
        if self.contact:
            self.mail = Mail(tries=0, due_at=datetime.now(UTC))


class Mail(Model):
    """A mail to an asker that has not left yet. Its address stands with the question alone."""

    __tablename__ = "mail"

    question_id: Mapped[int] = mapped_column(ForeignKey(Question.id), primary_key=True)
    tries: Mapped[int] = mapped_column()
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
