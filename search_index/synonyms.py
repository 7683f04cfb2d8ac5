"""Patients' words for the article's words: `synonyms.csv`, edited by clinicians and translators.

Each row names a concept, the words and phrases that mean it in any script, and, where there is
one, the broader concept that it is a kind of.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from search_index.analysis import is_stop, stem, words

FILE = Path(__file__).parent / "synonyms.csv"
COLUMNS = ["concept", "words", "broader"]


class SynonymError(ValueError):
    """The file contradicts itself; the message begins with `file:line:`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A name for people, the words and phrases that mean it, and the broader concept, or empty.

    As a term a concept is `=` and the number of its row, which is short on its way to phones.
    """

    name: str
    concept: str
    surfaces: tuple[str, ...]
    broader: str


class Synonyms:
    """What the rows say.

    `words` are all their folded words, `typed` those of their phrases.
    """

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)
        # The last first: of two rows with one word the first wins, the second is refused.
        runs = [(words(surface), row.concept) for row in reversed(rows) for surface in row.surfaces]
        self.words = frozenset(word for run, _ in runs for word in run)
        self.typed = frozenset(word for run, _ in runs if len(run) > 1 for word in run)
        self.singles = {stem(run[0]): concept for run, concept in runs if len(run) == 1}
        # In a phrase a stem that has a concept of its own stands as that.
        self.phrases = {
            tuple(self.meaning(stem(word)) for word in run): concept
            for run, concept in runs
            if len(run) > 1
        }
        self._broader = {row.concept: row.broader for row in rows}
        self._longest: dict[str, int] = {}
        for phrase in self.phrases:
            self._longest[phrase[0]] = max(len(phrase), self._longest.get(phrase[0], 0))

    def meaning(self, stemmed: str) -> str:
        """The concept of a stem, or the stem itself."""
        return self.singles.get(stemmed, stemmed)

    def above(self, concept: str) -> Iterator[str]:
        """The broader concepts of a concept, the nearest first."""
        while concept := self._broader.get(concept, ""):
            yield concept

    def terms(self, text: str) -> list[str]:
        """The terms that stand for a text of a section: the concepts of its words, else stems.

        A phrase adds its own concept to those of its words.
        """
        run = words(text)
        stemmed = [stem(word) for word in run]
        found = [concept for _, _, concept in self.concepts(stemmed)]
        for word, name in zip(run, stemmed, strict=True):
            if not is_stop(word):
                meant = self.meaning(name)
                found += [meant, *self.above(meant)]
        return found

    def concepts(self, run: list[str]) -> list[tuple[int, int, str]]:
        """The phrases in a run of stems: first place, number of stems, concept.

        The longest phrase that begins at a place wins, and none overlap.
        """
        meant = [self.meaning(stemmed) for stemmed in run]
        found, place = [], 0
        while place < len(meant):
            longest = self._longest.get(meant[place], 0)
            for length in range(min(longest, len(meant) - place), 1, -1):
                concept = self.phrases.get(tuple(meant[place : place + length]))
                if concept is not None:
                    found.append((place, length, concept))
                    place += length
                    break
            else:
                place += 1
        return found


@cache
def read(file: Path = FILE) -> Synonyms:
    """Read the file.

    Raises:
        SynonymError: a word or phrase stands for two concepts, a concept is broader than itself,
            or the columns are not those of `COLUMNS`.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != COLUMNS:
            raise SynonymError(f"{file}:1: the columns are {', '.join(COLUMNS)}")
        told = list(reader)
    concepts = {row["concept"]: f"={number}" for number, row in enumerate(told)}
    rows = [_row(row, concepts) for row in told]
    synonyms = Synonyms(rows)
    _check_surfaces(file, synonyms)
    _check_broader(file, rows)
    return synonyms


def _row(row: dict[str, str], concepts: Mapping[str, str]) -> Row:
    surfaces = tuple(surface.strip() for surface in (row["words"] or "").split(";"))
    name, broader = row["concept"], row["broader"]
    return Row(name, concepts[name], surfaces, concepts.get(broader, broader) if broader else "")


def _check_surfaces(file: Path, synonyms: Synonyms) -> None:
    names = {row.concept: row.name for row in synonyms.rows}
    for number, row in enumerate(synonyms.rows, start=2):
        for surface in row.surfaces:
            run = [stem(word) for word in words(surface)]
            if not run:
                raise SynonymError(f"{file}:{number}: an empty word")
            meant = tuple(map(synonyms.meaning, run))
            concept = synonyms.phrases[meant] if len(run) > 1 else meant[0]
            if concept != row.concept:
                told = f"{surface!r} already means {names[concept]}"
                raise SynonymError(f"{file}:{number}: {told}")


def _check_broader(file: Path, rows: Sequence[Row]) -> None:
    broader = {row.concept: row.broader for row in rows}
    names = {row.concept: row.name for row in rows}
    for number, row in enumerate(rows, start=2):
        seen, above = {row.concept}, row.broader
        while above:
            if above not in broader or above in seen:
                told = f"{row.name} leads to {names.get(above, above)}: unknown, or in a circle"
                raise SynonymError(f"{file}:{number}: {told}")
            seen.add(above)
            above = broader[above]
