"""Who signs in: moderators, translators and admins."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from blueprints.models.base import Model, UtcDateTime, one_of


class Role(StrEnum):
    MODERATOR = "moderator"  # answers, publishes
    TRANSLATOR = "translator"  # translates answers
    ADMIN = "admin"  # people, audit, export; publishes nothing


class Person(Model):
    """Somebody who signs in. None is ever deleted, as answers and the audit name them."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    # By language code; every person has one in English.
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    # What readers see after the name of who answered: degree, registration.
    credential: Mapped[str] = mapped_column(Text, default="")
    role: Mapped[Role] = mapped_column(one_of(Role))
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    password_hash: Mapped[str | None] = mapped_column(Text)
    # Of the second factor: the sealed secret, and the time step of the last code that was taken.
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_step: Mapped[int | None] = mapped_column()
    # In which the person last chose to read pages for moderators.
    language: Mapped[str | None] = mapped_column(String(16))

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["en"]

    @property
    def known_to_others(self) -> list[str]:
        """What somebody who guesses at this person's password would try."""
        return [self.email, *self.names.values()]
