"""What chance finds: short forms of what `make bench-offline` runs for long."""

from __future__ import annotations

import random
import re
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser

from app import ROOT
from tests.offline.faults import meet
from tests.offline.upgrading import navigate, numbered_edition


def test_f32_no_page_is_of_two_editions(browser: Browser, tmp_path: Path) -> None:
    editions = [numbered_edition(number, tmp_path / str(number)) for number in range(3)]
    chance = random.Random(32)  # noqa: S311 (the same navigations in every run)
    seen, mixed = navigate(browser, editions, 45, chance)
    assert seen > 30
    assert mixed == []


def test_random_faults_leave_no_wrong_byte(
    browser: Browser, first_edition: Flask, second_edition: Flask
) -> None:
    shown = meet(browser, [first_edition, second_edition], range(1, 13), has_copy=True)
    assert shown["our page"] > 0
    assert [what for what in shown if what.startswith("wrong")] == []


def test_every_fault_of_the_table_has_a_test() -> None:
    table = set(re.findall(r"^\| F(\d\d) \|", (ROOT / "docs/offline.md").read_text("utf-8"), re.M))
    files = (ROOT / "tests").glob("*/test_*.py")
    tests = " ".join(file.read_text("utf-8") for file in files)
    names = re.findall(r"^def (test_f\w+)", tests, re.M)
    assert table == {number for name in names for number in re.findall(r"_?f(\d\d)_", name)}
