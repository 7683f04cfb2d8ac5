"""Reading an article's Markdown: what it takes, what it refuses, and that it never crashes."""

from __future__ import annotations

import tempfile
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprints.articles import source
from blueprints.articles.source import Article, BulletList, ContentError, Figure, Heading, Paragraph

FRONT = '+++\ntitle = "T"\ndescription = "D"\nbyline = "B"\n+++\n'
SECTION = "\n{#one}\n## One\n\n"


SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


def read(body: str, front: str = FRONT, inside_drawing: str = "") -> Article:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "slug.md"
        (Path(folder) / "figures").mkdir()
        for drawing in (Path(folder) / "figures/a.svg", Path(folder) / "outside.svg"):
            drawing.write_text(SVG.format(inside_drawing))
        file.write_text(front + body, encoding="utf-8")
        return source.read(file)


def texts(article: Article) -> list[str]:
    return [block.text for block in article.blocks()]


def test_sections_hold_headings_paragraphs_lists_and_figures() -> None:
    article = read(
        f'{SECTION}{{facts="A-1 A-2"}}\nText *(gloss)*.\n\n### Sub\n\n- {{facts="A-3"}}\n  item\n'
        '- other\n\n![What it shows](figures/a.svg)\n\n1. {facts="A-4"}\n   legend\n'
    )
    (section,) = article.sections
    paragraph, heading, bullets, figure = section.parts
    assert isinstance(paragraph, Paragraph)
    assert paragraph.block.facts == ("A-1", "A-2")
    assert paragraph.block.context == "slug/one"
    assert isinstance(heading, Heading)
    assert isinstance(bullets, BulletList)
    assert [item.facts for item in bullets.items] == [("A-3",), ()]
    assert isinstance(figure, Figure)
    assert (figure.description.text, figure.drawing) == ("What it shows", SVG.format(""))
    assert [item.text for item in figure.legend] == ["legend"]


def test_rewrapping_a_paragraph_changes_nothing() -> None:
    one, other = read(SECTION + "a b c d\n"), read(SECTION + "a\n  b c\nd\n")
    assert texts(one) == texts(other)


def test_the_line_of_a_block_is_its_line_in_the_file() -> None:
    article = read(SECTION + "first\n\nsecond\n")
    lines = (FRONT + SECTION + "first\n\nsecond\n").splitlines()
    for block in article.sections[0].blocks():
        assert block.text in lines[block.line - 1]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("before\n", "text before the first section"),
        ("\n## No id\n", "a section needs an id"),
        (SECTION + "```\ncode\n```\n", "no place for fence"),
        (SECTION + "> quote\n", "no place for blockquote"),
        (SECTION + "1. a list without a figure\n", "no place for ordered_list"),
        (SECTION + "- item\n\n  second paragraph\n  - deep\n", "a list item is one paragraph"),
        (SECTION + "![x](figures/none.svg)\n", "none.svg cannot be read"),
        (SECTION + "![x](outside.svg)\n", "stands in the folder figures"),
        (SECTION + "![x](figures/../outside.svg)\n", "stands in the folder figures"),
        (SECTION + "![](figures/a.svg)\n", "an empty figure"),
        (SECTION + "words ![x](figures/a.svg)\n", "a drawing stands alone"),
        (SECTION + "text\n" + SECTION, "a second section with the id one"),
        (SECTION + "[a link](https://reedh.example)\n", "no place for link_open"),
        (SECTION + "<https://reedh.example>\n", "no place for link_open"),
        (SECTION + "**strong**\n", "no place for strong_open"),
        (SECTION + "`code`\n", "no place for code_inline"),
        (SECTION + "\xa0\n", "an empty paragraph"),
    ],
)
def test_what_has_no_place_is_refused_with_its_line(body: str, problem: str) -> None:
    with pytest.raises(ContentError, match=rf"slug\.md:\d+: .*{problem}"):
        read(body)


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject/>",
        '<path onload="alert(1)"/>',
        '<path style="fill:red"/>',
        '<a href="https://reedh.example"><path/></a>',
        "<text>words</text>",
        "<path>",
    ],
)
def test_a_drawing_is_made_of_lines_alone(inside: str) -> None:
    with pytest.raises(ContentError, match=r"slug\.md:\d+: a\.svg "):
        read(SECTION + "![x](figures/a.svg)\n", inside_drawing=inside)


def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "slug.md"
    file.write_bytes((FRONT + SECTION).encode() + b"\xff\n")
    with pytest.raises(ContentError, match=r"slug\.md:1: not UTF-8"):
        source.read(file)


@pytest.mark.parametrize(
    "front", ["", '+++\ntitle = "T"\n+++\n', "+++\ntitle = \n+++\n", '+++\ntitle = "T"\n']
)
def test_a_missing_or_broken_front_matter_is_refused(front: str) -> None:
    with pytest.raises(ContentError, match=r"slug\.md:\d+: "):
        read(SECTION, front)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_or_refused_never_a_crash(text: str) -> None:
    try:
        article = read(SECTION + text)
    except ContentError:
        return
    for block in article.blocks():
        assert unicodedata.is_normalized("NFC", block.text)
        assert "\n" not in block.text


@given(st.lists(st.from_regex(r"[a-zक-ह]+( [a-zक-ह]+){0,5}", fullmatch=True), max_size=8))
def test_paragraphs_come_out_as_they_went_in(paragraphs: list[str]) -> None:
    article = read(SECTION + "\n\n".join(paragraphs) + "\n")
    expected = [unicodedata.normalize("NFC", text) for text in paragraphs]
    assert texts(article)[4:] == expected
