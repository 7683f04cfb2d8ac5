"""The commands of `flask translations`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import polib
from flask import Blueprint, current_app

from blueprints import catalogs
from blueprints.articles import Library
from blueprints.languages import SOURCE
from blueprints.translating import extraction
from blueprints.translating import update as updating

bp = Blueprint("translating", __name__, cli_group="translations")


@bp.cli.command("update")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a catalog is out of date.")
def update(check: bool) -> None:
    """Bring every catalog up to date with the templates, the Python files and the articles."""
    root = Path(current_app.root_path)
    stale = {file: text for file, text in _up_to_date().items() if _read(file) != text}
    if check:
        for file in stale:
            click.echo(f"{file.relative_to(root)}:1: error: out of date: run `make catalogs`")
        sys.exit(1 if stale else 0)
    for file, text in stale.items():
        file.write_text(text, encoding="utf-8")
    click.echo(f"{len(stale)} catalogs changed.")


def extracted() -> dict[str, list[polib.POEntry]]:
    """What there is to translate, by catalog."""
    library: Library = current_app.extensions["articles"]
    return {
        catalogs.MESSAGES: extraction.messages(Path(current_app.root_path)),
        catalogs.ARTICLE: extraction.blocks(library.all_sources()),
    }


def _up_to_date() -> dict[Path, str]:
    """The text that each catalog should have, by file."""
    files = {}
    for language in current_app.extensions["languages"]:
        if language == SOURCE:
            continue
        for domain, entries in extracted().items():
            file = catalogs.path(current_app.config["TRANSLATIONS"], language, domain)
            files[file] = updating.text(updating.updated(file, language, entries))
    return files


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.exists() else ""
