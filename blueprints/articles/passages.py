"""What a reader is shown for each block of an article, in which language and state."""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import polib
from markupsafe import Markup

from blueprints import catalogs, sign_off, staleness
from blueprints.articles.source import Article, Block, render_inline
from blueprints.languages import SOURCE
from blueprints.meaning import Edits
from blueprints.sign_off import Reviewer, Role

Place = tuple[str, str]


class State(StrEnum):
    """How far the translation of a block can be relied on."""

    CURRENT = "current"
    UNREVIEWED = "unreviewed"
    STALE_COSMETIC = "stale-cosmetic"
    STALE_MATERIAL = "stale-material"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Passage:
    """One block as shown: inline Markdown, the language it is in, the translation's state.

    `old` is the translation of an English text that was another before the day `since`.
    `place` names the entry that a translator would edit; the English has none.
    """

    text: str
    language: str
    state: State
    old: Passage | None = None
    since: date | None = None
    place: Place | None = None

    @property
    def html(self) -> Markup:
        return Markup(render_inline(self.text))  # noqa: S704 (it escapes all but emphasis)

    @property
    def plain(self) -> str:
        """The words alone, for titles, descriptions and labels."""
        return self.html.striptags()


@dataclass(frozen=True, slots=True)
class Judge:
    """What the state of a translation depends on, beside its entry: who may sign, what an edit is.

    It is the same for every command and page, so that what translators are told is what
    readers see.
    """

    reviewers: dict[str, Reviewer]
    edits: Edits

    def state(self, entry: polib.POEntry, language: str) -> State:
        if not catalogs.has_translation(entry) or entry.obsolete:
            return State.MISSING
        if entry.fuzzy:
            is_cosmetic = staleness.is_cosmetic(entry, self.edits)
            return State.STALE_COSMETIC if is_cosmetic else State.STALE_MATERIAL
        is_signed = sign_off.signed(entry, Role.CLINICAL, language, self.reviewers)
        return State.CURRENT if is_signed else State.UNREVIEWED


class Translation:
    """An article in one language: its own words, or where these cannot be shown English."""

    def __init__(self, article: Article, language: str, passages: dict[Place, Passage]) -> None:
        self.article = article
        self.language = language
        self._passages = passages

    def show(self, block: Block) -> Passage:
        if self.language == SOURCE:
            return Passage(block.text, SOURCE, State.CURRENT)
        place = (block.context, block.text)
        missing = Passage(block.text, SOURCE, State.MISSING, place=place)
        return self._passages.get(place, missing)

    def states(self) -> Counter[State]:
        """How many blocks are in each state."""
        return Counter(self.show(block).state for block in self.article.blocks())


def passages(catalog: polib.POFile, language: str, judge: Judge) -> dict[Place, Passage]:
    """What is shown for each block that has a translation, by context and English text."""
    return {
        (entry.msgctxt or "", entry.msgid): _passage(entry, language, judge)
        for entry in catalog
        if entry.msgstr and not entry.obsolete
    }


def _passage(entry: polib.POEntry, language: str, judge: Judge) -> Passage:
    state = judge.state(entry, language)
    text = unicodedata.normalize("NFC", entry.msgstr)
    since = staleness.since(entry)
    place = (entry.msgctxt or "", entry.msgid)
    if state is State.STALE_MATERIAL:
        old = Passage(text, language, state)
        return Passage(entry.msgid, SOURCE, state, old, since, place)
    return Passage(text, language, state, since=since, place=place)
