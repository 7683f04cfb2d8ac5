"""How long `update`, `check` and `status` take at 1,000 blocks, and others' updates of the same.

`make bench-translations` prints the median of five, by the clock and by what the processor did;
the goals are for the processor, which other work on the machine does not slow down. Ours run in
a process that has made the application, and `update` reads all templates and Python files too.
The others get the old catalog and the new template of the articles as files. One block in twenty
has changed. Exits 1 if ours misses a goal.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from statistics import median

import polib

from app import ROOT
from benchmarks.translations.updaters import MSGMERGE, PYBABEL, write
from blueprints import catalogs
from blueprints.articles.source import read
from blueprints.translating import extraction
from tests.translating.project import Project

BLOCKS = 1000
CHANGED = 20  # one paragraph in so many
REPEATS = 5
GOALS = {"update": 1.0, "check": 2.0, "status": 1.0}

Taken = tuple[float, float]


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("content", "translations"):
            shutil.copytree(ROOT / part, folder / part)
        project = Project(folder)
        _make(project)
        runner = project.app().test_cli_runner()
        committed = project.catalog.read_bytes()

        def ours(command: str) -> Callable[[], object]:
            def run() -> None:
                project.catalog.write_bytes(committed)
                runner.invoke(args=["translations", command])

            return run

        print(f"{BLOCKS} blocks and the site’s messages, median of {REPEATS}")
        print(f"{'':28}{'clock':>9}{'processor':>12}")
        seconds = {name: _measure(f"flask translations {name}", ours(name)) for name in GOALS}
        for tool, command in _others(folder, committed).items():
            theirs = _measure(tool, lambda command=command: subprocess.run(command, check=True))  # type: ignore[misc]
            print(f"{'':28}our update takes {seconds['update'] / theirs:.2f} of it")
    return 0 if all(seconds[name] <= goal for name, goal in GOALS.items()) else 1


def _make(project: Project) -> None:
    """Add a made article; translate both, and change paragraphs of the made one afterwards."""
    chance = random.Random(1)  # noqa: S311 (it must come again)
    words = " ".join(block.text for block in read(project.article).blocks()).split()
    plain = [word for word in words if word.isalpha()]
    needed = BLOCKS - len(extraction.blocks([read(project.article)]))
    paragraphs = [chance.choices(plain, k=chance.randint(8, 30)) for _ in range(needed - 4)]
    made = project.article.with_name("made.md")
    made.write_text(_markdown(paragraphs), encoding="utf-8")
    project.run("update")
    entries = catalogs.read(project.catalog)
    hindi = cycle([entry.msgstr for entry in entries if entry.msgstr])
    for entry in entries:
        entry.msgstr = entry.msgstr or next(hindi)
    entries.save(str(project.catalog))
    for paragraph in paragraphs[::CHANGED]:
        paragraph[3:5] = chance.choices(plain, k=3)
    made.write_text(_markdown(paragraphs), encoding="utf-8")


def _markdown(paragraphs: list[list[str]]) -> str:
    front = '+++\ntitle = "Made"\ndescription = "Made up."\nbyline = "Nobody"\n+++\n\n'
    head = "{#made}\n## Made-up text\n\n"
    return front + head + "\n\n".join(" ".join(words) + "." for words in paragraphs) + "\n"


def _others(folder: Path, committed: bytes) -> dict[str, list[str]]:
    catalog, template = folder / "old.po", folder / "new.pot"
    write(polib.pofile(committed.decode()), catalog)
    write(extraction.blocks(map(read, sorted((folder / "content").glob("*.md")))), template)
    merged = str(folder / "merged.po")
    # `pybabel update` writes over the old catalog, so each time it gets a copy.
    again = ["sh", "-c", 'cp "$0" "$1" && shift && exec "$@"', str(catalog), merged]
    tools = {
        "pybabel update": [*again, *PYBABEL, f"--input-file={template}", f"--output-file={merged}"]
    }
    if shutil.which("msgmerge"):
        tools["msgmerge"] = [*MSGMERGE, f"--output-file={merged}", str(catalog), str(template)]
    return tools


def _measure(name: str, run: Callable[[], object]) -> float:
    """The processor's seconds; prints these and the clock's."""
    taken = [_seconds(run) for _ in range(REPEATS)]
    clock = median(clock for clock, _processor in taken)
    processor = median(processor for _clock, processor in taken)
    goal = GOALS.get(name.rpartition(" ")[2]) if name.startswith("flask") else None
    told = f"  (at most {goal:.0f} s)" if goal else ""
    print(f"{name:28}{clock:>7.2f} s{processor:>10.2f} s{told}", flush=True)
    return processor


def _seconds(run: Callable[[], object]) -> Taken:
    clock, processor = time.perf_counter(), sum(os.times()[:4])
    run()
    return time.perf_counter() - clock, sum(os.times()[:4]) - processor


if __name__ == "__main__":
    sys.exit(main())
