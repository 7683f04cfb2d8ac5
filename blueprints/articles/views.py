"""The public pages. All but `/` belong to the edition, so each view runs once per edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flask import Response, abort, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from blueprints.addresses import absolute, public_host
from blueprints.articles import answers, drawing
from blueprints.articles import library as shelf
from blueprints.articles.passages import State, Translation
from blueprints.articles.poster import panels, qr_code
from blueprints.articles.site import bp
from blueprints.languages import SOURCE, Language, all_languages, each_language, preferred
from blueprints.questions import published

_WORDS_A_MINUTE = 160  # an older reader in pain is not fast


def urls() -> list[str]:
    """The paths this module gives to the edition."""
    pages = [path for paths in each_language(_pages).values() for path in paths]
    return [*pages, url_for("articles.sitemap"), url_for("articles.robots")]


def article_urls() -> list[str]:
    """The articles of the current language, the first one first."""
    return [url_for("articles.show", slug=slug) for slug in shelf.library().articles]


def corrections() -> str:
    """Changes when an article takes back what phones may still show."""
    counts = {slug: article.corrections for slug, article in shelf.library().articles.items()}
    return " ".join(f"{slug}:{count}" for slug, count in counts.items() if count)


def states() -> Iterator[tuple[Language, Counter[State]]]:
    """How many blocks of the articles are in which state, for each language but English."""
    for language in all_languages():
        if language.code == SOURCE:
            continue
        counts: Counter[State] = Counter()
        for article in shelf.library().articles.values():
            counts += shelf.library().translation(article, language.code).states()
        yield language, counts


def _pages() -> list[str]:
    """The pages of the current language, in the order of the site."""
    return [
        url_for("articles.home"),
        *article_urls(),
        url_for("articles.about"),
        url_for("articles.poster"),
    ]


def _findable() -> list[str]:
    notice = [url_for("questions.privacy")] if current_app.config["REEDH"].takes_questions else []
    return [*_pages(), *notice]


@bp.get("/")
def negotiate() -> AnyResponse:
    """To the reader's language, of which the address says nothing."""
    response = redirect(url_for("articles.home", language=preferred()))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.get("/<language:language>/")
def home() -> str:
    articles = map(shelf.in_current_language, shelf.library().articles.values())
    return render_template("articles/home.html", articles=list(articles))


@bp.get("/<language:language>/articles/<slug>")
def show(slug: str) -> str:
    article = shelf.library().articles.get(slug) or abort(404)
    translation = shelf.in_current_language(article)
    emergency = shelf.library().emergency
    notice = shelf.in_current_language(emergency) if emergency else None
    return render_template(
        "articles/show.html",
        article=article,
        show=translation.show,
        title=translation.show(article.title).plain,
        states=translation.states() + (notice.states() if notice else Counter()),
        State=State,
        minutes=_minutes(translation),
        emergency=notice,
        drawing=drawing.inline,
        answers=answers.shown(published.in_edition().answers(slug)),
    )


@bp.get("/<language:language>/about")
def about() -> str:
    return render_template("articles/about.html")


@bp.get("/<language:language>/poster")
def poster() -> str:
    """A printable sheet for the waiting-room wall, its QR code naming the first article."""
    article = next(iter(shelf.library().articles.values()))
    titles = {
        language.code: shelf.library().translation(article, language.code).show(article.title).plain
        for language in all_languages()
    }
    address = absolute(url_for("articles.show", slug=article.slug))
    return render_template(
        "articles/poster.html",
        panels=panels(all_languages(), titles),
        address=address,
        short_address=public_host(),
        qr=qr_code(address),
    )


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    by_language = each_language(_findable)
    pages = [
        {code: absolute(path) for code, path in zip(by_language, versions, strict=True)}
        for versions in zip(*by_language.values(), strict=True)
    ]
    text = render_template("articles/sitemap.xml", pages=pages)
    return Response(text, content_type="application/xml; charset=utf-8")


@bp.get("/robots.txt")
def robots() -> Response:
    text = f"User-agent: *\nAllow: /\nSitemap: {absolute(url_for('articles.sitemap'))}\n"
    return Response(text, content_type="text/plain; charset=utf-8")


def _minutes(translation: Translation) -> int:
    read = (block for block in translation.article.blocks() if block.kind != "figure")
    words = sum(len(translation.show(block).plain.split()) for block in read)
    return max(1, round(words / _WORDS_A_MINUTE))
