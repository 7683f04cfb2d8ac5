"""Copies of the site: one to edit, and one in a language that nobody speaks, all in ⟦ ⟧."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask import Flask

from app import ROOT
from tests.translating import another
from tests.translating.project import Project


@pytest.fixture(scope="module")
def pseudo_site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return another.pseudo_site(
        tmp_path_factory.mktemp("pseudo"),
        REEDH_SMTP_URL="smtp://localhost:1",  # so that addresses are asked for
    )


@pytest.fixture
def project(tmp_path: Path) -> Project:
    for folder in ("content", "translations"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return Project(tmp_path)
