"""Patients' words for the article's words: `synonyms.csv`, edited by clinicians and translators.

Each row names a concept, the words and phrases that mean it in any script, and, where there is
one, the broader concept that it is a kind of.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from search_index.analysis import stems, words

FILE = Path(__file__).parent / "synonyms.csv"
COLUMNS = ["concept", "words", "broader"]


class SynonymError(ValueError):
    """The file contradicts itself; the message begins with `file:line:`."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What the file says.

    `singles` gives the concept of a stem, `phrases` that of a run of several stems, in which a
    stem that has a concept of its own stands as that; `broader` gives the concept above one.
    `words` are all the folded words of the file, `typed` those of its phrases.
    """

    singles: dict[str, str]
    phrases: dict[tuple[str, ...], str]
    broader: dict[str, str]
    words: frozenset[str]
    typed: frozenset[str]

    def meaning(self, stemmed: str) -> str:
        """The concept of a stem, or the stem itself."""
        return self.singles.get(stemmed, stemmed)

    def above(self, concept: str) -> Iterator[str]:
        """The broader concepts of a concept, the nearest first."""
        while concept := self.broader.get(concept, ""):
            yield concept

    def concepts(self, run: list[str]) -> list[tuple[int, int, str]]:
        """The phrases in a run of stems: first place, number of stems, concept.

        The longest phrase that begins at a place wins, and none overlap.
        """
        meant = [self.meaning(stemmed) for stemmed in run]
        longest = max(map(len, self.phrases), default=0)
        found, place = [], 0
        while place < len(meant):
            for length in range(min(longest, len(meant) - place), 1, -1):
                concept = self.phrases.get(tuple(meant[place : place + length]))
                if concept is not None:
                    found.append((place, length, concept))
                    place += length
                    break
            else:
                place += 1
        return found


def read(file: Path = FILE) -> Synonyms:
    """Read the file.

    Raises:
        SynonymError: a phrase stands for two concepts, a concept is broader than itself, or the
            columns are not those of `COLUMNS`.
    """
    with file.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if reader.fieldnames != COLUMNS:
            raise SynonymError(f"{file}:1: the columns are {', '.join(COLUMNS)}")
        rows = [
            (number, f"={row['concept']}", (row["words"] or "").split(";"), row["broader"])
            for number, row in enumerate(reader, start=2)
        ]
    meanings: dict[tuple[str, ...], str] = {}
    for number, concept, surfaces, _ in rows:
        for surface in surfaces:
            phrase = tuple(stems(surface))
            if not phrase:
                raise SynonymError(f"{file}:{number}: an empty word")
            if meanings.setdefault(phrase, concept) != concept:
                told = f"{surface.strip()!r} already means {meanings[phrase][1:]}"
                raise SynonymError(f"{file}:{number}: {told}")
    singles = {phrase[0]: concept for phrase, concept in meanings.items() if len(phrase) == 1}
    broader = {concept: f"={above}" for _, concept, _, above in rows if above}
    _check_broader(file, broader, {concept for _, concept, _, _ in rows})
    surfaces = [surface for _, _, listed, _ in rows for surface in listed]
    return Synonyms(
        singles,
        {
            tuple(singles.get(part, part) for part in phrase): concept
            for phrase, concept in meanings.items()
            if len(phrase) > 1
        },
        broader,
        frozenset(word for surface in surfaces for word in words(surface)),
        frozenset(w for surface in surfaces if len(words(surface)) > 1 for w in words(surface)),
    )


def _check_broader(file: Path, broader: dict[str, str], known: set[str]) -> None:
    for concept in broader:
        seen, above = {concept}, concept
        while above := broader.get(above, ""):
            if above not in known or above in seen:
                raise SynonymError(f"{file}: {concept} leads to {above}: unknown, or in a circle")
            seen.add(above)
