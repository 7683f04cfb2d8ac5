"""What a phone keeps of an edition, in groups by when it is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from blueprints.edition import Resource

Resources = dict[str, Resource]

SHARED = "shared"
LATER = "later"

# As much is kept without being asked for: it lies on the phone uncompressed.
UNASKED_BYTES = 1_000_000

# What is not here is for search engines, for WhatsApp's preview, for the phone's installer, and
# for moderators.
_SCRIPTS_AND_DATA = re.compile(r"/static/(?!moderation/).+\.(?:js|json|svg)")
_SCRIPTS_FOR_LATER = re.compile(
    r"/static/(?:(?:install|line|listen|sentences|update)\..+|(?:ask|home)/.+)"
)
_PAGES_TO_BEGIN_WITH = re.compile(
    r"/[^/]+/(?:articles/.+|kept/search|offline|manifest\.webmanifest)?"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Resources by path, in groups.

    A language's own group and `SHARED` make it open without a network; `LATER` follows by
    itself. `rest`, articles beyond `UNASKED_BYTES`, is kept when the reader asks for it.
    """

    groups: dict[str, Resources]
    rest: Resources

    def all(self) -> Resources:
        every = dict(self.rest)
        for group in self.groups.values():
            every |= group
        return every


def kept(made: Mapping[str, Resource], articles: Mapping[str, Iterable[str]]) -> Kept:
    """What phones keep of the resources `made`.

    `articles` gives, by language, the paths of its articles, the most wanted first.
    """
    groups: dict[str, Resources] = {SHARED: {}, **{code: {} for code in articles}, LATER: {}}
    of_articles = {path for paths in articles.values() for path in paths}
    for path, found in made.items():
        group = _group(path, articles)
        if group and path not in of_articles:
            groups[group][path] = found
    room = UNASKED_BYTES - sum(
        len(found.body) for group in groups.values() for found in group.values()
    )
    rest: Resources = {}
    for versions in zip(*articles.values(), strict=True):
        room -= sum(len(made[path].body) for path in versions)
        for code, path in zip(articles, versions, strict=True):
            (groups[code] if room >= 0 else rest)[path] = made[path]
    return Kept(groups, rest)


def _group(path: str, languages: Iterable[str]) -> str | None:
    if _SCRIPTS_AND_DATA.fullmatch(path):
        return LATER if _SCRIPTS_FOR_LATER.fullmatch(path) else SHARED
    code = path.split("/")[1]
    if code not in languages:
        return None
    return code if _PAGES_TO_BEGIN_WITH.fullmatch(path) else LATER
