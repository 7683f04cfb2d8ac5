"""The results page and its JSON. They are live: no query is stored or logged."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import articles
from blueprints.articles.library import library
from blueprints.languages import SOURCE, current
from blueprints.search.finder import finder
from search_index import Answer, Hit, Piece

bp = Blueprint("search", __name__, cli_group="search")

LIMIT = 5
HIGHEST_LIMIT = 20


@dataclass(frozen=True, slots=True)
class Result:
    """A hit as shown: heading and excerpt, each in the language it exists in."""

    hit: Hit
    url: str
    title: str
    title_language: str
    excerpt: tuple[Piece, ...]
    excerpt_language: str


@bp.get("/<language:language>/search")
def results() -> str:
    typed = request.args.get("q", "")
    answer = finder().search(typed, LIMIT)
    return render_template(
        "search/results.html",
        typed=typed,
        answer=answer,
        results=[_result(answer, hit) for hit in answer.hits],
        articles=library().articles.values(),
        in_current_language=articles.in_current_language,
    )


@bp.get("/<language:language>/search.json")
def results_json() -> ResponseReturnValue:
    limit = request.args.get("limit", LIMIT, type=int)
    answer = finder().search(request.args.get("q", ""), max(1, min(limit, HIGHEST_LIMIT)))
    shown = [_result(answer, hit) for hit in answer.hits]
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
            for result in shown
        ],
        suggestion=answer.suggestion,
    )


def _result(answer: Answer, hit: Hit) -> Result:
    section = hit.section
    article = library().articles[section.article]
    heading = next(found.heading for found in article.sections if found.id == section.id)
    title = articles.in_current_language(article).show(heading)
    excerpt, language = finder().excerpt(answer, section, current().code), current().code
    if not excerpt:
        excerpt, language = finder().excerpt(answer, section, SOURCE), SOURCE
    url = url_for("articles.show", slug=section.article) + f"#{section.id}"
    return Result(hit, url, title.plain, title.language, excerpt, language)
