"""The search index of this application: the sections of its articles."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask, current_app

from blueprints import articles
from blueprints.articles.library import library
from blueprints.languages import all_languages
from search_index import Index, Section, SynonymError

# What every section says again, and what only invites: found by reading, not by searching.
NOT_SEARCHED = {"in-short", "ask", "author"}


def init_app(app: Flask) -> None:
    """Open the index of the articles of `app`, building it first if they have changed.

    Raises:
        ClickException: the synonyms contradict themselves; names file and line.
    """
    with app.app_context():
        try:
            app.extensions["search"] = Index(index_folder(), sections())
        except SynonymError as error:
            raise click.ClickException(str(error)) from error


def index_folder() -> Path:
    folder: Path = current_app.config["REEDH"].instance_path / "search"
    return folder


def finder() -> Index:
    made: Index = current_app.extensions["search"]
    return made


def sections() -> list[Section]:
    """Every section that is searched, with its words in each language they exist in."""
    return [
        Section(article.slug, section.id, _texts(article, section))
        for article in library().articles.values()
        for section in article.sections
        if section.id not in NOT_SEARCHED
    ]


def _texts(article: articles.Article, section: articles.Section) -> dict[str, list[str]]:
    texts: dict[str, list[str]] = {}
    for language in all_languages():
        translation = library().translation(article, language.code)
        heading, *rest = [
            translation.show(block) for block in section.blocks() if block.kind != "figure"
        ]
        texts[language.code] = [
            heading.plain if heading.language == language.code else "",
            *(passage.plain for passage in rest if passage.language == language.code),
        ]
    return texts
