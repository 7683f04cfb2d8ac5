r"""Text to terms: words found, folded and stemmed, in English and Hindi.

Python's `\w` tears vowel signs off the words of Indian scripts, so the marks of a word are spelt
out. Words of other languages than those two are found, and left as they are.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

from search_index.parameters import TUNED
from search_index.rules import RULES

# Character classes. Danda and double danda, U+0964 and U+0965, end a Hindi sentence and belong to
# no word. White space is spelt out too: no two languages mean quite the same by `\s`.
_DEVANAGARI: str = RULES["devanagari"]
_WHITE: str = RULES["white"]
_GAP = re.compile(f"[{_WHITE}]+")
_SENTENCE_END = re.compile(f"(?<=[{RULES['sentence_end']}])[{_WHITE}]+")
_MARKS = "".join(each for each in map(chr, range(0x20000)) if unicodedata.category(each)[0] == "M")
_WORD = re.compile(rf"[a-z0-9]+|[{_DEVANAGARI}]+|[^\W_](?:[^\W_]|[{_MARKS}])*")
_SPAN = re.compile(_WORD.pattern, re.IGNORECASE)
# The name of a letter, as एम and आर: a sentence that ends in a dot joins nothing.
_NAME = RULES["letter"]
_DOTTED = re.compile(
    rf"(?<![^{_WHITE}.])(?:(?:[a-z]\.)+[a-z]+|(?:{_NAME}\.)+{_NAME}(?![{_DEVANAGARI}]))"
)
# Default_Ignorable_Code_Point: what shows nothing; the browser knows it by its name.
_IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
_UNREAD = re.compile(f"[{_IGNORABLE}]|['’]s")

# Those of ten scripts of India stand at the same place, 128 characters apart.
_DIGITS = {0x0966 + 128 * script + digit: str(digit) for script in range(10) for digit in range(10)}
_FOLD = str.maketrans(RULES["fold"]) | _DIGITS
# Two signs, or a vowel and a sign, that look like one vowel (`blueprints/folding`); a nasal before
# a stop, which is anusvara.
_SEQUENCES: dict[str, str] = RULES["sequences"]
_NASALS = [f"{nasal}\u094d(?=[{stops}])" for nasal, stops in RULES["homorganic"].items()]
_SEQUENCE = re.compile("|".join([*_SEQUENCES, *_NASALS]))
_SUFFIXES = [tuple(dict.fromkeys(group.split())) for group in RULES["hindi_suffixes"]]
_LONGEST = len(_SUFFIXES)


class _Stemmers(threading.local):
    """A Snowball stemmer keeps its word in itself, so each thread has its own."""

    def __init__(self) -> None:
        self.english = snowballstemmer.stemmer("english")


_stemmers = _Stemmers()


def words(text: str) -> list[str]:
    """The words of `text`, folded, in order; `एम.आर.आई` and `x-ray` become what readers mean."""
    lower = _UNREAD.sub("", unicodedata.normalize("NFKC", text).lower())
    joined = _DOTTED.sub(lambda match: match[0].replace(".", ""), lower)
    return [folded for word in _WORD.findall(joined) if (folded := fold(word))]


def sentences(block: str) -> list[str]:
    """The sentences of a block of a text."""
    return [sentence for sentence in _SENTENCE_END.split(block) if sentence]


def single_spaced(text: str) -> str:
    """`text` with one space for each run of white space, none at its ends."""
    return _GAP.sub(" ", text).strip(" ")


def spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand that is NFC and that we wrote: start and end."""
    return [match.span() for match in _SPAN.finditer(text)]


def folded(word: str) -> str:
    """A word of a text as `words` gives it."""
    return fold(unicodedata.normalize("NFKC", word).lower())


def fold(word: str) -> str:
    """Spelling variants of one word as one: nukta, nasals, joiners, digits, split vowels."""
    return _SEQUENCE.sub(lambda match: _SEQUENCES.get(match[0], "\u0902"), word.translate(_FOLD))


def is_hindi(word: str) -> bool:
    return "\u0900" <= word[:1] <= "\u097f"


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word.

    English by Snowball (Porter 2). Hindi by the longest suffix after Ramanathan and Rao, "A
    Lightweight Stemmer for Hindi" (EACL 2003); two letters stay.
    """
    if not is_hindi(word):
        return str(_stemmers.english.stemWord(word))
    for place, suffixes in enumerate(_SUFFIXES):
        length = _LONGEST - place
        if len(word) > length + 1:
            for suffix in suffixes:
                if word.endswith(suffix) and len(word) - len(suffix) >= 2:
                    return word[: -len(suffix)]
    return word


LISTED_STOP = frozenset(word for listed in RULES["stop"].values() for word in words(listed))
# A final nasal is often left out in writing.
STOP = LISTED_STOP | {word.removesuffix("\u0902") for word in LISTED_STOP}


def is_stop(word: str) -> bool:
    """Whether a folded word says nothing about what a text is about."""
    return word in STOP or (len(word) == 1 and not word.isdecimal())


def stems(text: str) -> list[str]:
    """The stems of `text`, stop words included, in order."""
    return [stem(word) for word in words(text)]


def _plain(word: str) -> str:
    # Short Hindi stems do not tell two subjects apart.
    stemmed = stem(word)
    return word if is_hindi(word) and len(stemmed) < TUNED.shortest_subject else stemmed


ELSEWHERE = frozenset(map(_plain, words(RULES["elsewhere"])))


def is_elsewhere(word: str) -> bool:
    """Whether a folded word is of a subject that no article is about."""
    return _plain(word) in ELSEWHERE
