"""`flask translations check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict

import click
import polib
from flask import current_app

from blueprints.catalogs import Fault
from blueprints.translating.checking import Finding, Severity, check_all, read
from blueprints.translating.checking.program import compared
from blueprints.translating.commands import all_catalogs, as_json, bp, extracted, translated_into


@bp.cli.command("check")
@click.argument("lang", required=False)
@click.option("--strict", is_flag=True, help="Exit 1 for warnings too.")
@as_json
def check_catalogs(lang: str | None, strict: bool, as_json: bool) -> None:
    """Say what is wrong, or worth another look, in the translations into LANG, or into all."""
    wanted = extracted()
    found = [each for code in translated_into(lang) for each in _findings(code, wanted)]
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


def _findings(
    code: str, wanted: Mapping[str, list[polib.POEntry]]
) -> Iterator[tuple[str, Finding]]:
    language = read(current_app.config["TRANSLATIONS"], code)
    for catalog in all_catalogs([code]):
        entries, faults = catalog.examined()
        found = list(compared(entries, wanted[catalog.domain]))
        found += check_all(entries, catalog.domain, language)
        # A rule may have told it already.
        told = {(finding.line, finding.code) for finding in found}
        found += [_finding(fault) for fault in faults if (fault.line, fault.code) not in told]
        for finding in sorted(found, key=lambda finding: finding.line):
            yield catalog.name, finding


def _finding(fault: Fault) -> Finding:
    return Finding(fault.line, Severity.ERROR, fault.code, fault.message, fault.hint)
