"""The article tells every fact of facts.json, with its hedge, and nothing else."""

from __future__ import annotations

import csv
import hashlib
import json
import re

import polib
import pytest

from app import ROOT
from blueprints.articles import source
from blueprints.articles.library import Library
from blueprints.articles.passages import Judge
from blueprints.articles.source import Block, Figure
from blueprints.languages import find
from blueprints.meaning import Edits
from tests.content.reading_level import flesch_kincaid_grade, sentences, words

ARTICLE = source.read(ROOT / "content/why-spine-surgeries-fail.md")
FACTS = {fact["id"]: fact for fact in json.loads((ROOT / "content/facts.json").read_text())}
LANGUAGES = find(ROOT / "translations")
UNKNOWN = {"section": "no section", "hedge": ""}
WITHOUT_FACTS = {"heading", "subheading", "title", "description", "byline"}

# How sure the source is: where a fact's hedge has the first pattern, each block that tells the
# fact has the second in English and the third in Hindi.
HEDGES = [
    (r"\bperhaps\b", r"perhaps", r"शायद"),
    (r"\b(may|can)\b", r"\b(may|can)\b", r"सक(ता|ती|ते|तीं)|बहुत सारी"),
    (r"\bchances?\b", r"\bchances?\b", r"संभावना"),
    (r"comparative", r"\b(higher|lower|better)\b", r"ज़्यादा|बेहतर|कम"),
    (r"\bsome\b", r"\bsome\b", r"कुछ"),
    (r"\bamong(st)?\b", r"\bamong\b", r"वजहों में"),
    (r"\bmost\b", r"\bmost\b", r"ज़्यादातर"),
    (r"significant", r"\bsignificant\b", r"काफ़ी"),
    (r"quite common", r"\bquite common\b", r"काफ़ी आम"),
    (r"quite high", r"\bquite high\b", r"काफ़ी ज़्यादा"),
    (r"not unusual", r"\bnot unusual\b", r"अनोखी बात नहीं"),
    (r"certain conditions", r"\bcertain\b", r"कुछ बीमारियों"),
    (r"\bshould\b", r"\bshould\b|^an?\b", r"चाहिए|^\S+( \S+){0,6}$"),
    (r"severe", r"\bsevere\b", r"गंभीर"),
    (r"eventually", r"\bin the end\b", r"आख़िरकार"),
]

# Who has the better chance, in the block that compares.
COMPARISONS = {
    "WD-13": {
        "en": r"higher for the patient in this example than|One has .* higher .* other .* lower",
        "hi": r"पहले मरीज़ .* उस मरीज़ से ज़्यादा है जिसे पीठ दर्द है और MRI में स्लिप डिस्क"
        r"|एक को .* ज़्यादा .* दूसरे .* कम",
    },
    "WD-16": {
        "en": r"better here than for someone who has back pain and normal X-rays",
        "hi": r"ऐसे मरीज़ .* उस मरीज़ से बेहतर है जिसे पीठ दर्द है पर एक्स-रे नॉर्मल हैं",
    },
    "RE-02": {
        "en": r"time after an operation is perhaps more important than the operation",
        "hi": r"बाद का समय शायद ऑपरेशन से ज़्यादा",
    },
}

NUMBER_WORDS = {
    "en": r"\b(three|four|five|six|seven|eight|nine|ten|twelve|dozen|hundred|half|percent|twice)\b",
    "hi": r"(?<!\S)(तीन|चार|पाँच|छह|सात|आठ|नौ|दस|बारह|सौ|आधा|आधे|प्रतिशत|फ़ीसदी|दोगुना)(?!\S)",
}

JUDGE = Judge({}, Edits.for_project(ROOT / "translations"))
LIBRARY = Library(
    ROOT / "content", ROOT / "translations", [language.code for language in LANGUAGES], JUDGE
)
SHOWN = {language.code: LIBRARY.translation(ARTICLE, language.code) for language in LANGUAGES}


def shown(block: Block, language: str) -> str:
    return SHOWN[language].show(block).plain


def language_of(block: Block, language: str) -> str:
    """English where the translation waits: an English fix needs no other language to be ready."""
    return SHOWN[language].show(block).language


def test_every_fact_is_told() -> None:
    assert {fact for block in ARTICLE.blocks() for fact in block.facts} == set(FACTS)


def test_every_fact_is_told_in_its_own_section() -> None:
    sections = {"author": "author", "ask": "getting-help"}
    for section in ARTICLE.sections:
        if section.id == "in-short":
            continue
        told = {fact for block in section.blocks() for fact in block.facts}
        found = {FACTS.get(fact, UNKNOWN)["section"] for fact in told}
        assert found == {sections.get(section.id, section.id)}


def test_no_block_but_headings_is_without_facts() -> None:
    bare = [
        f'line {block.line} names no fact; put {{facts="…"}} before it: {block.text}'
        for block in ARTICLE.blocks()
        if not block.facts and block.kind not in WITHOUT_FACTS
    ]
    assert bare == []


def test_every_fact_named_is_a_fact() -> None:
    unknown = [
        f"line {block.line} names {fact}, which facts.json does not have"
        for block in ARTICLE.blocks()
        for fact in block.facts
        if fact not in FACTS
    ]
    assert unknown == []


@pytest.mark.parametrize("language", SHOWN)
def test_a_hedged_fact_stands_in_a_block_that_hedges_alike(language: str) -> None:
    too_sure = [
        (fact, hedge, shown(block, language))
        for block in ARTICLE.blocks()
        for fact in block.facts
        for hedge, english, hindi in HEDGES
        if re.search(hedge, FACTS.get(fact, UNKNOWN)["hedge"])
        and not re.search(
            {"en": english, "hi": hindi}[language_of(block, language)],
            shown(block, language),
            re.I,
        )
    ]
    assert too_sure == []


def test_a_block_hedges_once_for_each_fact_that_is_hedged_by_may() -> None:
    """One "may" beside a "will" in the same block would pass the test above."""
    for block in ARTICLE.blocks():
        hedged = [f for f in block.facts if re.search(r"\bmay\b", FACTS.get(f, UNKNOWN)["hedge"])]
        assert len(re.findall(r"\b(?:may|can)\b", block.text)) >= len(hedged), block.text


@pytest.mark.parametrize("language", SHOWN)
def test_no_reader_is_asked_to_judge_an_operation(language: str) -> None:
    """“Is the pain still there? Then …” would be a diagnosis of whoever reads it."""
    asking = [
        shown(block, language)
        for section in ARTICLE.sections
        for block in section.blocks()
        if section.id != "ask" and "?" in shown(block, language)
    ]
    assert asking == []


@pytest.mark.parametrize("language", SHOWN)
def test_a_comparison_points_the_way_the_source_points(language: str) -> None:
    compared = {
        (fact, bool(re.search(way[language_of(block, language)], shown(block, language))))
        for block in ARTICLE.blocks()
        for fact in block.facts
        for name, way in COMPARISONS.items()
        if fact == name and block.kind in {"paragraph", "figure"}
    }
    assert compared == {(fact, True) for fact in COMPARISONS}


@pytest.mark.parametrize("language", SHOWN)
def test_no_number_is_written_as_a_word_but_one_and_two(language: str) -> None:
    for block in ARTICLE.blocks():
        wrong = NUMBER_WORDS[language_of(block, language)]
        assert not re.search(wrong, shown(block, language), re.I), block.text


@pytest.mark.parametrize("language", SHOWN)
def test_the_only_numbers_are_the_weeks_of_the_source(language: str) -> None:
    for block in ARTICLE.blocks():
        expected = ["6", "12"] if "SF-01" in block.facts else []
        assert re.findall(r"\d+", shown(block, language)) == expected, block.text


def test_no_run_of_eight_words_is_the_source_s() -> None:
    """The source's runs are kept as hashes, so that the repository holds none of its sentences."""
    source_runs = set((ROOT / "tests/content/source-runs.txt").read_text().split())
    assert len(source_runs) > 700
    blocks = [block for block in ARTICLE.blocks() if block.kind != "byline"]
    plain = " ".join(shown(block, "en") for block in blocks)
    tokens = re.findall(r"[a-z0-9]+", plain.lower())
    copied = [
        " ".join(run)
        for run in zip(*(tokens[start:] for start in range(8)), strict=False)
        if hashlib.sha256(" ".join(run).encode()).hexdigest()[:12] in source_runs
    ]
    assert copied == []


def test_a_twelve_year_old_can_read_the_english() -> None:
    plain = [sentence for block in ARTICLE.blocks() for sentence in sentences(shown(block, "en"))]
    prose = [sentence for sentence in plain if sentence]
    lengths = [len(words(sentence)) for sentence in prose]
    assert max(lengths) <= 25, prose[lengths.index(max(lengths))]
    assert sum(lengths) / len(lengths) <= 13
    assert flesch_kincaid_grade(prose) <= 7


def test_no_hindi_sentence_is_longer_than_25_words() -> None:
    for block in ARTICLE.blocks():
        for sentence in re.split(r"[।?!:;]\s*", shown(block, "hi")):
            assert len(sentence.split()) <= 25, sentence


def test_it_begins_with_four_bullets_in_short() -> None:
    first = ARTICLE.sections[0]
    assert first.id == "in-short"
    assert [block.kind for block in first.blocks()] == ["heading", *["item"] * 4]


def test_sections_have_the_ids_others_link_to() -> None:
    assert [section.id for section in ARTICLE.sections] == [
        "in-short",
        "overview",
        "wrong-diagnosis",
        "technical-failure",
        "scarring-and-failed-fusion",
        "rehabilitation",
        "getting-help",
        "disclaimer",
        "author",
        "ask",
    ]


def test_four_drawings_have_a_legend_for_each_number() -> None:
    figures = [
        part for section in ARTICLE.sections for part in section.parts if isinstance(part, Figure)
    ]
    assert [len(figure.legend) for figure in figures] == [4, 4, 3, 4]
    for figure in figures:
        assert figure.drawing.count("<circle") == len(figure.legend)
        assert "<text" not in figure.drawing
        assert "style=" not in figure.drawing


@pytest.mark.parametrize("language", SHOWN)
def test_emphasis_is_only_ever_a_gloss_in_brackets(language: str) -> None:
    for block in ARTICLE.blocks():
        text = SHOWN[language].show(block).text
        assert re.sub(r"\*\([^*]+\)\*", "", text).count("*") == 0, text


def test_hindi_avoids_the_words_the_glossary_forbids() -> None:
    catalog = polib.pofile(str(ROOT / "translations/hi/LC_MESSAGES/article.po"))
    with (ROOT / "translations/glossary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    forbidden = {
        word.strip() for row in rows for word in row["hi_avoid"].split(";") if word.strip()
    }
    for entry in catalog:
        found = {word for word in forbidden if re.search(rf"(?<!\S){word}(?!\S)", entry.msgstr)}
        assert not found, (found, entry.msgstr)
