"""A translation whose English has changed: what the catalog says of it.

gettext's own marks: the entry is fuzzy, and keeps the English that was translated. A comment
of translators, which every tool leaves alone, tells since when.
"""

from __future__ import annotations

import re
from datetime import date

import polib

from blueprints.meaning import Edits

_SINCE = re.compile(r"^English changed: (\d{4}-\d{2}-\d{2})\n?", re.MULTILINE)


def mark(entry: polib.POEntry, before: polib.POEntry, today: date) -> None:
    """Make `entry` fuzzy, which has the translation of `before`."""
    if not before.fuzzy:
        entry.flags.append("fuzzy")
        entry.previous_msgid = before.msgid
        entry.previous_msgid_plural = before.msgid_plural or None
    # After several edits it is still the first English that was translated.
    if since(entry) is None:
        entry.tcomment = f"English changed: {today.isoformat()}\n{entry.tcomment}".rstrip("\n")


def clear(entry: polib.POEntry) -> None:
    """Take the marks away: the translation is that of the English at hand."""
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    entry.previous_msgid = entry.previous_msgid_plural = None
    entry.tcomment = _SINCE.sub("", entry.tcomment).rstrip("\n")


def is_as_before(entry: polib.POEntry) -> bool:
    """Whether a fuzzy entry has the English again that was translated."""
    before = (entry.previous_msgid, entry.previous_msgid_plural or "")
    return before == (entry.msgid, entry.msgid_plural)


def is_cosmetic(entry: polib.POEntry, edits: Edits) -> bool:
    """Whether a fuzzy entry still says what the English says, which was only corrected."""
    if not entry.fuzzy or entry.previous_msgid is None:
        return False
    before = entry.previous_msgid_plural or ""
    return bool(before) == bool(entry.msgid_plural) and not (
        edits.reasons(entry.previous_msgid, entry.msgid)
        or edits.reasons(before, entry.msgid_plural)
    )


def since(entry: polib.POEntry) -> date | None:
    """The day on which the change was found; none where no comment tells."""
    found = _SINCE.search(entry.tcomment)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None
