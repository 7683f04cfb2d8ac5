"""The answers to readers' questions about an article: the live page of all of them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, render_template, request
from flask_babel import force_locale
from markupsafe import Markup

from blueprints.articles import library as shelf
from blueprints.articles.site import bp
from blueprints.languages import Language, current
from blueprints.models import Answer
from blueprints.questions import published
from blueprints.questions.published import PublishedAnswer, Shown

A_PAGE = 20


@bp.get("/<language:language>/articles/<slug>/answers")
def answers(slug: str) -> str:
    """One page of all answers, the newest first: `page=`, or the one on which `answer=` stands."""
    article = shelf.library().articles.get(slug) or abort(404)
    number = _number(slug)
    last = max(1, -(-published.count(slug) // A_PAGE))
    if not 1 <= number <= last:
        abort(404)
    found = published.page(slug, (number - 1) * A_PAGE, A_PAGE)
    title = shelf.in_current_language(article).show(article.title)
    return render_template(
        "articles/answers.html",
        slug=slug,
        title=title.plain,
        title_language=title.language,
        number=number,
        last=last,
        query={"page": number} if number > 1 else {},
        answers=shown(found),
    )


def preview(answer: Answer, language: Language) -> Markup:
    """An answer as readers of `language` will see it when it is published."""
    with force_locale(language.locale):
        made = render_template(
            "articles/_preview.html",
            language=language,
            slug=answer.article,
            shown=published.as_published(answer).shown(language.code),
        )
    return Markup(made)  # noqa: S704 (our own template)


def shown(answers: Sequence[PublishedAnswer]) -> list[Shown]:
    """These as `articles/_answer.html` shows them to readers of the current language."""
    return [answer.shown(current().code) for answer in answers]


def _number(slug: str) -> int:
    answer_id = request.args.get("answer", type=int)
    if answer_id is None:
        return request.args.get("page", 1, type=int)
    newer = published.place(answer_id, slug)
    if newer is None:
        abort(404)
    return newer // A_PAGE + 1
