"""What there is to translate, in source order, as catalogs without translations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import IO

import polib
from babel.messages.extract import extract_from_dir, extract_python

from blueprints.articles.source import Article

# A call of gettext, by any of its names.
_CALL = re.compile(rb"(?:\b_|gettext)\s*\(")
_PYTHON = f"{__name__}:python"
_METHODS = [("app.py", _PYTHON), ("blueprints/**.py", _PYTHON), ("templates/**", "jinja2")]
_OPTIONS = {"templates/**": {"trimmed": "true", "silent": "false"}}
_OUR_FOLDERS = ("blueprints", "templates")


def messages(root: Path) -> list[polib.POEntry]:
    """The user-interface strings of Python files and templates below `root`."""
    entries: dict[tuple[str | None, str], polib.POEntry] = {}
    found = extract_from_dir(
        str(root),
        _METHODS,
        _OPTIONS,
        comment_tags=["Translators:"],
        directory_filter=lambda folder: _is_ours(root, Path(folder)),
        strip_comment_tags=True,
    )
    for file, _line, message, comments, context in found:
        singular, plural = message if isinstance(message, tuple) else (message, "")
        entry = entries.setdefault(
            (context, singular),
            polib.POEntry(
                msgid=singular,
                msgid_plural=plural,
                msgctxt=context,
                comment="\n".join(comments),
            ),
        )
        if (file, "") not in entry.occurrences:
            entry.occurrences.append((file, ""))
    return list(entries.values())


def blocks(articles: Iterable[Article]) -> list[polib.POEntry]:
    """The blocks of the articles; the same text twice in one section is one entry.

    Each has its kind and the facts that it tells as its comment, by which it is known again;
    a heading inside a section has those of the block below it.
    """
    entries: dict[tuple[str, str], polib.POEntry] = {}
    for article in articles:
        found = list(article.blocks())
        for block, below in zip_longest(found, found[1:]):
            facts = below.facts if block.kind == "subheading" and below else block.facts
            entries.setdefault(
                (block.context, block.text),
                polib.POEntry(
                    msgctxt=block.context,
                    msgid=block.text,
                    comment=" ".join([block.kind, *facts]),
                ),
            )
    return list(entries.values())


def python(
    file: IO[bytes],
    keywords: Mapping[str, None],
    comment_tags: Collection[str],
    options: Mapping[str, str],
) -> Iterator[object]:
    """Babel's own extraction, but for files without a call: reading these takes most of the time.

    Babel calls it by its name.
    """
    if _CALL.search(file.read()):
        file.seek(0)
        yield from extract_python(file, keywords, comment_tags, {})


def _is_ours(root: Path, folder: Path) -> bool:
    return folder == root or folder.relative_to(root).parts[0] in _OUR_FOLDERS
