"""Gettext catalogs: read, refused when they would break a page, compiled.

Only `.po` files are kept in git. `messages.po` holds the words of templates, Python and
JavaScript and is compiled for Flask-Babel; `article.po` holds the blocks of the articles and
is read as it is, because the reader is told the state of each block's translation.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

import click
import polib

MESSAGES = "messages"
ARTICLE = "article"

_PLACEHOLDER = re.compile(r"%\((\w+)\)")


class CatalogError(click.ClickException):
    """A catalog would break a page; the message begins with `file:line:`."""


def path(translations: Path, language: str, domain: str) -> Path:
    return translations / language / "LC_MESSAGES" / f"{domain}.po"


def read(file: Path) -> polib.POFile:
    """Read one `.po` file.

    Raises:
        CatalogError: it is missing, not UTF-8 or not a catalog.
    """
    try:
        return polib.pofile(str(file), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        # polib words syntax errors as "Syntax error in po file … (line 12): …"
        line = re.search(r"\(line (\d+)\)", str(error))
        raise CatalogError(f"{file}:{line[1] if line else 1}: {error}") from error


def compile_messages(translations: Path, compiled: Path) -> None:
    """Check every `messages.po` and write its `.mo` below `compiled`.

    Raises:
        CatalogError: a translation cannot be formatted the way its page will format it.
    """
    for file in sorted(translations.glob(f"*/LC_MESSAGES/{MESSAGES}.po")):
        catalog = read(file)
        for entry in _shown(catalog):
            _check_placeholders(file, entry)
        target = compiled / file.relative_to(translations).with_suffix(".mo")
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, catalog.to_binary())


def _shown(catalog: polib.POFile) -> Iterable[polib.POEntry]:
    return (entry for entry in catalog if entry.translated() and not entry.obsolete)


def _check_placeholders(file: Path, entry: polib.POEntry) -> None:
    # Jinja formats every message, so a lone % or an unknown name is a server error.
    sources = [entry.msgid, entry.msgid_plural]
    values = dict.fromkeys(_PLACEHOLDER.findall(" ".join(sources)), 0)
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        try:
            text % values
        except KeyError as error:
            problem = f"placeholder %({error.args[0]})s is not in the English text"
        except (TypeError, ValueError):
            problem = "a percent sign must be written %% and a placeholder %(name)s"
        else:
            continue
        raise CatalogError(f"{file}:{entry.linenum}: {problem}: {text!r}")


def _replace(target: Path, content: bytes) -> None:
    # Several processes may start at once; each must find the old file or the new one, whole.
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as beside:
        beside.write(content)
    Path(beside.name).replace(target)
