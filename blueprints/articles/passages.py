"""What a reader is shown for each block of an article, in which language and state."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from markupsafe import Markup

from blueprints import catalogs
from blueprints.articles.source import Article, Block, render_inline
from blueprints.languages import SOURCE, Language


class State(StrEnum):
    """How far the translation of a block can be relied on."""

    CURRENT = "current"
    UNREVIEWED = "unreviewed"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Passage:
    """One block as shown: inline Markdown, the language it is in, the translation's state."""

    text: str
    language: str
    state: State

    @property
    def html(self) -> Markup:
        return Markup(render_inline(self.text))  # noqa: S704 (it escapes all but emphasis)

    @property
    def plain(self) -> str:
        """The words alone, for titles, descriptions and labels."""
        return self.html.striptags()


class Translation:
    """An article in one language; a block without a translation is shown in English."""

    def __init__(self, article: Article, language: Language, translations: Path) -> None:
        self.article = article
        self.language = language
        self._texts = _read_texts(language.code, translations)

    def show(self, block: Block) -> Passage:
        if self.language.code == SOURCE:
            return Passage(block.text, SOURCE, State.CURRENT)
        text = self._texts.get((block.context, block.text))
        if text is None:
            return Passage(block.text, SOURCE, State.MISSING)
        return Passage(text, self.language.code, State.UNREVIEWED)

    def states(self) -> Counter[State]:
        """How many blocks are in each state."""
        return Counter(self.show(block).state for block in self.article.blocks())


def _read_texts(language: str, translations: Path) -> dict[tuple[str, str], str]:
    # A fuzzy entry belongs to an older English text, so it is as good as missing.
    file = catalogs.path(translations, language, catalogs.ARTICLE)
    if language == SOURCE or not file.exists():
        return {}
    return {
        (entry.msgctxt or "", entry.msgid): unicodedata.normalize("NFC", entry.msgstr)
        for entry in catalogs.read(file)
        if entry.msgstr and not entry.fuzzy and not entry.obsolete
    }
