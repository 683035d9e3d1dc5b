"""Paragraphs of a Word document: words, line breaks, check boxes and lines to write on.

Elements are appended with lxml in the order that the schema wants: python-docx looks up each
style and place anew, which costs more than all the rest. Lengths are in twentieths of a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import groupby
from typing import assert_never

from lxml import etree

from planforms.document import (
    CHECKED,
    UNBROKEN,
    UNCHECKED,
    Break,
    CheckBox,
    Emphasis,
    Field,
    Stroke,
    Strong,
    Text,
    Translated,
)
from planforms.forms.places import letters_of
from planforms.placement.blocks import GAP, GAPS, Blank, FieldPart, Option, PlacedInline
from planforms.placement.blocks import LINE_PITCH as LINE_PITCH_MM
from planforms.writers._word_controls import ControlWriter
from planforms.writers._word_xml import SPACE, add, twips

_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n?")


LINE_PITCH = twips(LINE_PITCH_MM)

GAP_PITCH = twips(7)
NO_BREAK_SPACE = "\u00a0"
_FIGURE_SPACE = "\u2007"
"""LibreOffice loses a gap that would begin a line if its first space is a no-break space."""
_SOFT_HYPHEN = "\u00ad"
_SPACES_IN_MM = 1.2
"""How many underlined spaces a gap in a sentence takes for each millimetre."""
WIDEST_SPACE = 55
"""Twentieths of a point that a space takes in the widest of the fonts."""
_ROUNDING = 10
"""LibreOffice drops a tab stop that rounding puts beyond the margin."""
RULE = 15
"""How thick a line to write on is."""
RULE_COLOUR = "767676"
PALER_COLOUR = "4D4D4D"
"""The colour of words in a second language."""
HINT_COLOUR = "595959"
"""The colour of what stands in a control while nobody has written."""
_AFTER_RULE = twips(2.5)
_ABOVE_CONTROL = twips(2.5)
OPTION_INDENT = 380
OPTION_LINE = 300
"""How high a line with a box is: fonts of boxes make lines higher, each by another amount."""


def clean(text: str) -> str:
    """The text without letters that XML cannot hold; a tab becomes a space."""
    return _LINE_ENDS.sub("\n", _NOT_XML.sub("", text)).replace("\t", " ")


@dataclass(frozen=True, slots=True)
class Borders:
    """Borders and shading that a box or quotation lends to all paragraphs in it."""

    style: str = ""
    elements: tuple[etree._Element, ...] = ()
    left: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Area:
    """Where blocks stand.

    Attributes:
        parent: the element that holds them.
        width: from the left margin, or the cell's, to the right one.
        left, right: how far the blocks stand in at either side.
        style: style of plain paragraphs.
        borders: of the box or quotation around the blocks.
        level: how many lists are around the blocks.
        cell: whether the blocks stand in a table.
        small: whether headings are small.
        aligned: "right" where lines end at the right side.
    """

    parent: etree._Element
    width: int
    left: int = 0
    right: int = 0
    style: str = "body text"
    borders: Borders = Borders()
    level: int = 0
    cell: bool = False
    small: bool = False
    aligned: str = ""

    @property
    def edge(self) -> int:
        """Where full lines end, from the left margin."""
        return self.width - self.right


@dataclass(frozen=True, slots=True)
class Format:
    """What a paragraph has beyond its style and its area.

    Attributes:
        number: level and number of the list definition.
        tabs: kind, place and leader of each tab stop.
        before, after: space around the paragraph.
        line: least height of its lines.
        exact: whether its lines are just as high.
        left, hanging: indent instead of the area's.
        full: whether it reaches the area's right side even if its style does not.
        ruled: whether there is a line to write on below it.
    """

    style: str
    keep_next: bool = False
    number: tuple[int, int] | None = None
    tabs: tuple[tuple[str, int, str], ...] = ()
    before: int | None = None
    after: int | None = None
    line: int | None = None
    exact: bool = False
    left: int | None = None
    hanging: int | None = None
    full: bool = False
    ruled: bool = False


THIN = Format("field", after=0, line=20, exact=True)
"""A paragraph that takes no room: Word wants one between tables and at the end of a cell."""


@dataclass(frozen=True, slots=True)
class RunText:
    """Words of one look, a place to write, or a line break or tab, which stand alone.

    Attributes:
        text: the words.
        bold, italic, style: how they look.
        unbroken: whether no line ends within them.
        blank: the place to write.
        source: the field or check box that they are.
        language: the second language of the paper as Word names it, if they are in that.
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    style: str = ""
    unbroken: bool = False
    blank: Blank | None = None
    source: Field | CheckBox | None = None
    language: str = ""


PLAIN = RunText()
BOLD = RunText(bold=True)
NEW_LINE = RunText("\n")
TAB = RunText("\t")
LEADER = RunText("\t", unbroken=True)
"""A tab that draws a line to write on."""
BETWEEN_OPTIONS = RunText(" " * 6)
"""Between options in a row: spaces, for a line may end at them in every program."""
UNSEEN = RunText(NO_BREAK_SPACE)
"""LibreOffice forgets the least height of a line that starts with a tab."""


def runs(nodes: Iterable[PlacedInline], look: RunText = PLAIN) -> Iterator[RunText]:
    """Inline nodes as words of one look each."""
    for node in nodes:
        match node:
            case Text(text):
                yield from _lines(text, look)
            case Break():
                yield NEW_LINE
            case Strong(children):
                yield from runs(children, replace(look, bold=True))
            case Emphasis(children):
                yield from runs(children, replace(look, italic=True))
            case Translated(_, locale, children):
                yield from runs(children, replace(look, bold=False, language=locale))
            case Field(text=None):
                yield RunText(blank=node, source=node)
            case Stroke():
                yield RunText(blank=node)
            case Field():
                yield from _value(node, node.text or "", look)
            case FieldPart(field, text):
                yield from _value(field, text, look)
            case CheckBox():
                yield _box(node, look)
                if not node.bare:
                    yield replace(look, text=" ")
                    yield from _lines(node.label, look)
            case _:
                assert_never(node)


def option_runs(option: Option) -> Iterator[RunText]:
    """An option with its box in a column of its own."""
    yield _box(option.box, PLAIN)
    yield TAB
    yield from _lines(option.box.label, PLAIN)
    yield from runs(option.children)


def option_in_row(option: Option, letters: int) -> Iterator[RunText]:
    """An option in a line with room for so many letters; it is not broken if it fits in one."""
    few = len(option.box.label) <= letters
    yield _box(option.box, PLAIN)
    yield RunText(NO_BREAK_SPACE * 2)
    yield from _lines(option.box.label, replace(PLAIN, unbroken=few))
    yield from runs(option.children)


def _box(node: CheckBox, look: RunText) -> RunText:
    mark = CHECKED if node.checked else UNCHECKED
    return replace(look, text=mark, style="check box", source=node)


def _value(field: Field, text: str, look: RunText) -> Iterator[RunText]:
    unbroken = field.type in UNBROKEN
    return _lines(text, replace(look, unbroken=unbroken, source=field))


def _lines(text: str, look: RunText) -> Iterator[RunText]:
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            yield replace(NEW_LINE, source=look.source)
        if line:
            yield replace(look, text=line)


@dataclass(frozen=True, slots=True)
class Styles:
    """What the writer needs to know of the shell's styles, by name.

    Attributes:
        identifiers: what a paragraph says to have the style.
        rights: how far the style keeps words from the right margin.
        width: from the left to the right margin.
    """

    identifiers: Mapping[str, str]
    rights: Mapping[str, int]
    width: int


class ParagraphWriter:
    """Writes paragraphs with the styles of a shell."""

    def __init__(self, styles: Styles, controls: ControlWriter | None = None) -> None:
        self._styles = styles
        self._controls = controls
        self._language = ""

    @contextmanager
    def in_language(self, locale: str) -> Iterator[None]:
        """Write all words in a second language, as Word names it."""
        self._language = locale
        yield
        self._language = ""

    def has_controls(self, nodes: Iterable[PlacedInline]) -> bool:
        """Whether any of some nodes is filled in here."""
        fields = (node for node in nodes if isinstance(node, Field | CheckBox))
        return self._controls is not None and any(map(self._controls.is_control, fields))

    def is_written(self, nodes: tuple[PlacedInline, ...]) -> bool:
        """Whether a paragraph is one that the control of its field holds already."""
        match nodes:
            case (FieldPart(field),) if self._controls:
                return self._controls.has_begun(field) and self._controls.is_control(field)
        return False

    def write(
        self,
        area: Area,
        format_: Format,
        content: Iterable[RunText] = (),
    ) -> None:
        """Add a paragraph of words."""
        parts = tuple(content)
        if any(part.blank and not self.has_controls((part.blank,)) for part in parts):
            format_ = replace(format_, line=GAP_PITCH, exact=False)
        paragraph = self.start(area, format_)
        self.add_runs(paragraph, parts, (area.edge - area.left) // WIDEST_SPACE)

    def write_lines(
        self,
        area: Area,
        format_: Format,
        count: int,
    ) -> None:
        """Add a line to write on from margin to margin, or several within a frame or a list.

        In a cell of a table, whose row has room, none is drawn.
        """
        if area.cell:
            self.start(area, format_)
        elif format_.number or area.borders.style:
            self.write_leaders(area, format_, (UNSEEN,), count)
        else:
            rule = replace(
                format_, after=_AFTER_RULE, line=LINE_PITCH - RULE, full=True, ruled=True
            )
            self.start(area, rule)

    def write_controls(self, area: Area, format_: Format, blanks: Iterable[Blank]) -> None:
        """Add a paragraph for each place to write; outside of cells it has a line below."""
        if not area.cell and not area.borders.style:
            before, after = _ABOVE_CONTROL, _AFTER_RULE
            format_ = replace(format_, before=before, after=after, full=True, ruled=True)
        for blank in blanks:
            self.add_runs(self.start(area, format_), runs((blank,)))

    def write_leaders(
        self,
        area: Area,
        format_: Format,
        start: Iterable[RunText],
        count: int,
    ) -> None:
        """Add lines to write on that begin beside a label or a number, drawn by tab stops."""
        stop = ("right", area.edge - _ROUNDING, "underscore")
        ruled = replace(format_, line=LINE_PITCH, tabs=(*format_.tabs, stop), full=True)
        paragraph = self.start(area, ruled)
        self.add_runs(paragraph, (*start, LEADER, *(NEW_LINE, LEADER) * (count - 1)))

    def add_runs(
        self, paragraph: etree._Element, parts: Iterable[RunText], widest: int = 0
    ) -> None:
        """Add words to a paragraph; those of what is filled in stand in its control.

        Args:
            paragraph: what they are added to.
            parts: the words.
            widest: how many spaces a place to write in it has at most.
        """
        for _, group in groupby(parts, key=lambda part: id(part.source)):
            words = tuple(group)
            source = words[0].source
            if self._controls and source and self._controls.is_control(source):
                self._controlled(self._controls, paragraph, words)
            else:
                for part in words:
                    self.run(paragraph, part, widest)

    def _controlled(
        self, controls: ControlWriter, paragraph: etree._Element, words: tuple[RunText, ...]
    ) -> None:
        source = words[0].source
        if isinstance(source, CheckBox):
            self.run(controls.box(paragraph, source), words[0])
        elif source and controls.begin(source):
            content, empty = controls.field(paragraph, source)
            if empty:
                self._hint(content, empty)
            letters = letters_of(controls.place(source), source)
            for part in _lines(letters, replace(words[0], blank=None, unbroken=False)):
                if part.text:
                    self.run(content, part)

    def _hint(self, content: etree._Element, words: str) -> None:
        """What stands in a control while nobody has written."""
        run = add(content, "r")
        add(add(run, "rPr"), "color", val=HINT_COLOUR)
        _add_text(run, words)

    def run(self, paragraph: etree._Element, part: RunText, widest: int = 0) -> None:
        """Add words to a paragraph, or a gap of as many spaces as its line has room for."""
        run = add(paragraph, "r")
        language = part.language or self._language
        if part.style or part.bold or part.italic or part.blank or part == LEADER or language:
            look = add(run, "rPr")
            if part.style:
                add(look, "rStyle", val=self._styles.identifiers[part.style])
            for tag in ("b", "bCs") * part.bold + ("i", "iCs") * part.italic:
                add(look, tag)
            for tag in ("b", "bCs") * (bool(part.language) and not part.bold):
                add(look, tag, val="0")
            if part == LEADER:
                add(look, "color", val=RULE_COLOUR)
            if language:
                add(look, "color", val=PALER_COLOUR)
            if part.blank:
                add(look, "u", val="single", color=RULE_COLOUR)
            if language:
                add(look, "lang", val=language)
        if part.blank:
            width = min(widest, round(_SPACES_IN_MM * GAPS.get(part.blank.type, GAP)))
            _add_text(run, _FIGURE_SPACE + NO_BREAK_SPACE * (width - 1))
        elif part.text in _SIGNS:
            add(run, _SIGNS[part.text])
        elif part.unbroken:
            _add_unbroken(run, part.text)
        else:
            _add_text(run, part.text)

    def start(self, area: Area, format_: Format) -> etree._Element:
        """A new empty paragraph."""
        paragraph = add(area.parent, "p")
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
        elif area.borders.style != format_.style:
            properties.extend(deepcopy(element) for element in area.borders.elements)
        if format_.tabs:
            tabs = add(properties, "tabs")
            for kind, position, leader in format_.tabs:
                add(tabs, "tab", val=kind, leader=leader, pos=position)
        _add_spacing(properties, format_)
        self._add_indent(properties, area, format_)
        if area.aligned:
            add(properties, "jc", val=area.aligned)
        return paragraph

    def _add_indent(self, properties: etree._Element, area: Area, format_: Format) -> None:
        own = self._styles.rights[format_.style]
        beside = self._styles.width - area.width
        is_full = format_.full or area.borders.style
        right = area.right if is_full else max(own - beside, area.right)
        if format_.left is None and not area.left and right == own:
            return
        left = area.left if format_.left is None else format_.left
        add(properties, "ind", left=left, right=right, hanging=format_.hanging or 0)


_SIGNS = {"\n": "br", "\t": "tab"}


def _add_rules(properties: etree._Element) -> None:
    borders = add(properties, "pBdr")
    for side in ("bottom", "between"):
        add(borders, side, val="single", sz=6, space=0, color=RULE_COLOUR)


def _add_spacing(properties: etree._Element, format_: Format) -> None:
    values: dict[str, str | int] = {}
    if format_.before is not None:
        values["before"] = format_.before
    if format_.after is not None:
        values["after"] = format_.after
    if format_.line is not None:
        rule = "exact" if format_.exact else "atLeast"
        values |= {"line": format_.line, "lineRule": rule}
    if values:
        add(properties, "spacing", **values)


def _add_text(run: etree._Element, text: str) -> None:
    """Words as they are; a soft hyphen is Word's own, which shows only where a line ends."""
    for number, part in enumerate(text.split(_SOFT_HYPHEN)):
        if number:
            add(run, "softHyphen")
        if part:
            element = add(run, "t")
            element.set(SPACE, "preserve")
            element.text = part


def _add_unbroken(run: etree._Element, text: str) -> None:
    """A date or a number: its spaces and hyphens do not end a line."""
    for number, part in enumerate(text.replace(" ", NO_BREAK_SPACE).split("-")):
        if number:
            add(run, "noBreakHyphen")
        if part:
            _add_text(run, part)
