"""One line of a catalog's file, cut into what it consists of, as GNU gettext cuts it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

KEYWORDS = ("msgctxt", "msgid", "msgid_plural", "msgstr")

SPACE = " \t\f\v"
_SHOWN = 20  # letters of a line that a message repeats

_TOKEN = re.compile(
    r"""[ \t\f\v]*(?:
        "(?P<text>(?:[^"\\]|\\.)*)"
      | (?P<keyword>[A-Za-z_]+)
      | \[[ \t]*(?P<form>[0-9]{1,3})[ \t]*\]
      | \#(?P<comment>.*)
    )""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\([0-7]{1,3}|x[0-9a-fA-F]{1,2}|.)")
_ESCAPED = dict(zip('ntrbfva\\"', '\n\t\r\b\f\v\a\\"', strict=True))
# A compiled catalog parts its texts with these.
_SEPARATORS = "\0\4"


class LineError(ValueError):
    """The rest of a line cannot be read: what is wrong, and what to type."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is keyword, form, text or comment."""

    kind: str
    value: str


def tokens(line: str) -> Iterator[Token]:
    """What stands on a line, one after the other.

    Raises:
        LineError: the rest of the line cannot be read.
    """
    at, last = 0, ""
    line = line.rstrip(SPACE)
    while at < len(line):
        found = _TOKEN.match(line, at)
        rest = line[at:].lstrip(SPACE)
        if found is None:
            raise _unreadable(rest, last)
        kind = str(found.lastgroup)
        value = found[kind]
        if kind == "keyword" and value not in KEYWORDS:
            raise _unknown(rest, last)
        if kind == last == "text" and line[at] == '"':
            raise _goes_on(rest)
        yield Token(kind, _unescaped(value) if kind == "text" else value)
        at, last = found.end(), kind


def _unescaped(value: str) -> str:
    text = _ESCAPE.sub(_character, value)
    for separator in _SEPARATORS:
        if separator in text:
            character = f"a control character (U+{ord(separator):04X})"
            raise LineError(f"{character} stands in the text", "Delete it.")
    return text


def _character(escape: re.Match[str]) -> str:
    name = escape[1]
    if name in _ESCAPED:
        return _ESCAPED[name]
    code = int(name[1:], 16) if name[0] == "x" and name[1:] else None
    if name.isdecimal():
        code = int(name, 8)
    # The others are bytes of an encoding that the file may not have.
    if code is None or code > 0x7F:
        raise LineError(f"\\{name} stands for no character", "Write a backslash as \\\\.")
    return chr(code)


def _unreadable(rest: str, last: str) -> LineError:
    if rest[0] == '"':
        return LineError(
            "the quotation mark at the end is missing", 'End the text with ", on the same line.'
        )
    if unicodedata.category(rest[0])[0] in "CZ":
        return LineError(
            f"an invisible character (U+{ord(rest[0]):04X}) stands outside the text", "Delete it."
        )
    return _goes_on(rest) if last == "text" else _not_quoted(rest)


def _unknown(rest: str, last: str) -> LineError:
    if last == "text":
        return _goes_on(rest)
    if last in {"keyword", "form"}:
        return _not_quoted(rest)
    return LineError(
        f"“{_shown(rest)}” is nothing that a catalog holds",
        'A line begins with msgctxt, msgid, msgid_plural or msgstr, a text with ", '
        "a note with # and a space.",
    )


def _goes_on(rest: str) -> LineError:
    return LineError(
        f"the text goes on after its quotation mark: “{_shown(rest)}”",
        'Inside a text, type “ and ”, or \\" for a straight mark.',
    )


def _not_quoted(rest: str) -> LineError:
    return LineError(
        f"“{_shown(rest)}” does not stand between straight quotation marks",
        'Type " before the text and " after it.',
    )


def _shown(rest: str) -> str:
    return rest if len(rest) <= _SHOWN else f"{rest[:_SHOWN]}…"
