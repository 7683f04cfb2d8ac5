"""How asking joins the application."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Flask, abort, current_app, url_for
from markupsafe import Markup, escape

from blueprints.languages import each_language
from blueprints.questions.scanned import WithoutNumber

bp = Blueprint("questions", __name__, cli_group="questions")


def init_app(app: Flask, articles: Sequence[str]) -> None:
    """Take questions about `articles`, which are slugs, the first one first."""
    app.extensions["questions"] = tuple(articles)
    app.jinja_env.globals |= {"takes_questions": takes_questions, "takes_contact": takes_contact}
    app.jinja_env.filters["keep_112"] = keep_112
    app.register_blueprint(bp)
    app.wsgi_app = WithoutNumber(app.wsgi_app)  # type: ignore[method-assign]


def urls() -> list[str]:
    """The paths this module gives to the edition."""
    if not takes_questions():
        return []
    pages = each_language(
        lambda: [url_for(f"questions.{name}") for name in ("privacy", "ask_shell", "mine_shell")]
    )
    return [path for paths in pages.values() for path in paths]


def takes_questions() -> bool:
    return bool(current_app.config["REEDH"].takes_questions)


def takes_contact() -> bool:
    return bool(current_app.config["REEDH"].smtp_url)


def keep_112(text: str) -> Markup:
    """`text`, with 112 kept out of a browser's translation of the page."""
    return escape(text).replace("112", Markup('<span translate="no">112</span>'))


def first_article(slug: str | None) -> str:
    """The article a question is about: the named one, if there is one of that name."""
    articles: tuple[str, ...] = current_app.extensions["questions"]
    return slug if slug in articles else articles[0]


@bp.before_request
def _only_with_somebody_to_complain_to() -> None:
    if not takes_questions():
        abort(404)
