"""Whether a catalog has the English texts of the site, all of them and no others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

import polib

from blueprints.translating.checking.finding import Finding, Severity

_Place = tuple[str, str]
_UPDATE = "run `flask translations update`"


def compared(
    catalog: Iterable[polib.POEntry], wanted: Iterable[polib.POEntry]
) -> Iterator[Finding]:
    """What to say of entries that the site does not ask for, and of those that it misses."""
    site = {_place(entry): entry for entry in wanted}
    live = {_place(entry): entry for entry in catalog if not entry.obsolete}
    missing = {place: entry for place, entry in site.items() if place not in live}
    for place, entry in live.items():
        if place not in site:
            meant = _meant(place, missing)
            missing.pop(meant, None)
            yield _error(entry, *_unknown(place, meant))
        elif entry.msgid_plural != site[place].msgid_plural:
            told = f"Type msgid_plural “{site[place].msgid_plural}”"
            yield _error(entry, "its msgid_plural is not the site's", f"{told}, or {_UPDATE}.")
    if missing:
        (_context, first), more = next(iter(missing)), len(missing) - 1
        others = f" and of {more} others" if more else ""
        message = f"the entry of “{first}”{others} is missing: readers see the English"
        yield Finding(1, Severity.ERROR, "entry", message, f"Put it back, or {_UPDATE}.")


def _place(entry: polib.POEntry) -> _Place:
    return entry.msgctxt or "", entry.msgid


def _meant(place: _Place, missing: Iterable[_Place]) -> _Place:
    """The missing entry that an unknown one was, before somebody edited its English; or itself."""
    context, text = place
    for other in missing:
        if other[1] == text:
            return other
    here = [other for of, other in missing if of == context]
    alike = get_close_matches(text, here, n=1)
    return (context, alike[0]) if alike else place


def _unknown(place: _Place, meant: _Place) -> tuple[str, str]:
    if meant == place:
        return "the site has no such English text", f"Delete the entry, or {_UPDATE}."
    if meant[1] != place[1]:
        return "its English is not the site's", f"Type msgid “{meant[1]}”, or {_UPDATE}."
    right = f"Type msgctxt “{meant[0]}”" if meant[0] else "Delete the line msgctxt"
    return "its context is not the site's", f"{right}, or {_UPDATE}."


def _error(entry: polib.POEntry, message: str, hint: str) -> Finding:
    return Finding(entry.linenum or 1, Severity.ERROR, "entry", message, hint)
