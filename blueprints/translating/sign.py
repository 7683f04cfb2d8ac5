"""`flask translations sign`: somebody has checked a translation."""

from __future__ import annotations

import json

import click
import polib

from blueprints import catalogs, sign_off
from blueprints.sign_off import Role
from blueprints.translating.commands import (
    as_json,
    bp,
    library,
    sound_catalogs,
    today,
    translated_into,
)
from blueprints.translating.updating import summarise, text


@bp.cli.command("sign")
@click.argument("lang")
@click.option("--by", required=True, help="The id of a person in translations/reviewers.toml.")
@click.option(
    "--role",
    required=True,
    type=click.Choice([role.value for role in Role]),
    help="What was checked.",
)
@click.option(
    "--catalog",
    "domain",
    type=click.Choice([catalogs.ARTICLE, catalogs.MESSAGES]),
    default=catalogs.ARTICLE,
    show_default=True,
)
@click.option("--section", default="", help="Only this context, for example SLUG/SECTION.")
@as_json
def sign(lang: str, by: str, role: str, domain: str, section: str, as_json: bool) -> None:
    """Sign a catalog of LANG, as it stands now; what changes later is unsigned by that."""
    translated_into(lang)
    _check_may_sign(by, Role(role), lang)
    read = {catalog.domain: (catalog, entries) for catalog, entries in sound_catalogs([lang])}
    catalog, entries = read[domain]
    chosen = [entry for entry in entries if _is_signed(entry, section)]
    if not chosen:
        raise click.UsageError(f"There is nothing translated in {section or catalog.name!r}.")
    for entry in chosen:
        sign_off.sign(entry, by, Role(role), today())
    summarise(entries, lang, library().judge.reviewers)
    catalog.file.write_text(text(entries), encoding="utf-8")
    left = sum(1 for entry in entries if not entry.obsolete) - len(chosen)
    told = {"catalog": catalog.name, "signed": len(chosen), "unsigned": left}
    line = f"{catalog.name}: {len(chosen)} signed, {left} not."
    click.echo(json.dumps(told) if as_json else line)


def _check_may_sign(by: str, role: Role, lang: str) -> None:
    who = library().judge.reviewers.get(by)
    if who is None:
        raise click.UsageError(f"{by!r} is not in translations/reviewers.toml.")
    if role not in who.roles or lang not in who.languages:
        raise click.UsageError(f"reviewers.toml does not let {by!r} sign {role} of {lang}.")


def _is_signed(entry: polib.POEntry, section: str) -> bool:
    return entry.translated() and not entry.obsolete and section in {"", entry.msgctxt}
