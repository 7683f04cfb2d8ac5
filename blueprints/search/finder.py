"""What this application searches: the sections of its articles, and published answers."""

from __future__ import annotations

import gc
import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from weakref import WeakKeyDictionary

import click
from flask import Flask, current_app

from blueprints import articles, edition
from blueprints.articles.library import library
from blueprints.languages import all_languages
from blueprints.questions import published
from blueprints.questions.published import Published
from blueprints.search.answers import Answers, answer_id, section
from search_index import Index, MemoryIndex, Section, SynonymError, export

# What every section says again, and what only invites: found by reading, not by searching.
NOT_SEARCHED = {"in-short", "ask", "author"}


@dataclass(frozen=True, slots=True)
class Data:
    """What phones search, as they get it, and the hash of those bytes."""

    exported: bytes
    digest: str


class Finder:
    """An index of each kind, and what phones get: the articles with the answers they keep."""

    def __init__(self, articles: Index) -> None:
        self.articles = articles
        self.answers = Answers()
        self._data: WeakKeyDictionary[Published, Data] = WeakKeyDictionary()

    def data(self) -> Data:
        """The data that belong to the present edition, or to the one that is being made."""
        shown = published.in_edition()
        if shown not in self._data:
            kept = [section(answer) for newest in shown.newest.values() for answer in newest]
            exported = export({"articles": self.articles, "answers": MemoryIndex(kept)})
            self._data[shown] = Data(exported, hashlib.sha256(exported).hexdigest()[:12])
        return self._data[shown]


def init_app(app: Flask) -> None:
    """Open the index of the articles of `app`, building it first if they have changed.

    Raises:
        ClickException: the synonyms contradict themselves; names file and line.
    """
    with app.app_context():
        try:
            app.extensions["search"] = Finder(Index(index_folder(), sections()))
        except SynonymError as error:
            raise click.ClickException(str(error)) from error


def catch_up(app: Flask) -> None:
    """Search from now on what is published now; a result is shown only while it is published.

    Raises:
        DBAPIError, TimeoutError: the database is busy or away.
    """
    with app.app_context():
        finder().answers.catch_up()


def follow(app: Flask) -> None:
    """Catch up with each edition, from now on."""
    publisher = edition.publisher(app)
    followed: list[Published] = []

    def work() -> None:
        shown = publisher.edition.inputs
        if shown in followed:
            return
        catch_up(app)
        if not followed:
            # Or every reader would wait, now and then, while all of it is looked through.
            gc.collect()
            gc.freeze()
        followed[:] = [shown]

    edition.keep_on(app, "index of answers", work, time.sleep)


def answers_like(text: str, language: str, limit: int = 3) -> list[tuple[int, str, str]]:
    """Published answers that say something to `text`, best first.

    Of each its id, its question, in `language` if it is there, and the question's language.
    """
    hits = finder().answers.index.search(text, limit).hits
    return [(answer_id(hit.section), *_question(hit.section, language)) for hit in hits]


def _question(found: Section, language: str) -> tuple[str, str]:
    questions = {code: blocks[0] for code, blocks in sorted(found.texts.items()) if blocks[0]}
    code = language if language in questions else next(iter(questions))
    return questions[code], code


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
