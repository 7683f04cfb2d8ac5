"""Bringing a catalog up to date without losing a translation.

Canonical form: UTF-8 NFC, no wrapping, no line numbers, no dates, source order. One edited
string is then a two-line difference in every gettext editor.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polib

from blueprints import catalogs, sign_off, staleness
from blueprints.sign_off import Reviewer, Role
from blueprints.translating.aligning import Pair, aligned

_TEXTS = (
    *("msgctxt", "msgid", "msgid_plural", "msgstr", "tcomment", "comment"),
    *("previous_msgid", "previous_msgid_plural"),
)


@dataclass(slots=True)
class Update:
    """A catalog, and what became of its entries.

    `moved` kept their translation in another place; `changed` are fuzzy now, as their English is
    another; `removed` are kept as obsolete.
    """

    catalog: polib.POFile
    new: list[polib.POEntry] = field(default_factory=list)
    moved: list[polib.POEntry] = field(default_factory=list)
    changed: list[polib.POEntry] = field(default_factory=list)
    removed: list[polib.POEntry] = field(default_factory=list)


def updated(
    old: Iterable[polib.POEntry], language: str, extracted: Iterable[polib.POEntry], today: date
) -> Update:
    """The catalog with exactly the entries extracted, and the translations of `old`.

    One whose English has changed is fuzzy, with the English that it translates and the day;
    one whose English is gone is obsolete.
    """
    before, now = list(old), list(extracted)
    pairs = aligned(before, now)
    made = Update(polib.POFile(wrapwidth=0))
    made.catalog.metadata = catalogs.header(language)
    forms = range(len(catalogs.plural_forms(language)))
    for entry in now:
        if entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(forms, "")
        made.catalog.append(entry)
    for entry, kept in pairs:
        _take(entry, kept)
        _tell(made, (entry, kept), today)
    known = {(entry.msgctxt, entry.msgid) for entry in before}
    paired = {id(entry) for entry, _kept in pairs}
    made.new = [
        entry
        for entry in now
        if id(entry) not in paired and (entry.msgctxt, entry.msgid) not in known
    ]
    taken = {id(kept) for _entry, kept in pairs}
    gone = [entry for entry in before if id(entry) not in taken and catalogs.has_translation(entry)]
    made.removed = [entry for entry in gone if not entry.obsolete]
    for entry in gone:
        entry.obsolete = True
        made.catalog.append(entry)
    return made


def summarise(catalog: polib.POFile, language: str, reviewers: Mapping[str, Reviewer]) -> None:
    """Say in the header how much is signed in each role, and until when; nothing if nothing is."""
    live = [entry for entry in catalog if not entry.obsolete]
    for role in Role:
        found = [sign_off.signed(entry, role, language, reviewers) for entry in live]
        held = [each for each in found if each]
        name = f"X-{role.capitalize()}-Review"
        catalog.metadata.pop(name, None)
        if held:
            latest = max(each.on for each in held)
            by = " ".join(sorted({each.by for each in held}))
            catalog.metadata[name] = f"{len(held)}/{len(live)} {by} {latest}"


def text(catalog: polib.POFile) -> str:
    """The catalog as its file's text, in canonical form."""
    for entry in catalog:
        _compose(entry)
    return str(catalog).rstrip("\n") + "\n"


def _compose(entry: polib.POEntry) -> None:
    """Bring its texts into NFC; in the file, a mark would join the letter of an escape."""
    for name in _TEXTS:
        if value := getattr(entry, name):
            setattr(entry, name, unicodedata.normalize("NFC", value))
    entry.msgstr_plural = {
        number: unicodedata.normalize("NFC", form) for number, form in entry.msgstr_plural.items()
    }


def _take(entry: polib.POEntry, kept: polib.POEntry) -> None:
    entry.msgstr = kept.msgstr
    entry.msgstr_plural = {**entry.msgstr_plural, **kept.msgstr_plural}
    entry.tcomment = kept.tcomment
    entry.flags = list(kept.flags)
    entry.previous_msgid = kept.previous_msgid
    entry.previous_msgid_plural = kept.previous_msgid_plural


def _tell(made: Update, pair: Pair, today: date) -> None:
    """Make fuzzy what has changed, and current what is as it was again."""
    entry, kept = pair
    if (entry.msgid, entry.msgid_plural) != (kept.msgid, kept.msgid_plural):
        staleness.mark(entry, kept, today)
        made.changed.append(entry)
    elif entry.msgctxt != kept.msgctxt:
        made.moved.append(entry)
    if not entry.fuzzy or staleness.is_as_before(entry):
        staleness.clear(entry)
        made.changed = [each for each in made.changed if each is not entry]
