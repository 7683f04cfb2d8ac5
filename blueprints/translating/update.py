"""`flask translations update`: bring the catalogs up to date, and say what that changes."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import click
import polib

from blueprints import catalogs
from blueprints.meaning import Edits, word_diff
from blueprints.translating.commands import (
    Catalog,
    as_json,
    bp,
    extracted,
    library,
    sound_catalogs,
    today,
    translated_into,
)
from blueprints.translating.updating import Update, summarise, text, updated

_MARKS = {"same": "{}", "old": "[-{}-]", "new": "{{+{}+}}"}


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry whose English is another now; `reasons` why that is material, if it is."""

    id: str
    context: str
    old: str
    new: str
    kind: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class Report:
    """What an update did to one catalog."""

    language: str
    catalog: str
    new: int
    moved: int
    changed: Sequence[Changed]
    removed: int


@bp.cli.command("update")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a catalog is out of date.")
@as_json
def update(check: bool, as_json: bool) -> None:
    """Bring every catalog up to date with the templates, the Python files and the articles."""
    wanted = extracted()
    reports = []
    stale = []
    for catalog, before in sound_catalogs(translated_into(None)):
        entries = copy.deepcopy(wanted[catalog.domain])
        made = updated(before, catalog.language, entries, today())
        made.catalog.header = before.header
        summarise(made.catalog, catalog.language, library().judge.reviewers)
        reports.append(_report(catalog, made))
        if catalog.text() != text(made.catalog):
            stale.append(catalog)
            if not check:
                catalog.file.write_text(text(made.catalog), encoding="utf-8")
    if as_json:
        click.echo(json.dumps([asdict(report) for report in reports], ensure_ascii=False))
    elif check:
        for catalog in stale:
            click.echo(f"{catalog.name}:1: error: out of date: run `make catalogs`")
    else:
        for line in _told(reports):
            click.echo(line)
        click.echo(f"{len(stale)} catalogs changed.")
    sys.exit(1 if check and stale else 0)


def _report(catalog: Catalog, made: Update) -> Report:
    edits = library().judge.edits
    changed = [_changed(entry, edits) for entry in made.changed]
    return Report(
        catalog.language,
        catalog.name,
        len(made.new),
        len(made.moved),
        changed,
        len(made.removed),
    )


def _changed(entry: polib.POEntry, edits: Edits) -> Changed:
    old = entry.previous_msgid or ""
    reasons = edits.reasons(old, entry.msgid)
    kind = "material" if reasons else "cosmetic"
    return Changed(catalogs.id_of(entry), entry.msgctxt or "", old, entry.msgid, kind, reasons)


def _told(reports: Sequence[Report]) -> Iterator[str]:
    for report in reports:
        counts = {
            "new": report.new,
            "moved": report.moved,
            "changed": len(report.changed),
            "removed": report.removed,
        }
        if any(counts.values()):
            told = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
            yield f"{report.catalog}: {told}"
        for entry in report.changed:
            why = "; ".join(entry.reasons)
            yield f"  {entry.id} {entry.context} {entry.kind}{': ' if why else ''}{why}"
            yield f"    {marked(entry.old, entry.new)}"


def marked(old: str, new: str) -> str:
    """Both texts in one, what is gone as `[-old-]`, what has come as `{+new+}`."""
    return "".join(_MARKS[kind].format(piece) for kind, piece in word_diff(old, new))
