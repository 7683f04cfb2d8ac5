"""The service worker, its packs, the manifests and the pages about reading without a network."""

from __future__ import annotations

import json
from collections.abc import Iterable

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, render_template, url_for
from flask_babel import gettext as _

from blueprints.articles import in_current_language
from blueprints.articles.library import library
from blueprints.edition import IMMUTABLE
from blueprints.languages import each_language
from blueprints.offline.listing import Recall, listing, pack_url, present, present_packs
from blueprints.offline.manifest import manifest

bp = Blueprint("offline", __name__)


def init_app(app: Flask, recalls: Iterable[Recall]) -> None:
    """Let phones keep the edition of `app`, unless the settings say otherwise.

    When what `recalls` give changes, an edition has taken something back: phones then change to
    it without a tap. Each is called within an application context.
    """
    app.extensions["recalls"] = tuple(recalls)
    app.jinja_env.globals["is_kept_offline"] = _is_kept


def urls() -> list[str]:
    """The pages and manifests this module gives to the edition."""
    by_language = each_language(
        lambda: [url_for(f"offline.{name}") for name in ("offline", "add", "hints", "web_manifest")]
    )
    paths = [path for paths in by_language.values() for path in paths]
    return [*paths, url_for("offline.apple_touch_icon")]


def summaries() -> list[str]:
    """What sums up all other resources of the edition."""
    return [*map(pack_url, present_packs(present())), url_for("offline.service_worker")]


@bp.get("/service-worker.js")
def service_worker() -> Response:
    """The worker with its list, or the one that takes it back."""
    assets = current_app.extensions["assets"]
    script = assets.classic("workers/retire.js")
    if _is_kept():
        edition = f"self.EDITION={listing(current_app.extensions['recalls'])};\n"
        script = edition.encode() + assets.classic(
            "workers/keep.js", "ask/outbox.js", "workers/sync.js"
        )
    response = Response(script, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/static/offline/<name>.<digest>.pack")
def pack(name: str, digest: str) -> Response:
    found = {(made.name, made.digest): made for made in present_packs(present())}
    if (name, digest) not in found:
        abort(404)
    response = Response(found[name, digest].body, content_type="application/octet-stream")
    response.headers["Cache-Control"] = IMMUTABLE
    return response


@bp.get("/<language:language>/manifest.webmanifest")
def web_manifest() -> Response:
    text = json.dumps(manifest(), ensure_ascii=False)
    return Response(text, content_type="application/manifest+json")


@bp.get("/apple-touch-icon.png")
def apple_touch_icon() -> Response:
    """The icon on an iPhone's home screen."""
    icon = current_app.extensions["assets"].content("icons/apple-180.png")
    return Response(icon, content_type="image/png")


@bp.get("/<language:language>/offline")
def offline() -> str:
    """What the worker shows in place of a page that cannot be had."""
    shown = map(in_current_language, library().articles.values())
    return render_template("offline/offline.html", articles=list(shown))


@bp.get("/<language:language>/add-to-phone")
def add() -> str:
    """How to put the site on the home screen, with pictures."""
    return render_template("offline/add.html")


@bp.get("/<language:language>/hints.json")
def hints() -> Response:
    """What `static/install.js`, `listen.js` and `home/rest.js` say, which few pages need."""
    return jsonify(
        rest={
            "offer": _("Not on this phone yet: {all} more pages, {size}."),
            "doing": _("{done} of {all} pages are on this phone, {done size} of {size}."),
            "done": _("Everything is on this phone."),
            "line": _("The internet is gone. What has come stays. Go on when it is back."),
            "space": _("This phone has no space left for the rest."),
        },
        install={
            "text": _("The guide can stand on your phone like an app."),
            "do": _("Add to phone"),
            "refuse": _("Not now"),
        },
        guide={
            "text": _("The guide can stand on your phone like an app."),
            "do": _("See how"),
            "refuse": _("Not now"),
            "url": url_for("offline.add"),
        },
        in_app={
            "text": _(
                "You are inside another app. To keep this guide, open it in Chrome or Safari."
            ),
            "do": _("Copy the address"),
        },
        silent=_(
            "The voice of this phone does not answer. Tap Listen again, or restart the phone."
        ),
        copied={"text": _("Copied. Now paste it in Chrome or Safari.")},
        uncopied={
            "text": _("This app lets nothing be copied. Look in its menu for “Open in browser”.")
        },
    )


def _is_kept() -> bool:
    # With --debug a changed template is shown at once, which a kept page would prevent.
    return bool(current_app.config["REEDH"].service_worker) and not current_app.debug
