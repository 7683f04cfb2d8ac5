"""Mail that waits to be sent, and what moderators were told of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.models.base import Model, UtcDateTime


class Mail(Model):
    """A mail to an asker that has not left yet. Its address stands with the question alone."""

    __tablename__ = "mail"

    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"), primary_key=True)
    tries: Mapped[int] = mapped_column()
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class QueueNotice(Model):
    """One row: the newest question that moderators were told of by mail, and when."""

    __tablename__ = "queue_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column()
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)
