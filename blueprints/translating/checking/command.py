"""`flask translations check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app

from blueprints import catalogs
from blueprints.languages import SOURCE
from blueprints.translating.checking import Finding, Severity, check, read
from blueprints.translating.commands import bp


@bp.cli.command("check")
@click.argument("language", metavar="[LANG]", required=False)
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
def check_catalogs(language: str | None, strict: bool, as_json: bool) -> None:
    """Say what is wrong, or worth another look, in the translations into LANG, or into all."""
    root = Path(current_app.root_path)
    found = [
        (file.relative_to(root), finding)
        for code in _codes(language)
        for file, finding in _findings(root / "translations", code)
    ]
    if as_json:
        listed = [{"file": str(file), **asdict(finding)} for file, finding in found]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        for file, finding in found:
            place = f"{file}:{finding.line}"
            click.echo(f"{place}: {finding.severity}: {finding.code}: {finding.message}")
            click.echo(f"    {finding.hint}")
    is_wrong = any(strict or finding.severity is Severity.ERROR for _, finding in found)
    sys.exit(1 if is_wrong else 0)


def _codes(language: str | None) -> list[str]:
    codes = [code for code in current_app.extensions["languages"] if code != SOURCE]
    if language is None:
        return codes
    if language not in codes:
        raise click.BadParameter(f"no language {language!r}; there are: {', '.join(codes)}")
    return [language]


def _findings(translations: Path, code: str) -> Iterator[tuple[Path, Finding]]:
    language = read(translations, code)
    for catalog in (catalogs.MESSAGES, catalogs.ARTICLE):
        file = catalogs.path(translations, code, catalog)
        if file.exists():
            for entry in catalogs.read(file):
                for finding in check(entry, catalog, language):
                    yield file, finding
