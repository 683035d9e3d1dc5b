"""From the blocks of the tree to placed blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from planforms.document import (
    AddressWindow,
    Beside,
    Block,
    Box,
    BoxKind,
    Cell,
    Chart,
    CheckBox,
    Choices,
    Description,
    DescriptionList,
    Field,
    Fields,
    FieldType,
    Heading,
    Inline,
    Letterhead,
    List,
    Paragraph,
    Pictured,
    Quote,
    Section,
    Table,
    Translation,
)
from planforms.placement.blocks import (
    MATRIX_ROW_HEIGHT,
    ROW_HEIGHT,
    ROW_PITCH,
    PlacedBeside,
    PlacedBlock,
    PlacedBox,
    PlacedCell,
    PlacedChart,
    PlacedChoices,
    PlacedDescription,
    PlacedDescriptions,
    PlacedField,
    PlacedFields,
    PlacedHeading,
    PlacedInline,
    PlacedItem,
    PlacedLetterhead,
    PlacedLines,
    PlacedList,
    PlacedOptions,
    PlacedPictured,
    PlacedQuote,
    PlacedRow,
    PlacedSection,
    PlacedTable,
    PlacedText,
    PlacedTranslation,
    PlacedWindow,
)
from planforms.placement.keeping import keep_item, keep_together
from planforms.placement.page import USUAL, Paper
from planforms.placement.sizes import (
    fits_beside,
    fits_on_page,
    is_short_table,
    is_whole_row,
    room_in,
)
from planforms.placement.words import (
    blanks_in,
    has_nothing_but_blanks,
    options_of,
    paragraphs_of,
)

TWELFTHS = 12
"""A line of fields has room for so many parts."""


def place(blocks: Iterable[Block], page: Paper = USUAL) -> tuple[PlacedBlock, ...]:
    """The blocks of a document, or of a part of it, as they are drawn on its pages."""
    return _Placer(page).blocks(blocks)


@dataclass(frozen=True, slots=True)
class _Placer:
    page: Paper

    def blocks(self, blocks: Iterable[Block]) -> tuple[PlacedBlock, ...]:
        """Blocks that stand below one another."""
        placed: list[PlacedBlock] = []
        for block in blocks:
            match block, placed:
                case AddressWindow(), _:
                    above = keep_together(placed)
                    placed = [PlacedWindow(above, block.lines, block.window, whole=True)]
                case Fields(), [PlacedWindow(beside=None) as window]:
                    placed = [replace(window, beside=self._two_abreast(block))]
                case _:
                    placed.extend(self._place(block))
        return keep_together(placed)

    def _two_abreast(self, fields: Fields) -> PlacedFields:
        half = TWELFTHS // 2
        return PlacedFields(tuple(_rows(self._field(item, half) for item in fields.items)))

    def _place(self, block: Block) -> Iterator[PlacedBlock]:
        match block:
            case Paragraph(children):
                yield from map(_paragraph, paragraphs_of(children))
            case Heading(level, children):
                yield PlacedHeading(level, children, whole=True)
            case List():
                yield self._list(block)
            case DescriptionList(items):
                yield PlacedDescriptions(self._descriptions(items))
            case Fields(items, widths):
                yield PlacedFields(tuple(_rows(map(self._field, items, widths))))
            case Choices(question, options, columns):
                placed = tuple(option for words in options for option in options_of(words))
                yield PlacedChoices(question, placed, columns, whole=True)
            case Section(section, children):
                yield PlacedSection(section, self.blocks(children))
            case Pictured(pictogram, alt, children):
                yield PlacedPictured(pictogram, alt, self.blocks(children), whole=True)
            case Beside(parts):
                yield PlacedBeside(tuple(map(self.blocks, parts)))
            case Translation(language, locale, children):
                yield PlacedTranslation(language, locale, self.blocks(children))
            case Table():
                yield self._table(block)
            case Chart():
                yield replace(self._table(block.table), with_next=True)
                yield placed_chart(block)
            case Box(kind, children):
                blocks = self.blocks(children)
                fits = kind is BoxKind.ROW and fits_on_page(blocks, self.page.scale)
                yield PlacedBox(kind, blocks, whole=fits or kind is BoxKind.SIGN)
            case Quote(children):
                yield PlacedQuote(self.blocks(children))
            case Letterhead(logo, children):
                yield PlacedLetterhead(logo, self.blocks(children))
            case AddressWindow():
                yield from self.blocks((block,))
            case _:
                assert_never(block)

    def _list(self, block: List) -> PlacedList:
        items = tuple(
            _item(f"{number}." if block.ordered else "•", self.blocks(item))
            for number, item in enumerate(block.items, start=1)
        )
        return PlacedList(block.ordered, items, whole=not any(item.mark for item in items))

    def _descriptions(self, items: Iterable[Description]) -> tuple[PlacedDescription, ...]:
        return tuple(map(self._description, items))

    def _description(self, item: Description) -> PlacedDescription:
        value = self.blocks(item.value)
        is_choice = len(value) == 1 and isinstance(value[0], PlacedOptions)
        beside = self.page.labels_beside and fits_beside(value)
        return PlacedDescription(item.label, value, beside=beside, whole=is_choice)

    def _field(self, item: Description, width: int) -> PlacedField:
        """A field; where words stand beside a place to write, they are drawn as any others are."""
        value = tuple(map(_in_a_row, self.blocks(item.value)))
        room = all(isinstance(block, _ROOM) for block in value)
        return PlacedField(item.label, value, width, room_in(value) if room else 0)

    def _table(self, table: Table) -> PlacedTable:
        middle = _middle_columns(table)
        head = PlacedRow(self._cells(table.head, middle), whole=True)
        rows = _hold_ends([self._row(row, table, middle) for row in table.rows])
        placed = PlacedTable(
            table.caption,
            table.widths,
            head,
            rows,
            to_fill=any(row.room for row in rows),
            matrix=table.matrix,
        )
        return replace(
            placed, whole=is_short_table(placed, self.page.scale) or _is_written_once(placed.head)
        )

    def _row(self, row: tuple[Cell, ...], table: Table, middle: tuple[bool, ...]) -> PlacedRow:
        if len(row) == 1 != len(table.widths):
            [name] = row
            cell = replace(self._cell(name), span=len(table.widths))
            return PlacedRow((cell,), whole=True, with_next=True)
        cells = self._cells(row, middle)
        room = _height(row) if any(room_in(cell.blocks) for cell in cells) else 0
        is_high = room and any(cell.lines > 1 for cell in row)
        if table.matrix and (room or _has_boxes(row)) and not is_high:
            room = MATRIX_ROW_HEIGHT
        return PlacedRow(cells, is_whole_row(cells, table.widths, self.page.scale), room)

    def _cells(self, row: tuple[Cell, ...], middle: tuple[bool, ...]) -> tuple[PlacedCell, ...]:
        return tuple(map(self._cell, row, middle))

    def _cell(self, cell: Cell, middle: bool = False) -> PlacedCell:
        blocks = tuple(map(_in_a_row, self.blocks(cell.children)))
        return PlacedCell(blocks, cell.header, middle=middle)


def _paragraph(children: tuple[PlacedInline, ...]) -> PlacedBlock:
    if has_nothing_but_blanks(children):
        return PlacedLines(tuple(blanks_in(children)), whole=True)
    if children and isinstance(children[0], CheckBox) and not children[0].bare:
        return PlacedOptions(options_of(children))
    return PlacedText(children)


def _item(mark: str, blocks: tuple[PlacedBlock, ...]) -> PlacedItem:
    is_option = bool(blocks) and isinstance(blocks[0], PlacedOptions)
    return PlacedItem("" if is_option else mark, keep_item(blocks))


_ROOM = (PlacedLines, PlacedChoices)
"""What has no words but those of options."""


def _in_a_row(block: PlacedBlock) -> PlacedBlock:
    """Options run in a row where there is little room below one another."""
    if isinstance(block, PlacedOptions):
        return PlacedChoices((), block.options, 0, whole=True)
    return block


def _rows(fields: Iterable[PlacedField]) -> Iterator[tuple[PlacedField, ...]]:
    """Fields in lines: one that has no room beside the others begins the next line."""
    row: list[PlacedField] = []
    for field in fields:
        if sum(one.width for one in (*row, field)) > TWELFTHS:
            yield tuple(row)
            row = []
        row.append(field)
    if row:
        yield tuple(row)


def placed_chart(chart: Chart) -> PlacedChart:
    """The drawing of a table, which stands below it."""
    caption, ends = chart.table.caption, (chart.low, chart.high)
    return PlacedChart(chart.kind, caption, chart.steps, chart.series, *ends, whole=True)


def _is_written_once(head: PlacedRow) -> bool:
    """Whether there is room to write in a head, which every page would repeat."""
    return any(room_in(cell.blocks) for cell in head.cells)


def _hold_ends(rows: Sequence[PlacedRow]) -> tuple[PlacedRow, ...]:
    """No row stands alone on a page if it need not: the first two stay together, and the last."""
    ends = {0, len(rows) - 2} if len(rows) > 1 else set()
    return tuple(
        replace(row, with_next=True) if number in ends and row.whole else row
        for number, row in enumerate(rows)
    )


def _middle_columns(table: Table) -> tuple[bool, ...]:
    """Of each column, whether it holds boxes or ratings alone."""
    rows = [row for row in table.rows if len(row) == len(table.widths)]
    return tuple(
        table.matrix and number > 0 and not any(_is_written(row[number]) for row in rows)
        for number in range(len(table.widths))
    )


def _is_written(cell: Cell) -> bool:
    return any(
        isinstance(inline, Field) and inline.type in (FieldType.LINE, FieldType.TEXT)
        for inline in _inlines(cell)
    )


def _has_boxes(row: tuple[Cell, ...]) -> bool:
    """Whether somebody could tick something in a row; a row of ratings is as low as its words."""
    return any(isinstance(inline, CheckBox) for cell in row for inline in _inlines(cell))


def _inlines(cell: Cell) -> Iterator[Inline]:
    for block in cell.children:
        if isinstance(block, Paragraph):
            yield from block.children


def _height(row: tuple[Cell, ...]) -> float:
    lines = max(cell.lines for cell in row)
    return ROW_HEIGHT + ROW_PITCH * (lines - 1)
