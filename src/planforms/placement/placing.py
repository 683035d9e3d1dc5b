"""From the blocks of the tree to placed blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from planforms.document import (
    Block,
    Box,
    BoxKind,
    Cell,
    CheckBox,
    Description,
    DescriptionList,
    Heading,
    Letterhead,
    List,
    Paragraph,
    Quote,
    SigningPlace,
    Table,
)
from planforms.placement.blocks import (
    LAST_SIGNING_COLUMN,
    SIGNING_COLUMN,
    PlacedBlock,
    PlacedBox,
    PlacedCell,
    PlacedDescription,
    PlacedDescriptions,
    PlacedHeading,
    PlacedInline,
    PlacedItem,
    PlacedLetterhead,
    PlacedLines,
    PlacedList,
    PlacedOptions,
    PlacedQuote,
    PlacedRow,
    PlacedSigning,
    PlacedTable,
    PlacedText,
)
from planforms.placement.keeping import keep_item, keep_together
from planforms.placement.sizes import fits_beside, is_whole_row
from planforms.placement.words import (
    blanks_in,
    has_nothing_but_blanks,
    options_of,
    paragraphs_of,
)


def place(blocks: Iterable[Block]) -> tuple[PlacedBlock, ...]:
    """The blocks of a document, or of a part of it, as they are drawn."""
    return keep_together([placed for block in blocks for placed in _place(block)])


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
        case Table():
            yield _table(block)
        case Box(kind, children):
            yield PlacedBox(kind, place(children), whole=kind is BoxKind.SIGN)
        case Quote(children):
            yield PlacedQuote(place(children))
        case SigningPlace():
            yield _signing(block)
        case Letterhead(logo, children):
            yield PlacedLetterhead(logo, place(children))
        case _:
            assert_never(block)


def _paragraph(children: tuple[PlacedInline, ...]) -> PlacedBlock:
    if has_nothing_but_blanks(children):
        return PlacedLines(tuple(blanks_in(children)), whole=True)
    if children and isinstance(children[0], CheckBox):
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


def _table(table: Table) -> PlacedTable:
    head = PlacedRow(tuple(map(_cell, table.head)), whole=True)
    rows = tuple(_row(row, table.widths) for row in table.rows)
    return PlacedTable(table.caption, table.widths, head, rows)


def _row(row: tuple[Cell, ...], widths: tuple[int, ...]) -> PlacedRow:
    cells = tuple(map(_cell, row))
    return PlacedRow(cells, is_whole_row(cells, widths))


def _cell(cell: Cell) -> PlacedCell:
    return PlacedCell(place(cell.children), cell.header)


def _signing(block: SigningPlace) -> PlacedSigning:
    items = _descriptions(block.items)
    columns = (*(SIGNING_COLUMN,) * (len(items) - 1), LAST_SIGNING_COLUMN)[: len(items)]
    to_sign = all(_is_one_line(value) for item in items for value in item.value)
    return PlacedSigning(items, columns, to_sign, place(block.children), whole=True)


def _is_one_line(block: PlacedBlock) -> bool:
    return isinstance(block, PlacedLines) and block.count == 1
