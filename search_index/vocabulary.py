"""The words that the sections hold, and which of them a reader's word means.

A word is looked for exactly, then as a synonym, then by sound, then by spelling; the last one,
which may not be finished, then as a beginning. A looser way is tried only when every stricter one
has found nothing, so that a guess never drowns a hit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from enum import StrEnum

from search_index.analysis import ELSEWHERE, is_elsewhere, is_hindi, is_stop, stem
from search_index.parameters import TUNED
from search_index.phonetics import asked_keys, known_keys, stem_keys, strict_keys
from search_index.spelling import Spellings
from search_index.synonyms import Synonyms


class Way(StrEnum):
    """How a word of the query came to its terms."""

    EXACT = "exact"
    SYNONYM = "synonym"
    SOUND = "sound"
    SPELLING = "spelling"
    BEGINNING = "beginning"
    ELSEWHERE = "elsewhere"
    NONE = "none"


class Vocabulary:
    """The known words, by stem, by sound, by spelling and by beginning.

    `known` holds folded words of the sections; the words of the synonyms are known as well. One
    that is `like` another is made faster.
    """

    def __init__(
        self, known: Iterable[str], synonyms: Synonyms, like: Vocabulary | None = None
    ) -> None:
        self.synonyms = synonyms
        held = set(known)
        phrase_only = {w for w in synonyms.typed - held if stem(w) not in synonyms.singles}
        listed = sorted(w for w in synonyms.words | held if not is_stop(w))
        self._stems: dict[str, str] = {}
        for word in listed:
            if word not in phrase_only or is_hindi(word):
                self._stems.setdefault(stem(word), word)
        self._by_sound: tuple[dict[str, list[str]], ...] = tuple(
            defaultdict(list) for _ in range(3)
        )
        for word in filter(is_hindi, listed):
            for level, heard in enumerate(known_keys(word)):
                for key in heard:
                    _add(self._by_sound[level], key, stem(word))
        self._by_stem_sound: dict[str, list[str]] = defaultdict(list)
        for name in filter(is_hindi, self._stems):
            for key in known_keys(name)[0]:
                _add(self._by_stem_sound, key, name)
        self._words = frozenset(listed)
        self._spellings: tuple[Spellings, Spellings] = (
            like._spellings if like else (Spellings(), Spellings())
        )
        self._spellings[0].hold(self._stems)
        self._spellings[1].hold(listed)
        self._elsewhere_sounds = strict_keys(ELSEWHERE)
        self._alphabet = [(word, stem(word)) for word in listed if stem(word) in self._stems]
        self._sounds = sorted(
            (key, name) for key, names in self._by_sound[0].items() for name in names
        )

    def spelt(self, stemmed: str) -> str:
        """The first known word with this stem, empty if there is none."""
        return self._stems.get(stemmed, "")

    def resolve(self, word: str) -> tuple[Way, list[str]]:
        """The stems that a folded word means."""
        stemmed = stem(word)
        if stemmed in self._stems:
            return Way.EXACT, [stemmed]
        if is_elsewhere(word):
            return Way.ELSEWHERE, []
        sounding = self._sounding_like(word)
        meanings = {self.synonyms.meaning(name) for name in sounding}
        # A misspelt English word may sound like the same word in Hindi: then it was misspelt.
        near = self._spelt_like(word) if len(meanings) <= 1 else []
        misspelt = [
            name for name in near if not sounding or meanings == {self.synonyms.meaning(name)}
        ]
        if misspelt:
            return Way.SPELLING, misspelt
        if sounding:
            return Way.SOUND, sounding
        return (Way.ELSEWHERE if self._sounds_elsewhere(word) else Way.NONE), []

    def begun(self, word: str) -> tuple[Way, list[str]]:
        """The stems of known words that begin, or sound as if they began, with `word`."""
        key = asked_keys(word)[0]
        found = dict.fromkeys(
            [*_beginning_with(self._alphabet, word), *_beginning_with(self._sounds, key)]
        )
        return (Way.BEGINNING, list(found)[: TUNED.most_beginnings]) if found else (Way.NONE, [])

    def _sounding_like(self, word: str) -> list[str]:
        strict, oral, consonants = asked_keys(word)
        stems = [] if is_hindi(word) else stem_keys(word)
        tables = [
            (self._by_sound[0], [strict], TUNED.shortest_key),
            (self._by_sound[1], [oral], TUNED.shortest_key),
            (self._by_stem_sound, stems, TUNED.shortest_key),
            (self._by_sound[2], [consonants], TUNED.shortest_consonants),
        ]
        for table, keys, shortest in tables:
            for key in keys:
                if len(key) >= shortest and key in table:
                    return table[key]
        return []

    def _sounds_elsewhere(self, word: str) -> bool:
        key = asked_keys(word)[0]
        return len(key) >= TUNED.shortest_veto and key in self._elsewhere_sounds

    def _spelt_like(self, word: str) -> list[str]:
        by_stem, by_word = self._spellings
        near = by_stem.near(stem(word), self._stems) or map(stem, by_word.near(word, self._words))
        return [name for name in dict.fromkeys(near) if name in self._stems]


def _add(table: dict[str, list[str]], key: str, name: str) -> None:
    if key and name not in table[key]:
        table[key].append(name)


def _beginning_with(table: list[tuple[str, str]], start: str) -> Iterator[str]:
    """The stems of the first rows of a sorted `table` that begin so."""
    if len(start) >= TUNED.shortest_beginning:
        first = bisect_left(table, (start, ""))
        for text, name in table[first : first + TUNED.most_beginnings]:
            if text.startswith(start):
                yield name
