"""Whether the terms of the glossary are used, and none of the words it warns of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from blueprints.translating.checking.finding import Problem, warning
from blueprints.translating.checking.language import Language, Term
from blueprints.translating.checking.pair import Pair, words

_ENDING = 3  # letters that an inflected word may have more


def terms(pair: Pair, language: Language) -> Iterator[Problem]:
    for name, term in _wanted(pair.plain_source.lower(), language.terms).items():
        if not any(word in pair.plain_text for word in term.words):
            yield warning(
                "term", f"no word for “{name}” as in the glossary", f"Say {term.recommended}."
            )


def forbidden(pair: Pair, language: Language) -> Iterator[Problem]:
    for term in language.terms:
        for avoid in term.avoid:
            if avoid in pair.plain_text and _stands(words(pair.plain_text), words(avoid)):
                hint = f"Say {term.recommended}."
                yield warning("forbidden", f"patients misread “{avoid}”", hint)


def _wanted(source: str, terms: tuple[Term, ...]) -> dict[str, Term]:
    """The terms of an English text, by name.

    In “low back pain”, “back pain” is no term of its own: both end with the same word, and
    the longer says which kind is meant.
    """
    longest: dict[int, tuple[str, Term]] = {}
    for term in terms:
        for name in term.names:
            for found in _pattern(name).finditer(source):
                if found.end() not in longest or len(longest[found.end()][0]) < len(name):
                    longest[found.end()] = (name, term)
    return {name: term for name, term in longest.values() if term.words}


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """An English name, or its plural."""
    *before, last = map(re.escape, name.split())
    forms = rf"(?:{last}(?:e?s)?|{last.removesuffix('y')}ies)"
    return re.compile(r"\b" + r"\W+".join([*before, forms]) + r"\b")


def _stands(text: list[str], name: list[str]) -> bool:
    """Whether the words of `name` follow in `text`, the last of them perhaps inflected."""
    *before, last = name
    ends = range(len(before), len(text))
    return any(
        text[end - len(before) : end] == before
        and text[end].startswith(last)
        and len(text[end]) <= len(last) + _ENDING
        for end in ends
    )
