"""The web app manifest of a language: how the site stands on a home screen."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from blueprints import articles
from blueprints.languages import current

_COLOUR = "#0b5a4a"


def manifest() -> dict[str, Any]:
    """One app whatever the language, as all manifests have the same `id`."""
    paths = articles.article_urls()
    start = paths[0] if len(paths) == 1 else url_for("articles.home")
    return {
        "id": "/",
        "name": _("Reedh – a guide for spine patients"),
        "short_name": _("Reedh"),
        "description": _("A guide for patients, in plain words"),
        "lang": current().code,
        "dir": current().direction,
        "start_url": start,
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": _COLOUR,
        "icons": [
            *(_icon(f"icons/any-{size}.png", f"{size}x{size}", "any") for size in (192, 512)),
            *(
                _icon(f"icons/maskable-{size}.png", f"{size}x{size}", "maskable")
                for size in (192, 512)
            ),
        ],
        "screenshots": _screenshots(),
        "shortcuts": [
            {"name": _("Search"), "url": url_for("search.results")},
            {"name": _("Ask"), "url": _ask() or f"{paths[0]}#ask"},
        ],
    }


def _ask() -> str:
    takes_questions = current_app.config["REEDH"].takes_questions
    return url_for("questions.ask") if takes_questions else ""


def _icon(name: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": _url(name), "type": _type(name), "sizes": sizes, "purpose": purpose}


def _screenshots() -> list[dict[str, str]]:
    labels = {"article": _("Read"), "search": _("Search")}
    names = {f"screenshots/{kind}-{current().code}.png": label for kind, label in labels.items()}
    taken = current_app.extensions["assets"].names("screenshots/")
    return [
        {
            "src": _url(name),
            "type": _type(name),
            "sizes": "540x1110",
            "form_factor": "narrow",
            "label": label,
        }
        for name, label in names.items()
        if name in taken
    ]


def _url(name: str) -> str:
    assets = current_app.extensions["assets"]
    return url_for("edition.asset", hashed=assets.hashed_name(name))


def _type(name: str) -> str:
    return str(current_app.extensions["assets"].content_type(name)).partition(";")[0]
