"""The results page, its JSON, its shell and the data for searching on the phone.

Results are live: no query is stored or logged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import articles
from blueprints.articles.library import library
from blueprints.edition import IMMUTABLE
from blueprints.languages import SOURCE, current, each_language
from blueprints.search.finder import Finder, finder
from search_index import Answer, Hit, Index, Piece, Section

bp = Blueprint("search", __name__, cli_group="search")

LIMIT = 5
HIGHEST_LIMIT = 20
ANSWERS = 3


@dataclass(frozen=True, slots=True)
class Result:
    """A hit as shown: heading and excerpt, each in the language it exists in."""

    hit: Hit
    url: str
    title: str
    title_language: str
    excerpt: tuple[Piece, ...]
    excerpt_language: str


def urls() -> list[str]:
    """The paths this module gives to the edition."""
    shells = each_language(lambda: [url_for("search.shell")]).values()
    return [*(url for urls in shells for url in urls), index_url(finder())]


def index_url(found: Finder) -> str:
    return url_for("search.index_data", digest=found.digest)


@bp.get("/<language:language>/search")
def results() -> str:
    return _page(request.args.get("q", ""))


@bp.get("/<language:language>/kept/search")
def shell() -> str:
    """The results page without results; on the phone its script fills it."""
    return _page("", endpoint="search.results")


@bp.get("/<language:language>/search.json")
def results_json() -> ResponseReturnValue:
    limit = request.args.get("limit", LIMIT, type=int)
    limit = max(1, min(limit, HIGHEST_LIMIT))
    typed = request.args.get("q", "")
    found = finder()
    answer, from_answers = _search(found, typed, limit, min(limit, ANSWERS))
    return jsonify(
        query=answer.query,
        hits=[
            {
                "article": result.hit.section.article,
                "section": result.hit.section.id,
                "url": result.url,
                "title": result.title,
                "excerpt": "".join(piece.text for piece in result.excerpt),
                "score": round(result.hit.score, 4),
            }
            for result in [
                *_results(found.articles, answer),
                *_results(found.answers, from_answers),
            ]
        ],
        suggestion=answer.suggestion,
    )


@bp.get("/static/search/index.<digest>.json")
def index_data(digest: str) -> Response:
    """Both indexes and the tables of the analysis, for the scripts of `static/search/`."""
    if digest != finder().digest:
        abort(404)
    response = Response(finder().exported, content_type="application/json")
    response.headers["Cache-Control"] = IMMUTABLE
    return response


def _page(typed: str, endpoint: str | None = None) -> str:
    found = finder()
    answer, from_answers = _search(found, typed, LIMIT, ANSWERS)
    return render_template(
        "search/results.html",
        searched=typed,
        answer=answer,
        results=list(_results(found.articles, answer)),
        answers=list(_results(found.answers, from_answers)),
        limit=LIMIT,
        most_answers=ANSWERS,
        source=SOURCE,
        articles=list(library().articles.values()),
        in_current_language=articles.in_current_language,
        index_url=index_url(found),
        page_endpoint=endpoint,
    )


def _search(found: Finder, typed: str, limit: int, answers: int) -> tuple[Answer, Answer]:
    return found.articles.search(typed, limit), found.answers.search(typed, answers)


def _results(index: Index, answer: Answer) -> Iterator[Result]:
    for hit in answer.hits:
        section = hit.section
        title, title_language = _heading(section)
        excerpt, language = index.excerpt(answer, section, current().code), current().code
        if not excerpt:
            excerpt, language = index.excerpt(answer, section, SOURCE), SOURCE
        url = url_for("articles.show", slug=section.article) + f"#{section.id}"
        yield Result(hit, url, title, title_language, excerpt, language)


def _heading(section: Section) -> tuple[str, str]:
    """The heading in the reader's language, else in the source's or the one that has it."""
    for code in (current().code, SOURCE, *section.texts):
        if section.texts.get(code, [""])[0]:
            return section.texts[code][0], code
    return section.key, SOURCE
