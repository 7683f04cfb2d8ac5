"""`flask translations keep`: a change of the English that changes nothing for readers."""

from __future__ import annotations

import sys

import click
import polib

from blueprints import catalogs, sign_off, staleness
from blueprints.sign_off import SignOff
from blueprints.translating.commands import all_catalogs, bp, library, translated_into
from blueprints.translating.update import marked
from blueprints.translating.updating import text


@bp.cli.command("keep")
@click.argument("ids", metavar="ID…", nargs=-1, required=True)
def keep(ids: tuple[str, ...]) -> None:
    """Declare that a mended typo changes no meaning: every translation of it stays current.

    ID is what `update` and `status` print before a changed entry. Sign-offs stay too where the
    edit is a cosmetic one; otherwise the translation has to be signed again.
    """
    missing = set(ids)
    for catalog in all_catalogs(translated_into(None)):
        entries = catalog.read()
        kept = [each for each in entries if each.fuzzy and catalogs.id_of(each) in ids]
        for entry in kept:
            _keep(entry)
            click.echo(
                f"{catalog.name}: kept {catalogs.id_of(entry)} {entry.msgctxt or ''}".rstrip()
            )
            missing.discard(catalogs.id_of(entry))
        if kept:
            catalog.file.write_text(text(entries), encoding="utf-8")
    for each in sorted(missing):
        click.echo(f"There is no changed entry {each}: `flask translations status` names them.")
    sys.exit(1 if missing else 0)


def _keep(entry: polib.POEntry) -> None:
    click.echo(f"  {marked(entry.previous_msgid or '', entry.msgid)}")
    held = (
        _sign_offs_of_the_old(entry) if staleness.is_cosmetic(entry, library().judge.edits) else []
    )
    staleness.clear(entry)
    for each in held:
        renewed = SignOff(sign_off.digest(entry), each.by, each.on, each.role)
        entry.tcomment = entry.tcomment.replace(str(each), str(renewed))


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
