"""An article's Markdown file, read into sections and blocks.

The same reading serves the page and the extraction of catalogs, so the two cannot disagree.
An article uses little of Markdown: `##` opens a section and carries its id, `###` is a
heading inside it, and then there are paragraphs, bullet lists and figures. A figure is an
image alone in its paragraph, with a numbered list after it that names what the drawing's
numbers point at. `{facts="…"}` before a block names the facts it tells; emphasis,
`*(in brackets)*`, marks a gloss.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin

from blueprints.articles import drawing

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).use(attrs_block_plugin)
_INLINE = MarkdownIt("zero", {"html": False}).enable(["emphasis", "escape", "entity"])


def render_inline(text: str) -> str:
    """The HTML of a block's inline Markdown: emphasis is all it has, the rest is text."""
    return str(_INLINE.renderInline(text))


class ContentError(click.ClickException):
    """An article breaks the form above; the message begins with `file:line:`."""


@dataclass(frozen=True, slots=True)
class Block:
    """The unit of translation: inline Markdown in one line, NFC.

    `context` is its gettext context, `slug/section`; `facts` are the ids of what it tells.
    """

    kind: str
    text: str
    context: str
    line: int
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    block: Block


@dataclass(frozen=True, slots=True)
class Paragraph:
    block: Block


@dataclass(frozen=True, slots=True)
class BulletList:
    items: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing: its SVG text, its description for those who do not see it, its legend."""

    drawing: str
    description: Block
    legend: tuple[Block, ...]


Part = Heading | Paragraph | BulletList | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """`icon` names a drawing of `templates/_icons.html`, or is empty."""

    id: str
    icon: str
    heading: Block
    parts: tuple[Part, ...]

    def blocks(self) -> Iterator[Block]:
        yield self.heading
        for part in self.parts:
            match part:
                case Heading(block) | Paragraph(block):
                    yield block
                case BulletList(items):
                    yield from items
                case Figure(_, description, legend):
                    yield description
                    yield from legend


@dataclass(frozen=True, slots=True)
class Article:
    """`corrections` counts how often a statement was taken back that phones may still show."""

    slug: str
    title: Block
    description: Block
    byline: Block
    sections: tuple[Section, ...]
    corrections: int = 0

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order."""
        yield from (self.title, self.description, self.byline)
        for section in self.sections:
            yield from section.blocks()


def read(file: Path) -> Article:
    """Read the article in `file`; its slug is the file's name.

    Raises:
        ContentError: naming the file and line that break the form.
    """
    return _Reader(file).article()


class _Reader:
    """One walk through the tokens of one file."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.slug = file.stem
        try:
            before, *rest = file.read_text(encoding="utf-8").split("+++\n", 2)
        except UnicodeDecodeError as error:
            raise ContentError(f"{file}:1: not UTF-8: {error}") from error
        if before or len(rest) != 2:
            raise ContentError(f"{file}:1: an article begins with +++, front matter, +++")
        front, body = rest
        try:
            self.front = tomllib.loads(front)
        except tomllib.TOMLDecodeError as error:
            raise ContentError(f"{file}:1: the front matter is not TOML: {error}") from error
        self.first_line = front.count("\n") + 3
        self.tokens = iter(_MARKDOWN.parse(body))
        self.context = self.slug

    def article(self) -> Article:
        front = {name: self._front_matter(name) for name in ("title", "description", "byline")}
        sections: list[tuple[str, str, Block, list[Part]]] = []
        for token in self.tokens:
            if token.type == "heading_open" and token.tag == "h2":
                section = str(token.attrs.get("id") or self._fail(token, "a section needs an id"))
                if section in {known for known, *_rest in sections}:
                    self._fail(token, f"a second section with the id {section}")
                self.context = f"{self.slug}/{section}"
                icon = str(token.attrs.get("icon", ""))
                sections.append((section, icon, self._block("heading", token), []))
            elif not sections:
                self._fail(token, "text before the first section")
            else:
                self._add_part(sections[-1][-1], token)
        return Article(
            self.slug,
            **front,
            sections=tuple(
                Section(name, icon, heading, tuple(parts))
                for name, icon, heading, parts in sections
            ),
            corrections=self._corrections(),
        )

    def _add_part(self, parts: list[Part], token: Token) -> None:
        if token.type == "heading_open" and token.tag == "h3":
            parts.append(Heading(self._block("subheading", token)))
        elif token.type == "paragraph_open":
            parts.append(self._paragraph_or_figure(token))
        elif token.type == "bullet_list_open":
            parts.append(BulletList(self._items("bullet_list_close")))
        elif token.type == "ordered_list_open" and parts and isinstance(parts[-1], Figure):
            figure = parts.pop()
            assert isinstance(figure, Figure)
            parts.append(
                Figure(figure.drawing, figure.description, self._items("ordered_list_close"))
            )
        else:
            self._fail(token, f"an article has no place for {token.type.removesuffix('_open')}")

    def _paragraph_or_figure(self, opening: Token) -> Paragraph | Figure:
        inline = self._inline()
        images = [child for child in inline.children or [] if child.type == "image"]
        if not images:
            return Paragraph(self._make("paragraph", inline, opening))
        if inline.children != images[:1]:
            self._fail(opening, "a drawing stands alone in its paragraph")
        return self._figure(images[0], opening)

    def _figure(self, image: Token, opening: Token) -> Figure:
        folder, _, name = str(image.attrs["src"]).partition("/")
        if folder != "figures" or "/" in name:
            self._fail(opening, "a drawing stands in the folder figures/")
        try:
            svg = drawing.read(self.file.parent / "figures" / name)
        except drawing.DrawingError as error:
            self._fail(opening, str(error))
        return Figure(svg, self._make("figure", image, opening), ())

    def _items(self, closing: str) -> tuple[Block, ...]:
        items: list[Block] = []
        for token in self.tokens:
            if token.type == closing:
                break
            if token.type == "paragraph_open":
                items.append(self._block("item", token))
            elif token.type not in {"list_item_open", "list_item_close"}:
                self._fail(token, "a list item is one paragraph")
        return tuple(items)

    def _block(self, kind: str, opening: Token) -> Block:
        return self._make(kind, self._inline(), opening)

    def _inline(self) -> Token:
        inline = next(self.tokens)
        next(self.tokens)
        return inline

    def _make(self, kind: str, inline: Token, opening: Token) -> Block:
        for child in inline.children or []:
            if child.type not in {"text", "softbreak", "em_open", "em_close"}:
                self._fail(opening, f"an article has no place for {child.type}")
        # Re-wrapping a paragraph must not make its translation stale.
        text = unicodedata.normalize("NFC", " ".join(inline.content.split()))
        if not text:
            self._fail(opening, f"an empty {kind}")
        facts = tuple(str(opening.attrs.get("facts", "")).split())
        return Block(kind, text, self.context, self._line(opening), facts)

    def _front_matter(self, name: str) -> Block:
        text = self.front.get(name)
        if not isinstance(text, str) or not text:
            raise ContentError(f"{self.file}:1: the front matter needs {name}")
        return Block(name, unicodedata.normalize("NFC", text), self.slug, 1)

    def _corrections(self) -> int:
        count = self.front.get("corrections", 0)
        if type(count) is not int or count < 0:
            raise ContentError(f"{self.file}:1: corrections is a count: 0, 1, 2 …")
        return count

    def _line(self, token: Token) -> int:
        return self.first_line + (token.map[0] if token.map else 0)

    def _fail(self, token: Token, problem: str) -> NoReturn:
        raise ContentError(f"{self.file}:{self._line(token)}: {problem}")
