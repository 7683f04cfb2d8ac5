"""`flask audit …`: whether the record of steps is whole, and what it says."""

from __future__ import annotations

import json
import re

import click
from flask import Blueprint
from sqlalchemy import select

from blueprints import database
from blueprints.audit.chain import ChainError, Head, verify
from blueprints.database import db
from blueprints.models import AuditEntry

bp = Blueprint("audit", __name__, cli_group="audit")


@bp.cli.command("verify")
@click.option("--head", help="A head that an earlier run printed, to find a cut off end.")
@database.needed
def verify_audit(head: str | None) -> None:
    """Check that no entry was changed, removed or put in; print the head, to be noted."""
    try:
        found = verify(_head(head) if head else None)
    except ChainError as error:
        raise click.ClickException(f"The audit is broken: {error}.") from error
    click.echo(f"{found.seq} entries, whole. Head: {found}")


@bp.cli.command("export")
@database.needed
def export() -> None:
    """Print every entry as a line of JSON, the oldest first."""
    for entry in db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq)).yield_per(1000):
        told = {
            "seq": entry.seq,
            "at": entry.at.isoformat(),
            "person": entry.person_id,
            "step": entry.step,
            "question": entry.question_id,
            "version": entry.version,
            "detail": entry.detail,
        }
        click.echo(json.dumps(told))


def _head(text: str) -> Head:
    if not re.fullmatch(r"[0-9]+:[0-9a-f]{64}", text):
        raise click.BadParameter("give it as it was printed, NUMBER:HASH", param_hint="--head")
    seq, _, digest = text.partition(":")
    return Head(int(seq), digest)
