"""What is wrong with the file of a catalog, for the person who has to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import click


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong on a line, and what to type; `code` names the kind, as `check` prints it."""

    line: int
    code: str
    message: str
    hint: str


class CatalogError(click.ClickException):
    """Catalogs cannot be used: each line of the message is `file:line:`, what, and what to do."""

    def __init__(self, found: Iterable[tuple[object, Fault]]) -> None:
        """`found` has each fault after the name of its file."""
        super().__init__(
            "\n".join(
                f"{file}:{fault.line}: {fault.message}. {fault.hint}" for file, fault in found
            )
        )
