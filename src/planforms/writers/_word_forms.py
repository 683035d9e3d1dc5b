"""What a form has in a Word document: fields side by side, choices, parts that stand apart.

Each is a table that only holds its words in place, read cell by cell in the order of the document.
Lengths are in twentieths of a point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from docx.shared import Pt, Twips
from lxml import etree

from planforms.placement.blocks import (
    FIELD_HEIGHT,
    LEAST_BESIDE_WINDOW,
    PICTOGRAM_GAP,
    PICTOGRAM_SIZE,
    WINDOW_GAP,
    Option,
    PlacedBeside,
    PlacedBlock,
    PlacedCell,
    PlacedChoices,
    PlacedField,
    PlacedFields,
    PlacedHeading,
    PlacedLines,
    PlacedPictured,
    PlacedText,
    PlacedWindow,
)
from planforms.placement.placing import TWELFTHS
from planforms.placement.sizes import LONGEST_WHOLE_ROW, is_whole_row
from planforms.placement.words import text_of
from planforms.writers._word_paragraphs import (
    BETWEEN_OPTIONS,
    BOLD,
    LINE_PITCH,
    OPTION_INDENT,
    RULE,
    RULE_COLOUR,
    THIN,
    Area,
    Borders,
    Format,
    ParagraphWriter,
    option_in_row,
    option_runs,
    runs,
)
from planforms.writers._word_table_xml import (
    BARE,
    CellFormat,
    Sides,
    border,
    keep_rows,
    shares_of,
    start_cell,
    start_layout,
    start_row,
)
from planforms.writers._word_xml import WORD, add, keep_with_next, paragraph_format, twips

_HAIRLINE_COLOUR = "B8B8B8"
_FIELD_GAP = twips(5)
_FIELD_MARGINS = {**BARE, "top": twips(0.9), "bottom": twips(0.5)}
_FIRST_LINE = twips(6)
_BESIDE_GAP = twips(8)
_PICTOGRAM, _PICTOGRAM_GAP = twips(PICTOGRAM_SIZE), twips(PICTOGRAM_GAP)
_PICTURED_HEADING = Pt(11.5)
_NO_LETTERS = 2
"""How large letters are that nobody sees, in half points."""
_OPTIONS_LINE = twips(6.2)
_BEFORE_CHOICES, _AFTER_QUESTION, _AFTER_CHOICES = twips(2), twips(0.3), twips(1.2)
_IN_COLUMN = Format(
    "field", line=_OPTIONS_LINE, exact=True, left=OPTION_INDENT, hanging=OPTION_INDENT
)
_COLUMN_GAP = twips(3)
_LEAST_BESIDE_WINDOW, _WINDOW_GAP = twips(LEAST_BESIDE_WINDOW), twips(WINDOW_GAP)
_BESIDE_LOGO = twips(5)
_LETTER = 90
"""How wide a letter of the letterhead is: an average, rounded up."""

_BETWEEN_ROWS = twips(1.2)
_LETTER_OF_TEXT = 105
"""How wide a letter of running words is."""
_POINT = 20
_EMU = 635
"""How many of the units of pictures a twentieth of a point has."""


@dataclass(frozen=True, slots=True)
class Page:
    """The page on which a body is written.

    Attributes:
        top, left: where its text begins, from the edges of the paper.
        scale: how much larger all of it will be made.
    """

    top: int
    left: int
    scale: float = 1


@dataclass(frozen=True, slots=True)
class Panel:
    """How a frame that may hold tables looks.

    Attributes:
        borders: its lines.
        margins: between the lines and the words.
        fill: the colour of its ground.
        style: the style of plain paragraphs in it.
        small: whether its headings are small.
        whole: whether it is not split over pages, however much stands in it.
    """

    borders: tuple[etree._Element, ...]
    margins: Sides
    fill: str = ""
    style: str = "body text"
    small: bool = False
    whole: bool = False

    def edges(self, *, first: bool, last: bool) -> Panel:
        """What one row of the frame has of it."""
        open_ = {side for side, ends in (("top", first), ("bottom", last)) if not ends}
        lines = tuple(line for line in self.borders if _side(line) not in open_)
        between = {"top": _BETWEEN_ROWS, "bottom": 0}
        margins = {**self.margins, **{side: between[side] for side in open_}}
        return replace(self, borders=lines, margins=margins)


def staff_panel() -> Panel:
    """How the part looks that the service's own staff fills in."""
    lines = tuple(border(side, 6, RULE_COLOUR) for side in BARE)
    margins = {"top": twips(1.5), "left": twips(3), "bottom": twips(2), "right": twips(3)}
    return Panel(lines, margins, "F2F2F2", "small print", small=True)


def panel_like(borders: Borders) -> Panel:
    """The frame that a style of a box draws around its paragraphs."""
    frame = next((each for each in borders.elements if each.tag == f"{WORD}pBdr"), ())
    lines = tuple(line for line in frame if _side(line) in BARE)
    space = {_side(line): _POINT * max(0, int(line.get(f"{WORD}space", 0))) for line in lines}
    fill = next((e.get(f"{WORD}fill", "") for e in borders.elements if e.tag == f"{WORD}shd"), "")
    return Panel(lines, {**BARE, **space}, fill)


def _side(line: etree._Element) -> str:
    return str(etree.QName(line).localname)


def _unruled() -> Borders:
    """Takes away a style's rule from the paragraphs in a cell, which draws it instead."""
    borders = etree.Element(f"{WORD}pBdr")
    add(borders, "bottom", val="nil")
    return Borders("unruled", (borders,))


_UNRULED = _unruled()


@dataclass(frozen=True, slots=True)
class FormWriter:
    """Writes what forms have beside running words.

    Attributes:
        paragraphs: what writes paragraphs.
        draw: what writes blocks into an area.
        page: the page of the shell.
        letterhead_rule: what the shell's letterhead has below it.
    """

    paragraphs: ParagraphWriter
    draw: Callable[[Iterable[PlacedBlock], Area], None]
    page: Page
    letterhead_rule: Borders

    # --- fields ---------------------------------------------------------------------------------

    def fields(self, block: PlacedFields, area: Area) -> None:
        """Lines of fields; all lines of a list are rows of one table."""
        lines = [tuple(_cells_of_line(row, area.edge - area.left)) for row in block.rows]
        edges = sorted({0, *(edge for line in lines for cell in line for edge in cell[:2])})
        table = start_layout(
            area.parent, [end - start for start, end in pairwise(edges)], area.left, _FIELD_MARGINS
        )
        for line in lines:
            height = FIELD_HEIGHT if any(field and field.lines for *_, field in line) else 0
            fields = tuple(field for *_, field in line if field)
            row = start_row(table, height=twips(height), whole=all(map(self._is_short, fields)))
            for start, end, field in line:
                span = edges.index(end) - edges.index(start)
                self._field(row, field, end - start, span)

    def _field(self, row: etree._Element, field: PlacedField | None, width: int, span: int) -> None:
        """A cell with a label above its value, or the gap between two."""
        lines = field.lines if field else 0
        rule = border("bottom", 6, RULE_COLOUR) if lines else border("bottom", 4, _HAIRLINE_COLOUR)
        cell = start_cell(row, width, CellFormat(span, (rule,) if field else ()))
        area = Area(cell, width, style="field", cell=True)
        if field:
            self.paragraphs.write(area, Format("field label"), runs(field.label))
            if lines and not _has_options(field) and not self._is_filled_in(field):
                self._room(lines, _FIRST_LINE, area)
            else:
                self.draw(field.value, area)
        self.close(area)

    def _is_short(self, field: PlacedField) -> bool:
        """Whether a field is not split over pages; of one that is longer, the end might be cut."""
        scale = self.page.scale
        if field.lines:
            return field.lines <= LONGEST_WHOLE_ROW / scale
        return is_whole_row((_as_cell(field.value),), (100 * field.width // TWELFTHS,), scale)

    def _is_filled_in(self, field: PlacedField) -> bool:
        blanks = (
            b for block in field.value if isinstance(block, PlacedLines) for b in block.blanks
        )
        return self.paragraphs.has_controls(blanks)

    def _room(self, lines: int, first: int, area: Area) -> None:
        """Lines to write on, the first so high; below the last one the cell itself has its line."""
        for number in range(lines):
            height = (LINE_PITCH if number else first) - RULE if lines > 1 else None
            ruled = number < lines - 1
            self.paragraphs.start(area, Format("field", line=height, ruled=ruled))

    def lines(self, count: int, area: Area) -> None:
        """Several lines to write on, which no program splits over pages: they are one cell."""
        width = area.edge - area.left
        whole = count <= LONGEST_WHOLE_ROW / self.page.scale
        row = start_row(start_layout(area.parent, (width,), area.left), whole=whole)
        cell = start_cell(row, width, CellFormat(1, (border("bottom", 6, RULE_COLOUR),)))
        self._room(count, LINE_PITCH, Area(cell, width, style="field", cell=True))

    # --- choices --------------------------------------------------------------------------------

    def choices(self, block: PlacedChoices, area: Area) -> None:
        """A question above its options."""
        if block.question:
            question = Format(
                area.style,
                keep_next=not area.cell,
                before=None if area.cell else _BEFORE_CHOICES,
                after=_AFTER_QUESTION,
            )
            self.paragraphs.write(area, question, runs(block.question, BOLD))
        if block.columns:
            self._columns(block, area)
        else:
            self._row_of_options(block.options, area)

    def _row_of_options(self, options: tuple[Option, ...], area: Area) -> None:
        letters = (area.edge - area.left) // _LETTER_OF_TEXT - 5
        runs_ = (run for o in options for run in (BETWEEN_OPTIONS, *option_in_row(o, letters)))
        after = None if area.cell else _AFTER_CHOICES
        format_ = Format(area.style, after=after, line=_OPTIONS_LINE, exact=True)
        self.paragraphs.write(area, format_, list(runs_)[1:])

    def _columns(self, block: PlacedChoices, area: Area) -> None:
        """Options in columns, read from side to side."""
        widths = shares_of(area.edge - area.left, (1,) * block.columns)
        table = start_layout(area.parent, widths, area.left, {**BARE, "right": _COLUMN_GAP})
        starts = range(0, len(block.options), block.columns)
        for start in starts:
            row = start_row(table)
            options = block.options[start : start + block.columns]
            for width, option in zip(widths, (*options, *(None,) * block.columns), strict=False):
                cell = Area(start_cell(row, width), width, style="field", cell=True)
                if option:
                    self.paragraphs.write(cell, _IN_COLUMN, option_runs(option))
                self.close(cell)
        keep_rows(table)

    # --- parts that stand apart -------------------------------------------------------------------

    def beside(self, block: PlacedBeside, area: Area) -> None:
        """Parts in columns of the same width, with a gap between them."""
        width = area.edge - area.left
        gaps = len(block.parts) - 1
        inner = (width - gaps * _BESIDE_GAP) // len(block.parts)
        widths = [inner + _BESIDE_GAP] * gaps
        widths.append(width - sum(widths))
        shares = (100 // len(widths),) * len(widths)
        whole = is_whole_row(map(_as_cell, block.parts), shares, self.page.scale)
        row = start_row(start_layout(area.parent, widths, area.left), whole=whole)
        for number, (full, part) in enumerate(zip(widths, block.parts, strict=True)):
            margins = {"right": _BESIDE_GAP} if number < gaps else {}
            cell = start_cell(row, full, CellFormat(margins=margins))
            self._fill(replace(area, parent=cell, width=inner, left=0, right=0), part)

    def pictured(self, block: PlacedPictured, picture: etree._Element, area: Area) -> None:
        """A picture, and beside it the words that it stands for."""
        width = area.edge - area.left
        column = _PICTOGRAM + _PICTOGRAM_GAP
        row = start_row(start_layout(area.parent, (column, width - column), area.left), whole=True)
        self._show(picture, Area(start_cell(row, column), column, style="field", cell=True))
        words = start_cell(row, width - column)
        self._fill(replace(area, parent=words, width=width - column, left=0, right=0), block.blocks)
        paragraphs = [*words.iterchildren(f"{WORD}p")]
        if isinstance(block.blocks[0], PlacedHeading):
            _draw_near(paragraphs[0])
        paragraph_format(paragraphs[-1]).space_after = Twips(0)

    def _show(self, picture: etree._Element, cell: Area) -> None:
        """A picture alone in its line, which has no letters that would need room below it."""
        paragraph = self.paragraphs.start(cell, Format("field"))
        add(add(paragraph[0], "rPr"), "sz", val=_NO_LETTERS)
        run = add(paragraph, "r")
        add(add(run, "rPr"), "sz", val=_NO_LETTERS)
        add(run, "drawing").append(picture)

    def panel(self, blocks: tuple[PlacedBlock, ...], area: Area, panel: Panel) -> None:
        """Blocks in a frame that may hold tables: one cell, or a row each if they are many."""
        width = area.edge - area.left
        inner = width - panel.margins["left"] - panel.margins["right"]
        table = start_layout(area.parent, (width,), area.left)
        is_short = panel.whole or is_whole_row((_as_cell(blocks),), (100,), self.page.scale)
        parts = [blocks] if is_short else [(block,) for block in blocks]
        for number, part in enumerate(parts):
            whole = panel.whole or is_whole_row((_as_cell(part),), (100,), self.page.scale)
            row = start_row(table, whole=whole)
            edges = panel.edges(first=number == 0, last=number == len(parts) - 1)
            cell = start_cell(row, width, CellFormat(1, edges.borders, edges.fill, edges.margins))
            inside = Area(cell, inner, style=panel.style, small=panel.small)
            self._fill(inside, part)
            if number < len(parts) - 1 and part[-1].with_next:
                keep_with_next([next(cell.iter(f"{WORD}p"))])

    def window(self, block: PlacedWindow, area: Area) -> None:
        """An address in the window of an envelope: what stands above is as high as the paper."""
        window, width = block.window, area.edge - area.left
        left = max(0, twips(window.left) - self.page.left)
        filled = left + twips(window.width)
        room = width - filled - _WINDOW_GAP
        is_beside = block.beside is not None and room >= _LEAST_BESIDE_WINDOW
        columns = (width - room, room) if is_beside else (width,)
        table = start_layout(area.parent, columns, area.left)
        top = start_row(table, height=max(0, twips(window.top) - self.page.top))
        above = start_cell(top, width, CellFormat(len(columns)))
        self._fill(replace(area, parent=above, width=width, left=0), block.above)
        margins = {"left": left, "right": max(0, columns[0] - filled)}
        row = start_row(table, height=twips(window.height))
        address = start_cell(row, columns[0], CellFormat(margins=margins))
        cell = Area(address, columns[0], style="field", cell=True)
        self.paragraphs.write(cell, Format("field"), runs(block.lines))
        if block.beside and is_beside:
            beside = replace(area, parent=start_cell(row, room), width=room, left=0, right=0)
            self._fill(beside, (block.beside,))
        elif block.beside:
            self.paragraphs.start(area, THIN)
            self.fields(block.beside, area)

    def letterhead(
        self, blocks: Sequence[PlacedBlock], logo: etree._Element | None, area: Area
    ) -> None:
        """The logo, and beside it the parts of the sender, above one rule."""
        rule = panel_like(self.letterhead_rule)
        format_ = CellFormat(1, rule.borders, "", rule.margins, place="center")
        width = area.edge - area.left
        beside = _width_of(logo) + _BESIDE_LOGO if logo is not None else 0
        parts, widths = _sender(blocks, width - beside)
        columns = (beside, *widths) if beside else widths
        row = start_row(start_layout(area.parent, columns, area.left))
        inside = replace(area, left=0, right=0, style="letterhead", borders=_UNRULED)
        if logo is not None:
            cell = replace(inside, parent=start_cell(row, beside, format_))
            add(add(self.paragraphs.start(cell, Format("letterhead")), "r"), "drawing").append(logo)
        for number, (part, column) in enumerate(zip(parts, widths, strict=True)):
            cell = replace(inside, parent=start_cell(row, column, format_), width=column)
            self._fill(replace(cell, aligned="right" if number else ""), part)

    def _fill(self, area: Area, blocks: Iterable[PlacedBlock]) -> None:
        """Write blocks into a cell; one that begins with a heading stays with nothing below it."""
        self.draw(blocks, area)
        self.close(area)
        first = area.parent.find(f"{WORD}p")
        if first is not None and paragraph_format(first).keep_with_next:
            paragraph_format(first).keep_with_next = False
            paragraph_format(first).space_before = Twips(0)

    def close(self, area: Area) -> None:
        """See to it that a cell ends with a paragraph, as each must."""
        last = area.parent[-1].tag
        if last != f"{WORD}p":
            self.paragraphs.start(area, THIN if last == f"{WORD}tbl" else Format("field"))


def _draw_near(heading: etree._Element) -> None:
    """Draw a heading hardly larger than the words that it stands close to."""
    paragraph_format(heading).space_after = Twips(0)
    run: Any
    for run in heading.iterchildren(f"{WORD}r"):
        run.get_or_add_rPr().sz_val = _PICTURED_HEADING


def _as_cell(blocks: tuple[PlacedBlock, ...]) -> PlacedCell:
    return PlacedCell(blocks, header=False)


def _has_options(field: PlacedField) -> bool:
    return any(isinstance(block, PlacedChoices) for block in field.value)


def _cells_of_line(
    row: Iterable[PlacedField], width: int
) -> Iterator[tuple[int, int, PlacedField | None]]:
    """Where each field of a line begins and ends, with the gaps between them."""
    pitch = (width + _FIELD_GAP) / TWELFTHS
    column = end = 0
    for field in row:
        start = round(column * pitch)
        if start:
            yield end, start, None
        column += field.width
        end = round(column * pitch) - _FIELD_GAP
        yield start, end, field


def _sender(
    blocks: Sequence[PlacedBlock], width: int
) -> tuple[tuple[Sequence[PlacedBlock], ...], tuple[int, ...]]:
    """What stands beside each other of the sender, and how wide: all in one if it has no room."""
    needs = [_LETTER * _longest_line(block) for block in blocks]
    if len(blocks) < 2 or sum(needs) > width:
        return (blocks,), (width,)
    return tuple((block,) for block in blocks), (width - sum(needs[1:]), *needs[1:])


def _longest_line(block: PlacedBlock) -> int:
    text = text_of(block.children) if isinstance(block, PlacedText) else ""
    return max(map(len, text.split("\n"))) or 1


def _width_of(picture: etree._Element) -> int:
    extent = next(picture.iter("{*}extent"))
    return round(int(extent.get("cx", 0)) / _EMU)
