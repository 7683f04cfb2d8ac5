"""The database: SQLite on one node, PostgreSQL for several; what is acknowledged is on the disk."""

from flask import Flask

from blueprints.database import engine, migrations
from blueprints.database.engine import BUSY, DurabilityError, db
from blueprints.database.holding import hold
from blueprints.database.migrations import alembic, check, needed, upgrade
from blueprints.database.telling import DatabaseError, told

__all__ = [
    "BUSY",
    "DatabaseError",
    "DurabilityError",
    "alembic",
    "check",
    "db",
    "hold",
    "init_app",
    "needed",
    "told",
    "upgrade",
]


def init_app(app: Flask, url: str) -> None:
    engine.init_app(app, url)
    migrations.init_app(app)
