"""Bringing a catalog up to date without losing a translation.

Canonical form: UTF-8 NFC, no wrapping, no line numbers, no dates, source order. One edited
string is then a two-line difference in every gettext editor.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from pathlib import Path

import polib
from babel import Locale
from babel.plural import to_gettext

from blueprints import catalogs


def updated(file: Path, language: str, extracted: Iterable[polib.POEntry]) -> polib.POFile:
    """The catalog of `file` with exactly the entries extracted, its translations kept.

    A translation stays with its entry by context and English text. One whose entry is gone
    is kept as obsolete.
    """
    old = catalogs.read(file) if file.exists() else polib.POFile()
    translations = {(entry.msgctxt, entry.msgid): entry for entry in old}
    locale = Locale.parse(language, sep="-")
    new = polib.POFile(wrapwidth=0)
    new.metadata = _header(locale, language)
    for entry in extracted:
        kept = translations.pop((entry.msgctxt, entry.msgid), None)
        if kept is not None:
            _take_translation(entry, kept)
        elif entry.msgid_plural:
            entry.msgstr_plural = dict.fromkeys(range(len(plural_forms(locale))), "")
        new.append(entry)
    for entry in translations.values():
        if entry.translated():
            entry.obsolete = True
            new.append(entry)
    return new


def text(catalog: polib.POFile) -> str:
    """The catalog as its file's text, in canonical form."""
    return unicodedata.normalize("NFC", str(catalog)).rstrip("\n") + "\n"


def plural_forms(locale: Locale) -> list[str]:
    """CLDR's names of a language's plural forms, in the order of a catalog."""
    rule = locale.plural_form
    return [name for name in ("zero", "one", "two", "few", "many") if name in rule.tags] + ["other"]


def _take_translation(entry: polib.POEntry, kept: polib.POEntry) -> None:
    entry.msgstr = kept.msgstr
    entry.msgstr_plural = kept.msgstr_plural
    entry.tcomment = kept.tcomment
    entry.flags = kept.flags
    entry.previous_msgid = kept.previous_msgid


def _header(locale: Locale, language: str) -> dict[str, str]:
    return {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        # CLDR's rule: Babel's own table has a wrong one for Hindi.
        "Plural-Forms": to_gettext(locale.plural_form),
    }
