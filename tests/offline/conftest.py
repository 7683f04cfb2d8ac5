"""A site that can fail, a line that can fail, and a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser

from app import ROOT, create_app
from blueprints import database, edition
from tests.offline.host import Host
from tests.offline.line import Line
from tests.offline.phone import Phone
from tests.serving import serving_here

# What an edition changes: one passage in each language, and a script.
CHANGES = {
    "content/why-spine-surgeries-fail.md": (
        "Most conditions that cause back pain cannot be put right by an operation.",
        "EDITION cannot mend most conditions that cause back pain.",
    ),
    "translations/hi/LC_MESSAGES/article.po": ("रॉड टूट गई है", "रॉड टूट चुकी है"),
    "static/page.js": (
        "start().catch",
        "document.documentElement.dataset.edition = `2`;\n\nstart().catch",
    ),
}
SAYS = {"en": "EDITION cannot mend", "hi": "रॉड टूट चुकी है"}

# The fast choice takes one language for each fault; `make test-all` both.
both_languages = pytest.mark.parametrize(
    "language", ["hi", pytest.param("en", marks=pytest.mark.matrix)]
)


@pytest.fixture(scope="session")
def first_edition(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return made({}, tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="session")
def second_edition(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return made(CHANGES, tmp_path_factory.mktemp("second"))


def made(changes: dict[str, tuple[str, str]], folder: Path, **settings: str) -> Flask:
    """A site with these replacements in its files, its edition ready."""
    for name in ("content", "translations", "static"):
        shutil.copytree(ROOT / name, folder / name)
    for name, (old, new) in changes.items():
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")
    app = create_app(
        {"REEDH_INSTANCE_PATH": str(folder / "instance"), **settings},
        content=folder / "content",
        translations=folder / "translations",
        static=folder / "static",
    )
    edition.publisher(app).edition  # noqa: B018 (making it is the point)
    with app.app_context():
        database.upgrade()
    return app


@pytest.fixture
def host(first_edition: Flask) -> Iterator[Host]:
    yield (host := Host(first_edition))
    host.heal()


@pytest.fixture
def line(host: Host) -> Iterator[Line]:
    with serving_here(host) as address:
        line = Line(urlsplit(address).port or 0)
        yield line
        host.heal()
        line.close()


@pytest.fixture
def phone(browser: Browser, line: Line) -> Iterator[Phone]:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield Phone(context, line)
    context.close()
