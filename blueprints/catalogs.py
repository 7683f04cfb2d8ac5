"""Gettext catalogs: read, refused when they would break a page, compiled.

Only `.po` files are kept in git. `messages.po` holds the words of templates and Python files
and is compiled for Flask-Babel; `article.po` holds the blocks of the articles and is read as
it is, because the reader is told the state of each block's translation.
"""

from __future__ import annotations

import gettext
import hashlib
import io
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import click
import polib

from blueprints import staleness
from blueprints.meaning import Edits

MESSAGES = "messages"
ARTICLE = "article"

PLACEHOLDER = re.compile(r"%\(\w+\)[a-zA-Z]")

# A text whose last quotation mark is missing: polib would drop its last letter.
_UNCLOSED = re.compile(
    r'^(?:#~ |#\| |#~\| )?(?:msg\w+(?:\[\d+\])? )?"(?:[^"\\\n]|\\.)*$', re.MULTILINE
)

# What the scripts of pages fill in.
SCRIPT_PLACEHOLDER = re.compile(r"\{[^{}]*\}")

# Messages reach the page as they are, some of them between quotation marks.
_MARKUP = re.compile(r'<[^>]*>?|"|&#?\w*;?')


class CatalogError(click.ClickException):
    """A catalog would break a page; the message begins with `file:line:`."""


def path(translations: Path, language: str, domain: str) -> Path:
    return translations / language / "LC_MESSAGES" / f"{domain}.po"


def read(file: Path) -> polib.POFile:
    """Read one `.po` file.

    Raises:
        CatalogError: it is missing, not UTF-8 or not a catalog.
    """
    try:
        text = file.read_text(encoding="utf-8")
        if unclosed := _UNCLOSED.search(text):
            line = text.count("\n", 0, unclosed.start()) + 1
            raise CatalogError(f"{file}:{line}: the quotation mark at the end is missing")
        return polib.pofile(str(file), encoding="utf-8", wrapwidth=0)
    except (OSError, UnicodeDecodeError) as error:
        # polib words a syntax error as "Syntax error in po file … (line 12): …"
        told = re.fullmatch(r"(.*) in po file .* \(line (\d+)\)(?:: (.*))?", str(error))
        kind, place, problem = told.groups() if told else (str(error), "1", None)
        raise CatalogError(f"{file}:{place}: {problem or kind}") from error


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


def compile_messages(translations: Path, compiled: Path, edits: Edits) -> None:
    """Check every `messages.po` and write its `.mo` below `compiled`, where no other stays.

    What is fuzzy is left out, but not where its English was only corrected.

    Raises:
        CatalogError: a catalog cannot be loaded, or a translation would break its page.
    """
    made = set()
    for file in sorted(translations.glob(f"*/LC_MESSAGES/{MESSAGES}.po")):
        catalog = read(file)
        _check_header(file, catalog)
        for entry in catalog:
            if staleness.is_cosmetic(entry, edits):
                entry.flags.remove("fuzzy")
        for entry in _shown(catalog):
            _check_entry(file, entry)
        # Babel writes hi_Latn what addresses and folders write hi-Latn.
        locale = file.parent.parent.name.replace("-", "_")
        target = compiled / locale / "LC_MESSAGES" / f"{MESSAGES}.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, catalog.to_binary())
        made.add(target)
    for stale in set(compiled.glob("*/LC_MESSAGES/*.mo")) - made:
        stale.unlink(missing_ok=True)


def _shown(catalog: polib.POFile) -> Iterable[polib.POEntry]:
    return (entry for entry in catalog if entry.translated() and not entry.obsolete)


def _check_header(file: Path, catalog: polib.POFile) -> None:
    try:
        loaded = gettext.GNUTranslations(io.BytesIO(catalog.to_binary()))
    except (ValueError, LookupError) as error:
        raise CatalogError(f"{file}:1: the header cannot be used: {error}") from error
    if loaded.charset() is None:
        raise CatalogError(f"{file}:1: the header names no charset; write charset=UTF-8")
    forms = catalog.metadata.get("Plural-Forms", "")
    if not re.fullmatch(r"nplurals=\d+; plural=.+", forms):
        raise CatalogError(f"{file}:1: Plural-Forms must read nplurals=…; plural=…;")


def _check_entry(file: Path, entry: polib.POEntry) -> None:
    source = f"{entry.msgid} {entry.msgid_plural}"
    is_plural = bool(entry.msgid_plural)
    for text in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
        problem = placeholder_problem(source, text, is_plural=is_plural)
        if problem := problem or markup_problem(source, text):
            raise CatalogError(f"{file}:{entry.linenum}: {problem}: {text!r}")


def placeholder_problem(source: str, text: str, *, is_plural: bool) -> str | None:
    """Why `text` cannot be filled in as `source` is, if it cannot."""
    wanted, found = set(PLACEHOLDER.findall(source)), set(PLACEHOLDER.findall(text))
    if foreign := sorted(found - wanted):
        return f"placeholder {foreign[0]} is not in the English text"
    if (lost := sorted(wanted - found)) and not is_plural:  # "one minute" needs no number
        return f"placeholder {lost[0]} of the English text is missing"
    # Jinja formats every message, so a lone percent sign is a server error.
    if "%" in PLACEHOLDER.sub("", text).replace("%%", ""):
        return "a percent sign must be written %% and a placeholder %(name)s"
    return None


def markup_problem(source: str, text: str) -> str | None:
    """Why `text` would break the page around it, if it would."""
    if foreign := sorted(set(markup(text)) - set(markup(source))):
        return f"{foreign[0]} is not in the English text"
    return None


def markup(text: str) -> list[str]:
    """The tags, entities and straight quotation marks of a message, as they follow."""
    return _MARKUP.findall(text)


def plain(text: str) -> str:
    """A message without its placeholders and markup."""
    for pattern in (PLACEHOLDER, SCRIPT_PLACEHOLDER, _MARKUP):
        text = pattern.sub(" ", text)
    return text.replace("%%", "%")


def _replace(target: Path, content: bytes) -> None:
    # Several processes may start at once; each must find the old file or the new one, whole.
    beside = target.with_name(f"{target.name}.{os.getpid()}")
    beside.write_bytes(content)
    beside.replace(target)
