"""Write the table by which texts are folded, for Python and for the browser.

    python -m scripts.folding

Digits, compatibility forms and decompositions are those of Python's Unicode Character Database. Two
properties it lacks are copied from the files of the database itself: `Default_Ignorable_Code_Point`
from DerivedCoreProperties.txt, and the sequences that DoNotEmit.txt lists for vowels of Indian
scripts (chapters 12 and 13 of the Unicode core specification).
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "blueprints/folding/table.json"
SCRIPT = ROOT / "static/ask/folds.js"

HEAD = """/**
 * How letters are folded. Written by `scripts/folding.py`.
 * @type {{runs: [number, number, string][], sequences: Record<string, string>}}
 */"""

# Default_Ignorable_Code_Point: what shows nothing, unless a font lacks it.
IGNORABLE = (
    "AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF"
    " FFA0 FFF0-FFF8 1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)
# Controls but tab and line ends, the keycap that turns a digit into an emoji, and two signs that
# are blank: of Braille and of music.
ALSO_IGNORED = "0-8 B-C E-1F 7F-84 86-9F 20E3 2800 1D159"
# What people type in place of these, beside what Unicode calls compatible with them.
ALIKE = {
    " ": "\t\u0085\u1680\u2028\u2029",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58",
    ".": "\u00b7\u2022\u2027\u22c5\u3002\uff61",
    "'": "\u2018\u2019\u02bc",
}
# A vowel, the signs that are typed after it, and the vowels that these two should have been.
DO_NOT_EMIT = """
0905 093E 0906, 0905 0946 0904, 0905 0949 0911, 0905 094A 0912, 0905 094B 0913, 0905 094C 0914
0905 0945 0972, 0905 093A 0973, 0905 093B 0974, 0905 094F 0975, 0905 0956 0976, 0905 0957 0977
0906 093A 0974, 0906 0945 0911, 0906 0946 0912, 0906 0947 0913, 0906 0948 0914
0909 0941 090A, 090F 0945 090D, 090F 0946 090E, 090F 0947 0910
0985 09BE 0986, 098B 09C3 09E0, 098C 09E2 09E1
0A05 0A3E 0A06, 0A05 0A48 0A10, 0A05 0A4C 0A14, 0A72 0A3F 0A07, 0A72 0A40 0A08, 0A72 0A47 0A0F
0A73 0A41 0A09, 0A73 0A42 0A0A, 0A73 0A4B 0A13
0A85 0ABE 0A86, 0A85 0AC5 0A8D, 0A85 0AC7 0A8F, 0A85 0AC8 0A90, 0A85 0AC9 0A91, 0A85 0ACB 0A93
0A85 0ACC 0A94, 0A86 0AC5 0A91, 0A86 0AC7 0A93, 0A86 0AC8 0A94, 0AC5 0ABE 0AC9
0B05 0B3E 0B06, 0B0F 0B57 0B10, 0B13 0B57 0B14
0B85 0BC2 0B86
0C12 0C4C 0C14, 0C12 0C55 0C13, 0C3F 0C55 0C40, 0C46 0C55 0C47, 0C4A 0C55 0C4B
0C89 0CBE 0C8A, 0C8B 0CBE 0CE0, 0C92 0CCC 0C94
0D07 0D57 0D08, 0D09 0D57 0D0A, 0D0E 0D46 0D10, 0D12 0D3E 0D13, 0D12 0D57 0D14
0D85 0DCF 0D86, 0D85 0DD0 0D87, 0D85 0DD1 0D88, 0D8B 0DDF 0D8C, 0D8D 0DD8 0D8E, 0D8F 0DDF 0D90
0D91 0DCA 0D92, 0D91 0DD9 0D93, 0D94 0DDF 0D96
"""
# The same of signs alone, in the order of either hand, and र् before a vowel for ई.
SIGNS = """
093E 0945 0949, 0945 093E 0949, 093E 0946 094A, 0946 093E 094A, 093E 0947 094B, 0947 093E 094B
093E 0948 094C, 0948 093E 094C, 0ABE 0AC5 0AC9, 0ABE 0AC7 0ACB, 0ABE 0AC8 0ACC
0930 094D 0907 0908
"""


def table() -> dict[str, object]:
    """What letters become, in runs of neighbours, and what sequences become.

    A run has its first letter, its length, and what its first letter becomes: nothing, a text, or
    the first of as many letters.
    """
    runs = [(first, last - first + 1, "") for first, last in ranges(f"{IGNORABLE} {ALSO_IGNORED}")]
    ignored = {each for first, count, _to in runs for each in range(first, first + count)}
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        folded = _folded(letter)
        if folded == letter or code in ignored:
            continue
        first, count, to = runs[-1]
        follows = len(to) == len(folded) == 1 and ord(to) + count == ord(folded)
        if first + count == code and follows:
            runs[-1] = first, count + 1, to
        else:
            runs.append((code, 1, folded))
    return {"runs": sorted(runs), "sequences": dict(sequences())}


def written() -> dict[Path, str]:
    """Both files, with what they should hold."""
    data = json.dumps(table(), ensure_ascii=True, separators=(",", ":"))
    return {
        TABLE: f"{data}\n",
        SCRIPT: f"{HEAD}\nexport const FOLDS = {data};\n",
    }


def _folded(letter: str) -> str:
    for to, alike in ALIKE.items():
        if letter in alike:
            return to
    digit = unicodedata.digit(letter, None)  # circled and raised ones too
    if digit is not None:
        return str(digit)
    if "\u0900" <= letter <= "\u097f":
        return unicodedata.normalize("NFD", letter)
    compatible = unicodedata.normalize("NFKC", letter).lower()
    return compatible if compatible.isascii() else letter


def sequences() -> Iterator[tuple[str, str]]:
    for line in f"{DO_NOT_EMIT.strip()}\n{SIGNS.strip()}".splitlines():
        for listed in line.split(", "):
            *typed, meant = (chr(int(code, 16)) for code in listed.split())
            yield "".join(typed), meant


def ranges(listed: str) -> Iterator[tuple[int, int]]:
    for part in listed.split():
        first, _hyphen, last = part.partition("-")
        yield int(first, 16), int(last or first, 16)


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, encoding="ascii")
