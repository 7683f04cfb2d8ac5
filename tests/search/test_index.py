"""Building: atomic, deterministic, done again when something changed, and checked synonyms."""

from __future__ import annotations

import os
import shutil
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search_index import Index, Section
from search_index.synonyms import SynonymError, read

HEADER = "concept,words,broader\n"


def sections(word: str = "nerve") -> list[Section]:
    return [
        Section("a", "one", {"en": ["First", f"The {word} hurts."], "hi": ["पहला", "नस दुखती है।"]}),
        Section("a", "two", {"en": ["Second", "A screw broke."]}),
    ]


def test_an_index_that_nothing_opens_goes_after_a_week(tmp_path: Path) -> None:
    Index(tmp_path, sections())
    (old,) = tmp_path.iterdir()
    Index(tmp_path, sections("root"))
    assert old.exists()
    os.utime(old, (0, 0))
    Index(tmp_path, sections("root"))
    assert not old.exists()
    assert Index(tmp_path, sections("root")).search("root").hits


def test_an_open_index_needs_its_folder_no_more(tmp_path: Path) -> None:
    index = Index(tmp_path, sections())
    shutil.rmtree(tmp_path)
    with ThreadPoolExecutor(1) as another_thread:
        assert another_thread.submit(index.search, "nerve").result().hits


def test_a_word_without_end_costs_little(tmp_path: Path) -> None:
    index = Index(tmp_path, sections())
    tracemalloc.start()
    for letter in "bcdfghjkl":
        index.search(f"{letter}aeiou" * 33)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


def test_an_index_is_built_once_and_again_when_a_section_changes(tmp_path: Path) -> None:
    Index(tmp_path, sections())
    (built,) = tmp_path.iterdir()
    before = built.stat().st_ino
    Index(tmp_path, sections())
    assert [path.stat().st_ino for path in tmp_path.iterdir()] == [before]
    changed = Index(tmp_path, sections("calf"))
    assert changed.search("calf").hits[0].section.id == "one"


def test_processes_that_start_together_share_one_index(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as starting:
        made = list(starting.map(lambda _: Index(tmp_path, sections()), range(4)))
    assert {index.search("screw").hits[0].section.id for index in made} == {"two"}
    assert len(list(tmp_path.iterdir())) == 1


def test_many_readers_search_at_once(index: Index) -> None:
    asked = ["kamar dard", "scar tissue", "पेंच टूट गये", "slip disc"] * 25
    alone = [[hit.section.key for hit in index.search(text).hits] for text in asked]
    with ThreadPoolExecutor(8) as readers:
        together = list(readers.map(index.search, asked))
    assert [[hit.section.key for hit in answer.hits] for answer in together] == alone


Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_rows(rows: str) -> Path:
        file = tmp_path / "synonyms.csv"
        file.write_text(HEADER + rows, encoding="utf-8")
        return file

    return write_rows


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("a,one; two,\nb,two,\n", r"csv:3: 'two' already means a"),
        ("a,one; ,\n", r"csv:2: an empty word"),
        ("a\n", r"csv:2: an empty word"),
        ("a,one,b\nb,two,a\n", r"a leads to .*circle"),
        ("a,one,c\n", r"csv:2: a leads to c: unknown"),
    ],
)
def test_a_file_that_contradicts_itself_is_refused(write: Write, rows: str, problem: str) -> None:
    with pytest.raises(SynonymError, match=problem):
        read(write(rows))


def test_a_file_with_other_columns_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "synonyms.csv"
    file.write_text("word,meaning\na,b\n", encoding="utf-8")
    with pytest.raises(SynonymError, match=r"csv:1: the columns are concept, words, broader"):
        read(file)


def test_every_line_of_the_synonyms_is_used(index: Index) -> None:
    assert index.unused_concepts() == []


def test_a_concept_that_no_section_holds_is_named(tmp_path: Path) -> None:
    unused = Index(tmp_path, sections()).unused_concepts()
    assert "physiotherapy" in unused
    assert not {"nerve", "screw", "break"} & set(unused)
