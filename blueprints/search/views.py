"""The results page, its JSON, its shell and the data for searching on the phone.

Results are live: no query is stored or logged.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue

from blueprints import articles
from blueprints.articles.library import library
from blueprints.edition import IMMUTABLE
from blueprints.languages import SOURCE, each_language
from blueprints.search.finder import finder
from blueprints.search.results import find

bp = Blueprint("search", __name__, cli_group="search")

LIMIT = 5
HIGHEST_LIMIT = 20
ANSWERS = 3


def urls() -> list[str]:
    """The paths this module gives to the edition."""
    shells = each_language(lambda: [url_for("search.shell")]).values()
    return [*(url for urls in shells for url in urls), index_url()]


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
    found = find(typed, limit, min(limit, ANSWERS))
    return jsonify(
        query=found.asked.query,
        hits=[
            {
                "article": result.hit.section.article,
                "section": result.hit.section.id,
                "url": result.url,
                "title": result.title,
                "excerpt": "".join(piece.text for piece in result.excerpt),
                "score": round(result.hit.score, 4),
            }
            for result in [*found.sections, *found.answers]
        ],
        suggestion=found.asked.suggestion,
    )


@bp.get("/static/search/index.<digest>.json")
def index_data(digest: str) -> Response:
    """Both indexes and the tables of the analysis, for the scripts of `static/search/`."""
    data = finder().data()
    if digest != data.digest:
        abort(404)
    response = Response(data.exported, content_type="application/json")
    response.headers["Cache-Control"] = IMMUTABLE
    return response


def _page(typed: str, endpoint: str | None = None) -> str:
    found = find(typed, LIMIT, ANSWERS)
    return render_template(
        "search/results.html",
        searched=typed,
        answer=found.asked,
        results=found.sections,
        answers=found.answers,
        limit=LIMIT,
        most_answers=ANSWERS,
        source=SOURCE,
        articles=list(library().articles.values()),
        in_current_language=articles.in_current_language,
        page_endpoint=endpoint,
    )


@bp.app_template_global("search_index_url")
def index_url() -> str:
    """Where the data are that belong to the present edition, or to the one being made."""
    return url_for("search.index_data", digest=finder().data().digest)
