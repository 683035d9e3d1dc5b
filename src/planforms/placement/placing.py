"""From the blocks of the tree to placed blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from planforms.document import (
    AddressWindow,
    Beside,
    Block,
    Box,
    BoxKind,
    Cell,
    CheckBox,
    Choices,
    Description,
    DescriptionList,
    Fields,
    Heading,
    Letterhead,
    List,
    Paragraph,
    Quote,
    Section,
    Table,
)
from planforms.placement.blocks import (
    MATRIX_ROW_HEIGHT,
    ROW_HEIGHT,
    ROW_PITCH,
    PlacedBeside,
    PlacedBlock,
    PlacedBox,
    PlacedCell,
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
    PlacedQuote,
    PlacedRow,
    PlacedSection,
    PlacedTable,
    PlacedText,
    PlacedWindow,
)
from planforms.placement.keeping import keep_item, keep_together
from planforms.placement.sizes import fits_beside, is_short_table, is_whole_row, room_in
from planforms.placement.words import (
    blanks_in,
    has_nothing_but_blanks,
    options_of,
    paragraphs_of,
)

TWELFTHS = 12
"""A line of fields has room for so many parts."""


def place(blocks: Iterable[Block]) -> tuple[PlacedBlock, ...]:
    """The blocks of a document, or of a part of it, as they are drawn."""
    placed: list[PlacedBlock] = []
    for block in blocks:
        if isinstance(block, AddressWindow):
            above = keep_together(placed)
            placed = [PlacedWindow(above, block.lines, block.window, whole=True)]
        else:
            placed.extend(_place(block))
    return keep_together(placed)


def _place(block: Block) -> Iterator[PlacedBlock]:
    match block:
        case Paragraph(children):
            yield from map(_paragraph, paragraphs_of(children))
        case Heading(level, children):
            yield PlacedHeading(level, children, whole=True)
        case List():
            yield _list(block)
        case DescriptionList(items):
            yield PlacedDescriptions(_descriptions(items))
        case Fields(items, widths):
            yield PlacedFields(tuple(_rows(map(_field, items, widths))))
        case Choices(question, options, columns):
            placed = tuple(option for words in options for option in options_of(words))
            yield PlacedChoices(question, placed, columns, whole=True)
        case Section(section, children):
            yield PlacedSection(section, place(children))
        case Beside(parts):
            yield PlacedBeside(tuple(map(place, parts)))
        case Table():
            yield _table(block)
        case Box(kind, children):
            yield PlacedBox(kind, place(children), whole=kind is BoxKind.SIGN)
        case Quote(children):
            yield PlacedQuote(place(children))
        case Letterhead(logo, children):
            yield PlacedLetterhead(logo, place(children))
        case AddressWindow():
            yield from place((block,))
        case _:
            assert_never(block)


def _paragraph(children: tuple[PlacedInline, ...]) -> PlacedBlock:
    if has_nothing_but_blanks(children):
        return PlacedLines(tuple(blanks_in(children)), whole=True)
    if children and isinstance(children[0], CheckBox) and not children[0].bare:
        return PlacedOptions(options_of(children))
    return PlacedText(children)


def _list(block: List) -> PlacedList:
    items = tuple(
        _item(f"{number}." if block.ordered else "•", place(item))
        for number, item in enumerate(block.items, start=1)
    )
    return PlacedList(block.ordered, items, whole=not any(item.mark for item in items))


def _item(mark: str, blocks: tuple[PlacedBlock, ...]) -> PlacedItem:
    is_option = bool(blocks) and isinstance(blocks[0], PlacedOptions)
    return PlacedItem("" if is_option else mark, keep_item(blocks))


def _descriptions(items: Iterable[Description]) -> tuple[PlacedDescription, ...]:
    return tuple(map(_description, items))


def _description(item: Description) -> PlacedDescription:
    value = place(item.value)
    is_choice = len(value) == 1 and isinstance(value[0], PlacedOptions)
    return PlacedDescription(item.label, value, beside=fits_beside(value), whole=is_choice)


def _field(item: Description, width: int) -> PlacedField:
    """A field; where words stand beside a place to write, they are drawn as any others are."""
    value = tuple(map(_in_a_row, place(item.value)))
    room = all(isinstance(block, _ROOM) for block in value)
    return PlacedField(item.label, value, width, room_in(value) if room else 0)


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


def _table(table: Table) -> PlacedTable:
    head = PlacedRow(tuple(map(_cell, table.head)), whole=True)
    rows = tuple(_row(row, table) for row in table.rows)
    placed = PlacedTable(
        table.caption,
        table.widths,
        head,
        rows,
        to_fill=any(row.room for row in rows),
        matrix=table.matrix,
    )
    return replace(placed, whole=is_short_table(placed))


def _row(row: tuple[Cell, ...], table: Table) -> PlacedRow:
    if len(row) == 1 != len(table.widths):
        [name] = row
        cell = replace(_cell(name), span=len(table.widths))
        return PlacedRow((cell,), whole=True, with_next=True)
    cells = tuple(map(_cell, row))
    room = _height(row) if any(room_in(cell.blocks) for cell in cells) else 0
    is_high = room and any(cell.lines > 1 for cell in row)
    if table.matrix and (room or _has_boxes(row)) and not is_high:
        room = MATRIX_ROW_HEIGHT
    return PlacedRow(cells, is_whole_row(cells, table.widths), room)


def _has_boxes(row: tuple[Cell, ...]) -> bool:
    """Whether somebody could tick something in a row; a row of ratings is as low as its words."""
    return any(
        isinstance(inline, CheckBox)
        for cell in row
        for block in cell.children
        if isinstance(block, Paragraph)
        for inline in block.children
    )


def _height(row: tuple[Cell, ...]) -> float:
    lines = max(cell.lines for cell in row)
    return ROW_HEIGHT + ROW_PITCH * (lines - 1)


def _cell(cell: Cell) -> PlacedCell:
    return PlacedCell(tuple(map(_in_a_row, place(cell.children))), cell.header)
