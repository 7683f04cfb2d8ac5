"""What of a message a translation may not change: placeholders and markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

import polib

from blueprints.catalogs.faults import Fault

PLACEHOLDER = re.compile(r"%\(\w+\)[a-zA-Z]")

# What the scripts of pages fill in.
SCRIPT_PLACEHOLDER = re.compile(r"\{[^{}]*\}")

# Messages reach the page as they are, some of them between quotation marks.
_MARKUP = re.compile(r'<[^>]*>?|"|&#?\w*;?')

_COPY = "Copy placeholders and tags letter for letter from the English."


def faults(entry: polib.POEntry) -> Iterator[Fault]:
    """Why the translation of `entry` would break its page, if it would."""
    source = f"{entry.msgid} {entry.msgid_plural}"
    is_plural = bool(entry.msgid_plural)
    line = entry.linenum or 1
    for text in filter(None, [entry.msgstr, *entry.msgstr_plural.values()]):
        if problem := placeholder_problem(source, text, is_plural=is_plural):
            yield Fault(line, "placeholder", f"{problem}: {text!r}", _COPY)
        elif problem := markup_problem(source, text):
            yield Fault(line, "markup", f"{problem}: {text!r}", _COPY)


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
