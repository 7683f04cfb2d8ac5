"""How deciding joins the application, and what it asks of the other parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, current_app, request
from markupsafe import Markup
from werkzeug.routing import IntegerConverter, Map

from blueprints.languages import Language
from blueprints.models import LARGEST_ID, Answer
from blueprints.moderation.glossary import Glossary

_LONGEST_BODY = 512 * 1024

bp = Blueprint("moderation", __name__, url_prefix="/moderation")


@dataclass(frozen=True, slots=True)
class Others:
    """What other parts of the site know.

    `similar` finds published answers that are like a text, and gives their ids and questions;
    `as_readers_see` shows an answer in a language; `article_states` counts, for each language,
    the blocks of the articles whose translation is checked, a draft, and missing.
    """

    similar: Callable[[str], list[tuple[int, str]]]
    as_readers_see: Callable[[Answer, Language], Markup]
    article_states: Callable[[], Iterable[tuple[Language, int, int, int]]]


def init_app(app: Flask, others: Others, glossary: Path) -> None:
    app.extensions["moderation"] = (others, Glossary(glossary))
    app.url_map.converters["id"] = _Id
    app.register_blueprint(bp)


@bp.before_request
def _allow_long_texts() -> None:
    # Two languages of Devanagari, nine bytes a letter in a form.
    request.max_content_length = _LONGEST_BODY
    request.max_form_memory_size = _LONGEST_BODY


def others() -> Others:
    found: Others = current_app.extensions["moderation"][0]
    return found


def glossary() -> Glossary:
    found: Glossary = current_app.extensions["moderation"][1]
    return found


def read_id(text: str) -> int:
    """The id in a field.

    Raises:
        ValueError: it is none that a database can hold.
    """
    found = int(text)
    if not 0 <= found <= LARGEST_ID:
        raise ValueError
    return found


class _Id(IntegerConverter):
    """The id in an address."""

    def __init__(self, routes: Map) -> None:
        super().__init__(routes, max=LARGEST_ID)
