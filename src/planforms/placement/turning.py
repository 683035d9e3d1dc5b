"""Tables turned: each row becomes a block of its own, each cell with the name of its column.

That is how a table is read that has no room, and how one is told in plain text. The names of its
columns are said anew for every row; a cell that holds nothing is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from planforms.document import (
    Block,
    Box,
    BoxKind,
    Cell,
    CheckBox,
    Choices,
    Description,
    Field,
    Fields,
    Inline,
    Paragraph,
    Stroke,
    Strong,
    Table,
    Text,
    inline_text,
    inlines_of,
    lines_of,
)
from planforms.placement.words import blanks_in, has_nothing_but_blanks

_WHOLE_LINE, _HALF_LINE = 12, 6
"""How much of a line a cell takes as a field, in twelfths."""
_LONGEST_HALF = 18
"""How many letters have room in half a line."""
_PER_CENT_OF_A_LINE, _PER_CENT_OF_HALF = 90, 45
"""How wide a whole line is, and half of one, in per cent of the table's width."""

_Words = tuple[Inline, ...]


def turned(table: Table) -> tuple[Block, ...]:
    """The blocks that say what a table says."""
    heads = [_name(cell, once=len(table.rows) == 1) for cell in table.head]
    rows = (block for row in table.rows for block in _row(row, heads, table))
    return (Paragraph((Strong(table.caption),)), *rows)


def can_turn(table: Table) -> bool:
    """Whether a table can be turned: what is to be written in its head is written only once."""
    return len(table.rows) == 1 or not any(map(has_blanks, table.head))


def has_blanks(cell: Cell) -> bool:
    """Whether there is a place to write in a cell."""
    return any(True for _ in blanks_in(inlines_of(cell.children)))


def _name(cell: Cell, *, once: bool) -> _Words:
    """The name of a column; what can be filled in is so where it is said once."""
    words = tuple(inlines_of(cell.children))
    return words if once else (Text(inline_text(words)),) if inline_text(words).strip() else ()


def _row(row: tuple[Cell, ...], heads: Sequence[_Words], table: Table) -> Iterator[Block]:
    if len(row) < len(heads):
        yield from map(_bold, row[0].children)
        return
    boxes = [_only_box(cell) for cell in row[1:]]
    if table.matrix and any(boxes) and all(map(_is_box_or_nothing, boxes, row[1:])):
        named = zip(boxes, heads[1:], strict=True)
        options = ((replace(b, bare=False, label=inline_text(h)),) for b, h in named if b)
        question = Fields((Description(heads[0], row[0].children),), (_WHOLE_LINE,))
        yield Box(BoxKind.ROW, (question, Choices((), tuple(options))))
        return
    fields = [
        _field(head, cell, share)
        for head, cell, share in zip(heads, row, table.widths, strict=True)
        if _says_something(cell)
    ]
    if fields:
        items, widths = zip(*fields, strict=True)
        yield Box(BoxKind.ROW, (Fields(items, widths),))


def _field(head: _Words, cell: Cell, share: int) -> tuple[Description, int]:
    """A cell as a field, and how much of a line it takes, with as much room to write as it had.

    Args:
        head: the name of its column.
        cell: the cell.
        share: how wide its column is, in per cent.
    """
    lines = ceil(share * cell.lines / _PER_CENT_OF_A_LINE)
    item = Description(head, tuple(_roomy(block, lines) for block in cell.children))
    is_narrow = share * cell.lines <= _PER_CENT_OF_HALF
    return item, _HALF_LINE if is_narrow and _is_short_item(item) else _WHOLE_LINE


def _bold(block: Block) -> Block:
    return Paragraph((Strong(block.children),)) if isinstance(block, Paragraph) else block


def _only_box(cell: Cell) -> CheckBox | None:
    """The box that is all of a cell."""
    match cell.children:
        case (Paragraph((CheckBox(bare=True) as box,)),):
            return box
    return None


def _is_box_or_nothing(box: CheckBox | None, cell: Cell) -> bool:
    return box is not None or not _says_something(cell)


def _says_something(cell: Cell) -> bool:
    return has_blanks(cell) or any(True for block in cell.children for _ in lines_of(block))


def _roomy(block: Block, lines: int) -> Block:
    """A block with as much room to write as the row of its table has."""
    if lines == 1 or not isinstance(block, Paragraph) or not has_nothing_but_blanks(block.children):
        return block
    return Paragraph(tuple(_with_lines(child, lines) for child in block.children))


def _with_lines(child: Inline, lines: int) -> Inline:
    if isinstance(child, Field | Stroke):
        return replace(child, lines=max(child.lines, lines))
    return child


def _is_short_item(item: Description) -> bool:
    words = tuple(inlines_of(item.value))
    letters = max(len(inline_text(words)), len(inline_text(item.label)))
    return len(item.value) == 1 and letters <= _LONGEST_HALF and all(map(_is_short, words))


def _is_short(node: Inline) -> bool:
    match node:
        case Field(text=None, lines=lines) | Stroke(lines=lines):
            return lines == 1
        case CheckBox(bare=bare):
            return bare
    return True
