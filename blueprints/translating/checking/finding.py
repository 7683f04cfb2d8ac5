"""What the checker says of one entry of a catalog."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error breaks a page or plainly changes what is said; a warning asks to look again."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What one rule finds in one pair of texts."""

    severity: Severity
    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem at its place; `line` is the entry's first line in its file."""

    line: int
    severity: Severity
    code: str
    message: str
    hint: str


def error(code: str, message: str, hint: str) -> Problem:
    return Problem(Severity.ERROR, code, message, hint)


def warning(code: str, message: str, hint: str) -> Problem:
    return Problem(Severity.WARNING, code, message, hint)
