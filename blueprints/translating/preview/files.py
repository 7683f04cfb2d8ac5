"""The files that translators edit, and the application brought up to date with them."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Lock

import click
from flask import Flask
from flask_babel import get_domain

from blueprints import catalogs
from blueprints.articles import Library

_EVERY_SECONDS = 0.02
# So often a browser that went away is noticed.
_SILENCE_SECONDS = 1.0


class Files:
    """Articles and catalogs; `problem` says why the application is not up to date, if so."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._content = Path(app.config["CONTENT"])
        self._translations = Path(app.config["TRANSLATIONS"])
        self._lock = Lock()
        self._shown = ""
        self.problem = ""

    def version(self) -> str:
        """Changes with every save."""
        told = hashlib.sha256()
        catalog_files = self._translations.glob("*/LC_MESSAGES/*.po")
        for file in sorted([*self._content.rglob("*.*"), *catalog_files]):
            try:
                found = file.stat()
            except FileNotFoundError:  # an editor puts a new file in the place of the old one
                continue
            told.update(f"{file} {found.st_mtime_ns} {found.st_size}\n".encode())
        return told.hexdigest()[:16]

    def renew(self) -> str:
        """Read everything anew if something was saved; gives the version that is shown.

        What is broken leaves the application as it was.
        """
        with self._lock:
            # Taken before the files are read: what is saved meanwhile is read the next time.
            version = self.version()
            if version != self._shown:
                self.problem = self._read()
                self._shown = version
            return version

    def versions(self) -> Iterator[str]:
        """Each version as it comes, the present one first; an empty text now and then."""
        last, told_at = "", 0.0
        while True:
            version, now = self.version(), time.monotonic()
            if version != last or now - told_at > _SILENCE_SECONDS:
                yield "" if version == last else version
                last, told_at = version, now
            time.sleep(_EVERY_SECONDS)

    def _read(self) -> str:
        judge = self._app.extensions["articles"].judge
        compiled = Path(self._app.config["BABEL_TRANSLATION_DIRECTORIES"])
        languages = self._app.extensions["languages"]
        try:
            read = Library(self._content, self._translations, languages, judge)
            catalogs.compile_messages(self._translations, compiled, judge.edits)
        except (click.ClickException, OSError) as error:
            return str(error).replace(f"{self._app.root_path}/", "")
        self._app.extensions["articles"] = read
        get_domain().cache.clear()
        return ""
