"""One key for the Devanagari and the Roman spellings of a Hindi word.

Three keys from strict to loose; a looser one is asked only when the stricter finds nothing.
The idea is that of Soundex (Russell, 1918) with classes for the spellings of Hindi: aspirates
with their plain letter, `sh` with `s`, `z` with `j`, `w` with `v`; `a` is not written, the other
vowels are two classes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from search_index.analysis import is_hindi
from search_index.parameters import TUNED
from search_index.rules import RULES

_DEVANAGARI: dict[str, str] = RULES["key"]["devanagari"]
# Each spelling and its sound, in the order in which they are tried.
_LATIN_SOUND = dict(each.split() for each in RULES["key"]["latin"].split(","))
_RETROFLEX: str = RULES["key"]["retroflex"]
_ENDINGS: list[str] = RULES["key"]["endings"].split()
_LATIN_RULE = re.compile("|".join(_LATIN_SOUND))


@lru_cache(maxsize=100_000)
def known_keys(word: str) -> tuple[list[str], list[str], list[str]]:
    """The keys under which a folded Hindi word is kept, strictest first.

    ड़ and ढ़ are heard as d and as r. Readers often leave a nasal out where the word has one.
    """
    heard = [word]
    if any(letter in word for letter in _RETROFLEX):
        heard.append(re.sub(f"[{_RETROFLEX}]", "र", word))
    strict = [_single(_hindi(spelling)) for spelling in heard]
    oral = [_single(re.sub(r"(?<=.)n(?=[^aiu])", "", key)) for key in strict]
    return strict, oral, [_consonants(key) for key in [*strict, *oral]]


@lru_cache(maxsize=20_000)
def asked_keys(word: str) -> tuple[str, str, str]:
    """The keys under which a reader's folded word is looked up, strictest first."""
    strict = _single(_hindi(word) if is_hindi(word) else _roman(word))
    return strict, strict, _consonants(strict)


def strict_keys(words: Iterable[str]) -> frozenset[str]:
    """The strict keys of those of the words that are Hindi."""
    return frozenset(key for word in words if is_hindi(word) for key in known_keys(word)[0])


def stem_keys(word: str) -> list[str]:
    """The strict keys of a reader's Roman word, and of it without an ending of Hindi words."""
    stems = [word, *(word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))]
    return [_single(_roman(stem)) for stem in stems if len(stem) >= TUNED.shortest_stem]


def _consonants(key: str) -> str:
    return _single(re.sub(r"[aiu]", "", key))


def _single(sound: str) -> str:
    return re.sub(r"(.)\1+", r"\1", sound)


def _hindi(word: str) -> str:
    word = word.replace("ज्ञ", "ग")
    initial = "a" if word[0] in "अआ" else ""
    return initial + "".join(_DEVANAGARI.get(letter, "") for letter in word)


def _roman(word: str) -> str:
    sound = _LATIN_RULE.sub(lambda match: _LATIN_SOUND[match[0]], word)
    return sound[:1] + sound[1:].replace("a", "")
