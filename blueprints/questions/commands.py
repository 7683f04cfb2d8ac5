"""`flask questions …`: what an operator does with what was asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import click
from flask import current_app

from blueprints import exporting
from blueprints.exporting import Kind
from blueprints.questions import erasure
from blueprints.questions.site import bp


@bp.cli.command("export")
@click.option("--format", "kind", type=click.Choice(["json", "csv"]), default="json")
def export(kind: Kind) -> None:
    """Print every question, the oldest first."""
    for piece in exporting.exported(kind):
        click.echo(piece, nl=False)


@bp.cli.command("purge")
def purge() -> None:
    """Erase decided questions that are older than REEDH_RETENTION_DAYS."""
    days = current_app.config["REEDH"].retention_days
    before = datetime.now(UTC) - timedelta(days=days)
    click.echo(f"{erasure.purge(before)} questions older than {days} days are erased.")
    if waiting := erasure.overdue(before):
        click.echo(f"{waiting} as old still wait for a decision, and are kept until then.")
