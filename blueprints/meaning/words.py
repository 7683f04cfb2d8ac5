"""The words of English, common and rare, among which a typo is told from a word."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path


class Words:
    """The lists `common.txt` and `rare.txt` of a folder, and `terms`, which are common.

    They are large, and a site without stale translations has no use for them: each is read
    when it is first asked for.
    """

    def __init__(self, folder: Path, terms: Iterable[str]) -> None:
        self._folder = folder
        self._terms = frozenset(terms)

    @cached_property
    def common(self) -> frozenset[str]:
        return self._terms.union(self._list("common"))

    @cached_property
    def known(self) -> frozenset[str]:
        """All words, common ones too."""
        return self.common.union(self._list("rare"))

    def _list(self, name: str) -> list[str]:
        return (self._folder / f"{name}.txt").read_text(encoding="utf-8").split()
