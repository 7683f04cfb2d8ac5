"""`flask questions …`: what an operator does with what was asked."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask import current_app

from blueprints import database, exporting, remains
from blueprints.exporting import Kind
from blueprints.questions import erasure
from blueprints.questions.erasure import UnfinishedError
from blueprints.questions.site import bp


@bp.cli.command("export")
@click.option("--format", "kind", type=click.Choice(["json", "csv"]), default="json")
@database.needed
def export(kind: Kind) -> None:
    """Print every question, the oldest first."""
    for piece in exporting.exported(kind):
        click.echo(piece, nl=False)


@bp.cli.command("purge")
@database.needed
def purge() -> None:
    """Erase what was decided more than REEDH_RETENTION_DAYS ago; the running site does so daily."""
    before = erasure.kept_since(datetime.now(UTC))
    try:
        erased = erasure.purge(before)
    except UnfinishedError as error:
        raise click.ClickException(
            f"{error.left} could not be erased: the database was busy or away. Try again."
        ) from error
    days = current_app.config["REEDH"].retention_days
    click.echo(f"{erased} questions whose decision is older than {days} days are erased.")
    if not remains.remove():
        click.echo("Somebody reads the database: what is erased stays in its log until that ends.")
    if waiting := erasure.overdue(before):
        click.echo(f"{waiting} as old still wait for a decision, and are kept until then.")
