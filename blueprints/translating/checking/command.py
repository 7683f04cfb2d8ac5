"""`flask translations check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict

import click
from flask import current_app

from blueprints.translating.checking import Finding, Severity, check, read
from blueprints.translating.commands import all_catalogs, as_json, bp, translated_into


@bp.cli.command("check")
@click.argument("lang", required=False)
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@as_json
def check_catalogs(lang: str | None, strict: bool, as_json: bool) -> None:
    """Say what is wrong, or worth another look, in the translations into LANG, or into all."""
    found = [each for code in translated_into(lang) for each in _findings(code)]
    if as_json:
        listed = [{"file": file, **asdict(finding)} for file, finding in found]
        click.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        for file, finding in found:
            place = f"{file}:{finding.line}"
            click.echo(f"{place}: {finding.severity}: {finding.code}: {finding.message}")
            click.echo(f"    {finding.hint}")
    is_wrong = any(strict or finding.severity is Severity.ERROR for _, finding in found)
    sys.exit(1 if is_wrong else 0)


def _findings(code: str) -> Iterator[tuple[str, Finding]]:
    language = read(current_app.config["TRANSLATIONS"], code)
    for catalog in all_catalogs([code]):
        for entry in catalog.read():
            for finding in check(entry, catalog.domain, language):
                yield catalog.name, finding
