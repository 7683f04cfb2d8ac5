"""What a reader asks for: the words and phrases of a query, each with the terms it means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search_index.analysis import STOP, is_hindi, is_stop, stem, words
from search_index.parameters import TUNED
from search_index.phonetics import asked_keys, strict_keys
from search_index.synonyms import Synonyms
from search_index.vocabulary import Vocabulary, Way

WEIGHTS: dict[Way, float] = {way: getattr(TUNED, way) for way in Way}
_STOP_SOUNDS = strict_keys(STOP)
_GUESSES = {Way.SOUND, Way.SPELLING, Way.BEGINNING}


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


def units(query: str, vocabulary: Vocabulary) -> list[Unit]:
    """The words and phrases of `query` that say what it is about, the phrases first."""
    return list(_units(words(query), vocabulary))[: TUNED.most_units]


def weighted(units: Iterable[Unit]) -> list[tuple[str, float]]:
    """Each term of the query once, with the highest of its weights."""
    highest: dict[str, float] = {}
    for unit in units:
        for term, weight in unit.terms:
            highest[term] = max(weight, highest.get(term, 0.0))
    return sorted(highest.items())


def _units(run: list[str], vocabulary: Vocabulary) -> Iterator[Unit]:
    resolved = _resolved(run, vocabulary)
    inside: set[int] = set()
    for place, length, concept in _phrases(run, resolved, vocabulary.synonyms):
        places = range(place, place + length)
        if inside & set(places):
            continue
        inside |= set(places)
        guessed = {resolved[at][0] for at in places} & _GUESSES
        way = min(guessed, key=WEIGHTS.__getitem__, default=Way.SYNONYM)
        surface = " ".join(run[at] for at in places)
        yield _unit(vocabulary, surface, way, [concept], 1.0, surface)
    for place, (word, (way, found)) in enumerate(zip(run, resolved, strict=True)):
        if is_stop(word):
            continue
        if not found and (place in inside or (way is Way.NONE and _sounds_like_stop(word))):
            continue
        terms = list(dict.fromkeys(map(vocabulary.synonyms.meaning, found)))
        if way is Way.EXACT and terms != found:
            way = Way.SYNONYM
        share = TUNED.inside if place in inside else 1.0
        meant = vocabulary.spelt(found[0]) if found else ""
        yield _unit(vocabulary, word, way, terms, share, meant)


def _resolved(run: list[str], vocabulary: Vocabulary) -> list[tuple[Way, list[str]]]:
    """The stems of each word; a last one that means nothing may not be finished."""
    found = [(Way.EXACT, [stem(w)]) if is_stop(w) else vocabulary.resolve(w) for w in run]
    if found and found[-1][0] is Way.NONE:
        found[-1] = vocabulary.begun(run[-1])
    return found


def _phrases(
    run: list[str], resolved: list[tuple[Way, list[str]]], synonyms: Synonyms
) -> list[tuple[int, int, str]]:
    """The phrases of the words as typed, then of the words that they were taken for."""
    as_typed = [stem(word) for word in run]
    as_meant = [found[0] if found else as_typed[at] for at, (_, found) in enumerate(resolved)]
    found = synonyms.concepts(as_typed)
    return found if as_meant == as_typed else [*found, *synonyms.concepts(as_meant)]


def _sounds_like_stop(word: str) -> bool:
    return not is_hindi(word) and asked_keys(word)[0] in _STOP_SOUNDS


def _unit(
    vocabulary: Vocabulary, surface: str, way: Way, terms: list[str], share: float, meant: str
) -> Unit:
    weighted: dict[str, float] = {}
    for term in terms:
        weighted[term] = WEIGHTS[way] * share
        for above in vocabulary.synonyms.above(term):
            weighted.setdefault(above, WEIGHTS[way] * share * TUNED.broader)
    return Unit(surface, way, tuple(weighted.items()), share, meant)
