"""No pattern of ours takes the square of what it is given, whatever that is.

Every pattern is found by itself: those that modules and the application hold, and those that stand
in a call of `re`. Each is given the texts that its own repeats are slowest with.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import permutations, product
from pathlib import Path
from re import _compiler as compiler  # type: ignore[attr-defined]
from re import _constants as kinds
from re import _parser as parser
from types import ModuleType
from typing import Any

from flask import Flask

import blueprints
import search_index
from app import ROOT
from tests.browsing import NODE

LETTERS = 2000
# Four times the text: linear takes 4 times as long, quadratic 16 times.
SHARE, TIMES = 4, 9
# Below this a pattern is quick enough whatever it does.
SECONDS = 0.002

REPEATS = {kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT}
AT_START = {"fullmatch", "match"}
# Which of these three a method of a pattern costs as much as.
METHODS = dict.fromkeys(["findall", "finditer", "search", "split", "sub", "subn"], "finditer")
METHODS |= {name: name for name in AT_START}
Use = tuple[re.Pattern[str], str]

# What people type has no tag in it when the first three are used: it was escaped. The last reads an
# address, which the server has bounded, in the browser of whoever opened it.
EXCUSED = {
    r"<(title|textarea|option|script|style)\b.*?</\1>|<[^>]*>",
    r'<(\w+) lang="en">.*?</\1>',
    r'<(section|article)(?: [^>]*)? id="(?!answers")([^"]+)"[^>]*>.*?<\/\1>',
    r"\/+$",
}

# A letter of each that matters, as Python knows no properties.
PROPERTIES = {"L": "a", "N": "1", "Nd": "1", "M": "\u0300", "Cc": "\x01"}

MOST_PUMPS = 200
_MANY, SAMPLES = 8, 8
_ANY = "a1 -.@क\u093f\n"


def test_every_pattern_is_linear(app: Flask) -> None:
    found = {*_written(), *_held([*_modules(), app.extensions])}
    assert len(found) > 100
    slow = {pattern.pattern for pattern, method in found if _is_slow(pattern, method)}
    assert slow - EXCUSED == set()


def test_every_pattern_of_the_scripts_is_linear() -> None:
    found = _in_scripts()
    assert len(found) > 40
    slow = {pattern.pattern for pattern in found if _is_slow(pattern, "finditer")}
    assert slow - EXCUSED == set()


def test_a_quadratic_pattern_is_seen() -> None:
    for source in (r"\b[\w-]+\.com", r"\s+$", r"(?:^|[^a-z])(?:uhid|mrn) ?(?=[a-z.]*[0-9])"):
        assert _is_slow(re.compile(source), "finditer"), source


def _is_slow(pattern: re.Pattern[str], method: str) -> bool:
    def use(text: str) -> object:
        found = getattr(pattern, method)(text)
        return found if method in AT_START else deque(found, maxlen=0)

    pumps = sorted(set(_pumps(pattern)) - {""})
    return any(grows(use, pump) for pump in pumps[:: len(pumps) // MOST_PUMPS + 1])


def grows(work: Callable[[str], object], pump: str) -> bool:
    """Whether `work` takes more than its share of time for a text that is longer."""
    text = (pump * LETTERS)[:LETTERS] + "\0"
    if _seconds(work, text, 1) < SECONDS:
        return False
    return _seconds(work, text, 3) > TIMES * _seconds(work, text[-LETTERS // SHARE :], 3)


def _seconds(work: Callable[[str], object], text: str, tries: int) -> float:
    """Of this thread alone, however busy the machine is; the best of some tries."""
    took = []
    for _ in range(tries):
        start = time.thread_time()
        work(text)
        took.append(time.thread_time() - start)
    return min(took)


def _modules() -> Iterator[Any]:
    for package in (blueprints, search_index):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(module.name)


def _written() -> Iterator[Use]:
    """The patterns that are written where they are used."""
    for node in (
        node for file in _files() for node in ast.walk(ast.parse(file.read_text("utf-8")))
    ):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=method),
                args=[ast.Constant(value=str(source)), *_],
            ) if method not in {"compile", "escape"}:
                yield re.compile(source), METHODS[method]


def _in_scripts() -> list[re.Pattern[str]]:
    """The patterns of the scripts, as Python writes them: both look for them in the same way."""
    read = """
        const { parse } = require("acorn"), { readFileSync } = require("fs");
        for (const file of process.argv.slice(1)) {
          const onToken = ({ value }) => value?.pattern && console.log(value.pattern);
          const text = readFileSync(file, "utf8");
          parse(text, { ecmaVersion: "latest", sourceType: "module", onToken });
        }
    """
    scripts = sorted(ROOT.glob("static/**/*.js"))
    told = subprocess.run(
        [NODE, "-e", read, *scripts], capture_output=True, encoding="utf-8", check=True, cwd=ROOT
    )
    return [re.compile(_in_python(source)) for source in set(told.stdout.splitlines())]


def _in_python(source: str) -> str:
    return re.sub(r"\\p\{(\w+)\}", lambda named: PROPERTIES.get(named[1], "\u200b"), source)


def _held(objects: Iterable[Any]) -> Iterator[Use]:
    """The patterns in these objects, and in what of ours these hold."""
    waiting, seen = [("", "", each) for each in objects], set()
    while waiting:
        file, name, each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, re.Pattern) and isinstance(each.pattern, str):
            yield from ((each, method) for method in _methods(name, file))
        if isinstance(each, ModuleType):
            file = str(getattr(each, "__file__", ""))
        waiting += ((file, inner or name, value) for inner, value in _inner(each))


def _inner(each: object) -> Iterable[tuple[str, object]]:
    """What an object holds, by name where it has one."""
    if isinstance(each, dict):
        return [(str(key), value) for key, value in each.items()]
    if isinstance(each, list | tuple | set | frozenset):
        return [("", value) for value in each]
    if not _is_ours(each):
        return []
    slots = getattr(type(each), "__slots__", ())
    named = [*vars(each).items()] if hasattr(each, "__dict__") else []
    return [*named, *((slot, getattr(each, slot, None)) for slot in slots)]


@cache
def _methods(name: str, file: str) -> set[str]:
    """How a pattern of this name is used; what is nowhere used by its name may be in any way."""
    named = re.compile(rf"\b{name}\.([a-z]+)\(")
    files = [Path(file)] if file else _files()
    found = {method for each in files for method in named.findall(each.read_text("utf-8"))}
    return {METHODS[method] for method in found & set(METHODS)} or set(METHODS.values())


@cache
def _files() -> list[Path]:
    return [*ROOT.glob("blueprints/**/*.py"), *ROOT.glob("search_index/**/*.py")]


def _is_ours(each: object) -> bool:
    module = each.__name__ if isinstance(each, ModuleType) else type(each).__module__
    return module.split(".")[0] in {"blueprints", "search_index"}


def _pumps(pattern: re.Pattern[str]) -> Iterator[str]:
    """What each repeat of the pattern takes, alone and after what stands before it."""
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    letters = [*dict.fromkeys([*_ANY, *_literals(tree)])]
    for befores, bodies in _repeats(tree, [""], letters):
        yield from befores
        yield from map("".join, product(befores, bodies))
        yield from map("".join, permutations(bodies, 2))


def _repeats(
    tree: Any, befores: list[str], letters: list[str]
) -> Iterator[tuple[list[str], list[str]]]:
    for kind, value in tree:
        if kind in REPEATS:
            _least, most, body = value
            if most >= _MANY:
                yield befores, ["", *_samples(body, letters)]
        for inner in _inside(kind, value):
            yield from _repeats(inner, befores, letters)
        befores = _joined(befores, _some(kind, value, letters))


def _inside(kind: Any, value: Any) -> list[Any]:
    """The patterns inside one."""
    if kind in REPEATS:
        return [value[2]]
    if kind is kinds.BRANCH:
        return list(value[1])
    if kind is kinds.SUBPATTERN:
        return [value[3]]
    return [value[1]] if kind in {kinds.ASSERT, kinds.ASSERT_NOT} else []


def _samples(tree: Any, letters: list[str]) -> list[str]:
    """Some texts that a pattern takes."""
    texts = [""]
    for kind, value in tree:
        texts = _joined(texts, _some(kind, value, letters))
    return texts


def _joined(starts: list[str], ends: list[str]) -> list[str]:
    """Each of the starts with each of the ends, or some of these."""
    joined = [start + end for start in starts for end in ends]
    return joined[:: max(1, len(joined) // SAMPLES)]


def _some(kind: Any, value: Any, letters: list[str]) -> list[str]:
    if kind is kinds.LITERAL:
        return [chr(value)]
    if kind in {kinds.IN, kinds.NOT_LITERAL, kinds.ANY}:
        pattern = compiler.compile(parser.SubPattern(parser.State(), [(kind, value)]))
        return [letter for letter in letters if pattern.fullmatch(letter)][:SAMPLES] or ["a"]
    if kind is kinds.ASSERT_NOT:
        return [""]
    texts = [text for inner in _inside(kind, value) for text in _samples(inner, letters)]
    is_optional = kind in REPEATS and value[0] == 0
    return ([""] if is_optional else []) + texts[:SAMPLES] or [""]


def _literals(tree: Any) -> Iterator[str]:
    for kind, value in tree:
        if kind is kinds.LITERAL:
            yield chr(value)
        elif kind is kinds.IN:
            for inner, each in value:
                if inner is kinds.LITERAL:
                    yield chr(each)
                elif inner is kinds.RANGE:
                    yield chr(each[0])
        for inner in _inside(kind, value):
            yield from _literals(inner)
