"""Every question as data, for an operator's terminal and for an admin's download."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from io import StringIO
from typing import Any, Literal

from sqlalchemy import select

from blueprints.database import db
from blueprints.models import Question

Kind = Literal["json", "csv"]

# What a spreadsheet takes for a formula; an apostrophe before it makes it text (OWASP).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_FIELDS = (
    "receipt_hash", "state", "lane", "language", "article", "question", "name", "is_urgent",
    "notice", "asked_at",
)  # fmt: skip


def exported(kind: Kind) -> str:
    """All questions, the oldest first; e-mail addresses are not among it."""
    rows = [_row(question) for question in _questions()]
    if kind == "json":
        return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
    text = StringIO()
    writer = csv.DictWriter(text, _FIELDS)
    writer.writeheader()
    writer.writerows({name: _as_text(value) for name, value in row.items()} for row in rows)
    return text.getvalue()


def _as_text(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _questions() -> Iterator[Question]:
    yield from db.session.scalars(select(Question).order_by(Question.id))


def _row(question: Question) -> dict[str, Any]:
    return {
        "receipt_hash": question.receipt_hash,
        "state": question.state,
        "lane": question.lane,
        "language": question.language,
        "article": question.article,
        "question": question.text,
        "name": question.name,
        "is_urgent": question.is_urgent,
        "notice": question.notice,
        "asked_at": question.asked_at.isoformat(),
    }
