"""Random edits, one after the other, and what readers of Hindi are shown after each.

`make bench-translations` prints in which state the edited block is after each kind of edit, and
what must never happen: a translation of another English text shown as current, a material edit
shown as cosmetic, a block in no clear state. Which edits are material is known because they are
made word by word; tests/translating/rewriting.py says how. EDITS= and SEED= choose other edits.
Exits 1 if a goal is missed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from app import ROOT
from blueprints import catalogs
from blueprints.articles.passages import State
from blueprints.articles.source import read
from blueprints.meaning import Edits
from tests.translating.reading import LANGUAGE, REVERTED, Reading
from tests.translating.rewriting import REWRITINGS


def main() -> int:
    count, seed = int(os.environ.get("EDITS", "1000")), int(os.environ.get("SEED", "1"))
    translations = ROOT / "translations"
    catalog = catalogs.read(catalogs.path(translations, LANGUAGE, catalogs.ARTICLE))
    article = read(ROOT / "content" / "why-spine-surgeries-fail.md")
    seen = Reading(article, catalog, Edits.for_project(translations), seed).edit(count)
    print(f"{count} edits (SEED={seed}); the edited block is then")
    _print("", str)
    for kind in [*REWRITINGS, REVERTED]:
        _print(kind, lambda state, kind=kind: seen.edits[kind, state])  # type: ignore[misc]
    _print("says something else", lambda state: seen.material[state])
    _print("is only written otherwise", lambda state: seen.cosmetic[state])
    kept, cosmetic = seen.cosmetic[State.STALE_COSMETIC], seen.cosmetic.total()
    print(f"\n{kept} of {cosmetic} that are only written otherwise keep their translation")
    never = {
        "stale, shown as current": seen.stale_as_current,
        "material, shown as cosmetic": seen.material_as_cosmetic,
        "in no clear state": seen.contradictions,
    }
    for what, found in never.items():
        print(f"{what}: {len(found)}", *found[:5], sep="\n  ")
    return 1 if any(never.values()) else 0


def _print(name: str, cell: Callable[[State], object]) -> None:
    print(f"{name:28}" + "".join(f"{cell(state)!s:>16}" for state in State))


if __name__ == "__main__":
    sys.exit(main())
