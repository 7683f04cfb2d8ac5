"""Making the edition: each URL is rendered once by its own view."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

import click
from flask import Flask, Response, current_app, g

from blueprints.edition import resource
from blueprints.edition.resource import Resource

Urls = Callable[[], Iterable[str]]
Resources = Mapping[str, Resource]

REVALIDATE = "public, max-age=0, must-revalidate, no-transform"
LIVE = "no-store"


class PublishError(click.ClickException):
    """A page that belongs to the edition could not be made."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The public's pages by path, and the revision: the hash over their hashes."""

    resources: dict[str, Resource]
    revision: str


class Publisher:
    """Makes the edition of an application when it is first needed, and keeps it.

    `sources` are functions that name the paths they give to the edition; each is called
    within an application context. Those of `summaries` are called, and their paths made, when
    all others are: they tell of the edition itself.
    """

    def __init__(self, app: Flask, sources: Iterable[Urls], summaries: Iterable[Urls]) -> None:
        self._app = app
        self._sources = tuple(sources)
        self._summaries = tuple(summaries)
        self._lock = threading.Lock()
        self._edition: Edition | None = None

    @property
    def edition(self) -> Edition:
        """The present edition.

        Raises:
            PublishError: one of its pages cannot be made.
        """
        with self._lock if self._edition is None else nullcontext():
            if self._edition is None:
                self._edition = self._publish()
            return self._edition

    def check(self) -> None:
        """Make every page once and keep none, as compressing them takes longest.

        Raises:
            PublishError: one of them cannot be made.
        """
        self._resources()

    def _publish(self) -> Edition:
        resources = self._resources()
        with ThreadPoolExecutor() as together:
            list(together.map(lambda made: made.representations, resources.values()))
        listing = "".join(f"{path} {made.hash}\n" for path, made in sorted(resources.items()))
        return Edition(resources, hashlib.sha256(listing.encode()).hexdigest())

    def _resources(self) -> dict[str, Resource]:
        resources: dict[str, Resource] = {}
        for stage in (self._sources, self._summaries):
            paths = {path for source in stage for path in self._paths(source, resources)}
            resources |= {path: self._render(path, resources) for path in sorted(paths)}
        return resources

    def _paths(self, source: Urls, made: Resources) -> list[str]:
        with self._reader("/", made):
            return list(source())

    @contextmanager
    def _reader(self, path: str, made: Resources) -> Iterator[None]:
        # An application context of its own, or `g` would be that of whoever asks first.
        with self._app.app_context(), self._app.test_request_context(path):
            g.publishing = made
            yield

    def _render(self, path: str, made: Resources) -> Resource:
        with self._reader(path, made):
            try:
                response = self._app.full_dispatch_request()
            except Exception as error:
                raise PublishError(f"{path} cannot be made: {error}") from error
            if response.status_code != 200:
                raise PublishError(f"{path} answers {response.status}")
            response.headers.remove("Content-Length")
            return resource.make(response.get_data(), list(response.headers.items()))


def published() -> Resources:
    """What the edition holds so far while it is made; then, what it holds.

    A view that sums the edition up is answered from here, once per edition.
    """
    if "publishing" in g:
        made: Resources = g.publishing
        return made
    publisher: Publisher = current_app.extensions["edition"]
    return publisher.edition.resources


def say_how_long_it_keeps(response: Response) -> Response:
    """What is made for the edition may be kept and asked for again, a live answer never."""
    response.headers.setdefault("Cache-Control", REVALIDATE if "publishing" in g else LIVE)
    return response
