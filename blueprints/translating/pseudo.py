"""A language that nobody speaks: whatever is not written so went past the catalogs.

`⟦Ĺíšţéñ óñé⟧` for `Listen`: accents, two fifths more length, and brackets that show where a
message begins and ends. In Arabic letters it shows what is not ready to be turned around.
"""

from __future__ import annotations

import math
import re
from itertools import cycle, islice

import polib
from babel import localedata

# CLDR's name of it. Babel leaves pseudo-locales out of its data, and is told that this one is like
# English in all that is not translated: dates, numbers, plurals.
LANGUAGE = "en-XA"
localedata._cache["en_XA"] = localedata.load("en")

BEGIN, END = "⟦", "⟧"

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ACCENTED = str.maketrans(
    _LATIN + _LATIN.upper(), "áɓçðéƒĝĥíĵķĺṁñóþɋŕšţúṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĹṀÑÓÞɊŔŠŢÚṼŴẊÝŽ"
)
_ARABIC = str.maketrans(_LATIN + _LATIN.upper(), "ابچدعفگہیجکلمنوپقرستۓڤشژئز" * 2)

_FILLER = "one two three four five six seven eight nine ten "
_LONGER = 0.4

# What must come through as it is: placeholders, tags, entities, escapes, the marks of emphasis.
_KEPT = re.compile(r"(%\(\w+\)[a-zA-Z]|%%|\{[^{}]*\}|<[^<>]*>|&#?\w+;|\\.|\*\(|\)\*|\*)")


def translated(catalog: polib.POFile, *, is_right_to_left: bool = False) -> polib.POFile:
    """Fill in every entry of `catalog`, in memory, and give it."""
    letters = _ARABIC if is_right_to_left else _ACCENTED
    for entry in catalog:
        if entry.obsolete:
            continue
        if entry.msgid_plural:
            first, *others = sorted(entry.msgstr_plural)
            plural = _written(entry.msgid_plural, letters)
            entry.msgstr_plural = {first: _written(entry.msgid, letters)}
            entry.msgstr_plural |= dict.fromkeys(others, plural)
        else:
            entry.msgstr = _written(entry.msgid, letters)
    return catalog


def _written(text: str, letters: dict[int, int]) -> str:
    # A group splits so that every second part is one to keep.
    parts = _KEPT.split(text)
    parts[::2] = [part.translate(letters) for part in parts[::2]]
    length = math.ceil(_LONGER * sum(len(part) for part in parts[::2]))
    filler = "".join(islice(cycle(_FILLER), length)).strip().translate(letters)
    return f"{BEGIN}{''.join(parts)} {filler}{END}"
