"""Whether the terms of the glossary are used, and none of the words it warns of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from blueprints.translating.checking.finding import Problem, warning
from blueprints.translating.checking.language import Language, Term
from blueprints.translating.checking.pair import Pair, words

_ENDING = 3  # letters that an inflected word may have more


def terms(pair: Pair, language: Language) -> Iterator[Problem]:
    for name, term in _wanted(words(pair.plain_source.lower()), language.terms).items():
        if not any(word in pair.plain_text for word in term.words):
            yield warning(
                "term", f"no word for “{name}” as in the glossary", f"Say {term.recommended}."
            )


def forbidden(pair: Pair, language: Language) -> Iterator[Problem]:
    text = words(pair.plain_text)
    for term in language.terms:
        for avoid in term.avoid:
            if list(_places(text, words(avoid), _is_inflected)):
                hint = f"Say {term.recommended}."
                yield warning("forbidden", f"patients misread “{avoid}”", hint)


def _wanted(source: list[str], terms: tuple[Term, ...]) -> dict[str, Term]:
    """The terms of an English text, by name.

    In “low back pain”, “back pain” is no term of its own: both end with the same word, and
    the longer says which kind is meant.
    """
    longest: dict[int, tuple[str, Term]] = {}
    for term in terms:
        for name in term.names:
            for end in _places(source, name.split(), _is_english_form):
                if end not in longest or len(longest[end][0]) < len(name):
                    longest[end] = (name, term)
    return {name: term for name, term in longest.values() if term.words}


def _places(text: list[str], name: list[str], is_form: Callable[[str, str], bool]) -> Iterator[int]:
    """Where the words of `name` end in `text`; the last of them may be a form of its word."""
    *before, last = name
    for at in range(len(text) - len(before)):
        end = at + len(before)
        if text[at:end] == before and is_form(text[end], last):
            yield end


def _is_english_form(word: str, base: str) -> bool:
    return word in {base, f"{base}s", f"{base}es", f"{base.removesuffix('y')}ies"}


def _is_inflected(word: str, base: str) -> bool:
    return word.startswith(base) and len(word) <= len(base) + _ENDING
