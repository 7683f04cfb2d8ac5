"""Checking translations: what a translator got wrong, in the translator's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import polib

from blueprints import catalogs
from blueprints.translating.checking import (
    acronyms,
    form,
    glossary,
    meaning,
    waivers,
    wording,
    writing,
)
from blueprints.translating.checking.finding import Finding, Problem, Severity, error, warning
from blueprints.translating.checking.language import Language, read
from blueprints.translating.checking.pair import Pair

__all__ = ["Finding", "Language", "Severity", "check", "check_all", "read"]

_MENDED_BY_UPDATE = "nfc"

Rule = Callable[[Pair, Language], Iterator[Problem]]

_RULES: tuple[Rule, ...] = (
    form.placeholders,
    form.markup,
    form.glosses,
    form.unicode_form,
    form.invisible,
    form.spaces,
    form.brackets,
    writing.script,
    writing.joiners,
    writing.digits,
    writing.punctuation,
    writing.sentence_ends,
    wording.untranslated,
    wording.doubled,
    wording.length,
    acronyms.acronyms,
    wording.end_marks,
    meaning.numbers,
    meaning.units,
    meaning.sides,
    meaning.negation,
    meaning.modality,
    meaning.sentence_count,
    glossary.terms,
    glossary.forbidden,
)


def check(entry: polib.POEntry, catalog: str, language: Language) -> list[Finding]:
    """What is to be said of `entry` of the catalog `article` or `messages`.

    Fuzzy and obsolete entries are not shown to readers, and what has no translation is told
    by `status`: of them nothing is said.
    """
    if entry.fuzzy or entry.obsolete or not catalogs.has_translation(entry):
        return []
    waived = waivers.read(entry)
    problems = dict.fromkeys(_problems(entry, catalog, language))
    problems |= dict.fromkeys(map(_expired, waived.expired))
    return [
        Finding(
            entry.linenum or 1,
            problem.severity,
            problem.code,
            problem.message,
            f"{problem.hint} {_how_to_waive(problem.code, entry)}".strip(),
        )
        for problem in problems
        if problem.code not in waived.codes
    ]


def check_all(entries: Iterable[polib.POEntry], catalog: str, language: Language) -> list[Finding]:
    """The findings of a catalog's entries; what `update` mends in all of them is told once."""
    found = [finding for entry in entries for finding in check(entry, catalog, language)]
    mended = [finding for finding in found if finding.code == _MENDED_BY_UPDATE]
    if len(mended) > 1:
        told = f"{mended[0].message}, here and in {len(mended) - 1} more entries"
        found = [finding for finding in found if finding.code != _MENDED_BY_UPDATE]
        found.append(replace(mended[0], message=told))
    return found


def _problems(entry: polib.POEntry, catalog: str, language: Language) -> Iterator[Problem]:
    yield from form.plural_forms(entry, language)
    for pair in _pairs(entry, catalog):
        if not pair.text:
            yield error(
                "plural",
                "a plural form is empty",
                "Fill in every plural form; two may be the same.",
            )
            continue
        for rule in _RULES:
            yield from rule(pair, language)


def _pairs(entry: polib.POEntry, catalog: str) -> Iterator[Pair]:
    singular, plural = entry.msgid, entry.msgid_plural
    if not plural:
        yield Pair(singular, entry.msgstr, catalog)
    for number, text in sorted(entry.msgstr_plural.items()):
        source, other = (plural, singular) if number else (singular, plural)
        yield Pair(source, text, catalog, other)


def _expired(what: str) -> Problem:
    return warning(
        "waiver",
        f"“# ok: {what} …” no longer counts: a text has changed since",
        "Delete the comment; what it silenced is told again if it is still so.",
    )


def _how_to_waive(code: str, entry: polib.POEntry) -> str:
    if code == "waiver":
        return ""
    return f"If it is right as it is, add: # ok: {code} {waivers.fingerprint(entry)} why"
