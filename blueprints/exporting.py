"""Every question as data, for an operator's terminal and for an admin's download."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, Literal

from sqlalchemy import select

from blueprints.database import db
from blueprints.models import Question

Kind = Literal["json", "csv"]

# What a spreadsheet takes for a formula; an apostrophe before it makes it text (OWASP).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

_AT_ONCE = 1000

_FIELDS = (
    "receipt_hash", "state", "lane", "language", "article", "question", "name", "is_urgent",
    "notice", "asked_at",
)  # fmt: skip


def exported(kind: Kind) -> Iterator[str]:
    """All questions, the oldest first, piece by piece; e-mail addresses are not among it."""
    wanted = select(Question).order_by(Question.id)
    rows = map(_row, db.session.scalars(wanted).yield_per(_AT_ONCE))
    yield from _as_json(rows) if kind == "json" else _as_csv(rows)


def _as_json(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    between = "[\n"
    for row in rows:
        yield between + json.dumps(row, ensure_ascii=False)
        between = ",\n"
    yield "[]\n" if between == "[\n" else "\n]\n"


def _as_csv(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    line = StringIO()
    writer = csv.DictWriter(line, _FIELDS)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _as_text(value) for name, value in row.items()})
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _as_text(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


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
