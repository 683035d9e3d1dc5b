"""Paragraphs of a Word document: words, line breaks, check boxes and lines to write on.

Elements are appended with lxml in the order that the schema wants: python-docx looks up each
style and place anew, which costs more than all the rest. Lengths are in twentieths of a point.
ECMA-376 part 1, 17.3, https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

from lxml import etree

from planforms.document import (
    CHECKED,
    UNCHECKED,
    Break,
    CheckBox,
    Emphasis,
    Field,
    FieldType,
    Inline,
    Stroke,
    Strong,
    Text,
)

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n?")


def twips(millimetres: float) -> int:
    """A length in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


LINE_PITCH = twips(9)
"""From one line to write on to the next."""

_GAP_PITCH = twips(7)
_NO_BREAK_SPACE = "\u00a0"
_GAPS = {FieldType.DATE: 48, FieldType.NUMBER: 30}
_GAP = 72
"""How many spaces are underlined for a gap in a sentence: 40, 25 and 60 mm."""
_WIDEST_SPACE = 55
"""Twentieths of a point that a space takes in the widest of the fonts."""
_ROUNDING = 10
"""LibreOffice drops a tab stop that rounding puts beyond the margin."""
_RULE = 15
_RULE_COLOUR = "767676"
_AFTER_RULES = 180
BOX_STYLE = "check box"


def clean(text: str) -> str:
    """The text without letters that XML cannot hold; a tab becomes a space."""
    return _LINE_ENDS.sub("\n", _NOT_XML.sub("", text)).replace("\t", " ")


def add(parent: etree._Element, tag: str, **values: str | int) -> etree._Element:
    """A new last child in Word's namespace, with attributes in that namespace."""
    attributes = {f"{WORD}{key}": str(value) for key, value in values.items()}
    return etree.SubElement(parent, f"{WORD}{tag}", attributes)


@dataclass(frozen=True, slots=True)
class Edging:
    """Borders and shading that a box or quotation lends to all paragraphs in it."""

    style: str = ""
    elements: tuple[etree._Element, ...] = ()
    left: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where blocks stand.

    Attributes:
        width: from the left margin, or the cell's, to the right one.
        left, right: how far the blocks stand in at either side.
        style: style of plain paragraphs.
        edging: of the box or quotation around the blocks.
        level: how many lists are around the blocks.
        cell: whether the blocks stand in a table.
    """

    width: int
    left: int = 0
    right: int = 0
    style: str = "body text"
    edging: Edging = Edging()
    level: int = 0
    cell: bool = False

    @property
    def edge(self) -> int:
        """Where full lines end, from the left margin."""
        return self.width - self.right


@dataclass(frozen=True, slots=True)
class Format:
    """What a paragraph has beyond its style and its frame.

    Attributes:
        number: level and number of the list definition.
        tabs: kind, place and leader of each tab stop.
        before, after: space around the paragraph.
        line: least height of its lines.
        left, hanging: indent instead of the frame's.
        full: whether it reaches the frame's right side even if its style does not.
        ruled: whether there is a line to write on below it.
    """

    style: str
    keep_next: bool = False
    number: tuple[int, int] | None = None
    tabs: tuple[tuple[str, int, str], ...] = ()
    before: int | None = None
    after: int | None = None
    line: int | None = None
    left: int | None = None
    hanging: int | None = None
    full: bool = False
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one look, a place to write, or a line break or tab, which stand alone."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    style: str = ""
    unbroken: bool = False
    blank: Field | Stroke | None = None


PLAIN = Piece()
NEW_LINE = Piece("\n")
TAB = Piece("\t")
LEADER = Piece("\t", unbroken=True)
"""A tab that draws a line to write on."""
UNSEEN = Piece(_NO_BREAK_SPACE)
"""LibreOffice forgets the least height of a line that starts with a tab."""


def pieces(nodes: Iterable[Inline], look: Piece = PLAIN) -> Iterator[Piece]:
    """Inline nodes as pieces of one look each."""
    for node in nodes:
        match node:
            case Text(text):
                yield from _lines(text, look)
            case Break():
                yield NEW_LINE
            case Strong(children):
                yield from pieces(children, replace(look, bold=True))
            case Emphasis(children):
                yield from pieces(children, replace(look, italic=True))
            case Field():
                yield from _field(node, look)
            case Stroke():
                yield Piece(blank=node)
            case CheckBox():
                yield replace(look, text=CHECKED if node.checked else UNCHECKED, style=BOX_STYLE)
                yield replace(look, text=" ")
                yield from _lines(node.label, look)
            case _:
                assert_never(node)


def _field(field: Field, look: Piece) -> Iterator[Piece]:
    if field.text is None:
        return iter([Piece(blank=field)])
    return _lines(field.text, replace(look, unbroken=field.type in _GAPS))


def _lines(text: str, look: Piece) -> Iterator[Piece]:
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            yield NEW_LINE
        if line:
            yield replace(look, text=line)


def lines_of(nodes: Iterable[Inline]) -> list[tuple[Piece, ...]]:
    """The words of a paragraph; those that offer options line by line, others as one."""
    content = tuple(pieces(nodes))
    lines = [
        tuple(line) for new, line in groupby(content, lambda piece: piece == NEW_LINE) if not new
    ]
    return lines if any(is_option(line) for line in lines) else [content]


def is_option(line: tuple[Piece, ...]) -> bool:
    """Whether a line starts with a check box."""
    return bool(line) and line[0].style == BOX_STYLE


def in_columns(line: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """An option with its box in a column of its own."""
    return (line[0], TAB, *line[2:])


def blank_lines(content: Iterable[Piece]) -> int:
    """How many lines to write on there are; 0 if there are any words."""
    parts = [piece for piece in content if piece.blank or piece.text.strip(" \n")]
    blanks = [piece.blank for piece in parts if piece.blank]
    return sum(blank.lines for blank in blanks) if len(blanks) == len(parts) else 0


@dataclass(frozen=True, slots=True)
class Styles:
    """What the writer needs to know of the shell's styles, by name.

    Attributes:
        identifiers: what a paragraph says to have the style.
        rights: how far the style keeps words from the right margin.
    """

    identifiers: Mapping[str, str]
    rights: Mapping[str, int]


class ParagraphWriter:
    """Writes paragraphs with the styles of a shell."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def write(
        self,
        parent: etree._Element,
        frame: Frame,
        format_: Format,
        content: Iterable[Piece] = (),
        label: Iterable[Piece] = (),
    ) -> None:
        """Add a paragraph to ``parent``, its label in the column before the words."""
        parts = tuple(content)
        lines = blank_lines(parts)
        if not lines:
            self._words(parent, frame, format_, parts, label)
        elif frame.cell:
            self.start(parent, frame, replace(format_, line=LINE_PITCH * lines))
        elif label or format_.number or frame.edging.style:
            self._leaders(parent, frame, format_, label, lines)
        else:
            self._rules(parent, frame, format_, lines)

    def _words(
        self,
        parent: etree._Element,
        frame: Frame,
        format_: Format,
        parts: tuple[Piece, ...],
        label: Iterable[Piece],
    ) -> None:
        if any(part.blank for part in parts):
            format_ = replace(format_, line=_GAP_PITCH)
        paragraph = self.start(parent, frame, format_)
        widest = (frame.edge - frame.left) // _WIDEST_SPACE
        for part in (*label, TAB, *parts) if label else parts:
            self.run(paragraph, part, widest)

    def _leaders(
        self,
        parent: etree._Element,
        frame: Frame,
        format_: Format,
        label: Iterable[Piece],
        lines: int,
    ) -> None:
        """Lines to write on that start beside a label or a number, drawn by tab stops."""
        stop = ("right", frame.edge - _ROUNDING, "underscore")
        ruled = replace(format_, line=LINE_PITCH, tabs=(*format_.tabs, stop), full=True)
        paragraph = self.start(parent, frame, ruled)
        start = (*label, TAB) if label else (UNSEEN,)
        for piece in (*start, LEADER, *(NEW_LINE, LEADER) * (lines - 1)):
            self.run(paragraph, piece)

    def _rules(self, parent: etree._Element, frame: Frame, format_: Format, lines: int) -> None:
        """Lines to write on from margin to margin: empty paragraphs with a border below."""
        for number in range(lines):
            last = number == lines - 1
            rule = replace(
                format_,
                before=format_.before if number == 0 else None,
                after=_AFTER_RULES if last else 0,
                line=LINE_PITCH - _RULE,
                full=True,
                ruled=True,
            )
            self.start(parent, frame, rule)

    def run(self, paragraph: etree._Element, piece: Piece, widest: int = _GAP) -> None:
        """Add words to a paragraph, or a gap of as many spaces as its line has room for."""
        run = add(paragraph, "r")
        if piece.style or piece.bold or piece.italic or piece.blank or piece == LEADER:
            look = add(run, "rPr")
            if piece.style:
                add(look, "rStyle", val=self._styles.identifiers[piece.style])
            for tag in ("b", "bCs") * piece.bold + ("i", "iCs") * piece.italic:
                add(look, tag)
            if piece == LEADER:
                add(look, "color", val=_RULE_COLOUR)
            if piece.blank:
                add(look, "u", val="single", color=_RULE_COLOUR)
        if piece.blank:
            width = min(widest, _GAPS.get(piece.blank.type, _GAP))
            _add_text(run, _NO_BREAK_SPACE * width)
        elif piece.text in _SIGNS:
            add(run, _SIGNS[piece.text])
        elif piece.unbroken:
            _add_unbroken(run, piece.text)
        else:
            _add_text(run, piece.text)

    def start(self, parent: etree._Element, frame: Frame, format_: Format) -> etree._Element:
        """A new empty paragraph."""
        paragraph = add(parent, "p")
        properties = add(paragraph, "pPr")
        add(properties, "pStyle", val=self._styles.identifiers[format_.style])
        if format_.keep_next:
            add(properties, "keepNext")
        if format_.number:
            number = add(properties, "numPr")
            add(number, "ilvl", val=format_.number[0])
            add(number, "numId", val=format_.number[1])
        if format_.ruled:
            _add_rules(properties)
        elif frame.edging.style != format_.style:
            properties.extend(deepcopy(element) for element in frame.edging.elements)
        if format_.tabs:
            tabs = add(properties, "tabs")
            for kind, position, leader in format_.tabs:
                add(tabs, "tab", val=kind, leader=leader, pos=position)
        _add_spacing(properties, format_)
        self._add_indent(properties, frame, format_)
        return paragraph

    def _add_indent(self, properties: etree._Element, frame: Frame, format_: Format) -> None:
        own = self._styles.rights[format_.style]
        right = frame.right if format_.full or frame.edging.style else max(own, frame.right)
        if format_.left is None and not frame.left and right == own:
            return
        left = frame.left if format_.left is None else format_.left
        add(properties, "ind", left=left, right=right, hanging=format_.hanging or 0)


_SIGNS = {"\n": "br", "\t": "tab"}


def _add_rules(properties: etree._Element) -> None:
    borders = add(properties, "pBdr")
    for side in ("bottom", "between"):
        add(borders, side, val="single", sz=6, space=0, color=_RULE_COLOUR)


def _add_spacing(properties: etree._Element, format_: Format) -> None:
    values: dict[str, str | int] = {}
    if format_.before is not None:
        values["before"] = format_.before
    if format_.after is not None:
        values["after"] = format_.after
    if format_.line is not None:
        values |= {"line": format_.line, "lineRule": "atLeast"}
    if values:
        add(properties, "spacing", **values)


def _add_text(run: etree._Element, text: str) -> None:
    element = add(run, "t")
    element.set(_SPACE, "preserve")
    element.text = text


def _add_unbroken(run: etree._Element, text: str) -> None:
    """A date or a number: its spaces and hyphens do not end a line."""
    for number, part in enumerate(text.replace(" ", _NO_BREAK_SPACE).split("-")):
        if number:
            add(run, "noBreakHyphen")
        if part:
            _add_text(run, part)
