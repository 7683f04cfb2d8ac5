"""How search grows: building, opening and asking an index of 10 to 10,000 sections.

`make bench-search` prints CPU time; beside each search stands Whoosh's own time for the same
terms. The text is random, of 20,000 Roman and 10,000 Devanagari words by Zipf's law, and three
queries in ten hold a misspelt word. Exits 1 if a goal of docs/search.md is missed.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.search.text import DEVANAGARI, ROMAN, sentence, vocabulary
from search_index import Index, Section
from search_index.engine import Engine
from search_index.parameters import TUNED
from search_index.query import weighted

SIZES = (10, 100, 1000, 10_000)
QUERIES = 300
BUILD_SECONDS = 60  # of the largest
SEARCH_MS = 40  # p95, of the largest
RATIO = 1.5


def main() -> int:
    chance = random.Random(7)  # noqa: S311 (the same text in every run)
    roman, devanagari = vocabulary(chance, ROMAN), vocabulary(chance, DEVANAGARI)
    asked = [_query(chance, roman if chance.random() < 0.5 else devanagari) for _ in range(QUERIES)]
    reached = True
    print(f"{'sections':>9}{'build s':>9}{'open s':>9}{'p50 ms':>9}{'p95 ms':>9}{'of Whoosh':>11}")
    for size in SIZES:
        sections = [
            Section(
                f"article-{number // 7}",
                f"section-{number}",
                {
                    "en": [sentence(chance, roman) for _ in range(6)],
                    "hi": [sentence(chance, devanagari) for _ in range(6)],
                },
            )
            for number in range(size)
        ]
        with tempfile.TemporaryDirectory() as folder:
            build = _seconds(partial(Index, Path(folder), sections))
            opening = _seconds(partial(Index, Path(folder), sections))
            index = Index(Path(folder), sections)
            (built,) = Path(folder).iterdir()
            times, own = _times(index, Engine(built), asked)
        ratio = sum(times) / sum(own)
        p50, p95 = (1000 * sorted(times)[int(share * QUERIES)] for share in (0.5, 0.95))
        print(f"{size:>9}{build:>9.1f}{opening:>9.1f}{p50:>9.2f}{p95:>9.2f}{ratio:>11.2f}")
        if size == SIZES[-1]:
            reached = build <= BUILD_SECONDS and p95 <= SEARCH_MS and ratio <= RATIO
    return 0 if reached else 1


def _times(index: Index, whoosh: Engine, asked: list[str]) -> tuple[list[float], list[float]]:
    """CPU seconds of each search, and of Whoosh alone for its terms."""
    for text in asked[:20]:
        index.search(text)
    times, own = [], []
    for text in asked:
        times.append(_seconds(partial(index.search, text)))
        terms = weighted(index.search(text).units)
        own.append(_seconds(partial(whoosh.search, terms, TUNED.candidates)))
    return times, own


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _query(chance: random.Random, words: list[str]) -> str:
    first, *rest = sentence(chance, words, 3).rstrip(".").split()
    if chance.random() < 0.3:
        place = chance.randrange(len(first))
        first = first[:place] + chance.choice("aeiou") + first[place + 1 :]
    return " ".join([first, *rest])


if __name__ == "__main__":
    sys.exit(main())
