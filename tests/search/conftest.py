"""The index of the real article."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from flask import Flask

from search_index import Index

HERE = Path(__file__).parent


class Query(NamedTuple):
    """What a reader may ask, and the sections that answer it, if any."""

    language: str
    text: str
    relevant: frozenset[str]


def queries(name: str) -> list[Query]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [Query(row["lang"], row["text"], frozenset(row["relevant"])) for row in rows]


@pytest.fixture(scope="session")
def index(app: Flask) -> Index:
    made: Index = app.extensions["search"].articles
    return made
