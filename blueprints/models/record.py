"""What is counted and recorded: the change number, erasures, and the audit of every step."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.models.base import Model, UtcDateTime
from blueprints.models.person import Person


class Change(Model):
    """One row: how often what the public reads has changed, and how often something was removed.

    A row that is counted up, not a sequence: its lock makes the order of numbers that of commits.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column()
    removals: Mapped[int] = mapped_column()


class Remains(Model):
    """One row: how many erasures there were, and how many of them are gone from the log too.

    See blueprints/remains.py.
    """

    __tablename__ = "remains"

    id: Mapped[int] = mapped_column(primary_key=True)
    erasures: Mapped[int] = mapped_column()
    removed: Mapped[int] = mapped_column()


class AuditEntry(Model):
    """Who took which step, when; never a word of what was asked or answered.

    The database refuses to change or delete one. Each holds the hash of the one before it.
    """

    __tablename__ = "audit"
    __table_args__ = (UniqueConstraint("question_id", "version", name="audit_one_per_version"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # None: the asker, or a command of the operator's.
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    step: Mapped[str] = mapped_column(String(32))
    question_id: Mapped[int | None] = mapped_column()
    version: Mapped[int | None] = mapped_column()
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64))
    person: Mapped[Person | None] = relationship()


class AuditHead(Model):
    """One row: the last entry of the audit. Who writes the next one holds its lock."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column()
    hash: Mapped[str] = mapped_column(String(64))
