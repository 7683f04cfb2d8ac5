"""What this application searches: the sections of its articles, and published answers."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import click
from flask import Flask, current_app

from blueprints import articles
from blueprints.articles.library import library
from blueprints.languages import all_languages
from search_index import Index, Section, SynonymError, export

# What every section says again, and what only invites: found by reading, not by searching.
NOT_SEARCHED = {"in-short", "ask", "author"}


class Finder:
    """An index of each kind, and both as the browser gets them, with the hash of those bytes."""

    def __init__(self, articles: Index, answers: Index) -> None:
        self.articles = articles
        self.answers = answers
        self.exported = export({"articles": articles, "answers": answers})
        self.digest = hashlib.sha256(self.exported).hexdigest()[:12]


def init_app(app: Flask) -> None:
    """Open the index of the articles of `app`, building it first if they have changed.

    Raises:
        ClickException: the synonyms contradict themselves; names file and line.
    """
    with app.app_context():
        try:
            found = Index(index_folder(), sections())
            app.extensions["search"] = Finder(found, Index(index_folder(), ()))
        except SynonymError as error:
            raise click.ClickException(str(error)) from error


def publish_answers(app: Flask, answers: Sequence[Section]) -> None:
    """Search these published answers from now on, and no others, in this process.

    The id of each is `answer-<id>`; its heading is the question. The edition, which holds the data
    for phones, is as it was until the next is made.
    """
    with app.app_context():
        found = finder().articles
        app.extensions["search"] = Finder(found, Index(index_folder(), answers))


def answers_like(text: str, limit: int = 3) -> list[tuple[int, str]]:
    """Published answers that say something to `text`, best first: their ids and questions."""
    hits = finder().answers.search(text, limit).hits
    return [
        (int(hit.section.id.removeprefix("answer-")), next(iter(hit.section.texts.values()))[0])
        for hit in hits
    ]


def index_folder() -> Path:
    folder: Path = current_app.config["REEDH"].instance_path / "search"
    return folder


def finder() -> Finder:
    made: Finder = current_app.extensions["search"]
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
