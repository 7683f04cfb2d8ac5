"""`messages.po` of every language as the `.mo` that Flask-Babel reads."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import click
import polib

from blueprints.catalogs.faults import CatalogError, Fault
from blueprints.catalogs.files import ARTICLE, MESSAGES, examined, path, shown
from blueprints.catalogs.header import header
from blueprints.meaning import Edits

_LEFT_BEHIND_SECONDS = 60


class CompileError(click.ClickException):
    """A compiled catalog cannot be written."""


def compile_messages(translations: Path, compiled: Path, edits: Edits) -> None:
    """Examine all catalogs and write every `messages.mo` below `compiled`, where no other stays.

    Nothing is written if any of them has a fault. Each file is written anew, whatever it held.

    Raises:
        CatalogError: catalogs have faults; it tells all of them.
        CompileError: `compiled` cannot be written.
    """
    messages = _sound_messages(translations, edits)
    try:
        made = {_write(compiled, language, found) for language, found in messages.items()}
        for file in compiled.glob("*/LC_MESSAGES/*"):
            with suppress(FileNotFoundError):  # another start has renamed or removed it
                if file not in made and _is_left_behind(file):
                    file.unlink()
    except OSError as error:
        raise CompileError(
            f"{error.filename or compiled} cannot be written: {error.strerror}. "
            "Make room on the disk, or let the site's user write there, and start again."
        ) from error


def _sound_messages(translations: Path, edits: Edits) -> Mapping[str, polib.POFile]:
    """What is shown of `messages.po`, by language."""
    messages: dict[str, polib.POFile] = {}
    found: list[tuple[object, Fault]] = []
    for folder in sorted(translations.glob("*/LC_MESSAGES")):
        language = folder.parent.name
        for domain in (MESSAGES, ARTICLE):
            file = path(translations, language, domain)
            if file.exists():
                catalog, faults = examined(file, edits)
                found += [(file, fault) for fault in faults]
                if domain == MESSAGES:
                    messages[language] = polib.POFile()
                    messages[language].extend(shown(catalog, edits))
    if found:
        raise CatalogError(found)
    return messages


def _write(compiled: Path, language: str, catalog: polib.POFile) -> Path:
    # Babel writes hi_Latn what addresses and folders write hi-Latn.
    target = compiled / language.replace("-", "_") / "LC_MESSAGES" / f"{MESSAGES}.mo"
    target.parent.mkdir(parents=True, exist_ok=True)
    # An editor may have written the header in another way, which Python's gettext may not read.
    catalog.metadata = header(language)
    # Several processes may start at once; each must find the old file or the new one, whole.
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    beside.write_bytes(catalog.to_binary())
    beside.replace(target)
    return target


def _is_left_behind(file: Path) -> bool:
    """Whether it is of a language that is gone, or of a start that was cut off."""
    return file.suffix == ".mo" or file.stat().st_mtime < time.time() - _LEFT_BEHIND_SECONDS
