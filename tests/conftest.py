"""The application as a test sees it, and a client that checks every page it fetches."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from playwright.sync_api import Browser
from werkzeug.test import TestResponse

from app import ROOT, create_app
from tests import page
from tests.browsing import browsing
from tests.page import Page

# No test fails for being slow: time is measured by benchmarks.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ARTICLE = "/articles/why-spine-surgeries-fail"
LANGUAGES = ("en", "hi")
REST = ("/", ARTICLE, "/about", "/poster", "/privacy")
PAGES = [f"/{code}{rest}" for code in LANGUAGES for rest in REST]


# What these try is the same on both databases, but for statements that others try on both: of them
# the second database is left to `make test-all`.
_SECOND_IN_MATRIX = {
    "test_administration.py",
    "test_attacks.py",
    "test_people.py",
    "test_preview.py",
    "test_published.py",
    "test_roles.py",
    "test_second_factor.py",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        chosen = item.callspec.params if hasattr(item, "callspec") else {}
        if item.path.name in _SECOND_IN_MATRIX and chosen.get("settings") == "postgresql":
            item.add_marker(pytest.mark.matrix)


class Client:
    """Asks the application; `get` gives the page after checking what every page must hold."""

    def __init__(self, app: Flask) -> None:
        self._client = app.test_client()

    def get(self, path: str, status: int = 200, **headers: str) -> Page:
        response = self.ask(path, **headers)
        assert response.status_code == status, f"{path} answers {response.status}"
        return page.check(path, response)

    def ask(self, path: str, method: str = "GET", **headers: str) -> TestResponse:
        """Give the bare answer; a header's underscores stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.open(path, method=method, headers=named)

    def send(self, path: str, body: bytes) -> TestResponse:
        return self._client.post(path, data=body)


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app({"REEDH_INSTANCE_PATH": str(tmp_path_factory.mktemp("instance"))})


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests that need it: a thread can drive no second one."""
    with browsing() as chromium:
        yield chromium


@pytest.fixture
def client(app: Flask) -> Client:
    return Client(app)


@pytest.fixture
def changed_app(tmp_path: Path) -> Callable[..., Flask]:
    """Build an application whose content and catalogs a test may change first."""

    def build(change: Callable[[Path], object], **environ: str) -> Flask:
        for folder in ("content", "translations"):
            shutil.copytree(ROOT / folder, tmp_path / folder)
        change(tmp_path)
        return create_app(
            {"REEDH_INSTANCE_PATH": str(tmp_path / "instance"), **environ},
            content=tmp_path / "content",
            translations=tmp_path / "translations",
        )

    return build
