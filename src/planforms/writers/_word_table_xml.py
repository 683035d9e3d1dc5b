"""Tables of a Word document, piece by piece: their columns, rows and cells.

What holds words in place is a table without lines and without header flags, so that a screen
reader tells no table of data. Lengths are in twentieths of a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from lxml import etree

from planforms.writers._word_xml import WORD, add, keep_with_next

Sides = Mapping[str, int]
"""A length for some of the sides top, left, bottom and right, in this order."""


BARE: Sides = {"top": 0, "left": 0, "bottom": 0, "right": 0}


@dataclass(frozen=True, slots=True)
class TableFormat:
    """What a whole table has.

    Attributes:
        style: identifier of its style; none for a table that only holds words in place.
        left: how far it stands in.
        margins: between the edges of its cells and the words.
        names_rows: whether the first cells name their rows; ``None`` if it has no heads at all.
        caption: what it shows, for those who do not see it.
    """

    style: str = ""
    left: int = 0
    margins: Sides = field(default_factory=dict)
    names_rows: bool | None = None
    caption: str = ""


@dataclass(frozen=True, slots=True)
class CellFormat:
    """What a cell has of its own.

    Attributes:
        span: how many columns it takes.
        borders: its lines, as elements of a paragraph or of a cell.
        fill: the colour of its ground.
        margins: between its edges and the words.
        place: where the words stand in its height: "center", "bottom", or "" for its top.
    """

    span: int = 1
    borders: tuple[etree._Element, ...] = ()
    fill: str = ""
    margins: Sides = field(default_factory=dict)
    place: str = ""


def shares_of(total: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Widths that add up to the total whatever the rounding."""
    ends = [0, *(total * share // sum(shares) for share in accumulate(shares))]
    return tuple(end - start for start, end in pairwise(ends))


def start_table(
    parent: etree._Element, widths: Sequence[int], format_: TableFormat
) -> etree._Element:
    """A new table without rows; every program keeps to the widths of its columns."""
    table = add(parent, "tbl")
    properties = add(table, "tblPr")
    if format_.style:
        add(properties, "tblStyle", val=format_.style)
    add(properties, "tblW", w=sum(widths), type="dxa")
    if format_.left:
        add(properties, "tblInd", w=format_.left, type="dxa")
    add(properties, "tblLayout", type="fixed")
    if format_.margins:
        _add_margins(properties, "tblCellMar", format_.margins)
    _add_look(properties, format_.names_rows)
    if format_.caption:
        add(properties, "tblCaption", val=format_.caption)
    grid = add(table, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=width)
    return table


def start_layout(
    parent: etree._Element, widths: Sequence[int], left: int, margins: Sides = BARE
) -> etree._Element:
    """A new table that only holds words in place."""
    return start_table(parent, widths, TableFormat(left=left, margins=margins))


def start_row(
    table: etree._Element, *, height: int = 0, whole: bool = True, head: bool = False
) -> etree._Element:
    """A new row; ``height`` is the least it has, for an exact one would cut off words."""
    row = add(table, "tr")
    properties = add(row, "trPr")
    if whole:
        add(properties, "cantSplit")
    if height:
        add(properties, "trHeight", val=height, hRule="atLeast")
    if head:
        add(properties, "tblHeader")
    return row


def start_cell(
    row: etree._Element, width: int, format_: CellFormat = CellFormat()
) -> etree._Element:
    """A new cell, still without the paragraph that each must end with."""
    cell = add(row, "tc")
    properties = add(cell, "tcPr")
    add(properties, "tcW", w=width, type="dxa")
    if format_.span > 1:
        add(properties, "gridSpan", val=format_.span)
    if format_.borders:
        add(properties, "tcBorders").extend(_cell_borders(format_.borders))
    if format_.fill:
        add(properties, "shd", val="clear", color="auto", fill=format_.fill)
    if format_.margins:
        _add_margins(properties, "tcMar", format_.margins)
    if format_.place:
        add(properties, "vAlign", val=format_.place)
    return cell


def border(side: str, size: int, colour: str) -> etree._Element:
    """One line; ``size`` in eighths of a point."""
    values = {"val": "single", "sz": str(size), "space": "0", "color": colour}
    return etree.Element(f"{WORD}{side}", {f"{WORD}{key}": v for key, v in values.items()})


def keep_rows(table: etree._Element) -> None:
    """Hold the rows of a table together on one page."""
    for row in list(table.iterchildren(f"{WORD}tr"))[:-1]:
        keep_with_next(row.iter(f"{WORD}p"))


def _cell_borders(borders: Iterable[etree._Element]) -> list[etree._Element]:
    copies = [deepcopy(each) for each in borders]
    for each in copies:
        each.set(f"{WORD}space", "0")
    return copies


def _add_margins(properties: etree._Element, tag: str, margins: Sides) -> None:
    element = add(properties, tag)
    for side, width in margins.items():
        add(element, side, w=width, type="dxa")


def _add_look(properties: etree._Element, names_rows: bool | None) -> None:
    has_heads = names_rows is not None
    value = 0x0600 + 0x0020 * has_heads + 0x0080 * bool(names_rows)
    look = {"firstRow": int(has_heads), "lastRow": 0}
    look |= {"firstColumn": int(bool(names_rows)), "lastColumn": 0}
    add(properties, "tblLook", val=f"{value:04X}", **look, noHBand=1, noVBand=1)
