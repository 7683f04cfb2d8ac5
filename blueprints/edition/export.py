"""The edition as a folder for a static host, with snippets that give it the right headers."""

from __future__ import annotations

import re
from pathlib import Path

import click
from flask import Flask, render_template

from blueprints.edition.publish import Edition
from blueprints.edition.resource import Resource

SNIPPETS = ".server"

_PRECOMPRESSED = {"br": ".br", "gzip": ".gz"}

# Set by every server itself, per file.
_PER_FILE = {"Content-Type", "Cache-Control"}


def file_name(path: str, resource: Resource) -> str:
    """`/en/about` -> `en/about/index.html`; `/robots.txt` stays `robots.txt`."""
    name = path.strip("/")
    is_page = resource.content_type.startswith("text/html")
    return f"{name}/index.html".lstrip("/") if is_page else name


def write(app: Flask, edition: Edition, folder: Path) -> int:
    """Write every file of `edition` below `folder`, plain and compressed; return how many.

    Files of an older export that the edition no longer has are removed, so `folder` must be
    empty or hold an export.

    Raises:
        ExportError: `folder` holds something else.
    """
    _clear(folder)
    written = 0
    for path, resource in edition.resources.items():
        target = folder / file_name(path, resource)
        target.parent.mkdir(parents=True, exist_ok=True)
        for coding, representation in resource.representations.items():
            ending = _PRECOMPRESSED.get(coding, "")
            target.with_name(target.name + ending).write_bytes(representation.body)
            written += 1
    for language in app.extensions["languages"]:
        # What a static host shows for an address that nothing has.
        page = app.test_client().get(f"/{language}/404.html")
        (folder / language / "404.html").write_bytes(page.data)
        written += 1
    _write_snippets(app, edition, folder)
    return written


class ExportError(click.ClickException):
    """The edition cannot be written there."""


def _clear(folder: Path) -> None:
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / SNIPPETS).is_dir():
        raise ExportError(f"{folder} holds something that is not an export; name another.")
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def _write_snippets(app: Flask, edition: Edition, folder: Path) -> None:
    resource = next(iter(edition.resources.values()))
    own = resource.representations["identity"]
    skipped = _PER_FILE | {"ETag", "Vary", "Content-Length"}
    headers = [item for item in own.headers if item[0] not in skipped]
    languages = list(app.extensions["languages"])
    values = {
        "folder": folder.resolve(),
        "headers": headers,
        "languages": languages,
        "nginx_types": _types(edition),
    }
    target = folder / SNIPPETS
    target.mkdir(parents=True, exist_ok=True)
    for name in ("nginx.conf", "Caddyfile"):
        text = render_template(f"edition/{name}", **values)
        (target / name).write_text(re.sub(r"\n{3,}", "\n\n", text) + "\n", encoding="utf-8")


def _types(edition: Edition) -> dict[str, str]:
    endings = {
        file_name(path, made).rpartition(".")[2]: made.content_type.partition(";")[0]
        for path, made in edition.resources.items()
    }
    return dict(sorted(endings.items()))
