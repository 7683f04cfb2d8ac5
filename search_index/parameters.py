"""Every number that decides what is found and in which order; the browser gets the same.

Those marked *tuned* were chosen on the development queries and, where these could not tell two
values apart, on `tests/search/more_queries.jsonl`; never on the held-out ones. See docs/search.md.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """The numbers, all without a unit unless their comment names one."""

    # BM25F (Robertson, Zaragoza and Taylor, CIKM 2004), with Whoosh's usual values.
    k1: float = 1.2
    b: float = 0.75
    # What the best sentence adds: its share of the query, times what the query tells. Tuned.
    sentence: float = 0.5
    # A section that covers less of what the query tells is no hit. Tuned.
    coverage: float = 0.4
    # A section that scores less than this share of the best is no hit either. Tuned.
    beside_best: float = 0.35
    # How much a word tells that no section holds, beside the rarest that one does. Tuned.
    unknown: float = 0.45
    # A guess counts less than what was typed.
    exact: float = 1.0
    synonym: float = 1.0
    sound: float = 0.9
    spelling: float = 0.8
    beginning: float = 0.7
    elsewhere: float = 0.0
    none: float = 0.0
    # A broader concept beside the one that was meant.
    broader: float = 0.5
    # A word inside a phrase that was understood as a whole. Tuned.
    inside: float = 0.2
    # Sections that are looked at sentence by sentence.
    candidates: int = 20
    # Scores and coverages closer than one in so many are equal, so that the order in which
    # floating-point numbers are added decides nothing.
    precision: float = 1e9
    # Characters of a query; more says no more about what is meant.
    longest_query: int = 200
    most_units: int = 24
    # Letters. Two edits are allowed from `long_word` on.
    shortest_key: int = 2
    shortest_consonants: int = 2
    shortest_misspelt: int = 4
    long_word: int = 9
    shortest_beginning: int = 3
    shortest_stem: int = 4
    shortest_veto: int = 3
    shortest_subject: int = 4
    # Meanings of one misspelt, and of one unfinished, word.
    most_spellings: int = 3
    most_beginnings: int = 5
    # Characters of an excerpt; some three lines on a phone.
    excerpt: int = 160


TUNED = Parameters()
