"""An entry of a catalog while its lines are read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import polib

from blueprints.catalogs.lexing import KEYWORDS, LineError

_COMPLETE = KEYWORDS.index("msgstr")
_PREVIOUS = ("previous_msgctxt", "previous_msgid", "previous_msgid_plural")


@dataclass
class Draft:
    """What has been read of an entry that begins on `line`.

    `texts` has them by keyword: `msgid`, `msgstr[0]`, `previous_msgid`.
    """

    line: int
    entry: polib.POEntry
    texts: dict[str, str] = field(default_factory=dict)
    obsolete: set[bool] = field(default_factory=set)
    is_faulty: bool = False
    _rank: int = -1  # of the last keyword, by their order in an entry
    _part: str = ""  # the keyword whose text comes next
    _is_fresh: bool = False  # whether that keyword has no text yet

    @classmethod
    def at(cls, line: int) -> Draft:
        return cls(line, polib.POEntry(linenum=line, occurrences=[], flags=[]))

    @property
    def is_begun(self) -> bool:
        """Whether there is more than comments."""
        return bool(self._rank >= 0 or self.texts or self.is_faulty)

    @property
    def is_complete(self) -> bool:
        return self._rank == _COMPLETE

    def ends_before(self, keyword: str) -> bool:
        """Whether this keyword begins another entry."""
        if keyword not in KEYWORDS:
            return self.is_complete
        rank = KEYWORDS.index(keyword)
        return rank <= self._rank and not rank == self._rank == _COMPLETE

    def take_keyword(self, keyword: str) -> None:
        if keyword not in (*KEYWORDS, *_PREVIOUS):
            raise LineError("#| stands before the older English only", "Delete the line.")
        self._part, self._is_fresh = keyword, True
        if keyword in KEYWORDS:
            self._rank = KEYWORDS.index(keyword)

    def lose_texts(self) -> None:
        """Take what follows for the text of a line that cannot be read."""
        self._part, self._is_fresh = "unreadable", False

    def take_form(self, number: str) -> None:
        expected = str(len(self._forms()))
        if self._part != "msgstr" or not self._is_fresh:
            raise LineError(f"[{number}] does not follow msgstr", "Delete it.")
        if number != expected:
            raise LineError(
                f"msgstr[{number}] stands where msgstr[{expected}] belongs",
                "Number the forms in their order, from 0.",
            )
        self._part = f"msgstr[{number}]"

    def take_text(self, text: str) -> None:
        if not self._part:
            raise LineError("this text belongs to no msgid or msgstr", "Type msgstr before it.")
        is_second, self._is_fresh = self._is_fresh and self._part in self.texts, False
        if is_second:
            raise LineError(f"{self._part} stands twice in this entry", "Delete one of them.")
        self.texts[self._part] = self.texts.get(self._part, "") + text

    def take_comment(self, comment: str) -> None:
        """Take what stands after a #, by the signs of gettext."""
        entry, rest = self.entry, comment[1:]
        match comment[:1]:
            case ".":
                entry.comment = _joined(entry.comment, rest.removeprefix(" "))
            case ":":
                entry.occurrences += [_reference(each) for each in rest.split()]
            case "," | "!":
                entry.flags += _flags(rest)
            case _:
                entry.tcomment = _joined(entry.tcomment, comment.removeprefix(" "))

    def problem(self) -> tuple[str, str] | None:
        """What the lines lack together, and what to type; nothing if one was told already."""
        if self.is_faulty:
            return None
        if "msgid" not in self.texts:
            return "a translation stands here without its English", "Type msgid before it."
        if not self.is_complete or not ({"msgstr", "msgstr[0]"} & self.texts.keys()):
            return "the entry has no msgstr", 'Type msgstr "" below its English.'
        if "msgid_plural" in self.texts and "msgstr" in self.texts:
            return "a plural has no forms", "Type msgstr[0] and msgstr[1] in place of msgstr."
        if "msgid_plural" not in self.texts and self._forms():
            return "there are forms of a plural without msgid_plural", "Type msgstr for msgstr[0]."
        if len(self.obsolete) > 1:
            return (
                "only some lines of the entry begin with #~",
                "Type it before all, or before none.",
            )
        return None

    def finished(self) -> polib.POEntry:
        entry, texts = self.entry, self.texts
        entry.msgctxt = texts.get("msgctxt")  # type: ignore[assignment] # the stub knows no None
        entry.msgid = texts.get("msgid", "")
        entry.msgid_plural = texts.get("msgid_plural", "")
        entry.msgstr = texts.get("msgstr", "")
        entry.msgstr_plural = dict(enumerate(self._forms()))
        for name in _PREVIOUS:
            setattr(entry, name, texts.get(name))
        entry.obsolete = True in self.obsolete
        return entry

    def _forms(self) -> list[str]:
        return [text for name, text in self.texts.items() if name.startswith("msgstr[")]


def _joined(text: str, line: str) -> str:
    return f"{text}\n{line}" if text else line


def _reference(told: str) -> tuple[str, str]:
    file, _, line = told.rpartition(":")
    return (file, line) if file and line.isdigit() else (told, "")


def _flags(told: str) -> Iterator[str]:
    """Flags stand between commas or spaces; `range: 0..10` is one."""
    for flag in told.split(","):
        flags = [flag.strip()] if ":" in flag else flag.split()
        yield from filter(None, flags)
