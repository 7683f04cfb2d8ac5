"""Reading a `.po` file: as GNU gettext does, to its end, whatever it holds."""

from __future__ import annotations

import unicodedata

import polib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blueprints.catalogs.reading import parsed
from blueprints.translating.updating import text as canonical

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
FIELDS = (
    "msgctxt",
    "msgid",
    "msgid_plural",
    "msgstr",
    "msgstr_plural",
    "flags",
    "tcomment",
    "comment",
    "occurrences",
    "previous_msgctxt",
    "previous_msgid",
    "previous_msgid_plural",
    "obsolete",
)


def read(text: str) -> polib.POFile:
    catalog, faults = parsed((HEADER + text).encode())
    assert faults == []
    return catalog


def told(text: str) -> list[tuple[int, str]]:
    """The line of each fault, and what is said of it."""
    _, faults = parsed(text.encode())
    assert all(fault.hint.endswith(".") for fault in faults)
    return [(fault.line, fault.message) for fault in faults]


def fields(catalog: polib.POFile) -> list[dict[str, object]]:
    """All that entries hold; nothing, an empty text and an empty list are the same."""
    return [{name: getattr(each, name) or None for name in FIELDS} for each in catalog]


# -- comments --


@pytest.mark.parametrize(
    ("comment", "note"),
    [
        ("# note", "note"),
        ("#note", "note"),
        ("#ok: number 0123abcd why", "ok: number 0123abcd why"),
        ("#  two spaces", " two spaces"),
        ("##note", "#note"),
        ("#\tnote", "\tnote"),
        ("#=note", "=note"),
        ("#“note”", "“note”"),
        ("# one\n#\n#two", "one\n\ntwo"),
    ],
)
def test_a_note_needs_no_space(comment: str, note: str) -> None:
    (entry,) = read(f'{comment}\nmsgid "a"\nmsgstr "b"\n')
    assert (entry.tcomment, entry.msgstr) == (note, "b")


@pytest.mark.parametrize(
    ("comment", "flags"),
    [
        ("#, fuzzy", ["fuzzy"]),
        ("#,fuzzy", ["fuzzy"]),
        ("#,  fuzzy , python-format", ["fuzzy", "python-format"]),
        ("#,fuzzy,python-format no-wrap", ["fuzzy", "python-format", "no-wrap"]),
        ("#, fuzzy\n#, c-format", ["fuzzy", "c-format"]),
        ("#!fuzzy", ["fuzzy"]),
        ("#, range: 0..10, fuzzy", ["range: 0..10", "fuzzy"]),
        ("#,", []),
    ],
)
def test_flags_stand_between_commas_or_spaces(comment: str, flags: list[str]) -> None:
    (entry,) = read(f'{comment}\nmsgid "a"\nmsgstr "b"\n')
    assert entry.flags == flags


def test_the_other_comments_need_no_space_either() -> None:
    (entry,) = read('#:foo.py:3 b.py\n#.auto\n#|msgid "old"\n#| "er"\nmsgid "a"\nmsgstr "b"\n')
    assert entry.occurrences == [("foo.py", "3"), ("b.py", "")]
    assert (entry.comment, entry.previous_msgid) == ("auto", "older")


def test_the_older_english_of_an_obsolete_entry_is_kept() -> None:
    (entry,) = read('#~# note\n#~| msgid "old"\n#~ msgid "a"\n#~ msgstr ""\n#~ "b"\n#~\n')
    assert (entry.obsolete, entry.previous_msgid, entry.msgstr) == (True, "old", "b")
    assert entry.tcomment == "note"


def test_no_comment_is_lost_wherever_it_stands() -> None:
    text = 'msgid "a"\n# inside\nmsgstr "b" # beside\n\n# below the last entry\n'
    catalog = read(text)
    assert catalog[0].tcomment == "inside\nbeside"
    assert catalog.header == "below the last entry"


# -- texts --


@pytest.mark.parametrize(
    "text",
    [
        'msgid "a" msgstr "b" "c"',
        'msgid"a"\nmsgstr"bc"',
        'msgid\n"a"\nmsgstr\n"b"\n"c"',
        ' \tmsgid "a"\n\tmsgstr "" \n "bc" \t',
        'msgid "a"\r\nmsgstr "bc"\r\n',
        'msgid "a"\rmsgstr "bc"\r',
        'msgid "\\141"\nmsgstr "\\x62c"',
    ],
)
def test_a_text_may_stand_as_gettext_lets_it(text: str) -> None:
    (entry,) = read(text)
    assert (entry.msgid, entry.msgstr) == ("a", "bc")


def test_a_byte_order_mark_of_utf_8_is_no_fault() -> None:
    catalog, faults = parsed(b"\xef\xbb\xbf" + HEADER.encode() + b'msgid "a"\nmsgstr "b"\n')
    assert (len(catalog), faults) == (1, [])


def test_every_form_of_a_plural_is_read() -> None:
    forms = "".join(f'msgstr [ {number} ] "{number}"\n' for number in range(12))
    (entry,) = read(f'msgid "a"\nmsgid_plural "as"\n{forms}')
    assert entry.msgstr_plural == {number: str(number) for number in range(12)}


# -- faults: what stands in the file, the line told, a part of what is said --

QUOTED = "straight quotation marks"
FAULTS = [
    ('msgid "a"\nmsgstr यह पेज नहीं मिला', 2, QUOTED),
    ('msgid "a"\nmsgstr “यह पेज नहीं मिला', 2, QUOTED),
    ('msgid "a"\nmsgstr “यह पेज नहीं मिला”', 2, QUOTED),
    ('msgid "a"\nmsgstr „यह“', 2, QUOTED),
    ('msgid "a"\nmsgstr «यह»', 2, QUOTED),
    ("msgid \"a\"\nmsgstr 'यह'", 2, QUOTED),
    ('msgid "a"\nmsgstr This page', 2, QUOTED),
    ('msgid "a"\nmsgstr ""\nयह पेज', 3, QUOTED),
    ('msgid "a"\nmsgid_plural "b"\nmsgstr[0] यह\nmsgstr[1] “यह”', 3, QUOTED),
    ('msgid “a”\nmsgstr "b"', 1, QUOTED),
    ('msgctxt a/b\nmsgid "a"\nmsgstr "b"', 1, QUOTED),
    ('msgid "a"\nmsgstr "यह', 2, "at the end is missing"),
    ('msgid "a"\nmsgstr "यह”', 2, "at the end is missing"),
    ('msgid "a"\nmsgstr "यह\\"', 2, "at the end is missing"),
    ('msgid "a"\nmsgstr यह"', 2, QUOTED),
    ('msgid "a"\nmsgstr "वे "ठीक" हैं"', 2, "goes on after its quotation mark"),
    ('msgid "a"\nmsgstr "वे "well" हैं"', 2, "goes on after its quotation mark"),
    ('msgid "a"\nmsgstr "वे ""ठीक"" हैं"', 2, "goes on after its quotation mark"),
    ('msgid "a"\nmsgstr "यह" है', 2, "goes on after its quotation mark"),
    ('msgid "a"\nmsgstr "50\\%"', 2, "stands for no character"),
    ('msgid "a"\nmsgstr "\\xe0"', 2, "stands for no character"),
    ('msgid "a"\nmsgstr "a\\0b"', 2, "U+0000"),
    ('msgid "a"\nmsgstr "a\0b"', 2, "U+0000"),
    ('msgid "a"\n\u00a0msgstr "b"', 2, "U+00A0"),
    ('msgid "a"\n\u200bmsgstr "b"', 2, "U+200B"),
    ('msgid "a"\nmsgstring "b"', 2, "nothing that a catalog holds"),
    ('msgid "a"\nmsgstr "b"\nnonsense', 3, "nothing that a catalog holds"),
    ('#~ note\nmsgid "a"\nmsgstr "b"', 1, "nothing that a catalog holds"),
    ('#| note\nmsgid "a"\nmsgstr "b"', 1, "nothing that a catalog holds"),
    ('#| msgstr "old"\nmsgid "a"\nmsgstr "b"', 1, "older English only"),
    ('msgid "a"\n\nmsgid "b"\nmsgstr "c"', 1, "no msgstr"),
    ('msgid "b"\nmsgstr "c"\n\nmsgid "a"', 4, "no msgstr"),
    ('msgid "b"\nmsgstr "c"\n\nmsgid "a"\nmsgstr', 4, "no msgstr"),
    ('msgid "a"\nmsgid_plural "b"', 1, "no msgstr"),
    ('msgstr "c"', 1, "without its English"),
    ('"c"', 1, "belongs to no msgid"),
    ('msgid "a"\nmsgstr "b"\n# note\n"c"\n"d"', 4, "belongs to no msgid"),
    ('msgid "a"\nmsgstr "b"\nmsgstr "c"', 3, "stands twice"),
    ('msgid "a"\nmsgstr[0] "b"', 1, "without msgid_plural"),
    ('msgid "a"\nmsgid_plural "as"\nmsgstr "b"', 1, "no forms"),
    ('msgid "a"\nmsgid_plural "as"\nmsgstr[1] "b"\nmsgstr[0] "c"', 3, "where msgstr[0] belongs"),
    ('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[0] "c"', 4, "where msgstr[1] belongs"),
    ('msgid "a"\n[0] "b"', 2, "does not follow msgstr"),
    ('#~ msgid "a"\nmsgstr "b"', 1, "only some lines"),
    ('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"', 4, "on line 1 already"),
    ('#, fuzzy\nmsgid "a"\nmsgstr "b"\n\n# x\nmsgid "a"\nmsgstr ""', 5, "on line 1 already"),
    (HEADER + HEADER, 4, "on line 1 already"),
]


@pytest.mark.parametrize(("text", "line", "part"), FAULTS)
def test_what_gettext_refuses_is_told_with_its_line(text: str, line: int, part: str) -> None:
    first, *others = told(text)
    assert first[0] == line
    assert part in first[1]
    assert len(others) == text.count("msgstr[1] “"), "what follows from a fault is no other"


def test_all_faults_are_told_and_what_can_be_read_is() -> None:
    whole = "\n\n".join(text.replace('"a"', f'"{number}"') for number, (text, _, _) in _several())
    catalog, faults = parsed(f'{whole}\n\nmsgid "z"\nmsgstr "last"\n'.encode())
    assert len(faults) == len(_several())
    assert catalog[-1].msgstr == "last"


def _several() -> list[tuple[int, tuple[str, int, str]]]:
    """Faults that stay the same whatever stands around them."""
    return list(enumerate(FAULTS[:6]))


# -- encodings --


@pytest.mark.parametrize(
    ("raw", "line", "part"),
    [
        (b'msgid "a"\nmsgstr "caf\xe9 au lait"\n', 2, 'byte 12 of the line, E9 after “"caf”'),
        (b"# a\n#\xe9\xe9", 2, "byte 2 of the line, E9 after “#”"),
        (b'msgid "a"\nmsgstr "\xe0\xa4"\n# \xe9\n', 2, "1 more line"),
        ('msgid "a"\nmsgstr "यह"\n'.encode("utf-16"), 1, "UTF-16"),
        ('msgid "a"\nmsgstr "यह"\n'.encode("utf-16-be"), 1, "UTF-16"),
        ('# यह\nmsgid "a"\n'.encode("utf-16-le"), 1, "UTF-16"),
        ('msgid "a"\nmsgstr "यह"\n'.encode("utf-32"), 1, "UTF-32"),
    ],
)
def test_an_encoding_that_is_not_utf_8_is_named(raw: bytes, line: int, part: str) -> None:
    _, (fault, *others) = parsed(raw)
    assert (fault.line, fault.code, others) == (line, "encoding", [])
    assert part in fault.message
    assert "save it as UTF-8" in fault.hint


# -- any file --

LINES = st.sampled_from(
    [
        *('msgid "a"', 'msgstr "b"', 'msgstr[0] "c"', 'msgid_plural "d"', 'msgctxt "e"', '"f"'),
        *("msgid", "msgstr x", 'msgstr "', "# note", "#, fuzzy", '#| msgid "g"', '#~ msgid "h"'),
        *('#~| msgid "i"', "#~ x", "#", "#~", "#|", "", "[1]", 'msgstr "\\q"', "\u200b", "म", "\0"),
    ]
)


@given(st.binary() | st.lists(LINES).map("\n".join).map(str.encode))
def test_no_file_makes_it_fail(raw: bytes) -> None:
    catalog, faults = parsed(raw)
    assert all(1 <= fault.line <= raw.count(b"\n") + raw.count(b"\r") + 1 for fault in faults)
    assert all(fault.message and fault.hint for fault in faults)
    str(catalog)


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\4\r\a"), max_size=20)
WORD = st.text("abcxyzकखग", min_size=1, max_size=8)
COMMENT = st.lists(WORD, max_size=3).map("\n".join)


@st.composite
def entries(draw: st.DrawFn) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=draw(st.none() | WORD),
        msgid=draw(TEXT.filter(bool)),
        tcomment=draw(COMMENT),
        flags=draw(st.lists(st.sampled_from(["fuzzy", "python-format"]), unique=True)),
        obsolete=draw(st.booleans()),
        previous_msgid=draw(st.none() | TEXT),
    )
    if draw(st.booleans()):
        entry.msgid_plural = draw(TEXT.filter(bool))
        entry.msgstr_plural = dict(enumerate(draw(st.lists(TEXT, min_size=1, max_size=3))))
    else:
        entry.msgstr = draw(TEXT)
    return entry


@settings(max_examples=50)
@given(st.text('\n\tna"\u0301\u0303\u093cडप\u095c\u2028', min_size=1, max_size=8))
def test_what_update_writes_is_read_as_it_was_but_composed(text: str) -> None:
    catalog = polib.POFile(wrapwidth=0)
    catalog.append(polib.POEntry(msgid="a", msgstr=text))
    found, faults = parsed(canonical(catalog).encode())
    assert faults == []
    assert found[0].msgstr == unicodedata.normalize("NFC", text)


@settings(max_examples=50)
@given(st.lists(entries(), max_size=4, unique_by=lambda entry: (entry.msgctxt, entry.msgid)))
def test_what_polib_writes_is_read_without_a_loss(written: list[polib.POEntry]) -> None:
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalog.extend(sorted(written, key=lambda entry: entry.obsolete))
    text = str(catalog)
    found, faults = parsed(text.encode())
    assert faults == []
    assert fields(found) == fields(catalog)
    assert (found.metadata, str(found)) == (catalog.metadata, text)
