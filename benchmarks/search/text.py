"""Random text for benchmarks: Roman and Devanagari words, as rare as Zipf's law makes them."""

from __future__ import annotations

import random
from functools import cache

ROMAN = ("kgcjtdnpbmrlvshy", "aeiou", 20_000)
DEVANAGARI = ("कगचजटडतदनपबमरलवशसह", "ािीुूेो", 10_000)


def vocabulary(chance: random.Random, *alphabets: tuple[str, str, int]) -> list[str]:
    """The words of each alphabet (consonants, vowels, how many), commonest first, mixed."""
    listed = [_words(chance, *alphabet) for alphabet in alphabets or (ROMAN, DEVANAGARI)]
    longest = max(map(len, listed))
    return [words[at] for at in range(longest) for words in listed if at < len(words)]


def sentence(chance: random.Random, words: list[str], length: int = 12) -> str:
    return " ".join(chance.choices(words, cum_weights=_weights(len(words)), k=length)) + "."


@cache
def _weights(count: int) -> list[float]:
    total, cumulated = 0.0, []
    for rank in range(1, count + 1):
        total += 1 / rank
        cumulated.append(total)
    return cumulated


def _words(chance: random.Random, consonants: str, vowels: str, count: int) -> list[str]:
    return [
        "".join(
            chance.choice(consonants) + chance.choice(vowels) for _ in range(chance.randint(2, 5))
        )
        for _ in range(count)
    ]
