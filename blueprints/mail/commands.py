"""`flask mail …`: what an operator does with waiting mail and the keys of addresses."""

from __future__ import annotations

import click
from cryptography.fernet import Fernet, InvalidToken
from flask import Blueprint, current_app
from sqlalchemy import func, select, update

from blueprints import sealing
from blueprints.database import db
from blueprints.mail import delivery, notices
from blueprints.models import Mail, Question

bp = Blueprint("mail", __name__, cli_group="mail")


@bp.cli.command("send")
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
    """Print a new key for addresses, to be put in front of the others."""
    click.echo(Fernet.generate_key().decode())


@bp.cli.command("rotate-keys")
def rotate_keys() -> None:
    """Encrypt every address with the first key, so that the others can go."""
    rotated = lost = 0
    sealed = select(Question.id, Question.contact).where(Question.contact.is_not(None))
    for question_id, contact in db.session.execute(sealed).all():
        try:
            resealed = sealing.reseal(contact or b"")
        except InvalidToken:
            lost += 1
            continue
        # One that is erased meanwhile stays erased.
        change = update(Question).where(Question.id == question_id, Question.contact == contact)
        db.session.execute(change.values(contact=resealed))
        rotated += 1
    db.session.commit()
    click.echo(f"{rotated} addresses are encrypted with the first key.")
    if lost:
        raise click.ClickException(f"{lost} addresses were encrypted with a key that is not here.")
