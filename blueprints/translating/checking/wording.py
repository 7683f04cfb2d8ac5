"""Whether all was translated, once, and at about the length of the English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from blueprints.meaning import WORD
from blueprints.translating.checking.finding import Problem, error, warning
from blueprints.translating.checking.language import Language
from blueprints.translating.checking.pair import LATIN, Pair, words

_RUN = 4  # English words in a row that are no name
_SHORT = 40  # letters; below, lengths differ widely between languages
_ANY_LENGTH = [0.3, 3.0]
_LATIN_WORD = re.compile(r"[A-Za-z’']+")


def untranslated(pair: Pair, language: Language) -> Iterator[Problem]:
    english = [word for word in words(pair.plain_source) if not word.isupper()]
    if pair.text.strip() == pair.source.strip():
        # One word may be a name, or the same in a language of the same script.
        if len(english) > 1:
            yield error("untranslated", "this is still the English text", "Translate it.")
        elif english and language.writing and language.writing.script != LATIN:
            yield warning("untranslated", "this is still the English word", "Translate it.")
    elif run := _english_run(pair):
        yield error("untranslated", f"still in English: “{run}”", "Translate these words too.")


def doubled(pair: Pair, _language: Language) -> Iterator[Problem]:
    for first, second in pairwise(re.finditer(WORD, pair.plain_text)):
        between = pair.plain_text[first.end() : second.start()]
        if first[0] == second[0] and between.isspace() and len(first[0]) > 1:
            hint = "Delete one. A word doubled on purpose is written with a hyphen."
            yield warning("doubled", f"“{first[0]}” stands twice", hint)


def length(pair: Pair, language: Language) -> Iterator[Problem]:
    least, most = language.writing.length if language.writing else _ANY_LENGTH
    if len(pair.plain_source) < _SHORT:
        return
    ratio = len(pair.plain_text) / len(pair.plain_source)
    if ratio < least:
        hint = "Look whether something is missing."
        yield warning("length", "much shorter than the English", hint)
    elif ratio > most:
        hint = "Look whether something was added."
        yield warning("length", "much longer than the English", hint)


def end_marks(pair: Pair, _language: Language) -> Iterator[Problem]:
    if _questions(pair.source) > _questions(pair.text):
        yield warning("question", "a question mark is missing", "End a question with ?")
    if pair.source.rstrip().endswith(":") and ":" not in pair.text.rstrip()[-2:]:
        hint = "Something follows: end with a colon."
        yield warning("colon", "the colon at the end is missing", hint)


def _questions(text: str) -> int:
    return text.count("?") + text.count("؟")


def _english_run(pair: Pair) -> str | None:
    """Four or more words in a row that stand so in the English."""
    source = f" {' '.join(_LATIN_WORD.findall(pair.plain_source)).lower()} "
    for part in re.split(r"[^\sA-Za-z’'*(),.;:%-]+", pair.plain_text):
        found = _LATIN_WORD.findall(part)
        for at in range(len(found) - _RUN + 1):
            run = " ".join(found[at : at + _RUN])
            if f" {run.lower()} " in source:
                return run
    return None
