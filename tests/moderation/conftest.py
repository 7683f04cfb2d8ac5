"""A site for moderators, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from blueprints.models import Role
from tests.blueprints.conftest import server, settings
from tests.moderation.desk import Desk, add_person
from tests.ready import ready

__all__ = ["server", "settings"]

Sit = Callable[..., Desk]


@pytest.fixture(scope="module")
def app(settings: dict[str, str]) -> Iterator[Flask]:
    with ready(settings) as made:
        yield made


@pytest.fixture
def sit(app: Flask) -> Sit:
    """Signs somebody of a role in."""

    def sit(role: Role = Role.MODERATOR, language: str = "en", **names: str) -> Desk:
        return Desk(app, add_person(app, role, **names), language)

    return sit
