"""What is written about a question: drafts, which moderators see, and answers, which all see."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, attribute_keyed_dict, mapped_column, relationship

from blueprints.models.base import Model, UtcDateTime
from blueprints.models.person import Person


def draft_version() -> int:
    """By chance: one that is counted up would come again, after the draft was erased."""
    return 1 + secrets.randbelow(10**9 - 1)


class Draft(Model):
    """A question as it may be shown, and its answer, in one language, while they are written.

    Its version is another after each saving, so that nobody saves over what they have not seen.
    """

    __tablename__ = "draft"

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    version: Mapped[int] = mapped_column(default=draft_version)
    wording: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    writer_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    # Set by a translator: this waits for a moderator's approval.
    is_offered: Mapped[bool] = mapped_column(default=False, index=True)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    writer: Mapped[Person] = relationship()


class Answer(Model):
    """A published answer; its id is its question's, so its address stays when it is revised."""

    __tablename__ = "answer"
    __table_args__ = (Index("answer_newest", "article", "published_at"),)

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    article: Mapped[str] = mapped_column(String(200))
    # The language it was first answered in; the others are translations.
    language: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id))
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)
    texts: Mapped[dict[str, AnswerText]] = relationship(
        lazy="selectin",
        cascade="all, delete-orphan",
        collection_class=attribute_keyed_dict("language"),
    )

    def wording(self, language: str) -> tuple[str, str]:
        """The question as it is shown beside the text of `language`, and the language it is in.

        A clinician may answer in a language that the question is not put in yet.
        """
        text = self.texts[language]
        return (text.wording, language) if text.wording else self._first_wording()

    def _first_wording(self) -> tuple[str, str]:
        first = self.texts.get(self.language) or next(iter(self.texts.values()))
        return first.wording, first.language

    def is_stale(self, language: str) -> bool:
        """Whether the text of `language` translates an answer that was revised since."""
        return self.texts[language].published_at < self.texts[self.language].published_at


class AnswerText(Model):
    """The public wording of a question and its answer in one language."""

    __tablename__ = "answer_text"

    question_id: Mapped[int] = mapped_column(ForeignKey(Answer.question_id), primary_key=True)
    language: Mapped[str] = mapped_column(String(16), primary_key=True)
    wording: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    translator_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    translator: Mapped[Person | None] = relationship()
