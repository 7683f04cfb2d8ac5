"""What a translator is told of one block."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import polib
from flask import current_app

from blueprints import catalogs, staleness
from blueprints.articles import Block, State
from blueprints.glossary import Glossary, Term
from blueprints.marking import Piece
from blueprints.meaning import word_diff
from blueprints.translating import checking
from blueprints.translating.checking import Finding
from blueprints.translating.commands import Catalog, library


@dataclass(frozen=True, slots=True)
class Told:
    """`file_line` is where to edit it; empty if the catalog has no such entry yet.

    `english` has the words of the glossary marked, and `terms` says what they are. `changes`
    and `reasons` tell how the English differs from what was translated. `findings` are those
    of a stale translation too, as if it were of the present English.
    """

    id: str
    context: str
    state: State
    file_line: str
    english: Sequence[Piece]
    terms: Sequence[Term]
    changes: Sequence[tuple[str, str]]
    reasons: Sequence[str]
    since: date | None
    translation: str
    comments: Sequence[str]
    findings: Sequence[Finding]


def told(language: str, id_: str) -> Told | None:
    """What there is to say of the block with this id; none if no article has it.

    Raises:
        CatalogError: the catalog cannot be read.
    """
    block = _block(id_)
    if block is None:
        return None
    catalog = Catalog.of(language, catalogs.ARTICLE)
    entries, _faults = catalog.examined()
    live = (entry for entry in entries if not entry.obsolete)
    entry = next((entry for entry in live if catalogs.id_of(entry) == id_), None)
    known = entry or polib.POEntry(msgctxt=block.context, msgid=block.text)
    pieces, terms = _glossary(current_app.config["TRANSLATIONS"]).look_up(block.text, language)
    before = known.previous_msgid if known.fuzzy else None
    judge = library().judge
    return Told(
        id_,
        block.context,
        judge.state(known, language),
        f"{catalog.name}:{entry.linenum}" if entry else "",
        pieces,
        terms,
        word_diff(before, known.msgid) if before else [],
        judge.edits.reasons(before, known.msgid) if before else [],
        staleness.since(known),
        known.msgstr,
        known.tcomment.splitlines(),
        _findings(known, language),
    )


def _block(id_: str) -> Block | None:
    blocks = (block for article in library().all_sources() for block in article.blocks())
    return next((each for each in blocks if catalogs.id_at(each.context, each.text) == id_), None)


def _findings(entry: polib.POEntry, language: str) -> list[Finding]:
    # The checker says nothing of what is fuzzy; a translator wants to know before it is not.
    finished = copy.copy(entry)
    finished.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    known = _language(current_app.config["TRANSLATIONS"], language)
    return checking.check(finished, catalogs.ARTICLE, known)


@lru_cache
def _glossary(translations: Path) -> Glossary:
    return Glossary(translations / "glossary.csv")


@lru_cache
def _language(translations: Path, code: str) -> checking.Language:
    return checking.read(translations, code)
