"""An English text and its translation, and the parts of them that rules look at."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from blueprints import catalogs
from blueprints.meaning import WORD

LATIN = "LATIN"

_ENGLISH = re.compile(r'<(\w+) lang="en">.*?</\1>')
_ELLIPSIS = re.compile(r"\.(?:\s?\.)+")
_BRACKETS = re.compile(r"\([^()]*\)")


@dataclass(frozen=True)
class Pair:
    """One form of one entry.

    `source` is English; `catalog` is `article` or `messages`; `plural` is the English of the
    other forms, whose placeholders may stand here too.
    """

    source: str
    text: str
    catalog: str
    plural: str = ""

    @property
    def is_plural(self) -> bool:
        return bool(self.plural)

    @property
    def is_markdown(self) -> bool:
        """Blocks of articles are Markdown; messages are HTML with placeholders."""
        return self.catalog == catalogs.ARTICLE

    @cached_property
    def plain_source(self) -> str:
        return self._plain(self.source)

    @cached_property
    def plain_text(self) -> str:
        """The translation without placeholders, tags and what is marked as English."""
        return self._plain(self.text)

    def aligned(self, ends: str) -> list[tuple[str, str]]:
        """Sentence beside sentence where there are as many, else the whole text.

        Explanations in brackets are left out: each language explains other words.
        """
        source, text = (_BRACKETS.sub(" ", side) for side in (self.plain_source, self.plain_text))
        sources, texts = sentences(source, ".?!"), sentences(text, ends)
        if len(sources) == len(texts):
            return list(zip(sources, texts, strict=True))
        return [(source, text)]

    def _plain(self, text: str) -> str:
        return text if self.is_markdown else catalogs.plain(_ENGLISH.sub(" ", text))


def words(text: str) -> list[str]:
    return re.findall(WORD, text)


def scripts(word: str) -> set[str]:
    """The scripts of a word's letters: the first word of their names, as LATIN SMALL LETTER A."""
    names = (unicodedata.name(letter, "") for letter in word if letter.isalpha())
    return {name.split()[0] for name in names if name and name != "MICRO SIGN"}


def without_ellipses(text: str) -> str:
    """`text` with each row of dots as one sign: what trails off ends no sentence."""
    return _ELLIPSIS.sub("…", text)


def sentences(text: str, ends: str) -> list[str]:
    """The sentences of `text`, which end in one of `ends` before a space or the text's end."""
    text = without_ellipses(text)
    parts = re.split(rf"(?<=[{re.escape(ends)}])[”’)*]*(?:\s+|$)", text)
    return [part for part in parts if words(part)]
