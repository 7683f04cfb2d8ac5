"""What every table shares: its base, moments with their zone, names from a short list."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

# Of an integer column, such as every id is.
LARGEST_ID = 2**31 - 1


class Model(DeclarativeBase):
    pass


class UtcDateTime(TypeDecorator[datetime]):
    """A moment with its zone, also where the database keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=value.tzinfo or UTC) if value else None


def one_of(kind: type[StrEnum], length: int = 16) -> Enum:
    return Enum(kind, native_enum=False, length=length, values_callable=lambda each: [*each])
