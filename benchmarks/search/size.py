"""How the offline search data grows with the articles, compressed with brotli.

`make bench-search` prints the bytes for this article, and for each further one. Those are made of
this one: sentences as long and as many, its stop words, and for each other word a known one or, as
often as Heaps' law (exponent 0.6) brings new ones, one that is invented from its letters. Exits 1
if a goal of docs/search.md is missed.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import brotli

from app import create_app
from search_index import Index, Section, export
from search_index.analysis import is_hindi, is_stop, words

SIZES = (1, 2, 5, 10, 20)
EXPONENT = 0.6
THIS_ARTICLE = 12_000
EACH_FURTHER = 3_500


def main() -> int:
    chance = random.Random(1)  # noqa: S311 (the same text in every run)
    reached = True
    print(f"{'articles':>9}{'bytes':>9}{'each further':>14}")
    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"REEDH_INSTANCE_PATH": folder})
        first = app.extensions["search"].articles.sections
        writer = _Writer(chance, first)
        sections, articles, before = list(first), 1, (0, 0)
        for size in SIZES:
            while articles < size:
                articles += 1
                sections += writer.another(articles)
            told = export(
                {
                    "articles": Index(Path(folder) / "search", sections),
                    "answers": Index(Path(folder) / "search", []),
                }
            )
            sent = len(brotli.compress(told, quality=11))
            each = (sent - before[1]) / (size - before[0])
            print(f"{size:>9}{sent:>9}{'' if size == 1 else f'{each:.0f}':>14}")
            reached = reached and (sent <= THIS_ARTICLE if size == 1 else each <= EACH_FURTHER)
            before = (size, sent)
    return 0 if reached else 1


class _Writer:
    """Makes articles of the same shape as the first."""

    def __init__(self, chance: random.Random, first: tuple[Section, ...]) -> None:
        self._chance = chance
        self._first = first
        texts = [text for part in first for blocks in part.texts.values() for text in blocks]
        self._telling = sorted({w for text in texts for w in words(text) if not is_stop(w)})
        self._known = {
            hindi: [word for word in self._telling if is_hindi(word) is hindi]
            for hindi in (True, False)
        }
        self._next: dict[bool, dict[str, list[str]]] = {}
        for hindi, known in self._known.items():
            table: dict[str, list[str]] = defaultdict(list)
            for word in known:
                marked = f"^^{word}$"
                for place in range(2, len(marked)):
                    table[marked[place - 2 : place]].append(marked[place])
            self._next[hindi] = table

    def another(self, number: int) -> list[Section]:
        """The `number`-th article."""
        new = number**EXPONENT - (number - 1) ** EXPONENT
        stands_for = {}
        for word in self._telling:
            known = self._known[is_hindi(word)]
            if self._chance.random() < new:
                known.append(self._invent(is_hindi(word)))
                stands_for[word] = known[-1]
            else:
                stands_for[word] = self._chance.choice(known)
        return [
            Section(
                f"article-{number}",
                section.id,
                {
                    code: [self._rewrite(block, stands_for) for block in blocks]
                    for code, blocks in section.texts.items()
                },
            )
            for section in self._first
        ]

    def _rewrite(self, block: str, stands_for: dict[str, str]) -> str:
        end = block[-1:] if block[-1:] in ".?!।" else ""
        return " ".join(stands_for.get(word, word) for word in words(block)) + end

    def _invent(self, hindi: bool) -> str:
        while True:
            word = "^^"
            while not word.endswith("$") and len(word) < 16:
                word += self._chance.choice(self._next[hindi][word[-2:]])
            if len(word) >= 6:
                return word.strip("^$")


if __name__ == "__main__":
    sys.exit(main())
