"""Paragraphs of a starter: words and tags, or a statement alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from planforms.word_templates.starting_styles import STATEMENT
from planforms.word_templates.starting_words import WordPiece, pieces_of_words
from planforms.word_templates.tree import Node
from planforms.writers._word_xml import SPACE, add


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is drawn.

    Attributes:
        parent: the element that holds it.
        width: how wide it is, in twentieths of a point.
        style: name of the style of plain paragraphs.
        small: whether headings are small and lists look like what is around them.
        level: how many lists are around it.
    """

    parent: etree._Element
    width: int
    style: str = "body text"
    small: bool = False
    level: int = 0


@dataclass(frozen=True, slots=True)
class Numbered:
    """The number or bullet of a paragraph: level and number of the list definition."""

    level: int
    number: int


@dataclass(frozen=True, slots=True)
class StarterParagraphs:
    """Writes paragraphs.

    Attributes:
        styles: identifiers of styles by name.
    """

    styles: Mapping[str, str]

    def write(
        self, parent: etree._Element, style: str, parts: Iterable[Node] = ()
    ) -> etree._Element:
        """A paragraph of some words; returns its properties."""
        paragraph = add(parent, "p")
        properties = add(paragraph, "pPr")
        add(properties, "pStyle", val=self.styles[style])
        for piece in pieces_of_words(parts):
            _add_run(paragraph, piece)
        return properties

    def write_item(
        self, parent: etree._Element, style: str, numbered: Numbered, parts: Iterable[Node]
    ) -> None:
        """The paragraph of an item that has its number."""
        properties = add(self.write(parent, style, parts), "numPr")
        add(properties, "ilvl", val=numbered.level)
        add(properties, "numId", val=numbered.number)

    def write_statement(self, parent: etree._Element, kind: str, *statements: str) -> None:
        """Statements alone in their paragraph.

        Args:
            parent: what holds the paragraph.
            kind: what it governs: "p" for paragraphs, "tr" for rows, "tc" for cells.
            statements: the statements.
        """
        paragraph = add(parent, "p")
        add(add(paragraph, "pPr"), "pStyle", val=self.styles[STATEMENT])
        for statement in statements:
            _add_run(paragraph, WordPiece(f"{{%{kind} {statement} %}}"))


def _add_run(paragraph: etree._Element, piece: WordPiece) -> None:
    run = add(paragraph, "r")
    if piece.bold or piece.italic:
        look = add(run, "rPr")
        for tag in ("b", "bCs") * piece.bold + ("i", "iCs") * piece.italic:
            add(look, tag)
    if piece.text == "\n":
        add(run, "br")
        return
    text = add(run, "t")
    text.set(SPACE, "preserve")
    text.text = piece.text
