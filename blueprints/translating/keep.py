"""`flask translations keep`: a change of the English that changes nothing for readers."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass

import click
import polib

from blueprints import catalogs, sign_off, staleness
from blueprints.sign_off import SignOff
from blueprints.translating.commands import (
    Catalog,
    as_json,
    bp,
    library,
    sound_catalogs,
    translated_into,
)
from blueprints.translating.update import marked
from blueprints.translating.updating import summarise, text


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that is current again, what changed in its English, and its sign-offs that hold."""

    id: str
    catalog: str
    context: str
    changed: str
    sign_offs: int


@bp.cli.command("keep")
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
@as_json
def keep(ids: tuple[str, ...], as_json: bool) -> None:
    """Declare that a mended typo changes no meaning: every translation of it stays current.

    ID is what `update` and `status` print before a changed entry. Sign-offs stay too where the
    edit is a cosmetic one; otherwise the translation has to be signed again.
    """
    kept = []
    for catalog, entries in sound_catalogs(translated_into(None)):
        chosen = [each for each in entries if each.fuzzy and catalogs.id_of(each) in ids]
        kept += [_keep(each, catalog) for each in chosen]
        if chosen:
            summarise(entries, catalog.language, library().judge.reviewers)
            catalog.file.write_text(text(entries), encoding="utf-8")
    missing = sorted(set(ids) - {each.id for each in kept})
    if as_json:
        click.echo(json.dumps({"kept": list(map(asdict, kept)), "missing": missing}))
    else:
        for each in kept:
            click.echo(f"{each.catalog}: kept {each.id} {each.context}\n  {each.changed}")
        for id_ in missing:
            click.echo(f"There is no changed entry {id_}: `flask translations status` names them.")
    sys.exit(1 if missing else 0)


def _keep(entry: polib.POEntry, catalog: Catalog) -> Kept:
    is_cosmetic = staleness.is_cosmetic(entry, library().judge.edits)
    held = _sign_offs_of_the_old(entry) if is_cosmetic else []
    changed = marked(entry.previous_msgid or "", entry.msgid)
    staleness.clear(entry)
    for each in held:
        renewed = SignOff(sign_off.digest(entry), each.by, each.on, each.role)
        entry.tcomment = entry.tcomment.replace(str(each), str(renewed))
    return Kept(catalogs.id_of(entry), catalog.name, entry.msgctxt or "", changed, len(held))


def _sign_offs_of_the_old(entry: polib.POEntry) -> list[SignOff]:
    """Those that held until the English changed."""
    before = polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.previous_msgid,
        msgid_plural=entry.previous_msgid_plural or "",
        msgstr=entry.msgstr,
        msgstr_plural=entry.msgstr_plural,
    )
    return [each for each in sign_off.sign_offs(entry) if each.digest == sign_off.digest(before)]
