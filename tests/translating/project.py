"""A copy of the articles and catalogs that a test may edit."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polib
from click.testing import Result
from flask import Flask

from app import create_app
from tests.conftest import ARTICLE, Client
from tests.page import Page

SLUG = ARTICLE.rpartition("/")[2]


class Project:
    """The project as somebody edits it; each look at it is a new start of the site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.article = folder / "content" / f"{SLUG}.md"
        self.catalog = folder / "translations/hi/LC_MESSAGES/article.po"

    def app(self) -> Flask:
        return create_app(
            {"REEDH_INSTANCE_PATH": str(self.folder / "instance")},
            content=self.folder / "content",
            translations=self.folder / "translations",
        )

    def edit(self, old: str, new: str) -> None:
        """Change the English, and bring the catalogs up to date."""
        text = self.article.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        self.article.write_text(text.replace(old, new), encoding="utf-8")
        self.run("update")

    def run(self, *args: str, status: int = 0) -> Result:
        result = self.app().test_cli_runner().invoke(args=["translations", *args])
        assert result.exit_code == status, result.output
        return result

    def json(self, *args: str, status: int = 0) -> Any:
        return json.loads(self.run(*args, "--json", status=status).output)

    def entry(self, msgid: str) -> polib.POEntry:
        """The entry of an English text, as the file has it."""
        found = polib.pofile(str(self.catalog)).find(msgid)
        assert found is not None
        return found

    def change(self, msgid: str, **fields: object) -> None:
        """Edit an entry as a gettext editor would."""
        entries = polib.pofile(str(self.catalog), wrapwidth=0)
        entry = entries.find(msgid)
        for name, value in fields.items():
            setattr(entry, name, value)
        entries.save(str(self.catalog))

    def page(self, language: str = "hi") -> Page:
        return Client(self.app()).get(f"/{language}{ARTICLE}")
