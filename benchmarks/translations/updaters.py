"""Tools that bring a catalog up to date: ours, msgmerge of gettext, Babel's `pybabel update`."""

from __future__ import annotations

import copy
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import polib
from babel.messages.frontend import CommandLineInterface

from benchmarks.translations.peers import HEADER
from blueprints.translating.updating import updated

Entries = Sequence[polib.POEntry]
Updater = Callable[[Entries, Entries, Path], polib.POFile]

OURS = "flask translations update"
MSGMERGE = ["msgmerge", "--quiet", "--previous", "--no-wrap"]
PYBABEL = ["pybabel", "--quiet", "update", "--previous", "--no-wrap", "--locale=hi"]


def ours(old: Entries, new: Entries, _folder: Path) -> polib.POFile:
    return updated(copy.deepcopy(old), "hi", copy.deepcopy(new), date(2026, 1, 1)).catalog


def msgmerge(old: Entries, new: Entries, folder: Path) -> polib.POFile:
    catalog, template = write(old, folder / "hi.po"), write(new, folder / "new.pot")
    merged = folder / "merged.po"
    subprocess.run([*MSGMERGE, f"--output-file={merged}", catalog, template], check=True)
    return polib.pofile(str(merged))


def pybabel(old: Entries, new: Entries, folder: Path) -> polib.POFile:
    """In this process: to start it takes longer than the rest."""
    catalog, template = write(old, folder / "hi.po"), write(new, folder / "new.pot")
    files = [f"--input-file={template}", f"--output-file={catalog}"]
    CommandLineInterface().run([*PYBABEL, *files])  # type: ignore[no-untyped-call]
    # It breaks long lines of the previous English so that no other tool can read them.
    lines = catalog.read_text(encoding="utf-8").splitlines(keepends=True)
    return polib.pofile("".join(line for line in lines if not line.startswith("#|")))


def updaters() -> dict[str, Updater]:
    """Those that are there, by name; says which is not."""
    found: dict[str, Updater] = {OURS: ours, "pybabel update": pybabel}
    if shutil.which("msgmerge"):
        found["msgmerge"] = msgmerge
    else:
        print("msgmerge is left out: install Debian’s gettext to measure it.")
    return found


def write(entries: Entries, file: Path) -> Path:
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = HEADER
    catalog.extend(entries)
    catalog.save(str(file))
    return file
