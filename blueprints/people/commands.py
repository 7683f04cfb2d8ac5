"""`flask users …`: who may sign in."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click
from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from blueprints import audit, database, plain_text
from blueprints.database import db
from blueprints.models import Person, Role
from blueprints.people import credentials, membership, passwords, second_factor, sessions
from blueprints.people.site import bp

_FROM_STDIN = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input."
)


@bp.cli.command("add")
@click.argument("email")
@click.option("--name", required=True, help="In English, as readers see it.")
@click.option("--name-hi", help="The same in Hindi.")
@click.option("--credential", default="", help="Degree and registration, as readers see them.")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@_FROM_STDIN
@database.told()
def add(
    email: str, name: str, name_hi: str | None, credential: str, role: str, password_stdin: bool
) -> None:
    """Let somebody sign in with EMAIL."""
    database.upgrade()
    names = {
        code: plain_text.normalise_line(given)
        for code, given in (("en", name), ("hi", name_hi or ""))
    }
    if not plain_text.has_letters(names["en"]):
        raise click.ClickException("Give a name that readers can see.")
    address = _address(email)
    if _find(address):
        raise click.ClickException(f"{address} is there already.")
    person = Person(
        email=address,
        names={code: given for code, given in names.items() if given},
        credential=credential,
        role=Role(role),
        created_at=datetime.now(UTC),
    )
    person.password_hash = _new_password(person, is_piped=password_stdin)
    db.session.add(person)
    _record("user-added", person, role=role)
    click.echo(f"{address} can sign in as {role}.")


@bp.cli.command("list")
@database.needed
def list_people() -> None:
    """Print everybody: address, role, name, and whether they may sign in."""
    for person in db.session.scalars(select(Person).order_by(Person.email)):
        state = "active" if person.is_active else "disabled"
        factor = "second factor" if person.totp_secret else "password only"
        click.echo(f"{person.email}\t{person.role}\t{state}\t{factor}\t{person.name('en')}")


@bp.cli.command("disable")
@click.argument("email")
@database.needed
def disable(email: str) -> None:
    """Sign somebody out everywhere, for good."""
    person = _known(email)
    membership.shut_out(person, None)
    click.echo(f"{person.email} is signed out and cannot sign in.")


@bp.cli.command("enable")
@click.argument("email")
@database.needed
def enable(email: str) -> None:
    """Let somebody who was disabled sign in again."""
    person = _known(email)
    membership.let_in(person, None)
    click.echo(f"{person.email} can sign in again.")


@bp.cli.command("reset")
@click.argument("email")
@_FROM_STDIN
@database.needed
def reset(email: str, password_stdin: bool) -> None:
    """Give somebody a new password, without a second factor and signed out everywhere."""
    person = _known(email)
    person.password_hash = _new_password(person, is_piped=password_stdin)
    person.totp_secret = person.totp_step = None
    second_factor.forget_recovery_codes(person)
    sessions.revoke(person)
    credentials.forgive(person)
    _record("user-reset", person)
    click.echo(f"{person.email} can sign in with the new password.")


def _known(email: str) -> Person:
    person = _find(_address(email))
    if person is None:
        raise click.ClickException(f"There is nobody with the address {email}.")
    return person


def _find(address: str) -> Person | None:
    return db.session.scalars(select(Person).filter_by(email=address)).one_or_none()


def _address(email: str) -> str:
    try:
        return validate_email(
            plain_text.normalise_address(email), check_deliverability=False
        ).normalized.lower()
    except EmailNotValidError as error:
        raise click.ClickException(f"{email} is no e-mail address.") from error


def _new_password(person: Person, *, is_piped: bool) -> str:
    """The hash of the password that the operator gives."""
    if is_piped:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    try:
        passwords.check(password, person.known_to_others)
    except passwords.PasswordError as error:
        raise click.ClickException(str(error)) from error
    return passwords.hash_of(password)


def _record(step: str, person: Person, **detail: object) -> None:
    db.session.flush()
    audit.record(step, None, None, of=person.id, **detail)
    db.session.commit()
