"""The header of a catalog: its encoding, and the plural forms of its language."""

from __future__ import annotations

import codecs
import gettext
import re
from collections.abc import Callable, Iterator

import polib
from babel import Locale
from babel.plural import to_gettext

from blueprints.catalogs.faults import Fault

_CHARSET = re.compile(r"charset=(.*)")
_FORMS = re.compile(r"nplurals=(\d+); *plural=([^;]+);?")
_NUMBERS = (*range(201), 1000, 1001, 1002, 1_000_000)


def header(language: str) -> dict[str, str]:
    """The header that a catalog of `language` has."""
    return {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        # CLDR's rule: Babel's own table has a wrong one for Hindi.
        "Plural-Forms": to_gettext(_locale(language).plural_form),
    }


def plural_forms(language: str) -> list[str]:
    """CLDR's names of a language's plural forms, in the order of a catalog."""
    tags = _locale(language).plural_form.tags
    return [name for name in ("zero", "one", "two", "few", "many") if name in tags] + ["other"]


def faults(catalog: polib.POFile, raw: bytes, language: str) -> Iterator[Fault]:
    """What would garble the texts of `catalog`, or choose a wrong plural; its file holds `raw`."""
    right = header(language)
    if problem := _charset_problem(catalog):
        hint = f"Type Content-Type: {right['Content-Type']}\\n"
        yield Fault(_line(raw, b"charset="), "header", problem, hint)
    if not _has_right_forms(catalog, right["Plural-Forms"]):
        yield Fault(
            _line(raw, b"Plural-Forms"),
            "header",
            f"Plural-Forms are not those of the language {language}",
            f"Type Plural-Forms: {right['Plural-Forms']}\\n and look at each msgstr[0], msgstr[1].",
        )


def _charset_problem(catalog: polib.POFile) -> str | None:
    named = _CHARSET.search(catalog.metadata.get("Content-Type", ""))
    if named is None:
        return "the header names no charset" if catalog else None
    try:
        is_utf8 = codecs.lookup(named[1]).name == "utf-8"
    except LookupError:
        is_utf8 = False
    return None if is_utf8 else f"the header says {named[0]}, but the file has to be UTF-8"


def _has_right_forms(catalog: polib.POFile, right: str) -> bool:
    """Whether the rule chooses as the right one does, however it is written."""
    told = catalog.metadata.get("Plural-Forms")
    if told is None:
        return not any(entry.msgid_plural for entry in catalog)
    return _chosen(told) == _chosen(right)


def _chosen(forms: str) -> tuple[int, list[int]] | None:
    """How many forms there are, and which is chosen for each of some numbers."""
    found = _FORMS.fullmatch(forms.strip())
    if found is None:
        return None
    try:
        choose: Callable[[int], int] = gettext.c2py(found[2])
        return int(found[1]), [choose(number) for number in _NUMBERS]
    except (ValueError, ArithmeticError):
        return None


def _line(raw: bytes, name: bytes) -> int:
    return raw.count(b"\n", 0, max(raw.find(name), 0)) + 1


def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")
