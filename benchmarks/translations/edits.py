"""Simulated edits of the English article: which tool keeps translations with their texts.

`make bench-translations` prints, for each of ten kinds of edit and each tool, how many old
translations of the edited blocks are still attached, fuzzy or not, to a block that comes from
theirs. Two merged blocks count as one; a split one is attached at either half; a deleted one does
not count; a renamed section counts with each of its blocks, which is why the mean of the kinds
is told too. Wrong is a translation at a block that does not come from its own. EDITS= and SEED=
choose other edits. Exits 1 if ours misses a goal.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from statistics import mean

from app import ROOT
from benchmarks.translations.updaters import OURS, updaters
from blueprints.articles.source import read
from tests.translating.editing import KINDS
from tests.translating.simulated import Tally, simulated, translated

KEPT = 0.98


def main() -> int:
    count, seed = int(os.environ.get("EDITS", "600")), int(os.environ.get("SEED", "1"))
    article = read(ROOT / "content" / "why-spine-surgeries-fail.md")
    tools = updaters()
    tallies = {name: Tally() for name in tools}
    made = dict.fromkeys(KINDS, 0)
    old = translated(article)
    with tempfile.TemporaryDirectory() as folder:
        for edit in simulated(article, count, seed):
            for kind in edit.kinds:
                made[kind] += 1
            for name, tool in tools.items():
                tallies[name].count(edit, old, tool(old, edit.entries, Path(folder)))
    both = sum(made.values()) - count
    print(f"{count} edits, {both} of them of two kinds at once (SEED={seed})")
    _print(made, tallies)
    for what in [*tallies[OURS].lost, *tallies[OURS].wrong]:
        print(what)
    return 0 if _kept(tallies[OURS]) >= KEPT and not tallies[OURS].wrong else 1


def _print(made: dict[str, int], tallies: dict[str, Tally]) -> None:
    def row(name: str, count: object, cells: list[str]) -> None:
        print(f"{name:36}{count:>7}" + "".join(f"{cell:>28}" for cell in cells))

    each = list(tallies.values())
    row("old translations still attached", "edits", list(tallies))
    for kind, count in made.items():
        row(kind, count, [_part(tally.kept[kind], tally.known[kind]) for tally in each])
    row("all blocks", "", [_part(tally.kept.total(), tally.known.total()) for tally in each])
    row("mean of the kinds", "", [f"{_mean(tally):.1%}" for tally in each])
    row("attached to a wrong block", "", [str(len(tally.wrong)) for tally in each])
    again = [_part(tally.again.total(), tally.moved.total()) for tally in each]
    row("only moved, yet to be done again", "", again)


def _part(part: int, whole: int) -> str:
    return f"{part} of {whole} {part / whole:7.1%}" if whole else "–"


def _mean(tally: Tally) -> float:
    return mean(tally.kept[kind] / tally.known[kind] for kind in tally.known)


def _kept(tally: Tally) -> float:
    return min(_mean(tally), tally.kept.total() / tally.known.total())


if __name__ == "__main__":
    sys.exit(main())
