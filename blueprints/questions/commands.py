"""`flask questions …`: what an operator does with what was asked."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import click
from flask import current_app
from sqlalchemy import select

from blueprints.database import db
from blueprints.models import Question
from blueprints.questions import erasure
from blueprints.questions.site import bp

_FIELDS = (
    "receipt_hash", "state", "lane", "language", "article", "question", "name", "is_urgent",
    "notice", "asked_at",
)  # fmt: skip


@bp.cli.command("export")
@click.option("--format", "kind", type=click.Choice(["json", "csv"]), default="json")
def export(kind: str) -> None:
    """Print every question, the oldest first."""
    rows = _rows()
    if kind == "json":
        json.dump(list(rows), sys.stdout, ensure_ascii=False, indent=1)
        click.echo()
    else:
        writer = csv.DictWriter(sys.stdout, _FIELDS)
        writer.writeheader()
        writer.writerows(rows)


@bp.cli.command("purge")
def purge() -> None:
    """Erase decided questions that are older than REEDH_RETENTION_DAYS."""
    days = current_app.config["REEDH"].retention_days
    before = datetime.now(UTC) - timedelta(days=days)
    click.echo(f"{erasure.purge(before)} questions older than {days} days are erased.")
    if waiting := erasure.overdue(before):
        click.echo(f"{waiting} as old still wait for a decision, and are kept until then.")


def _rows() -> Iterator[dict[str, Any]]:
    for question in db.session.scalars(select(Question).order_by(Question.id)):
        yield {
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
