"""Making the edition: each URL is rendered once by its own view."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

import click
from flask import Flask, Response, current_app, g, request

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
    """The public's pages by path, the revision, and what the inputs were.

    The revision is the hash over the pages' hashes. `dependent` are the paths of those that
    asked for the inputs, or for other pages.
    """

    resources: dict[str, Resource]
    revision: str
    inputs: Any
    dependent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Inputs:
    """Where what the edition shows beside files comes from.

    `read` gives what is to be shown now, or what it was given if that has not changed; it may
    raise anything. `unread` gives what is shown where that cannot be read. `check` raises a
    ClickException where it can never be read as it is.
    """

    read: Callable[[Any], Any]
    unread: Callable[[Any], Any]
    check: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Making:
    """An edition that is being made: what there is of it so far, and what it is made of."""

    resources: dict[str, Resource]
    inputs: Any
    dependent: set[str]


class Publisher:
    """Makes the edition of an application when it is first needed, and keeps it.

    `sources` are functions that name the paths they give to the edition; each is called
    within an application context. Those of `summaries` are called, and their paths made, when
    all others are: they tell of the edition itself. What all of them are made of is read once,
    from `inputs`, so that no two pages of an edition differ in it.
    """

    def __init__(
        self, app: Flask, sources: Iterable[Urls], summaries: Iterable[Urls], inputs: Inputs
    ) -> None:
        self.inputs = inputs
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
                self._edition = _compressed(self._made(self.read(None)), resource.BEST)
            return self._edition

    def check(self) -> None:
        """Make every page once and keep none, as compressing them takes longest.

        Raises:
            PublishError: one of them cannot be made.
        """
        self._made(self.read(None))

    def publish(self, inputs: Any) -> None:  # noqa: ANN401 (the edition knows nothing of them)
        """Make the next edition, of `inputs`; readers get the present one until it is ready.

        Only pages that depend on the inputs are made, and compressed quickly: something may have
        to go.

        Raises:
            PublishError: one of its pages cannot be made; the present edition stays.
        """
        self._edition = _compressed(self._made(inputs), resource.QUICK)

    def compress_further(self) -> None:
        """Compress one resource of the present edition as well as can be, if there is one left."""
        present = self.edition
        for path, made in present.resources.items():
            if made.quality < resource.BEST:
                best = {path: resource.compressed(made, resource.BEST)}
                self._edition = replace(present, resources=present.resources | best)
                return

    def read(self, last: Any) -> Any:  # noqa: ANN401
        """The inputs as they are now, given those that were read last."""
        with self._app.app_context():
            try:
                return self.inputs.read(last)
            except Exception as error:
                # Its text may repeat what was read.
                told = "Answers cannot be read (%s): the edition is made without them."
                self._app.logger.warning(told, type(error).__name__)
                return self.inputs.unread(last)

    def _made(self, inputs: Any) -> Making:  # noqa: ANN401
        made = Making({}, inputs, set())
        for stage in (self._sources, self._summaries):
            paths = {path for source in stage for path in self._paths(source, made)}
            made.resources.update({path: self._resource(path, made) for path in sorted(paths)})
        return made

    def _paths(self, source: Urls, made: Making) -> list[str]:
        with self._reader("/", made):
            return list(source())

    @contextmanager
    def _reader(self, path: str, made: Making) -> Iterator[None]:
        # An application context of its own, or `g` would be that of whoever asks first.
        with self._app.app_context(), self._app.test_request_context(path):
            g.publishing = made
            yield

    def _resource(self, path: str, made: Making) -> Resource:
        """The one of the present edition where it would be the same, as that is compressed."""
        before = self._edition.resources.get(path) if self._edition else None
        if self._edition and before and path not in self._edition.dependent:
            return before
        rendered = self._render(path, made)
        return before if before and before == rendered else rendered

    def _render(self, path: str, made: Making) -> Resource:
        with self._reader(path, made):
            try:
                response = self._app.full_dispatch_request()
            except Exception as error:
                raise PublishError(f"{path} cannot be made: {error}") from error
            if response.status_code != 200:
                raise PublishError(f"{path} answers {response.status}")
            response.headers.remove("Content-Length")
            return resource.make(response.get_data(), list(response.headers.items()))


def _compressed(made: Making, quality: int) -> Edition:
    def compress(each: Resource) -> Resource:
        return each if each.representations else resource.compressed(each, quality)

    with ThreadPoolExecutor() as together:
        every = together.map(compress, made.resources.values())
        resources = dict(zip(made.resources, every, strict=True))
    listing = "".join(f"{path} {each.hash}\n" for path, each in sorted(resources.items()))
    revision = hashlib.sha256(listing.encode()).hexdigest()
    return Edition(resources, revision, made.inputs, frozenset(made.dependent))


def published() -> Resources:
    """What the edition holds so far while it is made; then, what it holds.

    A view that sums the edition up is answered from here, once per edition.
    """
    return _present().resources


def inputs() -> Any:  # noqa: ANN401
    """What the edition that is being made, or else the present one, is made of.

    With --debug pages are no edition's, and it is read anew.
    """
    if current_app.debug and "publishing" not in g:
        publisher: Publisher = current_app.extensions["edition"]
        return publisher.read(None)
    return _present().inputs


def _present() -> Making | Edition:
    if "publishing" in g:
        making: Making = g.publishing
        making.dependent.add(request.path)
        return making
    publisher: Publisher = current_app.extensions["edition"]
    return publisher.edition


def say_how_long_it_keeps(response: Response) -> Response:
    """What is made for the edition may be kept and asked for again, a live answer never."""
    response.headers.setdefault("Cache-Control", REVALIDATE if "publishing" in g else LIVE)
    return response
