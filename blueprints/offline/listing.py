"""The list that the server puts before the service worker: what it keeps, and by which hashes."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import current_app, url_for

from blueprints import articles
from blueprints.edition import published
from blueprints.languages import all_languages, each_language
from blueprints.offline.kept import Kept, Resources, kept
from blueprints.offline.pack import Pack, packs

# Every page loads these, so the browser has them when the worker asks.
_LOADED_BY_EVERY_PAGE = ("icon.svg", "page.js", "keep.js")

Recall = Callable[[], str]


def listing(recalls: Iterable[Recall]) -> str:
    """The list as the JSON that `static/workers/edition.d.ts` describes.

    What `recalls` give changes when the edition takes something back.
    """
    found = present()
    content = {
        "recall": _digest("\n".join(recall() for recall in recalls)),
        "languages": [language.code for language in all_languages()],
        "types": {_ending(path): made.content_type for path, made in found.all().items()},
        "groups": {name: _files(group) for name, group in found.groups.items()},
        "rest": _files(found.rest),
        "packs": [
            {"url": pack_url(made), "base": made.base, "groups": made.groups}
            for made in present_packs(found)
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def present() -> Kept:
    """What phones keep of the edition that is being made, or is made."""
    return kept(published(), _articles())


def present_packs(found: Kept) -> list[Pack]:
    by_language = _articles()
    assets = current_app.extensions["assets"]
    loaded = {
        url_for("edition.asset", hashed=assets.hashed_name(name)) for name in _LOADED_BY_EVERY_PAGE
    }
    bases = {code: paths[0] for code, paths in by_language.items()}
    manifests = each_language(lambda: [url_for("offline.web_manifest")])
    brought = {code: loaded.union(*by_language.values(), manifests[code]) for code in by_language}
    return packs(found, bases, brought)


def pack_url(made: Pack) -> str:
    return url_for("offline.pack", name=made.name, digest=made.digest)


def _articles() -> Mapping[str, list[str]]:
    return each_language(articles.article_urls)


def _files(files: Resources) -> dict[str, Any]:
    """SHA-256 cut to 128 bits (sha-256-128 of RFC 6920), which halves the list; kilobytes."""
    return {
        path: (made.hash[:32], math.ceil(len(made.body) / 1000)) for path, made in files.items()
    }


def _ending(path: str) -> str:
    """`js` of a script; empty for a page, whose address has no ending."""
    return path.rpartition("/")[2].rpartition(".")[2] if "." in path else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
