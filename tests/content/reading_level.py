"""How hard an English text is to read.

Flesch-Kincaid grade (Kincaid et al., 1975): 0.39 words a sentence + 11.8 syllables a word
- 15.59. The syllables are counted by a rule of our own, so that the figure cannot drift with a
dictionary: true to about one grade, good enough for a ratchet.
"""

from __future__ import annotations

import re


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if words(part)]


def words(text: str) -> list[str]:
    return re.findall(r"[A-Za-z’'-]+|\d+", text)


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end."""
    lower = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", lower))
    silent = lower.endswith("e") and not re.search(r"[aeiouy]e$|[^aeiou]le$", lower)
    silent = silent or bool(re.search(r"[^aeiouytd]ed$", lower))
    return max(1, groups - silent)


def flesch_kincaid_grade(text: list[str]) -> float:
    """The school grade (years) that `text`, a list of sentences, asks for."""
    all_words = [word for sentence in text for word in words(sentence)]
    syllable_count = sum(map(syllables, all_words))
    return 0.39 * len(all_words) / len(text) + 11.8 * syllable_count / len(all_words) - 15.59
