"""Whether a text tells of an emergency: a phrase of the rules, unless it is denied.

“No fever” and “बुखार नहीं है” deny a sign. “No control” and “महसूस नहीं होता” deny nothing: the
emergency is what does not work. A missed emergency is worse than a false alarm, so a denial holds
only in the plainest sentences: not of the past, not before “but now it is”, and not with an unknown
word inside.

What is over or only supposed is left out too, where the letter says so: “last year I had fever, now
I am fine”, “if urine stops … nothing like that now”. Whatever else the letter says still counts.
"""

from __future__ import annotations

import re
from typing import Any

from blueprints.folding import fold

_WORD = "[a-z0-9\u0900-\u0963\u0966-\u097f]+"
_ENDS = ".!?\n\u0964\u0965"
_PAUSES = ",;:()"
_TOKEN = re.compile(f"{_WORD}|[{_ENDS}{_PAUSES}]+")
_APART = " (?:[^ ]+ ){0,2}"
# Letters on either side in which a word of another time is looked for.
_NEAR = 60


class Urgency:
    def __init__(self, rules: dict[str, Any]) -> None:
        self._ignored = re.compile(rules["ignored"])
        words = {name: self._any(listed) for name, listed in rules["denials"].items()}
        self._denial = re.compile(_denial(words))
        self._earlier = re.compile(words["earlier"])
        self._uncounted = re.compile(self._any(rules["uncounted"]))
        self._phrases = [
            re.compile(self._pattern(phrase))
            for phrases in rules["phrases"].values()
            for phrase in phrases
        ]
        self._times = {
            name: re.compile("|".join(map(self._pattern, phrases)))
            for name, phrases in rules["times"].items()
        }
        if_, may, certain = (
            self._any(rules["supposed"][name]) for name in ("if", "may", "certain")
        )
        word = f"(?:(?!{certain}) [^ ,]+)"
        self._may_be = re.compile(f"{if_}{word}{{1,6}}?{may}(?!{certain})")
        self._if = re.compile(f"{if_}{word}{{1,12}}(?= ,)")
        self._clause = re.compile(f"(?:(?! ,|{words['now_alone']}) [^ ]+)+")

    def is_in(self, text: str) -> bool:
        tokens = _TOKEN.findall(self._spelling(text))
        clauses = f" {' '.join(map(_marked, tokens))} , "
        words = self._denial.sub(self._without, self._of_now(clauses)).replace(" ,", "")
        words = self._uncounted.sub("", words)
        return any(phrase.search(words) for phrase in self._phrases)

    def _of_now(self, clauses: str) -> str:
        """Without the clauses of what may come, or of what is over where “now well” follows."""
        clauses = self._may_be.sub(" _", clauses)
        if "only_supposed" in self._says(clauses):
            clauses = self._if.sub(" _", clauses)
        well = self._times["well"].search(clauses)
        if not well or "unwell" in self._says(clauses):
            return clauses
        before = clauses[: well.start()]
        return self._clause.sub(self._unless_over, before) + clauses[well.start() :]

    def _unless_over(self, clause: re.Match[str]) -> str:
        said = self._says(f"{clause[0]} ")
        return " _" if "date" in said and "going_on" not in said else clause[0]

    def _says(self, clauses: str) -> set[str]:
        """The names of the times that are spoken of."""
        return {name for name, pattern in self._times.items() if pattern.search(clauses)}

    def _without(self, denial: re.Match[str]) -> str:
        """Nothing in place of a denial, unless its clause speaks of another time."""
        start, end = denial.span()
        before = denial.string[max(0, start - _NEAR) : start].rpartition(" ,")[2]
        after = denial.string[end : end + _NEAR].partition(" ,")[0]
        is_earlier = self._earlier.search(f"{before}{denial[0]}{after} ")
        return denial[0] if is_earlier else " _"

    def _spelling(self, text: str) -> str:
        """`text` without what is often left out: candrabindu and anusvara, nukta, apostrophe."""
        return self._ignored.sub("", fold(text))

    def _any(self, listed: str) -> str:
        """Any word of a list, after a space."""
        words = self._spelling(listed).replace(" ", "|").replace("*", "[^ ]*")
        return f"(?: (?:{words})(?= ))"

    def _pattern(self, phrase: str) -> str:
        words = [
            f"(?:{word})".replace("*", "[^ ]*").replace("/", "|")
            for word in self._spelling(phrase).split()
        ]
        return f" {_APART.join(words)} "


def _marked(token: str) -> str:
    """A word stays; a pause becomes a comma; the end of a sentence a comma and two dots.

    The dots count as two words, so a phrase seldom reaches from one sentence into the next.
    """
    if not set(token) & set(_ENDS + _PAUSES):
        return token
    return ", . ." if set(token) & set(_ENDS) else ","


def _denial(words: dict[str, str]) -> str:
    """The sentences that deny a sign, as a regular expression."""
    sign, between, or_, after = (words[name] for name in ("signs", "between", "or", "after"))
    before = (
        f"(?:{words['before']}(?:{between}|{or_}){{0,4}}"
        f"|(?:{words['before_verb']}|{words['auxiliary']} not(?= ))"
        f"(?:{words['verb']}|{between}){{0,4}}){sign}"
        f"(?:(?: ,{between}{{0,2}}{sign}){{0,4}}(?: ,)?{or_}{between}{{0,2}}{sign}){{0,2}}"
        f"(?:{words['tail']}{words['tail_more']}{{0,2}})?"
    )
    neither = f"{words['neither']}{between}?{sign}"
    kinds = [
        before,
        f"{neither}{words['ends']}{{0,2}}{neither}",
        f"{sign}(?:(?: ,|{or_}|{between}){{1,3}}{sign}){{0,4}}(?: ,)?"
        f"(?:{or_}{between}{{0,2}}{sign}|{words['none']}){between}{{0,2}}{after}(?={words['ends']})",
        f"{sign}{between}{{0,3}}{after}(?={words['ends']})",
        f"{after}{between}?{words['verbs']}",
        f"{words['working']}{between}{{0,3}}{words['well']}(?!{between}?{after})",
    ]
    is_again = f"(?: [^ ]+){{0,5}}{words['now']}{words['again_between']}{{0,2}}{words['again']}"
    is_less = f"(?: [^ ,]+){{0,2}}{words['less']}"
    is_denied = f"{between}{{0,2}}{after}(?={words['ends']})"
    return f"(?:{'|'.join(kinds)})(?!{is_again}|{is_less}|{is_denied})"
