"""Who may import whom: dependencies point from app.py through blueprints to the ground."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from app import ROOT

# What each part may use of ours; the parts of a package may use each other.
MAY_IMPORT: dict[str, set[str]] = {
    "settings": {"private"},
    "private": set(),
    "addresses": {"languages"},
    "audit": {"database", "models"},
    "changes": {"database", "models"},
    "answering": set(),
    "catalogs": {"meaning", "staleness"},
    "sign_off": {"catalogs"},
    "staleness": {"meaning"},
    "languages": set(),
    "untranslated": {"catalogs", "languages"},
    "upkeep": set(),
    "edition": set(),
    "csrf": set(),
    "database": {"models", "private"},
    "counts": set(),
    "limits": {"counts", "networks", "upkeep"},
    "logs": set(),
    "marking": set(),
    "meaning": {"glossary"},
    "models": set(),
    "networks": set(),
    "sealing": set(),
    "mail": {"audit", "database", "languages", "limits", "models", "remains", "sealing"},
    "people": {
        "addresses",
        "answering",
        "audit",
        "csrf",
        "database",
        "folding",
        "languages",
        "limits",
        "models",
        "plain_text",
        "qr",
        "sealing",
        "upkeep",
    },
    "plain_text": {"folding"},
    "folding": set(),
    "exporting": {"database", "models"},
    "glossary": {"languages", "marking"},
    "headers": set(),
    "reasons": {"models"},
    "screening": {"folding"},
    "errors": {"answering", "database", "languages"},
    "remains": {"database", "models", "upkeep"},
    "health": {"edition"},
    "moderation": {
        "mail",
        "answering",
        "audit",
        "changes",
        "database",
        "errors",
        "exporting",
        "folding",
        "glossary",
        "languages",
        "marking",
        "models",
        "people",
        "plain_text",
        "reasons",
        "screening",
    },
    "offline": {"articles", "edition", "languages"},
    "search": {
        "articles",
        "database",
        "edition",
        "languages",
        "questions",
        "search_index",
    },
    "server": {"database", "edition", "settings"},
    "questions": {
        "addresses",
        "mail",
        "answering",
        "audit",
        "changes",
        "csrf",
        "database",
        "edition",
        "errors",
        "exporting",
        "folding",
        "languages",
        "limits",
        "models",
        "plain_text",
        "qr",
        "reasons",
        "remains",
        "screening",
        "sealing",
        "upkeep",
    },
    "qr": set(),
    "articles": {
        "addresses",
        "catalogs",
        "languages",
        "meaning",
        "models",
        "qr",
        "questions",
        "sign_off",
        "staleness",
    },
    "translating": {
        "articles",
        "catalogs",
        "glossary",
        "languages",
        "marking",
        "meaning",
        "search_index",
        "sign_off",
        "staleness",
    },
}

FORBIDDEN_NAMES = {"utils", "helpers", "common", "services", "forms", "misc"}


def ours(file: Path) -> set[str]:
    """The parts of ours that a file imports: `articles` for `blueprints.articles.source`."""
    imported = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            module = str(node.module)
            imported |= {f"{module}.{alias.name}" for alias in node.names}
    parts = {name.split(".")[1] for name in imported if name.startswith("blueprints.")}
    return parts | {name.split(".")[0] for name in imported} & {"app", "search_index", "tests"}


def files_of(part: str) -> list[Path]:
    module = ROOT / "blueprints" / f"{part}.py"
    return [module] if module.exists() else sorted((ROOT / "blueprints" / part).rglob("*.py"))


def parts() -> set[str]:
    return {path.stem for path in (ROOT / "blueprints").iterdir() if not path.name.startswith("__")}


def test_every_part_stands_in_the_table() -> None:
    assert parts() == set(MAY_IMPORT)


@pytest.mark.parametrize("part", sorted(MAY_IMPORT))
def test_a_part_imports_only_what_it_may(part: str) -> None:
    found = {name for file in files_of(part) for name in ours(file)} - {part}
    assert found <= MAY_IMPORT[part]


def test_the_table_points_one_way() -> None:
    seen: set[str] = set()
    while seen != set(MAY_IMPORT):
        free = {part for part, uses in MAY_IMPORT.items() if uses - {"search_index"} <= seen} - seen
        assert free, f"a circle among {set(MAY_IMPORT) - seen}"
        seen |= free


def test_no_module_is_named_after_a_kind_of_thing() -> None:
    names = {path.stem for path in (ROOT / "blueprints").rglob("*.py")}
    assert not names & FORBIDDEN_NAMES


def test_the_top_level_holds_what_the_house_says() -> None:
    fixed = {"app.py", "pyproject.toml", "blueprints", "translations", "templates", "static"}
    assert fixed <= {path.name for path in ROOT.iterdir()}


def test_python_is_the_one_we_promise() -> None:
    assert sys.version_info >= (3, 11)
