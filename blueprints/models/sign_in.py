"""Where somebody is signed in, and what that takes beside the password."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from blueprints.models.base import Model, UtcDateTime
from blueprints.models.person import Person


class SignIn(Model):
    """A browser in which somebody has given their password; without the row it is signed out."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    # The token itself lies in the browser's cookie alone.
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)
    has_second_factor: Mapped[bool] = mapped_column(default=False)
    # A sealed secret that was shown here, and is not yet proved to be in an app.
    offered_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    device: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class RecoveryCode(Model):
    """A code to be used once, by whoever has lost the phone with the app."""

    __tablename__ = "recovery_code"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey(Person.id), index=True)


class Delay(Model):
    """How often a password or a code was tried in vain, and until when the next try waits."""

    __tablename__ = "delay"

    # A keyed hash of what is tried for.
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    tries: Mapped[int] = mapped_column()
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
