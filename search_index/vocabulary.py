"""The terms that the sections hold, and which of them a reader's word means.

A word is looked for exactly, then as a synonym, then by sound, then by spelling: a looser way is
tried only when every stricter one has found nothing, so that a guess never drowns a hit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from search_index.analysis import is_hindi, is_stop, stem, words
from search_index.phonetics import asked_keys, known_keys
from search_index.synonyms import Synonyms


class Way(StrEnum):
    """How a word of the query came to its terms."""

    EXACT = "exact"
    SYNONYM = "synonym"
    SOUND = "sound"
    SPELLING = "spelling"
    NONE = "none"


# A guess counts less than what was typed.
WEIGHTS = {Way.EXACT: 1.0, Way.SYNONYM: 1.0, Way.SOUND: 0.9, Way.SPELLING: 0.8, Way.NONE: 0.0}
BROADER = 0.5
INSIDE = 0.2  # a word inside a phrase that was understood as a whole

_GUESSES = {Way.SOUND, Way.SPELLING}

_SHORTEST_KEY = 2
_SHORTEST_MISSPELT = 4
_SHORTEST_TWICE_MISSPELT = 9


@dataclass(frozen=True, slots=True)
class Unit:
    """A word or phrase of the query, with the terms it means and their weights.

    `share` is 1, or less for a word inside a phrase; `meant` is the known word that it was
    taken for, empty if it was not understood.
    """

    surface: str
    way: Way
    terms: tuple[tuple[str, float], ...]
    share: float
    meant: str


class Vocabulary:
    """The known words, by stem, by sound and by spelling.

    `known` holds folded words of the sections; the words of the synonyms are known as well.
    """

    def __init__(self, known: Iterable[str], synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        spelt = set(known)
        phrase_only = {w for w in synonyms.typed - spelt if stem(w) not in synonyms.singles}
        listed = sorted(w for w in synonyms.words | spelt if not is_stop(w))
        self._stems: dict[str, str] = {}
        for word in listed:
            if word not in phrase_only or is_hindi(word):
                self._stems.setdefault(stem(word), word)
        self._by_sound: tuple[dict[str, list[str]], ...] = tuple(
            defaultdict(list) for _ in range(3)
        )
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        for word in filter(is_hindi, listed):
            for level, heard in enumerate(known_keys(word)):
                for key in heard:
                    _add(self._by_sound[level], key, stem(word))
        for known_stem in sorted(self._stems):
            for shorter in _deletions(known_stem):
                _add(self._by_deletion, shorter, known_stem)

    def units(self, query: str) -> list[Unit]:
        """The words and phrases of `query` that say what it is about."""
        run = words(query)
        return list(self._units(run))

    def terms(self, text: str) -> list[str]:
        """The terms that stand for a text of a section: the concepts of its words, else stems.

        A phrase adds its own concept to those of its words.
        """
        run = words(text)
        stemmed = [stem(word) for word in run]
        found = [concept for _, _, concept in self._synonyms.concepts(stemmed)]
        for word, name in zip(run, stemmed, strict=True):
            if not is_stop(word):
                meant = self._synonyms.meaning(name)
                found += [meant, *self._above(meant)]
        return found

    def meaning(self, stemmed: str) -> str:
        """The term that stands for a stem: its concept, or the stem itself."""
        return self._synonyms.meaning(stemmed)

    def resolve(self, word: str) -> tuple[Way, list[str]]:
        """The stems that a folded word means."""
        stemmed = stem(word)
        if stemmed in self._stems:
            return Way.EXACT, [stemmed]
        if is_stop(word):
            return Way.NONE, []
        sounding = self._sounding_like(word)
        meanings = {self.meaning(name) for name in sounding}
        # A misspelt English word may sound like the same word in Hindi: then it was misspelt.
        spelt = self._spelt_like(stemmed) if len(meanings) <= 1 else []
        misspelt = [name for name in spelt if not sounding or meanings == {self.meaning(name)}]
        if misspelt:
            return Way.SPELLING, misspelt
        return (Way.SOUND, sounding) if sounding else (Way.NONE, [])

    def _units(self, run: list[str]) -> Iterator[Unit]:
        resolved = [(Way.EXACT, [stem(w)]) if is_stop(w) else self.resolve(w) for w in run]
        as_typed = [stem(word) for word in run]
        as_meant = [found[0] if found else stem(run[at]) for at, (_, found) in enumerate(resolved)]
        inside: set[int] = set()
        for place, length, concept in [
            *self._synonyms.concepts(as_typed),
            *self._synonyms.concepts(as_meant),
        ]:
            places = range(place, place + length)
            if inside & set(places):
                continue
            inside |= set(places)
            guessed = {resolved[at][0] for at in places} & _GUESSES
            way = min(guessed, key=WEIGHTS.__getitem__, default=Way.SYNONYM)
            surface = " ".join(run[at] for at in places)
            yield self._unit(surface, way, [concept], 1.0, surface)
        for place, (word, (way, found)) in enumerate(zip(run, resolved, strict=True)):
            if is_stop(word) or (place in inside and not found):
                continue
            terms = list(dict.fromkeys(map(self._synonyms.meaning, found)))
            if way is Way.EXACT and terms != found:
                way = Way.SYNONYM
            share = INSIDE if place in inside else 1.0
            yield self._unit(
                word, way, terms, share, self._stems.get(found[0], "") if found else ""
            )

    def _unit(self, surface: str, way: Way, terms: list[str], share: float, meant: str) -> Unit:
        weighted: dict[str, float] = {}
        for term in terms:
            weighted[term] = WEIGHTS[way] * share
            for above in self._above(term):
                weighted.setdefault(above, WEIGHTS[way] * share * BROADER)
        return Unit(surface, way, tuple(weighted.items()), share, meant)

    def _above(self, concept: str) -> Iterator[str]:
        while concept := self._synonyms.broader.get(concept, ""):
            yield concept

    def _sounding_like(self, word: str) -> list[str]:
        for level, key in enumerate(asked_keys(word)):
            if len(key) >= _SHORTEST_KEY and (found := self._by_sound[level].get(key)):
                return found
        return []

    def _spelt_like(self, stemmed: str) -> list[str]:
        if len(stemmed) < _SHORTEST_MISSPELT:
            return []
        near = {
            name
            for shorter in _deletions(stemmed)
            for name in self._by_deletion.get(shorter, ())
            if name[0] == stemmed[0] or len(stemmed) >= _SHORTEST_TWICE_MISSPELT
        }
        ranked = sorted((distance(stemmed, name), name) for name in near)
        most = 2 if len(stemmed) >= _SHORTEST_TWICE_MISSPELT else 1
        best = [name for apart, name in ranked if apart == ranked[0][0] <= most]
        return best[:3]


def _add(table: dict[str, list[str]], key: str, name: str) -> None:
    if key and name not in table[key]:
        table[key].append(name)


def _deletions(word: str) -> set[str]:
    """`word` with at most one letter left out, two for long ones (SymSpell, Garbe 2012)."""
    once = {word[:at] + word[at + 1 :] for at in range(len(word))} | {word}
    if len(word) < _SHORTEST_TWICE_MISSPELT - 1:
        return once
    return once | {part[:at] + part[at + 1 :] for part in once for at in range(len(part))}


def distance(one: str, other: str) -> int:
    """Letters inserted, deleted, replaced or swapped (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        above, before, row = before, row, [i]
        for j, wanted in enumerate(other, start=1):
            cost = min(row[-1] + 1, before[j] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
    return row[-1]
