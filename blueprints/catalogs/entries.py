"""What names an entry, and what tells whether it has changed."""

from __future__ import annotations

import hashlib
import unicodedata

import polib


def id_of(entry: polib.POEntry) -> str:
    """Eight digits that name an entry in every language, until its English changes."""
    return id_at(entry.msgctxt or "", entry.msgid)


def id_at(context: str, msgid: str) -> str:
    """The id that the entry of this English text has, or would have."""
    return hashlib.sha256(f"{context}\x04{msgid}".encode()).hexdigest()[:8]


def digest(entry: polib.POEntry) -> str:
    """64 digits that change with the English, its place or the translation."""
    forms = [form for _number, form in sorted(entry.msgstr_plural.items())]
    texts = (entry.msgctxt or "", entry.msgid, entry.msgid_plural, entry.msgstr, *forms)
    whole = unicodedata.normalize("NFC", "\x04".join(texts))
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()


def has_translation(entry: polib.POEntry) -> bool:
    """Whether there is one, fuzzy or not."""
    return bool(entry.msgstr or any(entry.msgstr_plural.values()))
