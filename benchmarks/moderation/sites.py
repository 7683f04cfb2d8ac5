"""A site with an empty database, once on SQLite and once on PostgreSQL."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from flask import Flask

from app import create_app
from blueprints import database
from blueprints.database import db
from tests.postgresql import postgresql


def sites() -> Iterator[tuple[str, Flask]]:
    with postgresql() as server, tempfile.TemporaryDirectory() as instance:
        for name, settings in (
            ("SQLite", {}),
            ("PostgreSQL", {"REEDH_DATABASE_URL": server.create_database("bench")}),
        ):
            app = create_app({"REEDH_INSTANCE_PATH": instance, **settings})
            with app.app_context():
                database.upgrade()
                engine = db.engine
            yield name, app
            engine.dispose()
