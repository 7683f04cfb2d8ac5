"""The site with another language, begun by the command in a copy of the catalogs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import polib
from click.testing import Result
from flask import Flask
from flask_babel import Domain

from app import ROOT, create_app
from blueprints import database
from blueprints.translating import pseudo
from tests.publishing import SLUG

Fill = Callable[[polib.POFile], polib.POFile]


def copied(folder: Path) -> Path:
    """A copy of the catalogs, in `folder`."""
    return Path(shutil.copytree(ROOT / "translations", folder / "translations"))


def with_catalogs(translations: Path, **settings: str) -> Flask:
    """The site with these catalogs and a database; only `translations` is not as it is in git."""
    instance = translations.with_name("instance")
    app = create_app({"REEDH_INSTANCE_PATH": str(instance)} | settings, translations=translations)
    with app.app_context():
        database.upgrade()
    return app


def begin(translations: Path, language: str, *options: str) -> Result:
    """Run `flask translations new`."""
    app = with_catalogs(translations)
    return app.test_cli_runner().invoke(args=["translations", "new", language, *options])


def site_with(folder: Path, language: str, fill: Fill | None = None, **settings: str) -> Flask:
    """The site with `language`, its catalogs empty, or as `fill` gives them."""
    translations = copied(folder)
    begun = begin(translations, language)
    assert begun.exit_code == 0, begun.output
    for file in sorted((translations / language).rglob("*.po")):
        if fill:
            fill(polib.pofile(str(file), wrapwidth=0)).save(str(file))
    return with_catalogs(translations, **settings)


def pseudo_site(folder: Path, fill: Fill | None = pseudo.translated, **settings: str) -> Flask:
    """The same in the language of `pseudo`. A word in no catalog is not told apart as English."""
    app = site_with(folder, pseudo.LANGUAGE, fill, **settings)
    app.extensions["babel"].instance.domain_instance = Domain()
    return app


def pages(app: Flask, language: str) -> list[str]:
    """The path of every page in `language`, shells included, as the routes name them."""
    adapter = app.url_map.bind("localhost")
    return [
        adapter.build(
            rule.endpoint,
            {name: {"language": language, "slug": SLUG}[name] for name in rule.arguments},
        )
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and {"language"} <= rule.arguments <= {"language", "slug"}
    ]


def team_pages(app: Flask, **values: object) -> list[tuple[str, str]]:
    """Endpoint and path of all that the team can open; `values` go into the paths."""
    adapter = app.url_map.bind("localhost")
    return [
        (
            rule.endpoint,
            adapter.build(rule.endpoint, {each: values[each] for each in rule.arguments}),
        )
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/moderation") and "GET" in (rule.methods or ())
    ]
