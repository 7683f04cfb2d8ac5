"""The site's own pages with the tools of a translator around them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    g,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from blueprints import catalogs
from blueprints.articles import Passage, State, Translation, in_current_language
from blueprints.catalogs import CatalogError
from blueprints.languages import SOURCE, by_code, current
from blueprints.translating.commands import library
from blueprints.translating.preview.entry import told
from blueprints.translating.preview.files import Files
from blueprints.translating.preview.states import SIGNS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

bp = Blueprint("preview", __name__, url_prefix="/preview")


def previewing(app: Flask, language: str) -> WSGIApplication:
    """Make `app` the one of a preview that begins in `language`, and give what to serve."""
    app.extensions["preview"] = (Files(app), language)
    # Pages are made anew for each request, and templates read anew.
    app.debug = True
    # No answers are looked at here: it needs no database, and not to hear that there is none.
    app.logger.setLevel(logging.ERROR)
    app.register_blueprint(bp)
    # The scripts of the site would keep old pages on this computer.
    app.jinja_env.globals |= {"preview_sign": _sign, "loader": str}
    # It comes last, when the page has its security policy.
    app.after_request_funcs.setdefault(None, []).insert(0, _add_tools)
    # Around the application stands the layer that answers from the edition: it is left out.
    return partial(Flask.wsgi_app, app)


def _files() -> Files:
    files: Files = current_app.extensions["preview"][0]
    return files


@bp.before_app_request
def _renew() -> AnyResponse | None:
    g.preview_version = _files().renew()
    if request.path != "/":
        return None
    language = current_app.extensions["preview"][1]
    return redirect(url_for("articles.show", language=language, slug=_first_article()))


def _first_article() -> str:
    return next(iter(library().articles))


@bp.get("/changes")
def changes() -> Response:
    """Tell the browser each version of the files, until it goes away."""
    lines = (f"data: {version}\n\n" if version else ":\n\n" for version in _files().versions())
    return Response(lines, content_type="text/event-stream")


@bp.get("/static/<name>")
def static(name: str) -> Response:
    return send_from_directory(Path(current_app.root_path) / "static" / "translating", name)


@bp.get("/<language:target>/blocks/<id>")
def block(target: str, id: str) -> str:  # noqa: A002 (the name in the address)
    """What a translator asks of a block; the page of an article shows it at its side."""
    problem = _files().problem
    try:
        found = told(target, id) or abort(404)
    except CatalogError as error:
        found, problem = None, problem or str(error)
    slug = found.context.partition("/")[0] if found else ""
    return render_template(
        "translating/block.html",
        told=found,
        problem=problem,
        signs=SIGNS,
        target=by_code(target),
        slug=slug if slug in library().articles else _first_article(),
    )


def _sign(passage: Passage) -> Markup:
    """The link that stands in a block, tells its state and leads to what is said of it."""
    assert passage.place is not None
    id_ = catalogs.id_at(*passage.place)
    # A text that stands twice in a section is one entry.
    seen = g.setdefault("preview_seen", set())
    anchor = "" if id_ in seen else f"preview-{id_}"
    seen.add(id_)
    made = render_template(
        "translating/_sign.html",
        id=id_,
        anchor=anchor,
        state=passage.state,
        sign=SIGNS[passage.state],
        target=current().code,
    )
    return Markup(made)  # noqa: S704 (our own template)


def _add_tools(response: Response) -> Response:
    """Put the legend, the styles and the script of the preview into a page of the site."""
    if response.mimetype != "text/html" or request.blueprint == "preview":
        return _allow_our_style(response)
    passages = list(_passages())
    first: dict[State, str] = {}
    for passage in passages:
        if passage.place:
            first.setdefault(passage.state, catalogs.id_at(*passage.place))
    tools = render_template(
        "translating/_tools.html",
        problem=_files().problem,
        version=g.preview_version,
        signs=SIGNS,
        counts=Counter(passage.state for passage in passages),
        first=first,
        unseen=list(_unseen()),
    )
    before, _, after = response.get_data(as_text=True).partition("</head>")
    body, _, end = after.rpartition("</body>")
    head = render_template("translating/_head.html")
    response.set_data(f"{before}{head}</head>{body}{tools}</body>{end}")
    return _allow_our_style(response)


def _allow_our_style(response: Response) -> Response:
    policy = response.headers["Content-Security-Policy"]
    response.headers["Content-Security-Policy"] = policy.replace("style-src", "style-src 'self'")
    return response


def _passages() -> Iterator[Passage]:
    """Every block of the page, where it is one of an article and translated."""
    for translation in _translations():
        yield from map(translation.show, translation.article.blocks())


def _unseen() -> Iterator[Passage]:
    """What only search engines and those who share the page see."""
    for translation in _translations():
        yield translation.show(translation.article.description)


def _translations() -> Iterator[Translation]:
    article = library().articles.get((request.view_args or {}).get("slug", ""))
    if request.endpoint != "articles.show" or article is None or current().code == SOURCE:
        return
    yield in_current_language(article)
    if emergency := library().emergency:
        yield in_current_language(emergency)
