"""Every question as data, for an operator's terminal and for an admin's download."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any, Literal

from sqlalchemy import select

from blueprints.database import db
from blueprints.models import Question

Kind = Literal["json", "csv"]

# Excel takes a file for UTF-8 by this sign alone.
_BYTE_ORDER_MARK = "\ufeff"

# A spreadsheet may see a formula at the start of a cell, and after whatever some spreadsheet
# separates cells by; an apostrophe before it makes it text (OWASP, "CSV Injection"). Listed is what
# NFKC turns into = + - or @, and the minus sign.
_FORMULA = re.compile(
    r"(\A(?=[\t\r\n])|(?:\A|[\t\r\n,;|\"])(?:[^\S\t\r\n]|[\u00ad\u200b-\u200f\u2060\ufeff])*"
    r"(?=[=+\-@\u207a-\u207c\u208a-\u208c\u2212\u2a75\u2a76\ufb29"
    r"\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20]))"
)

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
    line.write(_BYTE_ORDER_MARK)
    writer = csv.DictWriter(line, _FIELDS, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    for row in rows:
        writer.writerow({name: as_text(value) for name, value in row.items()})
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def as_text(value: object) -> object:
    """`value` as a cell that no spreadsheet takes for a formula."""
    return _FORMULA.sub(r"\1'", value) if isinstance(value, str) else value


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
