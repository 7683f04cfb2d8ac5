"""What the commands of `flask translations` work on: the catalogs, and what they should hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click
import polib
from flask import Blueprint, current_app

from blueprints import catalogs
from blueprints.articles import Library
from blueprints.catalogs import CatalogError, Fault
from blueprints.languages import CLINICS_TIME, SOURCE, all_languages
from blueprints.translating import extraction

bp = Blueprint("translating", __name__, cli_group="translations")

as_json = click.option("--json", "as_json", is_flag=True, help="Print the same as JSON.")


@dataclass(frozen=True, slots=True)
class Catalog:
    """A language's catalog of one domain as it stands in its file."""

    language: str
    domain: str
    file: Path

    @classmethod
    def of(cls, language: str, domain: str) -> Catalog:
        return cls(
            language, domain, catalogs.path(current_app.config["TRANSLATIONS"], language, domain)
        )

    @property
    def name(self) -> str:
        """How the file is called in messages: by its path below the project."""
        root = Path(current_app.root_path)
        return str(self.file.relative_to(root) if self.file.is_relative_to(root) else self.file)

    def examined(self) -> tuple[polib.POFile, list[Fault]]:
        """What can be read of it, and why it cannot be used; nothing if there is no such file.

        Raises:
            CatalogError: it may not be read.
        """
        if not self.file.exists():
            return polib.POFile(), []
        return catalogs.examined(self.file, library().judge.edits)

    def text(self) -> str:
        """What the file holds; nothing if there is none."""
        return self.file.read_text(encoding="utf-8") if self.file.exists() else ""


def all_catalogs(languages: Iterable[str]) -> Iterator[Catalog]:
    for language in languages:
        for domain in (catalogs.MESSAGES, catalogs.ARTICLE):
            yield Catalog.of(language, domain)


def sound_catalogs(languages: Iterable[str]) -> list[tuple[Catalog, polib.POFile]]:
    """Every catalog with its entries.

    Raises:
        CatalogError: some have faults; it tells all faults of all of them.
    """
    examined = [(catalog, *catalog.examined()) for catalog in all_catalogs(languages)]
    faults = [(catalog.name, fault) for catalog, _, found in examined for fault in found]
    if faults:
        raise CatalogError(faults)
    return [(catalog, entries) for catalog, entries, _ in examined]


def translated_into(lang: str | None) -> list[str]:
    """`lang`, or all languages that English is translated into.

    Raises:
        UsageError: there are no catalogs of `lang`.
    """
    known = [each.code for each in all_languages() if each.code != SOURCE]
    if lang is not None and lang not in known:
        raise click.UsageError(f"There are no catalogs of {lang!r}; there are: {', '.join(known)}.")
    return [lang] if lang else known


def library() -> Library:
    found: Library = current_app.extensions["articles"]
    return found


def extracted() -> dict[str, list[polib.POEntry]]:
    """What there is to translate, by catalog."""
    return {
        catalogs.MESSAGES: extraction.messages(Path(current_app.root_path)),
        catalogs.ARTICLE: extraction.blocks(library().all_sources()),
    }


def today() -> date:
    return datetime.now(CLINICS_TIME).date()
