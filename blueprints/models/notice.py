"""The notices to askers that the site has shown."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.models.base import Model, UtcDateTime


class Notice(Model):
    """A notice as it was shown in one language. None is deleted: phones may send its version late.

    Of those from before they were kept there is the version alone.
    """

    __tablename__ = "notice"

    version: Mapped[str] = mapped_column(String(32), primary_key=True)
    language: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    shown_since: Mapped[datetime] = mapped_column(UtcDateTime)
