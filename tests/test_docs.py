"""What is documented is true: settings, dependencies, links, commands."""

from __future__ import annotations

import dataclasses
import json
import re
import tomllib
from pathlib import Path

import pytest

from app import ROOT
from blueprints.settings import Settings

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_every_setting_is_in_the_table_as_it_is_in_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)` \| `([^`]*)` \| (.*) \|$", read("docs/operating.md"), re.M)
    fields = [field.metadata for field in dataclasses.fields(Settings)]
    assert rows == [(field["variable"], field["default"], field["meaning"]) for field in fields]


def test_every_dependency_is_named_with_its_reason() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    needed = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    needed += json.loads(read("package.json"))["devDependencies"]
    text = read("docs/architecture.md")
    names = [re.split(r"[=\[>]", requirement)[0] for requirement in needed]
    assert [name for name in names if f"`{name}`" not in text] == []


def test_every_locked_dependency_carries_a_hash() -> None:
    for file in ("runtime", "dev"):
        lock = read(f"requirements/{file}.txt")
        pinned = re.findall(r"^[\w.-]+==\S+", lock, re.M)
        hashed = re.findall(r"^[\w.-]+==\S+.*\\\n    --hash=sha256:", lock, re.M)
        assert len(pinned) == len(hashed) > 5


def test_every_test_that_holds_something_exists() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", read("docs/security.md"))
    assert len(named) > 80
    assert [
        f"{file}::{test}" for file, test in named if f"def {test}(" not in read(f"tests/{file}")
    ] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_of_ours_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", text) + re.findall(r'src="([^"]+)"', text)
    ours = [link for link in links if not link.startswith("http")]
    assert [link for link in ours if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_command_named_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.M))
    named = set(
        re.findall(r"(?:`|^    )make ([a-z-]+)", document.read_text(encoding="utf-8"), re.M)
    )
    assert named <= targets


def test_the_readme_is_one_screen() -> None:
    assert len(read("README.md").splitlines()) <= 45
