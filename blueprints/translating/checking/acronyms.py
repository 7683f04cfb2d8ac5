"""Whether acronyms stay: in Latin letters, or written out as they are said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from blueprints.translating.checking.finding import Problem, warning
from blueprints.translating.checking.language import Language
from blueprints.translating.checking.pair import Pair, words
from search_index.phonetics import asked_keys

_ACRONYM = re.compile(r"\b(?:[A-Z]{2,}\d*|[A-Z]\d+)\b")
_BETWEEN_LETTERS = re.compile(r"[\s.\u093c\u200c\u200d-]+")
_SAID_AS_WORD = re.compile(r"[A-Z][AEIOU][A-Z]")


def acronyms(pair: Pair, language: Language) -> Iterator[Problem]:
    found = set(_ACRONYM.findall(pair.plain_text))
    for acronym in dict.fromkeys(_ACRONYM.findall(pair.plain_source)):
        if (
            acronym not in found
            and not _is_shouted(acronym, pair.plain_source, language)
            and not _is_written_out(acronym, pair.plain_text, language)
        ):
            hint = f"Write {acronym} in Latin letters, as it stands on reports and screens."
            yield warning("acronym", f"{acronym} is missing", hint)


def _is_shouted(acronym: str, source: str, language: Language) -> bool:
    """Whether it may be an ordinary word in capitals, as in a heading or for emphasis."""
    if not acronym.isalpha():
        return False
    return source == source.upper() or language.is_english_word(acronym.lower())


def _is_written_out(acronym: str, text: str, language: Language) -> bool:
    """Whether it is spelt by the names of its letters, or as the word that it sounds like."""
    letters = language.writing.letters if language.writing else {}
    if not letters or not acronym.isalpha():
        return False
    names = ("|".join(map(re.escape, letters[letter])) for letter in acronym.lower())
    spelt = "".join(f"(?:{name})" for name in names).replace("\u093c", "")
    text = unicodedata.normalize("NFC", text)
    if re.search(spelt, _BETWEEN_LETTERS.sub("", text)):
        return True
    sound = asked_keys(acronym.lower())[0]
    return bool(_SAID_AS_WORD.search(acronym)) and sound in {
        asked_keys(word)[0] for word in words(text)
    }
