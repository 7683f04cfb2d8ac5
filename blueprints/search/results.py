"""What a search finds, as it is shown: sections of articles, and answers that are published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, url_for

from blueprints.database import BUSY
from blueprints.languages import SOURCE, current
from blueprints.questions import published
from blueprints.search.answers import answer_id, section
from blueprints.search.finder import finder
from search_index import Answer, Hit, Index, Piece, Section


@dataclass(frozen=True, slots=True)
class Result:
    """A hit as shown: heading and excerpt, each in the language it exists in."""

    hit: Hit
    url: str
    title: str
    title_language: str
    excerpt: tuple[Piece, ...]
    excerpt_language: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the articles say of the query, and the results of both kinds."""

    asked: Answer
    sections: list[Result]
    answers: list[Result]


def find(typed: str, limit: int, answers: int) -> Found:
    """Search for `typed`: at most `limit` sections, and so many answers."""
    index = finder().articles
    asked = index.search(typed, limit)
    results = [
        _result(index, asked, hit, hit.section, _url_of_section(hit.section)) for hit in asked.hits
    ]
    return Found(asked, results, list(_answers(typed, answers)))


def _answers(typed: str, limit: int) -> Iterator[Result]:
    """Those that are published at this moment, as they are now, whatever the index holds."""
    if current_app.debug:  # nothing follows there
        finder().answers.catch_up()
    index = finder().answers.index
    asked = index.search(typed, limit)
    ids = [answer_id(hit.section) for hit in asked.hits]
    try:
        present = published.with_ids(ids)
        places = {each: published.place(each, answer.article) for each, answer in present.items()}
    except BUSY:
        return
    for each, hit in zip(ids, asked.hits, strict=True):
        if each in present:
            now = section(present[each])
            yield _result(index, asked, hit, now, _url_of_answer(now, each, places[each]))


def _result(index: Index, asked: Answer, hit: Hit, shown: Section, url: str) -> Result:
    title, title_language = _heading(shown)
    excerpt: tuple[Piece, ...] = ()
    language = SOURCE
    for language in _languages(shown):
        excerpt = index.excerpt(asked, shown, language)
        if excerpt:
            break
    return Result(hit, url, title, title_language, excerpt, language)


def _url_of_section(found: Section) -> str:
    return url_for("articles.show", slug=found.article) + f"#{found.id}"


def _url_of_answer(found: Section, answer: int, place: int | None) -> str:
    """Of the newest the article, which phones keep; of an older one, the page it stands on."""
    if place is not None and place < published.NEWEST:
        return _url_of_section(found)
    return published.permalink(found.article, answer)


def _heading(found: Section) -> tuple[str, str]:
    """The heading in the reader's language, else in the source's or the one that has it."""
    for code in _languages(found):
        if found.texts.get(code, [""])[0]:
            return found.texts[code][0], code
    return found.key, SOURCE


def _languages(found: Section) -> tuple[str, ...]:
    return (current().code, SOURCE, *found.texts)
