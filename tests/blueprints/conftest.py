"""The two databases that everything about questions is tried on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgresql import PostgreSQL, postgresql


def on_disk(instance: Path) -> bytes:
    """All that the files of SQLite hold.

    Another process reads them: one that closes a file ends the locks it holds on it as a database.
    """
    return subprocess.check_output(["cat", *sorted(instance.glob("reedh.sqlite3*"))])


@pytest.fixture(scope="session")
def server() -> Iterator[PostgreSQL]:
    with postgresql() as running:
        yield running


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def settings(
    request: pytest.FixtureRequest, server: PostgreSQL, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Settings of a site with an empty database of one of the two kinds."""
    chosen = {"REEDH_INSTANCE_PATH": str(tmp_path_factory.mktemp("instance"))}
    if request.param == "postgresql":
        chosen["REEDH_DATABASE_URL"] = server.create_database(
            request.module.__name__.split(".")[-1]
        )
    return chosen
