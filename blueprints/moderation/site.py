"""How deciding joins the application, and what it asks of the other parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.exceptions import ServiceUnavailable
from werkzeug.routing import IntegerConverter, Map

from blueprints import errors
from blueprints.answering import wants_json
from blueprints.database import BUSY, db
from blueprints.glossary import Glossary
from blueprints.languages import Language
from blueprints.models import LARGEST_ID, Answer
from blueprints.people import resume

# Two languages of Devanagari, nine bytes a letter in a form.
LONGEST_BODY = 512 * 1024
PATHS = "/moderation/"

bp = Blueprint("moderation", __name__, url_prefix="/moderation")


@dataclass(frozen=True, slots=True)
class Others:
    """What other parts of the site know.

    `similar` finds published answers that are like a text, and gives their ids, their questions,
    in a language if they are there, and the languages of these;
    `as_readers_see` shows an answer in a language; `article_states` counts, for each language,
    the blocks of the articles by the state of their translation.
    """

    similar: Callable[[str, str], list[tuple[int, str, str]]]
    as_readers_see: Callable[[Answer, Language], Markup]
    article_states: Callable[[], Iterable[tuple[Language, Counter[Any]]]]


def init_app(app: Flask, others: Others, glossary: Path) -> None:
    app.extensions["moderation"] = (others, Glossary(glossary))
    app.url_map.converters["id"] = _Id
    app.register_blueprint(bp)


@bp.before_app_request
def _allow_long_texts() -> None:
    # Signing in carries on what was typed before.
    if request.path.startswith(PATHS):
        request.max_content_length = LONGEST_BODY
        request.max_form_memory_size = LONGEST_BODY


def _busy(error: Exception) -> ResponseReturnValue:
    """The database did nothing; what was typed comes back, to be sent again."""
    db.session.rollback()
    # Its text may repeat what was typed.
    current_app.logger.warning("The database took no step: %s", type(error).__name__)
    again = _("The site is busy just now. Your text is still here: wait a little and press again.")
    if wants_json():
        return jsonify(message=again), 503
    if request.method == "POST":
        return resume(request.path, request.form.items(multi=True), again), 503
    return errors.show(ServiceUnavailable())


for _kind in BUSY:
    bp.register_error_handler(_kind, _busy)


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
