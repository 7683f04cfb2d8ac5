"""Text in a language that nobody speaks keeps what a page needs of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import polib
from hypothesis import given
from hypothesis import strategies as st

from app import ROOT
from blueprints.articles.source import render_inline
from blueprints.translating import pseudo

VALUES = {"num": 3, "name": "Asha", "when": "today"}
PLACEHOLDERS = [f"%({name}){'d' if name == 'num' else 's'}" for name in VALUES]
WORDS = st.text(st.characters(categories=["Ll", "Lu", "Nd", "Zs", "Pd"], exclude_characters="\\"))
PARTS = st.sampled_from(
    [
        *PLACEHOLDERS,
        "%%",
        "{}",
        "{done size}",
        "<b>",
        "</b>",
        '<span lang="en">',
        "</span>",
        "<br>",
        "&amp;",
        "\u200c",
    ]
)
MESSAGES = st.lists(st.one_of(WORDS, PARTS)).map("".join)


def pseudo_text(text: str, *, is_right_to_left: bool = False) -> str:
    catalog = polib.POFile()
    catalog.append(polib.POEntry(msgid=text))
    return pseudo.translated(catalog, is_right_to_left=is_right_to_left)[0].msgstr


class Marks(HTMLParser):
    """The tags of a text, in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, ...]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(f"{name}={value}" for name, value in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}",))


@given(MESSAGES, st.booleans())
def test_placeholders_and_tags_come_through(text: str, is_right_to_left: bool) -> None:
    made = pseudo_text(text, is_right_to_left=is_right_to_left)
    assert Marks(made).found == Marks(text).found
    for part in (*PLACEHOLDERS, "%%", "{}", "{done size}", "&amp;"):
        assert made.count(part) == text.count(part)
    assert made % VALUES
    assert made.startswith("⟦")
    assert made.endswith("⟧")


@given(st.lists(st.from_regex(r"[a-z]{2,9}( \*\([a-z]{3}( [a-z]{3})?\)\*)?", fullmatch=True)))
def test_glosses_stay_glosses(words: list[str]) -> None:
    text = " ".join(words)
    made = render_inline(pseudo_text(text))
    assert made.count("<em>(") == made.count(")</em>") == text.count("*(")


def test_nothing_of_our_own_text_stays_as_it_is() -> None:
    for domain in ("messages", "article"):
        catalog = polib.pofile(str(ROOT / f"translations/hi/LC_MESSAGES/{domain}.po"))
        for entry in pseudo.translated(catalog):
            for made in (entry.msgstr, *entry.msgstr_plural.values()):
                bare = re.sub(r"%\(\w+\)[a-z]|\{[^}]*\}|<[^>]*>|&\w+;", "", made)
                assert not re.search("[A-Za-z]", bare), made


def test_it_is_longer_by_two_fifths() -> None:
    for text in ("Ask", "The number of your question"):
        added = len(pseudo_text(text)) - len(text) - len("⟦ ⟧")
        assert 0.3 * len(text) <= added <= 0.5 * len(text) + 1
