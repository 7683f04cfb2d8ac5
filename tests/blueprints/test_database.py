"""What the database says of a fault, on SQLite and on PostgreSQL."""

from __future__ import annotations

import secrets
import traceback

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from app import create_app
from blueprints import database
from blueprints.database import db
from blueprints.models import CannedAnswer


def test_a_refused_row_is_not_repeated(settings: dict[str, str]) -> None:
    typed = secrets.token_hex(12)
    app = create_app(settings)
    with app.app_context():
        database.upgrade()
        with pytest.raises(IntegrityError) as refused:
            db.session.execute(insert(CannedAnswer).values(name=typed, texts=None, version=None))
        db.session.rollback()
        db.engine.dispose()
    told = "".join(traceback.format_exception(refused.value))
    assert "version" in told
    assert typed not in told
