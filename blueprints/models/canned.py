"""Answers that are ready, for what is asked again and again."""

from __future__ import annotations

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.models.base import Model


class CannedAnswer(Model):
    """An answer that moderators keep ready, in each language it was written in."""

    __tablename__ = "canned_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column()
    name: Mapped[str] = mapped_column(String(200))
    # By language code.
    texts: Mapped[dict[str, str]] = mapped_column(JSON)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 (SQLAlchemy reads it)
