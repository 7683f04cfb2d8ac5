"""An application whose database has its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import Flask

from app import create_app
from blueprints import database
from blueprints.database import db


@contextmanager
def ready(settings: Mapping[str, str]) -> Iterator[Flask]:
    """Make it; leave no connection of it behind."""
    app = create_app(settings)
    with app.app_context():
        database.upgrade()
        engine = db.engine
    yield app
    engine.dispose()
