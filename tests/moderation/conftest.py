"""A site for moderators, on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from app import create_app
from blueprints import database
from blueprints.database import db
from blueprints.models import Role
from tests.blueprints.conftest import server, settings
from tests.moderation.desk import Desk, add_person

__all__ = ["server", "settings"]

Sit = Callable[..., Desk]


@pytest.fixture(scope="module")
def app(settings: dict[str, str]) -> Iterator[Flask]:
    made = create_app(settings)
    with made.app_context():
        database.upgrade()
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def sit(app: Flask) -> Sit:
    """Signs somebody of a role in."""

    def sit(role: Role = Role.MODERATOR, language: str = "en", **names: str) -> Desk:
        return Desk(app, add_person(app, role, **names), language)

    return sit
