"""`flask mail …`: what an operator does with waiting mail and the keys of addresses."""

from __future__ import annotations

import click
from cryptography.fernet import Fernet, InvalidToken
from flask import Blueprint, current_app
from sqlalchemy import func, select, update

from blueprints import database, sealing
from blueprints.database import db
from blueprints.mail import delivery, notices
from blueprints.models import Mail, Person, Question

bp = Blueprint("mail", __name__, cli_group="mail")


@bp.cli.command("send")
@database.needed
def send() -> None:
    """Send the mail that is due now; the running site does so every few seconds."""
    if not current_app.config["REEDH"].smtp_url:
        raise click.ClickException("REEDH_SMTP_URL is not set: there is no mail.")
    try:
        sent = delivery.deliver_due() + notices.tell_moderators()
    except OSError as error:  # smtplib's are such too
        raise click.ClickException(
            f"REEDH_SMTP_URL does not take our mail: {type(error).__name__}."
        ) from error
    waiting = db.session.scalars(select(func.count()).select_from(Mail)).one()
    click.echo(f"{sent} sent, {waiting} wait.")


@bp.cli.command("new-key")
def new_key() -> None:
    """Print a new key for addresses and second factors, to be put in front of the others."""
    click.echo(Fernet.generate_key().decode())


@bp.cli.command("rotate-keys")
@database.needed
def rotate_keys() -> None:
    """Encrypt every address and second factor with the first key, so that the others can go."""
    rotated = lost = 0
    for model, column in ((Question, "contact"), (Person, "totp_secret")):
        sealed = getattr(model, column)
        rows = select(model.id, sealed).where(sealed.is_not(None))
        for row_id, token in db.session.execute(rows).all():
            try:
                resealed = sealing.reseal(token)
            except InvalidToken:
                lost += 1
                continue
            # One that is erased meanwhile stays erased.
            change = update(model).where(model.id == row_id, sealed == token)
            db.session.execute(change.values({column: resealed}))
            rotated += 1
    db.session.commit()
    click.echo(f"{rotated} addresses and second factors are encrypted with the first key.")
    if lost:
        raise click.ClickException(f"{lost} of them were encrypted with a key that is not here.")
