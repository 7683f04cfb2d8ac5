"""Whether numbers, units, sides, negation, and how sure a sentence is, are those of the English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from blueprints.translating.checking.finding import Problem, error, warning
from blueprints.translating.checking.language import Language, Read
from blueprints.translating.checking.pair import Pair, sentences
from blueprints.translating.checking.stops import english_without, translation_without

_AS_NUMBER = {"twice": "2", "thrice": "3", "pair": "2", "dozen": "12", "once": "1"}

# Without a figure, English counts in millions what Hindi counts in lakhs and crores.
_LARGE = dict.fromkeys(("100000", "1000000", "10000000"), "1000000")
_AMBIGUOUS = {"1000000000"}  # अरब alone is an Arab as well
_SCALES = frozenset({"100", "1000", "1000000"})

_NEGATIVE = frozenset({"not", "no", "never", "nor", "without"})
# Words that another language may tell with a negation.
_NEARLY_NEGATIVE = {
    "negation": frozenset(
        {"lack", "avoid", "stop", "prevent", "instead", "fail", "remove", "contrary", "limit"}
    ),
    "time": frozenset({"until", "seldom", "still"}),
    "condition": frozenset({"unless"}),
    "quantity": frozenset({"few", "little", "inadequate", "only", "too"}),
    "modality": frozenset({"forbidden", "impossible"}),
}
_POSSIBLE = {
    "modality": frozenset({"may", "can"}),
    "hedge": frozenset({"perhaps", "possibly", "probably", "chance", "suspected"}),
}
_NECESSARY = {"modality": frozenset({"must", "should", "need", "advised", "important"})}


def numbers(pair: Pair, language: Language) -> Iterator[Problem]:
    source, text = language.read_english(pair.plain_source), language.read_own(pair.plain_text)
    if "number" not in text:
        return
    wanted, found = _numbers(source), _numbers(text)
    either = {"1", "2"} if _says_both(source) or _says_both(text) else {"1"}
    if text.get("quantity", Counter())["many"]:
        either |= _SCALES  # "hundreds of stories" are many
    hint = "Numbers are those of the English: look at each of them."
    figures = set(re.findall(r"\d+(?:\.\d+)?", f"{pair.plain_source} {pair.plain_text}"))
    for number in sorted(wanted - found - either):
        yield (error if number in figures else warning)("number", f"{number} is missing", hint)
    for number in sorted(found - wanted - either):
        yield (error if number in figures else warning)(
            "number", f"{number} is not in the English", hint
        )


def units(pair: Pair, language: Language) -> Iterator[Problem]:
    wanted = language.read_english(pair.plain_source)["unit"]
    found = language.read_own(pair.plain_text).get("unit")
    if found is None:
        return
    lost, added = sorted(wanted - found), sorted(found.keys() - wanted.keys())
    hint = "Weeks stay weeks: write the unit of the English."
    if lost and added:
        yield error("unit", f"“{lost[0]}” in the English is “{added[0]}” here", hint)
    else:  # a translation may add “years” to an age, and need not say “day” twice
        for unit in sorted(wanted.keys() - found.keys()):
            yield warning("unit", f"“{unit}” is missing", hint)


def sides(pair: Pair, language: Language) -> Iterator[Problem]:
    wanted = language.read_english(pair.plain_source)["side"]
    found = language.read_own(pair.plain_text).get("side")
    if found is None:
        return
    for side, other in (("left", "right"), ("right", "left")):
        if not wanted[side] or found[side]:
            continue
        if found[other] and not wanted[other]:
            yield error("side", f"{side} has become {other}", "Write the side of the English.")
        elif not found["otherwise"]:
            yield warning("side", f"“{side}” is missing", "Write the side of the English.")


def negation(pair: Pair, language: Language) -> Iterator[Problem]:
    for source, text in _read(pair, language, "negation"):
        wanted, found = _count(source, _NEARLY_NEGATIVE), _count(text, _NEARLY_NEGATIVE)
        says_not, said_not = (_NEGATIVE & set(read["negation"]) for read in (source, text))
        if says_not and not said_not and not found - wanted:
            yield warning(
                "negation",
                "the English says “not”, the translation does not",
                "Look whether a “not” was lost and the sentence says the opposite.",
            )
        elif said_not and not says_not and not wanted - found and pair.is_markdown:
            yield warning(
                "negation",
                "the translation says “not”, the English does not",
                "Look whether the sentence says the opposite of the English.",
            )


def modality(pair: Pair, language: Language) -> Iterator[Problem]:
    for source, text in _read(pair, language, "modality"):
        may, must = _count(source, _POSSIBLE), _count(source, _NECESSARY)
        said_may, said_must = _count(text, _POSSIBLE), _count(text, _NECESSARY)
        if may and not said_may:
            yield warning(
                "modality",
                f"“{min(may)}” of the English is lost",
                "What may be must not sound certain: keep “may”, “can”, “perhaps”, “chance”.",
            )
        elif must and not said_must and not may and said_may:
            yield warning(
                "modality",
                f"“{min(must)}” of the English has become “may”",
                "What is necessary must not sound like a choice.",
            )


def sentence_count(pair: Pair, language: Language) -> Iterator[Problem]:
    wanted = sentences(english_without(pair.plain_source, language), ".?!")
    text = translation_without(pair.plain_text, pair.plain_source, language)
    # A mark that is typed by mistake ends a sentence all the same.
    mistaken = language.writing.mistaken_ends if language.writing else ""
    found = sentences(text, language.ends + mistaken)
    if len(found) < len(wanted):
        yield warning(
            "sentences",
            f"{len(wanted)} sentences in the English, {len(found)} here",
            "Look whether a sentence is missing.",
        )


def _numbers(read: Read) -> set[str]:
    names = {_AS_NUMBER.get(name, name) for name in read["number"]}
    names = {_LARGE.get(name, name) for name in names} - _AMBIGUOUS
    return {name for name in names if name == "half" or name[0].isdigit()}


def _count(read: Read, names: dict[str, frozenset[str]]) -> Counter[str]:
    counted: Counter[str] = Counter()
    for category, some in names.items():
        words = read.get(category, Counter())
        counted += Counter({name: words[name] for name in some})
    return counted


def _says_both(read: Read) -> bool:
    return bool(read.get("side", Counter())["both"])


def _read(pair: Pair, language: Language, category: str) -> Iterator[tuple[Read, Read]]:
    """What sentence by sentence says, if the language has words of the category."""
    for source, text in pair.aligned(language.ends):
        found = language.read_own(text)
        if category in found:
            yield language.read_english(source), found
