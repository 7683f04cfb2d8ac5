"""What is searched: sections, each with its words in every language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """`texts` gives by language the blocks of the section as plain text.

    The heading comes first; it is empty where it has no translation.
    """

    article: str
    id: str
    texts: Mapping[str, Sequence[str]]

    @property
    def key(self) -> str:
        return f"{self.article}#{self.id}"
