"""Reading a catalog as GNU gettext reads it, but to its end: all faults are told at once.

polib writes catalogs, but does not read them here: of a value without quotation marks it drops
the first and the last letter, and it refuses comments that gettext takes.
"""

from __future__ import annotations

import polib

from blueprints.catalogs.decoding import decoded
from blueprints.catalogs.draft import Draft
from blueprints.catalogs.faults import Fault
from blueprints.catalogs.lexing import SPACE, LineError, Token, tokens


def parsed(raw: bytes) -> tuple[polib.POFile, list[Fault]]:
    """The entries of a file, and what is wrong with its form, in the order of its lines.

    An entry with a fault is among them if its English can be read.
    """
    lines, faults = decoded(raw)
    reader = _Reader()
    for number, line in enumerate(lines, 1):
        reader.read(number, line.strip(SPACE))
    reader.end()
    return reader.catalog, sorted([*faults, *reader.faults], key=lambda fault: fault.line)


_HEADER: tuple[str | None, str] = (None, "")


class _Reader:
    def __init__(self) -> None:
        self.catalog = polib.POFile(wrapwidth=0)
        self.faults: list[Fault] = []
        self._draft: Draft | None = None
        self._places: dict[tuple[str | None, str], int] = {}

    def read(self, number: int, line: str) -> None:
        is_obsolete = line.startswith("#~")
        rest = line[2:].lstrip(SPACE) if is_obsolete else line
        sign = "|" if is_obsolete else "#|"
        is_previous = rest.startswith(sign)
        if rest.startswith("#") and not is_previous:
            if self._draft and self._draft.is_complete:
                self._finish(self._draft)
            self._at(number).take_comment(rest[1:])
            return
        has_keyword = False
        try:
            for token in tokens(rest.removeprefix(sign)):
                self._take(number, token, "previous_" if is_previous else "")
                has_keyword |= token.kind == "keyword"
            if has_keyword and not is_previous:
                self._at(number).obsolete.add(is_obsolete)
        except LineError as error:
            self._tell(number, error, is_commented=is_obsolete or is_previous)
            if not has_keyword:
                self._at(number).lose_texts()

    def end(self) -> None:
        """Add the last entry; comments below it are kept as those of the whole file."""
        if self._draft and self._draft.is_begun:
            self._finish(self._draft)
        elif self._draft:
            comments = [self.catalog.header, self._draft.entry.tcomment]
            self.catalog.header = "\n".join(filter(None, comments))

    def _at(self, number: int) -> Draft:
        """The entry that is being read; one that begins here if there is none."""
        self._draft = self._draft or Draft.at(number)
        return self._draft

    def _take(self, number: int, token: Token, prefix: str) -> None:
        keyword = prefix + token.value
        if token.kind == "keyword" and self._draft and self._draft.ends_before(keyword):
            self._finish(self._draft)
        draft = self._at(number)
        match token.kind:
            case "keyword":
                draft.take_keyword(keyword)
            case "form":
                draft.take_form(token.value)
            case "text":
                draft.take_text(token.value)
            case _:
                draft.take_comment(token.value)

    def _tell(self, number: int, error: LineError, *, is_commented: bool) -> None:
        self._at(number).is_faulty = True
        hint = f"{error.hint} A note begins with # and a space." if is_commented else error.hint
        self.faults.append(Fault(number, "syntax", error.message, hint))

    def _finish(self, draft: Draft) -> None:
        self._draft = None
        entry = draft.finished()
        if problem := draft.problem():
            self.faults.append(Fault(draft.line, "syntax", *problem))
        if "msgid" in draft.texts:
            self._add(draft.line, entry)

    def _add(self, line: int, entry: polib.POEntry) -> None:
        key = entry.msgctxt, entry.msgid
        is_header = key == _HEADER and not entry.obsolete
        first = line if entry.obsolete else self._places.setdefault(key, line)
        if first != line:
            self.faults.append(_doubled(line, first))
        if not is_header:
            self.catalog.append(entry)
        elif first == line:
            _take_header(self.catalog, entry)


def _doubled(line: int, first: int) -> Fault:
    what = f"this entry stands on line {first} already"
    return Fault(line, "syntax", what, "Keep the one that is right, and delete the other.")


def _take_header(catalog: polib.POFile, entry: polib.POEntry) -> None:
    """The first entry has no English: what it says is about the file."""
    catalog.header = entry.tcomment
    catalog.metadata_is_fuzzy = entry.fuzzy
    name = ""
    for line in entry.msgstr.splitlines():
        field, colon, value = line.partition(":")
        if colon:
            name = field
            catalog.metadata[name] = value.strip()
        elif name:
            catalog.metadata[name] += f"\n{line.strip()}"
