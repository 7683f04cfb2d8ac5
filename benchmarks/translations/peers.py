"""What other checkers say of each entry: msgfmt, pofilter of translate-toolkit, dennis."""

from __future__ import annotations

import re
import subprocess
import tempfile
from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

import polib

from app import ROOT
from tests.translating.seeded import Good

TOOLS = ROOT / "build" / "translations" / "bin"
HEADER = {
    "Project-Id-Version": "seeded",
    "PO-Revision-Date": "2026-01-01 00:00+0000",
    "Last-Translator": "nobody <nobody@example.org>",
    "Language-Team": "nobody <nobody@example.org>",
    "Language": "hi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=n > 1;",
}


def msgfmt(texts: list[Good]) -> list[set[str]]:
    with tempfile.TemporaryDirectory() as folder:
        file = _write(Path(folder), texts)
        command = ["msgfmt", "-c", "-o", "/dev/null", str(file)]
        return _by_line(file, _run(command).stderr, len(texts))


def dennis(texts: list[Good]) -> list[set[str]]:
    with tempfile.TemporaryDirectory() as folder:
        file = _write(Path(folder), texts)
        formats = "--varformat=python-format,python-brace-format"
        command = [str(TOOLS / "dennis-cmd"), "lint", formats, "--reporter=line", str(file)]
        return _by_line(file, _run(command).stdout, len(texts))


def pofilter(texts: list[Good]) -> list[set[str]]:
    with tempfile.TemporaryDirectory() as folder:
        file, filtered = _write(Path(folder), texts), Path(folder) / "filtered.po"
        tool = str(TOOLS / "pofilter")
        _run(
            [tool, "--language=hi", "--progress=none", str(file), str(filtered)]
        ).check_returncode()
        said: list[set[str]] = [set() for _ in texts]
        for entry in polib.pofile(str(filtered)):
            said[int(entry.msgctxt)] |= set(re.findall(r"\(pofilter\) .+", entry.tcomment))
        return said


def _write(folder: Path, texts: Iterable[Good]) -> Path:
    """One catalog, each entry under its number; what has placeholders is flagged for msgfmt."""
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = HEADER
    for number, text in enumerate(texts):
        entry = polib.POEntry(
            msgctxt=str(number),
            msgid=text.entry.msgid,
            msgid_plural=text.entry.msgid_plural,
            msgstr=text.entry.msgstr,
            msgstr_plural=text.entry.msgstr_plural,
        )
        if text.catalog == "messages" and "%" in entry.msgid:
            entry.flags = ["python-format"]
        elif text.catalog == "messages" and "{" in entry.msgid:
            entry.flags = ["python-brace-format"]
        catalog.append(entry)
    file = folder / "seeded.po"
    catalog.save(str(file))
    return file


def _by_line(file: Path, output: str, count: int) -> list[set[str]]:
    """What was said of each entry, from lines `file:line: …`; the header is no entry."""
    blocks = file.read_text(encoding="utf-8").strip("\n").split("\n\n")
    last_lines = list(accumulate(block.count("\n") + 2 for block in blocks))
    said: list[set[str]] = [set() for _ in range(count)]
    for line, what in re.findall(rf"^{re.escape(str(file))}:\s*(\d+):\s*(.+)", output, re.M):
        if number := bisect_left(last_lines, int(line)):
            said[number - 1].add(what)
    return said


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)
