"""What breaks a page or cannot be seen: placeholders, tags, Markdown, Unicode, spaces."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator

import polib

from blueprints import catalogs
from blueprints.articles.source import render_inline
from blueprints.translating.checking.finding import Problem, error, warning
from blueprints.translating.checking.language import Language
from blueprints.translating.checking.pair import LATIN, Pair, scripts

# Controls, signs without a shape, line separators, and what Unicode gives no character.
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"
_GLOSS = re.compile(r"(?<!\*)\*\([^()]*\)\*(?!\*)")
_PAIRS = (("(", ")"), ("[", "]"), ("“", "”"))


def plural_forms(entry: polib.POEntry, language: Language) -> Iterator[Problem]:
    names = catalogs.plural_forms(language.code)
    if not entry.msgid_plural or len(entry.msgstr_plural) == len(names):
        return
    asked = ", ".join(f"msgstr[{number}]" for number in range(len(names)))
    yield error(
        "plural",
        f"there are {len(entry.msgstr_plural)} plural forms, and the language has {len(names)}",
        f"Type {asked} for {', '.join(names)}; two may be the same.",
    )


def placeholders(pair: Pair, _language: Language) -> Iterator[Problem]:
    if pair.is_markdown:
        return
    hint = "Copy each %(name)s and {name} letter for letter; write %% for per cent."
    source = f"{pair.source} {pair.plural}"
    if problem := catalogs.placeholder_problem(source, pair.text, is_plural=pair.is_plural):
        yield error("placeholder", problem, hint)
    elif different := _difference(catalogs.SCRIPT_PLACEHOLDER.findall, pair):
        yield error("placeholder", f"{different} is not there as often as in the English", hint)


def markup(pair: Pair, _language: Language) -> Iterator[Problem]:
    if pair.is_markdown:
        return
    hint = "Copy tags such as <em> and </em> from the English; quotation marks are “ and ”."
    if problem := catalogs.markup_problem(f"{pair.source} {pair.plural}", pair.text):
        yield error("markup", problem, hint)
    elif different := _difference(catalogs.markup, pair):
        yield error("markup", f"{different} is not there as often as in the English", hint)


def glosses(pair: Pair, _language: Language) -> Iterator[Problem]:
    if not pair.is_markdown:
        return
    html = render_inline(pair.text)
    found = len(_GLOSS.findall(pair.text))
    if html.count("<em>") != found or "*" in html:
        yield error(
            "gloss",
            "an explanation is not written *(…)*",
            "Write a star and a bracket together: *( before the explanation, )* after it.",
        )
    elif not found and _GLOSS.search(pair.source):
        yield warning(
            "gloss",
            "the English has an explanation *(…)*, the translation has none",
            "Explain the doctor’s word in *(…)*, unless the translation has no such word.",
        )


def unicode_form(pair: Pair, _language: Language) -> Iterator[Problem]:
    if not unicodedata.is_normalized("NFC", pair.text):
        yield error(
            "nfc",
            "letters are stored in a form that search does not find (not NFC)",
            "Run `flask translations update`, which stores them right.",
        )


def invisible(pair: Pair, language: Language) -> Iterator[Problem]:
    for at, character in enumerate(pair.text):
        if unicodedata.category(character) in _UNSEEN and not _has_use(pair, at, language):
            yield error(
                "invisible",
                f"an invisible character (U+{ord(character):04X}) {_place(pair.text, at)}",
                "Delete it: put the cursor there and press Backspace, or type the word anew.",
            )


def _has_use(pair: Pair, at: int, language: Language) -> bool:
    """Whether the English has it too, or the script needs it."""
    character = pair.text[at]
    if character in pair.source:
        return True
    if character in _JOINERS:  # a language that says where they belong has a rule of its own
        neighbours = pair.text[max(at - 1, 0) : at] + pair.text[at + 1 : at + 2]
        return bool(language.writing) or scripts(neighbours) - {LATIN} != set()
    # As the number signs of the Arabic script.
    return bool(scripts(pair.text) & set(unicodedata.name(character, "").split()[:1]))


def spaces(pair: Pair, language: Language) -> Iterator[Problem]:
    for side, strip in (("start", str.lstrip), ("end", str.rstrip)):
        if (strip(pair.text) != pair.text) != (strip(pair.source) != pair.source):
            hint = "Make it as in the English."
            yield error("space", f"a space at the {side} is not as in the English", hint)
    if "  " in pair.text and "  " not in pair.source:
        yield error("space", "two spaces in a row", "Leave one of them.")
    marks = f"{language.ends},;:" if language.writing else ",."
    if found := re.search(rf"\s([{re.escape(marks)}])(?!\S)", pair.text):
        hint = f"Write {found[1]} directly after the word."
        yield error("space", f"a space before {found[1]}", hint)


def brackets(pair: Pair, _language: Language) -> Iterator[Problem]:
    for opening, closing in _PAIRS:
        if not _balanced(pair.text, opening, closing) and _balanced(pair.source, opening, closing):
            hint = f"Close each {opening} with a {closing}"
            yield error("bracket", f"{opening} and {closing} are not in pairs", hint)


def _balanced(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return depth == 0


def _difference(find: Callable[[str], list[str]], pair: Pair) -> str | None:
    """What stands a different number of times in the translation; forms of a plural may differ."""
    wanted, found = Counter(find(pair.source)), Counter(find(pair.text))
    different = (wanted - found) + (found - wanted)
    return None if pair.is_plural else next(iter(different), None)


def _place(text: str, at: int) -> str:
    before = text[:at].split()
    return f"after “{before[-1]}”" if before else "at the start"
