"""The files of catalogs, and everything that is wrong with them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import polib

from blueprints import staleness
from blueprints.catalogs import header, texts
from blueprints.catalogs.faults import CatalogError, Fault
from blueprints.catalogs.reading import parsed
from blueprints.meaning import Edits

MESSAGES = "messages"
ARTICLE = "article"


def path(translations: Path, language: str, domain: str) -> Path:
    return translations / language / "LC_MESSAGES" / f"{domain}.po"


def read(file: Path) -> polib.POFile:
    """The entries of one `.po` file.

    Raises:
        CatalogError: it cannot be read, or not all of it.
    """
    catalog, faults = parsed(_bytes(file))
    if faults:
        raise CatalogError((file, fault) for fault in faults)
    return catalog


def examined(file: Path, edits: Edits) -> tuple[polib.POFile, list[Fault]]:
    """What can be read of a catalog in the folder of its language, and why it cannot be used.

    Raises:
        CatalogError: there is no such file, or it may not be read.
    """
    raw = _bytes(file)
    catalog, faults = parsed(raw)
    if not any(fault.code == "encoding" for fault in faults):
        faults += header.faults(catalog, raw, file.parent.parent.name)
    if file.stem == MESSAGES:
        faults += [fault for entry in shown(catalog, edits) for fault in texts.faults(entry)]
    return catalog, sorted(faults, key=lambda fault: fault.line)


def shown(catalog: polib.POFile, edits: Edits) -> Iterator[polib.POEntry]:
    """The entries whose translation pages show, none of them fuzzy.

    One whose English was only corrected is among them.
    """
    for entry in catalog:
        if staleness.is_cosmetic(entry, edits):
            found = copy.copy(entry)
            found.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        else:
            found = entry
        if found.translated():
            yield found


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        fault = Fault(
            1, "file", f"the file cannot be read ({error.strerror})", "Check who may read it."
        )
        raise CatalogError([(file, fault)]) from error
