"""A handful of the random schedules that `make bench-questions` runs by the thousand."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.asking.schedules import meet
from tests.offline.conftest import CHANGES, made


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Flask]:
    folder: Path = tmp_path_factory.mktemp("schedules")
    database = f"sqlite:///{folder}/questions.sqlite3"
    return [
        made(changes, folder / name, REEDH_DATABASE_URL=database)
        for name, changes in (("a", {}), ("b", CHANGES))
    ]


@pytest.mark.parametrize("seed", range(1, 7))
def test_nothing_is_lost_doubled_or_untrue(
    browser: Browser, editions: list[Flask], seed: int
) -> None:
    result = meet(browser, editions, seed)
    assert result.saved > 0
    assert result.faults == []
