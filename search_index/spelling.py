"""Known stems that are spelt nearly as a reader's: one edit apart, two in long ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable

from search_index.parameters import TUNED


class Spellings:
    """Looks a stem up by what is left of it without a letter or two (SymSpell, Garbe 2012).

    So a look-up does not grow with the vocabulary. The table is most of the work of one, so
    vocabularies that differ in a few words share it; it may grow while others look stems up.
    """

    def __init__(self) -> None:
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        self._held: set[str] = set()
        self._longest = 0

    def hold(self, stems: Iterable[str]) -> None:
        """Have these in the table too."""
        for known in sorted(set(stems) - self._held):
            self._held.add(known)
            self._longest = max(self._longest, len(known))
            for shorter in _deletions(known):
                self._by_deletion[shorter].append(known)

    def near(self, stem: str, known_stems: Container[str]) -> list[str]:
        """Of the known stems the nearest, in alphabetical order.

        A short one begins with the same letter.
        """
        # A text without end has no neighbours, but endlessly many deletions.
        if not TUNED.shortest_misspelt <= len(stem) <= self._longest + 2:
            return []
        near = {
            known
            for shorter in _deletions(stem)
            for known in self._by_deletion.get(shorter, ())
            if known in known_stems and (known[0] == stem[0] or len(stem) >= TUNED.long_word)
        }
        ranked = sorted((distance(stem, known), known) for known in near)
        most = 2 if len(stem) >= TUNED.long_word else 1
        best = [known for apart, known in ranked if apart == ranked[0][0] <= most]
        return best[: TUNED.most_spellings]


def _deletions(word: str) -> frozenset[str]:
    once = {word[:at] + word[at + 1 :] for at in range(len(word))} | {word}
    if len(word) < TUNED.long_word - 1:
        return frozenset(once)
    return frozenset(once) | {
        part[:at] + part[at + 1 :] for part in once for at in range(len(part))
    }


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
