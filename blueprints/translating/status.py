"""`flask translations status`: what is translated, what is not, and what to do next."""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

import click
import polib

from blueprints import catalogs, sign_off, staleness
from blueprints.articles import State
from blueprints.translating.commands import (
    Catalog,
    as_json,
    bp,
    library,
    sound_catalogs,
    translated_into,
)
from blueprints.translating.update import marked

_NEXT = 5
# The first is what readers miss most.
_URGENCY = [State.STALE_MATERIAL, State.MISSING, State.STALE_COSMETIC, State.UNREVIEWED]


@dataclass(frozen=True, slots=True)
class Status:
    """One catalog: how many strings and English words, and strings by state.

    `expired` have been signed, but one of the two texts has changed since.
    """

    language: str
    catalog: str
    strings: int
    words: int
    current: int
    unreviewed: int
    expired: int
    stale: int
    missing: int
    obsolete: int


@dataclass(frozen=True, slots=True)
class Task:
    """An entry that wants a translator; `changed` shows what changed in its English."""

    id: str
    language: str
    catalog: str
    line: int
    context: str
    state: str
    since: str
    words: int
    english: str
    changed: str


@bp.cli.command("status")
@click.argument("lang", required=False)
@as_json
def status(lang: str | None, as_json: bool) -> None:
    """Tell how far each language is, and the next five things to do."""
    read = sound_catalogs(translated_into(lang))
    rows = [_status(catalog, entries) for catalog, entries in read]
    tasks = sorted(
        (task for catalog, entries in read for task in _tasks(catalog, entries)), key=_urgency
    )
    if as_json:
        told = {"catalogs": list(map(asdict, rows)), "next": list(map(asdict, tasks[:_NEXT]))}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for line in [*_table(rows), *_list(tasks[:_NEXT], len(tasks))]:
        click.echo(line)


def _state(entry: polib.POEntry, language: str) -> State:
    return library().judge.state(entry, language)


def _status(catalog: Catalog, entries: polib.POFile) -> Status:
    live = [entry for entry in entries if not entry.obsolete]
    states = Counter(_state(entry, catalog.language) for entry in live)
    return Status(
        catalog.language,
        catalog.name,
        len(live),
        sum(map(_words, live)),
        states[State.CURRENT],
        states[State.UNREVIEWED],
        sum(1 for entry in live if _is_expired(entry)),
        states[State.STALE_COSMETIC] + states[State.STALE_MATERIAL],
        states[State.MISSING],
        len(entries) - len(live),
    )


def _is_expired(entry: polib.POEntry) -> bool:
    now = sign_off.digest(entry)
    return any(each.digest != now for each in sign_off.sign_offs(entry))


def _words(entry: polib.POEntry) -> int:
    return len(entry.msgid.split())


def _tasks(catalog: Catalog, entries: polib.POFile) -> Iterator[Task]:
    for entry in entries:
        state = _state(entry, catalog.language)
        if entry.obsolete or state is State.CURRENT:
            continue
        since = staleness.since(entry)
        yield Task(
            catalogs.id_of(entry),
            catalog.language,
            catalog.name,
            entry.linenum or 1,
            entry.msgctxt or "",
            state,
            since.isoformat() if since else "",
            _words(entry),
            entry.msgid,
            marked(entry.previous_msgid, entry.msgid) if entry.previous_msgid else "",
        )


def _urgency(task: Task) -> tuple[int, bool, str]:
    """Articles before messages, what waits longest first; the order of the catalog otherwise."""
    is_article = task.catalog.endswith(f"{catalogs.ARTICLE}.po")
    return _URGENCY.index(State(task.state)), not is_article, task.since


def _table(rows: Iterable[Status]) -> Iterator[str]:
    names = [name for name in Status.__slots__ if name != "language"]
    yield "  ".join(f"{name:>10}" if place else f"{name:<40}" for place, name in enumerate(names))
    for row in rows:
        cells = [getattr(row, name) for name in names]
        yield "  ".join(
            f"{cell:>10}" if place else f"{cell:<40}" for place, cell in enumerate(cells)
        )


def _list(tasks: Iterable[Task], count: int) -> Iterator[str]:
    yield ""
    yield f"To do: {count} strings. Next:" if count else "Nothing to do."
    for task in tasks:
        yield f"{task.catalog}:{task.line}: {task.state} {task.id} {task.context}".rstrip()
        since = f"since {task.since}, " if task.since else ""
        yield f"  {since}{task.words} English words:"
        yield textwrap.indent(task.changed or task.english, "    ")
