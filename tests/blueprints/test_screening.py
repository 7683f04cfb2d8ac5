"""Personal details and signs of an emergency are found alike on the server and in the browser."""

from __future__ import annotations

import json
import re
import subprocess
from functools import reduce
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from app import ROOT
from blueprints.screening import Detail, Screening
from tests.browsing import NODE
from tests.search.conftest import queries
from tests.search.generated import drawn

RULES = (ROOT / "static/ask/screening.json").read_bytes()
PHRASES: dict[str, list[str]] = json.loads(RULES)["urgent"]["phrases"]
DENIALS: dict[str, str] = json.loads(RULES)["urgent"]["denials"]
SUPPOSED: dict[str, str] = json.loads(RULES)["urgent"]["supposed"]
TIMES: dict[str, list[str]] = json.loads(RULES)["urgent"]["times"]
# As patients write, but of nobody: each with whether it tells of an emergency.
LETTERS: list[Any] = json.loads((ROOT / "tests/letters.json").read_text(encoding="utf-8"))
VECTORS: list[Any] = json.loads((ROOT / "tests/screening.json").read_text(encoding="utf-8"))
SCREENING = Screening(RULES)
GENERATED = 1500

DEVANAGARI_DIGITS = str.maketrans("0123456789", "०१२३४५६७८९")
SEPARATORS = ["", "", " ", " ", "-", ".", "/", ",", ":", " - ", "–", "\u00a0", "\n"]
KEYWORDS = (
    "UHID MRN M.R. CR IPD OP No. number id is registration patient parchi + +91 0 91 0124 @ .com"
    " gmail.com ram@gmail.com a@b.in ( ) # यूएचआईडी सीआर नंबर नं. पर्ची का रजिस्ट्रेशन मरीज़ आईडी"
    " है । 😀 👩\u200d⚕️ İ K é"
)


def grouped(digits: str, separators: list[str]) -> str:
    """The digits of an Aadhaar number in three groups."""
    return separators[0].join((digits[:4], separators[1].join((digits[4:8], digits[8:]))))


def sum_of(number: str) -> int:
    """Verhoeff's checksum, by the rules of the dihedral group instead of its table."""

    def product(one: int, other: int) -> int:
        turned = one + other if one < 5 else one - other
        return turned % 5 + (0 if (one < 5) == (other < 5) else 5)

    def permuted(place: int, digit: int) -> int:
        return reduce(lambda last, _: (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)[last], range(place), digit)

    places = enumerate(map(int, reversed(number)))
    return reduce(lambda check, placed: product(check, permuted(*placed)), places, 0)


def aadhaar_numbers() -> st.SearchStrategy[str]:
    def with_check_digit(start: str) -> str:
        return next(start + digit for digit in "0123456789" if sum_of(start + digit) == 0)

    starts = st.integers(2 * 10**10, 10**11 - 1)
    return starts.map(str).map(with_check_digit)


def texts() -> st.SearchStrategy[str]:
    """Numbers, keywords and words of the phrases, between separators and anything else."""
    digits = st.text("0123456789", min_size=1, max_size=9)
    phone = st.integers(6 * 10**9, 10**10 - 1).map(str)
    number = st.one_of(digits, phone, aadhaar_numbers())
    listed = sorted(
        {word for lines in PHRASES.values() for line in lines for word in re.split("[ /]", line)}
    )
    lists = [*DENIALS.values(), *SUPPOSED.values()]
    denials = sorted({word for listed in lists for word in listed.split()})
    times = sorted({line for lines in TIMES.values() for line in lines})
    piece = st.one_of(
        number,
        st.sampled_from(denials).map(lambda word: f" {word.rstrip('*')} "),
        st.sampled_from(times).map(lambda line: f" {re.sub('/[^ ]*|[*]', '', line)} "),
        st.sampled_from(["Last year I had fever, now fine.", "अगर बुखार आ जाए"]),
        st.sampled_from(["no fever", "bukhar nahi hai", "बुखार नहीं है", " , ", ". ", "।"]),
        number.map(lambda digits: digits.translate(DEVANAGARI_DIGITS)),
        st.sampled_from(SEPARATORS),
        st.sampled_from(KEYWORDS.split()),
        st.sampled_from(listed).map(lambda word: f" {word.rstrip('*')} "),
        st.text(st.characters(min_codepoint=0x900, max_codepoint=0x97F), max_size=4),
        st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=2),
    )
    return st.lists(piece, max_size=12).map("".join)


def browser(asked: list[str]) -> Any:
    told = subprocess.run(
        [NODE, ROOT / "tests/blueprints/screening.js"],
        input=json.dumps({"rules": json.loads(RULES), "texts": asked}),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(told.stdout)


def in_utf_16(text: str, detail: Detail) -> dict[str, Any]:
    """A detail as the browser gives it."""
    start, end = (len(text[:at].encode("utf-16-le")) // 2 for at in (detail.start, detail.end))
    return {"kind": detail.kind, "start": start, "end": end}


def kinds(text: str) -> list[str]:
    return [detail.kind for detail in SCREENING.personal(text)]


def test_python_keeps_to_the_table() -> None:
    assert len(VECTORS) >= 120
    for text, personal, urgent in VECTORS:
        found = SCREENING.personal(text)
        assert [[one.kind, text[one.start : one.end]] for one in found] == personal, text
        assert SCREENING.is_urgent(text) == urgent, text


def test_the_browser_keeps_to_the_table() -> None:
    answers = browser([text for text, _, _ in VECTORS])
    for (text, personal, urgent), told in zip(VECTORS, answers, strict=True):
        units = text.encode("utf-16-le")
        found = [
            [one["kind"], units[2 * one["start"] : 2 * one["end"]].decode("utf-16-le")]
            for one in told["personal"]
        ]
        assert found == personal, text
        assert told["urgent"] == urgent, text


def test_emergencies_are_told_from_other_letters() -> None:
    assert len(LETTERS) >= 200
    wrong = [text for text, urgent in LETTERS if SCREENING.is_urgent(text) != urgent]
    assert wrong == []


def test_the_browser_tells_emergencies_from_other_letters() -> None:
    answers = browser([text for text, _ in LETTERS])
    assert [told["urgent"] for told in answers] == [urgent for _, urgent in LETTERS]


def test_a_denial_denies_nothing_else() -> None:
    """Whatever else is denied in the letter, an emergency stays one."""
    denials = ["No fever.", "बुखार नहीं है।", "bukhar nahi hai.", "no numbness or weakness,"]
    for text, urgent in LETTERS:
        for denial in denials:
            assert SCREENING.is_urgent(f"{denial}\n{text}") == urgent, (denial, text)
            assert SCREENING.is_urgent(f"{text}\n{denial}") == urgent, (text, denial)


def test_the_browser_says_the_same_of_any_text() -> None:
    asked = drawn(texts(), GENERATED)
    found = [SCREENING.personal(text) for text in asked]
    urgent = [SCREENING.is_urgent(text) for text in asked]
    assert {detail.kind for details in found for detail in details} == {
        "aadhaar",
        "email",
        "hospital",
        "phone",
    }
    assert sum(map(bool, found)) >= GENERATED // 5
    assert GENERATED // 200 <= sum(urgent) <= GENERATED // 2
    for text, details, is_urgent, told in zip(asked, found, urgent, browser(asked), strict=True):
        assert told["personal"] == [in_utf_16(text, detail) for detail in details], text
        assert told["urgent"] == is_urgent, text


@given(texts())
@example("9876543210 or UHID 9876543210 or 9876543210@example.org")
def test_details_stand_in_order_and_apart(text: str) -> None:
    end = 0
    for detail in SCREENING.personal(text):
        assert end <= detail.start < detail.end <= len(text)
        end = detail.end


@given(
    aadhaar_numbers(),
    st.lists(st.sampled_from(["", " ", "-", ".", " - "]), min_size=2, max_size=2),
    st.sampled_from([{}, DEVANAGARI_DIGITS]),
)
def test_an_aadhaar_number_is_found(number: str, between: list[str], digits: Any) -> None:
    written = grouped(number, between).translate(digits)
    text = f"😀 {written} है"
    assert SCREENING.personal(text) == [Detail("aadhaar", 2, 2 + len(written))]


@given(aadhaar_numbers())
def test_one_wrong_digit_makes_no_aadhaar_number(number: str) -> None:
    for place, right in enumerate(number):
        for wrong in set("0123456789") - {right}:
            changed = number[:place] + wrong + number[place + 1 :]
            assert "aadhaar" not in kinds(changed), changed
            assert "aadhaar" not in kinds(grouped(changed, [" ", " "])), changed


def test_every_word_of_every_phrase_is_heard() -> None:
    for phrase in (phrase for phrases in PHRASES.values() for phrase in phrases):
        assert re.fullmatch(r"[^\s*/]+\*?([ /][^\s*/]+\*?)*", phrase), phrase
        choices = [word.replace("*", "").split("/") for word in phrase.split(" ")]
        for place in range(max(map(len, choices))):
            said = [words[min(place, len(words) - 1)] for words in choices]
            assert SCREENING.is_urgent(" and then ".join(said)), said


def test_everyday_questions_are_seldom_urgent() -> None:
    asked = [query.text for query in queries("dev_queries.jsonl")]
    assert sum(map(SCREENING.is_urgent, asked)) <= len(asked) // 50
    assert not any(map(SCREENING.personal, asked))
