"""`flask translations check`: every rule, the seeded defects, waivers, the command."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import polib
import pytest
from click.testing import Result
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from app import ROOT
from blueprints import languages
from blueprints.articles import Judge, Library
from blueprints.meaning import Edits
from blueprints.translating import bp
from blueprints.translating.checking import Finding, Severity, check, check_all, read
from tests.translating import seeded

HINDI = read(ROOT / "translations", "hi")
BARE = read(ROOT / "translations", "pa")  # of which we have no data

# The codes that name a kind of defect rightly.
CODES = {
    "placeholder misspelt": {"placeholder"},
    "placeholder lost": {"placeholder"},
    "brace placeholder changed": {"placeholder"},
    "percent sign single": {"placeholder"},
    "tag changed": {"markup"},
    "tag lost": {"markup"},
    "gloss broken": {"gloss"},
    "gloss dropped": {"gloss"},
    "number changed": {"number"},
    "number dropped": {"number"},
    "number added": {"number"},
    "negation lost": {"negation"},
    "negation added": {"negation"},
    "left and right swapped": {"side"},
    "modality lost": {"modality"},
    "must to may": {"modality"},
    "unit changed": {"unit"},
    "sentence dropped": {"sentences"},
    "danda as full stop": {"sentence-end"},
    "danda as pipe": {"sentence-end"},
    "missing danda": {"sentence-end"},
    "space before danda": {"space"},
    "leading or trailing space": {"space"},
    "double space": {"space"},
    "not NFC": {"nfc"},
    "zero-width space": {"invisible"},
    "misplaced joiner": {"invisible"},
    "mixed script": {"script"},
    "doubled word": {"doubled"},
    "doubled word before danda": {"doubled"},
    "forbidden glossary word": {"forbidden"},
    "term absent": {"term"},
    "untranslated": {"untranslated"},
    "half untranslated": {"untranslated"},
    "too long": {"length"},
    "too short": {"length"},
    "devanagari digits": {"digits"},
    "straight quotes": {"punctuation", "markup"},
    "unbalanced brackets": {"bracket"},
    "unbalanced quotes": {"bracket"},
    "acronym lost": {"acronym"},
    "question mark lost": {"question"},
    "colon lost": {"colon"},
    "plural form missing": {"plural"},
}

A, M = "article", "messages"

# code, catalog, English, right, wrong
RULES = [
    ("placeholder", M, "Listen: %(heading)s", "सुनें: %(heading)s", "सुनें: %(शीर्षक)s"),
    ("placeholder", M, "{} letters left.", "{} अक्षर बाकी।", "अक्षर बाकी।"),
    ("placeholder", M, "Battery at 50%%", "बैटरी 50%% है", "बैटरी 50% है"),
    ("markup", M, "Read <em>all</em>", "<em>पूरा</em> पढ़ें", "<em>पूरा पढ़ें"),
    ("markup", M, "Press “Send”", "“भेजें” दबाएँ", '"भेजें" दबाएँ'),
    ("gloss", A, "a disc *(a pad)*", "डिस्क *(गद्दी)*", "डिस्क (*गद्दी*)"),
    ("gloss", A, "a disc *(a pad)*", "डिस्क *(गद्दी)*", "डिस्क"),
    ("nfc", A, "Read it", "इसे पढ़ें", "इसे प\u095dें"),
    ("invisible", A, "Read it", "इसे पढ़ें", "इसे\u200b पढ़ें"),
    ("invisible", A, "Read it", "इसे शक्\u200dति से पढ़ें", "इसे पढ़\u200cें"),
    *[
        ("invisible", M, "Read it", "इसे पढ़ें", f"इसे{chr(sign)} पढ़ें")
        for sign in (0x7, 0xA, 0x85, 0xAD, 0x61C, 0x180E, 0x200E, 0x202E, 0x2028, 0x2060, 0x2066,
                     0xE000, 0xFEFF, 0xFFF9, 0xFFFF, 0xE0041)
    ],
    ("space", A, "Read it.", "इसे पढ़ें।", "इसे पढ़ें ।"),
    ("space", A, "Read it. Then ask.", "इसे पढ़ें। फिर पूछें।", "इसे पढ़ें।फिर पूछें।"),
    ("space", A, "Read it", "इसे पढ़ें", "इसे  पढ़ें"),
    ("space", A, "Read it", "इसे पढ़ें", "इसे पढ़ें "),
    ("bracket", A, "wear (degeneration)", "घिसाव (डिजेनरेशन)", "घिसाव (डिजेनरेशन"),
    ("script", A, "Read it", "इसे पढ़ें", "इсे पढ़ें"),
    ("script", A, "Read it", "इसे पढ़ें", "इसे чита"),
    ("digits", A, "6 weeks", "6 हफ़्ते", "६ हफ़्ते"),
    ("punctuation", A, "He feels “well”.", "वे “ठीक” हैं।", "वे 'ठीक' हैं।"),
    ("sentence-end", A, "Ask Dr Rao.", "डॉ. राव से पूछें।", "डॉ. राव से पूछें."),
    ("sentence-end", A, "Read it. Then ask.", "इसे पढ़ें। फिर पूछें।", "इसे पढ़ें| फिर पूछें।"),
    ("sentence-end", A, "Read it.", "इसे पढ़ें।", "इसे पढ़ें"),
    ("untranslated", M, "Ask a question", "सवाल पूछें", "Ask a question"),
    ("untranslated", M, "Open", "खोलें", "Open"),
    ("untranslated", A, "Ask. Go to a doctor.", "पूछें। डॉक्टर के पास जाएँ।", "पूछें। Go to a doctor।"),
    ("doubled", A, "It is easy.", "यह आसान है।", "यह आसान है है।"),
    ("length", A, "Ask the doctor who treats you for diabetes.", "शुगर के अपने डॉक्टर से पूछें।", "पूछें।"),
    ("acronym", A, "Bring the MRI", "MRI साथ लाएँ", "फ़िल्म साथ लाएँ"),
    ("question", A, "Is it far?", "क्या यह दूर है?", "क्या यह दूर है।"),
    ("colon", A, "These help:", "ये मदद करते हैं:", "ये मदद करते हैं।"),
    ("plural", M, ("%(n)s day", "%(n)s days"), ("%(n)s दिन", "%(n)s दिन"), ("%(n)s दिन", "")),
    ("number", A, "after 6 weeks", "6 हफ़्ते बाद", "8 हफ़्ते बाद"),
    ("number", A, "after six weeks", "6 हफ़्ते बाद", "आठ हफ़्ते बाद"),
    ("unit", A, "after 6 weeks", "6 हफ़्ते बाद", "6 महीने बाद"),
    ("side", A, "the left leg", "बायाँ पैर", "दायाँ पैर"),
    ("side", A, "on the right side", "दाहिनी तरफ़", "एक तरफ़"),
    ("negation", A, "Do not bend.", "झुकें नहीं।", "झुकें।"),
    ("negation", A, "Walk every day.", "हर दिन टहलें।", "हर दिन न टहलें।"),
    ("modality", A, "It may hurt.", "दर्द हो सकता है।", "दर्द होता है।"),
    ("modality", A, "You must rest.", "आराम ज़रूरी है।", "आराम कर सकते हैं।"),
    ("sentences", A, "Rest. Then walk.", "आराम करें। फिर टहलें।", "आराम करके टहलें।"),
    ("term", A, "The nerve hurts.", "नस में दर्द है।", "धागे में दर्द है।"),
    ("forbidden", A, "The nerve hurts.", "नस में दर्द है।", "नस (तंत्रिका) में दर्द है।"),
]  # fmt: skip


# English and a translation that says the same, though it may look as if it did not.
NO_ALARM = [
    # rows of dots
    ("Please wait...", "कृपया इंतज़ार करें..."),
    ("Please wait...", "कृपया इंतज़ार करें…"),
    ("Please wait . . .", "कृपया इंतज़ार करें . . ."),
    ("Searching… Please wait.", "ढूँढ रहे हैं… कृपया इंतज़ार करें।"),
    ("It hurts ... then it stops hurting.", "दर्द होता है ... फिर दर्द होना रुक जाता है।"),
    # abbreviations and initials
    ("p.m.", "शाम"),
    ("a.m.", "सुबह"),
    ("at 5 p.m.", "शाम 5 बजे"),
    ("Come at 9 a.m. and bring the scan.", "सुबह 9 बजे आएँ और स्कैन साथ लाएँ।"),
    ("Jan.", "जन."),
    ("Sept.", "सितंबर"),
    ("Anil R.", "अनिल आर."),
    ("Meena V. S.", "मीना वी.एस."),
    ("Ask Dr. R. K. Rao about it.", "डॉ. आर. के. राव से इसके बारे में पूछें।"),
    ("Rao Medicals Pvt. Ltd.", "राव मेडिकल्स प्रा. लि."),
    ("Prof. Sen lives in the U.S. now.", "प्रो. सेन अब अमेरिका में रहते हैं।"),
    # letters beside figures that are no units
    ("Form 80G", "फ़ॉर्म 80जी"),
    ("a 5G phone", "5G फ़ोन"),
    ("Press M", "M दबाएँ"),
    # the month
    ("May", "मई"),
    ("may", "मई"),
    ("May 2027", "मई 2027"),
    ("on 5 May", "5 मई को"),
    ("Come back in May.", "मई में फिर आएँ।"),
    ("It opens on the 3rd of May, 2027.", "यह 3 मई 2027 को खुलेगा।"),
    # numbers
    ("hundreds of patients", "सैकड़ों मरीज़"),
    ("hundreds of patients", "सैंकड़ों मरीज़"),
    ("thousands of patients", "हज़ारों मरीज़"),
    ("hundreds of patients", "तमाम मरीज़"),
    ("thousands of patients", "हज़ारों-लाखों मरीज़"),
    ("millions of people", "लाखों लोग"),
    ("millions of people", "करोड़ों लोग"),
    ("5 million people", "50 लाख लोग"),
    ("25 million people", "2.5 करोड़ लोग"),
    ("five million people", "पचास लाख लोग"),
    ("two billion people", "2 अरब लोग"),
    ("twenty-two people", "बाईस लोग"),
    ("sixty-seven people", "सड़सठ लोग"),
    ("ninety nine people", "निन्यानवे लोग"),
    ("300 people", "तीन सौ लोग"),
    ("an Arab country", "एक अरब देश"),
    # capitals
    ("SEND", "भेजें"),
    ("HOW TO SEND A QUESTION", "सवाल कैसे भेजें"),
    ("DO NOT bend.", "झुकें नहीं।"),
    ("Send us a PHOTO of the scan.", "हमें स्कैन की फ़ोटो भेजें।"),
    # acronyms as they are said
    ("Turn on the TV", "टीवी चालू करें"),
    ("Enter the URL", "यू.आर.एल. लिखें"),
    ("Ask for the ECG", "ई सी जी के लिए कहें"),
    ("Ask at AIIMS", "एम्स में पूछें"),
    # signs that the English or the script has
    ("Read it\nThen ask", "इसे पढ़ें\nफिर पूछें"),
    ("by force", "शक्\u200dति से"),
]  # fmt: skip


def entry(source: str | tuple[str, str], text: str | tuple[str, ...]) -> polib.POEntry:
    if isinstance(source, tuple):
        made = polib.POEntry(msgid=source[0], msgid_plural=source[1])
        made.msgstr_plural = dict(enumerate(text))
        return made
    return polib.POEntry(msgid=source, msgstr=text)


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


@pytest.mark.parametrize(("code", "catalog", "source", "right", "wrong"), RULES)
def test_each_rule_finds_what_is_wrong_and_passes_what_is_right(
    code: str, catalog: str, source: str, right: str, wrong: str
) -> None:
    assert codes(check(entry(source, right), catalog, HINDI)) == set()
    assert code in codes(check(entry(source, wrong), catalog, HINDI))


@pytest.mark.parametrize(("source", "text"), NO_ALARM)
def test_what_says_the_same_raises_no_alarm(source: str, text: str) -> None:
    assert check(entry(source, text), M, HINDI) == []


# Beside what looks like it, the real thing is still seen.
@pytest.mark.parametrize(
    ("code", "source", "text"),
    [
        ("sentence-end", "Wait... Then go.", "रुकें... फिर जाएँ."),
        ("sentence-end", "Ask Dr. R. K. Rao.", "डॉ. आर. के. राव से पूछें."),
        ("sentence-end", "Come at 9 a.m. and bring the scan.", "सुबह 9 बजे स्कैन लेकर आएँ."),
        ("sentence-end", "She came.", "वह आई."),
        ("sentences", "Come at 9 a.m. Bring the scan. Wait.", "सुबह 9 बजे आएँ। रुकें।"),
        ("modality", "In May it may hurt.", "मई में दर्द होता है।"),
        ("modality", "May I ask a question?", "सवाल पूछता हूँ?"),
        ("unit", "5 m at 5 p.m.", "शाम 5 बजे 5 किलोमीटर"),
        ("unit", "Take 5 g daily.", "रोज़ 5 किलो लें।"),
        ("number", "5 million people", "5 लाख लोग"),
        ("number", "hundreds of patients", "हज़ारों मरीज़"),
        ("number", "twenty-two people", "बत्तीस लोग"),
        ("number", "hundreds of patients", "मरीज़"),
        ("acronym", "Bring the MRI and a PHOTO", "फ़ोटो साथ लाएँ"),
        ("acronym", "Use A4 PAPER", "काग़ज़ लें"),
    ],
)
def test_what_only_looks_alike_hides_nothing(code: str, source: str, text: str) -> None:
    assert code in codes(check(entry(source, text), M, HINDI))


def test_signs_of_other_scripts_are_left_to_them() -> None:
    assert check(entry("number 5", "؀5 نمبر"), M, read(ROOT / "translations", "ur")) == []
    assert check(entry("homes", "گھر\u200cوں"), M, read(ROOT / "translations", "ur")) == []


def test_what_update_mends_in_all_entries_is_told_once() -> None:
    entries = [entry(f"Read it {number}", f"इसे प\u095dें {number}") for number in range(1, 4)]
    (told,) = check_all(entries, M, HINDI)
    assert "2 more entries" in told.message


def test_seeded_defects_are_found_by_the_right_rule() -> None:
    seen, found = Counter[str](), Counter[str]()
    for defect in seeded.defects():
        told = set(check(defect.bad, defect.catalog, HINDI))
        before = {finding.message for finding in check(defect.good, defect.catalog, HINDI)}
        new = {finding.code for finding in told if finding.message not in before}
        seen[defect.kind] += 1
        found[defect.kind] += bool(new & CODES[defect.kind])
    assert seen.total() >= 220
    assert seen.keys() == CODES.keys()
    assert found.total() >= 0.95 * seen.total(), seen - found
    assert all(found[kind] >= seen[kind] / 2 for kind in seen), seen - found


def test_good_text_that_no_rule_was_made_for_raises_few_false_alarms() -> None:
    held_out = seeded.good("held out")
    alarms = [finding for text in held_out for finding in check(text.entry, text.catalog, HINDI)]
    words = sum(text.words for text in held_out)
    assert words >= 750
    assert len(alarms) <= 2 * words / 1000, alarms


def test_fuzzy_obsolete_and_untranslated_entries_are_left_alone() -> None:
    fuzzy = polib.POEntry(msgid="after 6 weeks", msgstr="८ दिन", flags=["fuzzy"])
    obsolete = polib.POEntry(msgid="after 6 weeks", msgstr="८ दिन", obsolete=True)
    missing = polib.POEntry(msgid="after 6 weeks")
    assert [check(each, A, HINDI) for each in (fuzzy, obsolete, missing)] == [[], [], []]


def test_a_placeholder_of_the_other_plural_form_is_right() -> None:
    said = entry(("One day left", "%(n)s days left"), ("%(n)s दिन बाकी", "%(n)s दिन बाकी"))
    assert check(said, M, HINDI) == []


# -- languages --


def test_a_language_without_data_is_checked_by_the_general_rules() -> None:
    wrong = entry("after 6 weeks, left", "8 ਹਫ਼ਤੇ  ਬਾਅਦ, ਸੱਜੇ")
    assert codes(check(wrong, A, BARE)) == {"space"}


def test_a_language_gets_its_rules_by_data(tmp_path: Path) -> None:
    for folder in ("en", "pa"):
        (tmp_path / folder).mkdir()
    for name in ("meaning.toml", "writing.toml"):
        shutil.copy(ROOT / "translations/en" / name, tmp_path / "en")
    words = '[unit]\nweek = ["ਹਫ਼ਤੇ"]\nday = ["ਦਿਨ"]\n[side]\nleft = ["ਖੱਬੇ"]\nright = ["ਸੱਜੇ"]\n'
    (tmp_path / "pa/meaning.toml").write_text(words, encoding="utf-8")
    columns = "term_en,pa_recommended,pa_avoid,pa_match_stems\nnerve,ਨਾੜ,ਤੰਤੂ,ਨਾੜ\n"
    (tmp_path / "glossary.csv").write_text(columns, encoding="utf-8")
    punjabi = read(tmp_path, "pa")
    assert codes(check(entry("6 weeks, left", "6 ਦਿਨ, ਸੱਜੇ"), A, punjabi)) == {"unit", "side"}
    assert codes(check(entry("a nerve", "ਤੰਤੂ"), A, punjabi)) == {"term", "forbidden"}
    assert codes(check(entry("a nerve", "ਇੱਕ ਨਾੜ"), A, punjabi)) == set()


# -- waivers --

TEXTS = ("a/b", "After 6 weeks. Do not bend.", "8 हफ़्ते बाद। झुकें नहीं।")


def waived(context: str, source: str, text: str, comment: str = "") -> polib.POEntry:
    return polib.POEntry(msgctxt=context, msgid=source, msgstr=text, tcomment=comment)


def comment_of(finding: Finding) -> str:
    """The comment that a hint tells to paste."""
    found = re.search(r"# (ok: .*)$", finding.hint)
    assert found
    return found[1]


def all_comments() -> str:
    return "\n".join(map(comment_of, check(waived(*TEXTS), A, HINDI)))


def test_a_waiver_pasted_from_the_hint_silences_its_code_alone() -> None:
    first, *others = check(waived(*TEXTS), A, HINDI)
    left = check(waived(*TEXTS, f"seen\n{comment_of(first)}"), A, HINDI)
    assert codes(left) == codes(others) - {first.code}
    assert check(waived(*TEXTS, all_comments()), A, HINDI) == []
    in_an_editor = all_comments().replace("ok:", "# ok:")
    assert check(waived(*TEXTS, in_an_editor), A, HINDI) == []


@given(st.sampled_from([0, 1, 2]), st.integers(0, 40), st.characters(codec="utf-8"))
def test_a_waiver_expires_when_a_letter_of_either_side_changes(
    side: int, place: int, letter: str
) -> None:
    at = place % (len(TEXTS[side]) + 1)
    changed = TEXTS[side][:at] + letter + TEXTS[side][at:]
    texts = {**dict(enumerate(TEXTS)), side: changed}
    told = check(waived(texts[0], texts[1], texts[2], all_comments()), A, HINDI)
    assert [finding.severity for finding in told if finding.code == "waiver"] == [Severity.WARNING]
    assert side > 0 or "number" in codes(told), "what was silenced is told again"


def test_a_waiver_that_cannot_be_read_is_told() -> None:
    told = check(waived("a/b", "Read it", "इसे पढ़ें", "ok: number because"), A, HINDI)
    assert [(finding.severity, finding.code) for finding in told] == [(Severity.WARNING, "waiver")]


# -- any text --

ANY = st.text() | st.text(st.sampled_from("*()[]“”%s{}<>।.|?:; 16एकनहींझ\u200c\u200da"))


@given(ANY, ANY, ANY, ANY, st.sampled_from([A, M]), st.sampled_from(["hi", "pa"]))
def test_no_text_makes_it_fail(
    source: str, text: str, plural: str, comment: str, catalog: str, code: str
) -> None:
    language = {"hi": HINDI, "pa": BARE}[code]
    one = polib.POEntry(msgid=source, msgstr=text, tcomment=comment)
    many = polib.POEntry(msgid=source, msgid_plural=plural, msgstr_plural={0: text, 1: plural})
    for made in (one, many):
        assert all(finding.code and finding.hint for finding in check(made, catalog, language))


# -- the command --


@pytest.fixture
def site(tmp_path: Path) -> Flask:
    """An application with our languages and articles, and with messages of its own."""
    translations = tmp_path / "translations"
    shutil.copytree(ROOT / "translations", translations)
    (tmp_path / "blueprints").mkdir()
    site = Flask("checked", root_path=str(tmp_path))
    known = languages.find(translations)
    site.extensions["languages"] = {language.code: language for language in known}
    judge = Judge({}, Edits.for_project(translations))
    site.extensions["articles"] = Library(ROOT / "content", translations, [], judge)
    site.config["TRANSLATIONS"] = translations
    site.register_blueprint(bp)
    return site


def run(
    site: Flask,
    *entries: polib.POEntry,
    asked: Iterable[polib.POEntry] | None = None,
    options: tuple[str, ...] = (),
) -> Result:
    """Check these entries, where the site asks for them or for `asked`."""
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    catalog.extend(entries)
    catalog.save(f"{site.root_path}/{CATALOG}")
    calls = "".join(f"_({each.msgid!r})\n" for each in asked or entries)
    Path(site.root_path, "blueprints/asking.py").write_text(calls, encoding="utf-8")
    return site.test_cli_runner().invoke(args=["translations", "check", *options])


CATALOG = "translations/hi/LC_MESSAGES/messages.po"
RIGHT = ("Read it.", "इसे पढ़ें।")
WORTH_A_LOOK = ("It may hurt.", "दर्द होता है।")
WRONG = ("after 6 weeks", "6 महीने बाद")


def test_it_tells_file_line_severity_code_and_how_to_mend_it(site: Flask) -> None:
    told = run(site, entry(*RIGHT), entry(*WRONG)).output.splitlines()
    place, _, rest = told[0].partition(": ")
    name, _, line = place.rpartition(":")
    assert name == CATALOG
    lines = Path(site.root_path, CATALOG).read_text(encoding="utf-8").splitlines()
    assert "after 6 weeks" in lines[int(line) - 1]
    assert rest == "error: unit: “week” in the English is “month” here"
    assert re.match(r"    \S.*# ok: unit [0-9a-f]{8} why$", told[1])
    assert len(told) == 2


@pytest.mark.parametrize(
    ("texts", "options", "status"),
    [
        (RIGHT, (), 0),
        (RIGHT, ("hi", "--strict"), 0),
        (WORTH_A_LOOK, (), 0),
        (WORTH_A_LOOK, ("--strict",), 1),
        (WRONG, (), 1),
        (WRONG, ("hi", "--json"), 1),
    ],
)
def test_it_exits_1_for_errors_and_if_strict_for_warnings(
    site: Flask, texts: tuple[str, str], options: tuple[str, ...], status: int
) -> None:
    assert run(site, entry(*texts), options=options).exit_code == status


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"msgid": "Read it"}, ["its English is not the site's; Type msgid “Read it.”"]),
        ({"msgctxt": "read"}, ["its context is not the site's; Delete the line msgctxt"]),
        ({"msgid": "Nothing of ours"}, ["no such English text; Delete", "“Read it.” is missing"]),
        ({"msgid_plural": "Read them."}, ["msgid_plural is not the site's; Type msgid_plural “”"]),
        ({"obsolete": True}, ["the entry of “Read it.” is missing"]),
    ],
)
def test_it_compares_the_entries_with_those_of_the_site(
    site: Flask, change: dict[str, object], told: list[str]
) -> None:
    changed = entry(*RIGHT)
    assert run(site, changed).output == ""
    for name, value in change.items():
        setattr(changed, name, value)
    if changed.msgid_plural:
        changed.msgstr_plural = dict.fromkeys(range(2), changed.msgstr)
    result = run(site, changed, asked=[entry(*RIGHT)], options=("--json",))
    findings = [each for each in json.loads(result.output) if each["code"] == "entry"]
    said = [f"{each['message']}; {each['hint']}" for each in findings]
    assert len(said) == len(told)
    assert all(any(part in each for each in said) for part in told), said
    assert result.exit_code == 1


@pytest.mark.parametrize("count", [1, 3])
def test_there_are_as_many_forms_as_the_language_has(count: int) -> None:
    texts = ("%(n)s दिन",) * count
    (told,) = check(entry(("%(n)s day", "%(n)s days"), texts), M, HINDI)
    assert (told.severity, told.code) == (Severity.ERROR, "plural")
    assert "msgstr[0], msgstr[1]" in told.hint


def test_it_tells_the_same_as_json(site: Flask) -> None:
    (told,) = json.loads(run(site, entry(*WRONG), options=("--json",)).output)
    assert told.keys() == {"file", "line", "severity", "code", "message", "hint"}
    assert (told["severity"], told["code"]) == ("error", "unit")
    assert json.loads(run(site, options=("--json",)).output) == []


@pytest.mark.parametrize("code", ["xx", "en"])
def test_a_language_that_is_not_there_is_refused_and_the_others_named(
    site: Flask, code: str
) -> None:
    refused = run(site, options=(code,))
    assert refused.exit_code == 2
    assert "hi" in refused.output.splitlines()[-1]


def test_the_committed_catalogs_hold(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["translations", "check", "--strict"])
    assert (result.output, result.exit_code) == ("", 0)
