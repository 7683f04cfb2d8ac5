"""The lines of a catalog's file, or what is wrong with its encoding."""

from __future__ import annotations

import codecs
import re

from blueprints.catalogs.faults import Fault

_HINT = "Open the file in your editor and save it as UTF-8."

# UTF-32 comes first: in little-endian order its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
# Where the mark is missing: a Latin letter or a line break has a zero byte beside it.
_UTF_16 = re.compile(rb"\0[\n\r \"#a-z]|[\n\r \"#a-z]\0")


def decoded(raw: bytes) -> tuple[list[str], list[Fault]]:
    """The lines, without their ends, and what is wrong with the encoding.

    What is not UTF-8 becomes U+FFFD, so that the rest of the file can still be checked. A file in
    another Unicode encoding has no lines. A byte order mark of UTF-8 is left out.
    """
    if name := _other_encoding(raw):
        return [], [Fault(1, "encoding", f"the file is stored as {name}, not as UTF-8", _HINT)]
    raw = raw.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines = raw.split(b"\n")
    wrong = [(number, at) for number, line in enumerate(lines, 1) for at in _not_utf8(line)]
    faults = []
    if wrong:
        number, at = wrong[0]
        faults = [_fault(number, lines[number - 1], at, others=len(wrong) - 1)]
    return [line.decode("utf-8", "replace") for line in lines], faults


def _other_encoding(raw: bytes) -> str | None:
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return name
    return "UTF-16" if _UTF_16.match(raw) else None


def _not_utf8(line: bytes) -> list[int]:
    """Where the first byte stands that is not UTF-8, if there is one."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return [error.start]
    return []


def _fault(number: int, line: bytes, at: int, others: int) -> Fault:
    """One fault for the whole file: it was saved in another encoding, not mistyped here."""
    before = line[:at].decode("utf-8").split()
    place = f" after “{before[-1]}”" if before else ""
    more = f" ({others} more lines have such bytes)" if others else ""
    message = f"byte {at + 1} of the line, {line[at]:02X}{place}, is not UTF-8{more}"
    return Fault(number, "encoding", message, _HINT)
