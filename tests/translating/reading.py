"""What readers are shown while somebody goes on editing the English, and translators follow."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

import polib

from blueprints import sign_off, staleness
from blueprints.articles.passages import Judge, State, Translation, passages
from blueprints.articles.source import Article
from blueprints.languages import SOURCE
from blueprints.meaning import Edits
from blueprints.sign_off import Reviewer, Role
from blueprints.translating import extraction
from blueprints.translating.updating import text, updated
from tests.translating.editing import article_of
from tests.translating.rewriting import REWRITINGS, said, text_of, words_of

LANGUAGE = "hi"
REVERTED = "taken back"
_TODAY = date(2026, 11, 26)
_CURRENT = {State.CURRENT, State.UNREVIEWED}
# In which language a state is shown, and whether as the English block.
_SHOWN = {
    state: {(LANGUAGE, False)} if state in {*_CURRENT, State.STALE_COSMETIC} else {(SOURCE, True)}
    for state in State
}
_SIGNED = 0.5
# Editing goes on in a few blocks for a while; then most translations are done again.
_ROUND = 12
_BLOCKS = 6
_DONE = 0.8


@dataclass
class Seen:
    """What readers were shown after each edit: of all blocks, of the edited one, what must not be.

    `edits` are counted by kind; `material` and `cosmetic` count the edits that leave a text which
    says, or only writes, something else than was translated.
    """

    shown: Counter[State] = field(default_factory=Counter)
    edits: Counter[tuple[str, State]] = field(default_factory=Counter)
    material: Counter[State] = field(default_factory=Counter)
    cosmetic: Counter[State] = field(default_factory=Counter)
    stale_as_current: list[str] = field(default_factory=list)
    material_as_cosmetic: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)


class Reading:
    """An article and its catalog. Half of the translations are signed, so that some are current."""

    def __init__(self, article: Article, catalog: polib.POFile, edits: Edits, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (it must come again)
        self._judge = Judge({"nobody": Reviewer("", "", (LANGUAGE,), (Role.CLINICAL,))}, edits)
        self._slug = article.slug
        self._blocks = list(article.blocks())
        self._history = [[words_of(block.text)] for block in self._blocks]
        self._vocabulary = sorted({word.meant for [words] in self._history for word in words})
        # What was translated: by block, and by translation the English with what it says.
        self._translated = [words for [words] in self._history]
        self._english: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        self._catalog = catalog
        for entry in catalog:
            self._translate(entry, entry.msgstr)
            if self._chance.random() < _SIGNED:
                sign_off.sign(entry, "nobody", Role.CLINICAL, _TODAY)

    def edit(self, count: int) -> Seen:
        """Make edits, bring the catalog up to date after each, and look at the article."""
        seen = Seen()
        focus: list[int] = []
        for number in range(count):
            if number % _ROUND == 0:
                self._retranslate(number)
                others = self._chance.sample(range(len(self._blocks)), _BLOCKS)
                focus = focus[: _BLOCKS // 2] + others[len(focus) // 2 :]
            kind, at = self._edit_one(focus)
            article = article_of(self._slug, self._blocks)
            made = updated(self._catalog, LANGUAGE, extraction.blocks([article]), _TODAY)
            self._catalog = polib.pofile(text(made.catalog), wrapwidth=0)
            shown = passages(self._catalog, LANGUAGE, self._judge)
            self._look(seen, Translation(article, LANGUAGE, shown))
            self._count(seen, kind, at, Translation(article, LANGUAGE, shown))
        return seen

    def _edit_one(self, focus: list[int]) -> tuple[str, int]:
        """Make one edit that changes a block's text; say of which kind, and which block."""
        while True:
            kind, at = self._chance.choice([*REWRITINGS, REVERTED]), self._chance.choice(focus)
            history = self._history[at]
            if kind == REVERTED:
                words = self._chance.choice(history)
            else:
                words = REWRITINGS[kind](history[-1], self._chance, self._vocabulary)
            if words and text_of(words) != text_of(history[-1]):
                history.append(words)
                self._blocks[at] = replace(self._blocks[at], text=text_of(words))
                return kind, at

    def _retranslate(self, number: int) -> None:
        for place, entry in enumerate(self._catalog):
            is_open = entry.fuzzy or not entry.msgstr
            if is_open and not entry.obsolete and self._chance.random() < _DONE:
                staleness.clear(entry)
                self._translate(entry, f"अनुवाद {number} {place}")

    def _translate(self, entry: polib.POEntry, translation: str) -> None:
        entry.msgstr = translation
        for at, block in enumerate(self._blocks):
            if (block.context, block.text) == (entry.msgctxt, entry.msgid):
                self._translated[at] = self._history[at][-1]
                self._english[translation][block.text] = said(self._translated[at])

    def _look(self, seen: Seen, translation: Translation) -> None:
        """Look at every block, and at what `status` would say of every entry."""
        states = {}
        for block, history in zip(self._blocks, self._history, strict=True):
            shown = translation.show(block)
            states[block.context, block.text] = shown.state
            english = self._english[shown.text]
            told = f"{block.text!r} is {shown.state}; translated was {list(english)}"
            if shown.state in _CURRENT and block.text not in english:
                seen.stale_as_current.append(told)
            if shown.state is State.STALE_COSMETIC and said(history[-1]) not in english.values():
                seen.material_as_cosmetic.append(told)
            if (shown.language, shown.text == block.text) not in _SHOWN[shown.state]:
                seen.contradictions.append(f"{told}, in {shown.language}")
        seen.shown.update(states.values())
        live = [entry for entry in self._catalog if not entry.obsolete]
        if Counter(states.values()) != Counter(self._judge.state(e, LANGUAGE) for e in live):
            seen.contradictions.append(f"status counts otherwise than {Counter(states.values())}")

    def _count(self, seen: Seen, kind: str, at: int, translation: Translation) -> None:
        state = translation.show(self._blocks[at]).state
        now, before = self._history[at][-1], self._translated[at]
        seen.edits[kind, state] += 1
        if said(now) != said(before):
            seen.material[state] += 1
        elif text_of(now) != text_of(before):
            seen.cosmetic[state] += 1
