"""The search index of this application: the sections of its articles."""

from __future__ import annotations

from flask import Flask, current_app

from blueprints import articles
from blueprints.articles.library import library
from blueprints.languages import all_languages
from search_index import Index, Section

# What every section says again, and what only invites: found by reading, not by searching.
NOT_SEARCHED = {"in-short", "ask", "author"}


def init_app(app: Flask) -> None:
    with app.app_context():
        folder = app.config["REEDH"].instance_path / "search"
        app.extensions["search"] = Index(folder, sections())


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
        shown = [translation.show(block) for block in section.blocks() if block.kind != "figure"]
        texts[language.code] = [
            passage.plain for passage in shown if passage.language == language.code
        ]
    return texts
