"""The edition as a folder for a static host, with snippets that give it the right headers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click
from flask import Flask, Response, render_template
from werkzeug.exceptions import HTTPException, NotFound, ServiceUnavailable

from blueprints.edition.publish import Edition
from blueprints.edition.resource import Resource

SNIPPETS = ".server"
LISTING = f"{SNIPPETS}/files"
# The file that is being written; one that an interrupted export has left is written over.
UNFINISHED = f"{SNIPPETS}/unfinished"

_PRECOMPRESSED = {"br": ".br", "gzip": ".gz"}

# These differ from file to file, and the static server sets them itself.
_SET_PER_FILE = {"Content-Type", "Content-Length", "Cache-Control", "ETag", "Vary"}


class ExportError(click.ClickException):
    """The edition cannot be written there."""


def file_name(path: str, resource: Resource) -> str:
    """`/en/about` -> `en/about/index.html`; `/robots.txt` stays `robots.txt`."""
    name = path.strip("/")
    is_page = resource.content_type.startswith("text/html")
    return f"{name}/index.html".lstrip("/") if is_page else name


def write(app: Flask, edition: Edition, folder: Path) -> int:
    """Write every file of `edition` below `folder`, plain and compressed; return how many.

    The folder is being served while this runs, so each file is replaced whole, and files that
    only an earlier export had are removed last.

    Raises:
        ExportError: `folder` holds something that no export wrote, or a link that leads out
            of it, or cannot be written.
    """
    try:
        earlier = _earlier_files(folder)
        files = _files(app, edition, folder)
        # First, so that an export after one that was interrupted knows its files.
        _list(folder, {*earlier, *files})
        for name, content in files.items():
            _replace(folder, name, content)
        for name in earlier - set(files):
            _remove(folder, folder / name)
        _list(folder, files)
    except OSError as error:
        raise ExportError(
            f"{error.filename or folder} cannot be written or read: {error.strerror}. "
            "The export is not complete: mend that, and export again."
        ) from error
    return len(files)


def _earlier_files(folder: Path) -> set[str]:
    """The files of an earlier export into `folder`; there may be no others."""
    for path in [folder, *folder.rglob("*")]:
        if path.is_symlink():
            raise ExportError(f"{path} is a symbolic link; name a folder without any.")
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    listing = folder / LISTING
    text = listing.read_text(encoding="utf-8", errors="replace") if LISTING in present else ""
    listed = set(text.splitlines())
    if foreign := sorted(present - listed - {LISTING, UNFINISHED}):
        raise ExportError(f"{folder} holds {foreign[0]}, which no export wrote; name another.")
    return listed & present


def _files(app: Flask, edition: Edition, folder: Path) -> dict[str, bytes]:
    files = {}
    for path, resource in edition.resources.items():
        for coding, representation in resource.representations.items():
            name = file_name(path, resource) + _PRECOMPRESSED.get(coding, "")
            files[name] = representation.body
    for language in app.extensions["languages"]:
        # What a static host shows for an address that nothing has, and for a live one while the
        # running site is away.
        for error in (NotFound(), ServiceUnavailable()):
            name = f"{language}/{error.code}.html"
            files[name] = _error_page(app, f"/{name}", error)
    return files | _snippets(app, edition, folder)


def _error_page(app: Flask, path: str, error: HTTPException) -> bytes:
    with app.app_context(), app.test_request_context(path):
        response: Response = app.make_response(app.handle_http_exception(error))
        return response.get_data()


def _list(folder: Path, names: Iterable[str]) -> None:
    _replace(folder, LISTING, "".join(f"{name}\n" for name in names).encode())


def _replace(folder: Path, name: str, content: bytes) -> None:
    target, unfinished = folder / name, folder / UNFINISHED
    for file in (target, unfinished):
        file.parent.mkdir(parents=True, exist_ok=True)
    try:
        unfinished.write_bytes(content)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _remove(folder: Path, file: Path) -> None:
    file.unlink()
    while file.parent != folder and not any(file.parent.iterdir()):
        file = file.parent
        file.rmdir()


def _snippets(app: Flask, edition: Edition, folder: Path) -> dict[str, bytes]:
    resource = next(iter(edition.resources.values()))
    own = resource.representations["identity"]
    values = {
        "folder": folder.resolve(),
        "headers": [item for item in own.headers if item[0] not in _SET_PER_FILE],
        "languages": list(app.extensions["languages"]),
        "first_of_ours": _first_of_ours(app.extensions["languages"]),
        "nginx_types": _types(edition),
        "running_site": f"127.0.0.1:{app.config['REEDH'].port}",
    }
    texts = {
        name: render_template(f"edition/{name}", **values) for name in ("nginx.conf", "Caddyfile")
    }
    return {
        f"{SNIPPETS}/{name}": (re.sub(r"\n{3,}", "\n\n", text) + "\n").encode()
        for name, text in texts.items()
    }


def _first_of_ours(codes: Iterable[str]) -> str:
    """A pattern whose first match in Accept-Language is a language of ours that is wanted."""
    tags = "|".join(code.replace("-", "[-_]") for code in sorted(codes, key=len, reverse=True))
    return rf"(?:^|,)\s*({tags})(?:[-_][^,;]*)?\s*(?:;\s*q=(?:1|0?\.0*[1-9])[^,]*)?(?:,|$)"


def _types(edition: Edition) -> dict[str, str]:
    endings = {
        file_name(path, made).rpartition(".")[2]: made.content_type.partition(";")[0]
        for path, made in edition.resources.items()
    }
    return dict(sorted(endings.items()))
