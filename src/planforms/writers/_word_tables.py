"""Tables of data in a Word document: with a caption, a head that every page repeats, and rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from planforms.placement.blocks import PlacedBlock, PlacedCell, PlacedRow, PlacedTable
from planforms.placement.words import text_of
from planforms.writers._word_paragraphs import THIN, Area, Format, ParagraphWriter, clean, runs
from planforms.writers._word_table_xml import (
    CellFormat,
    TableFormat,
    keep_rows,
    shares_of,
    start_cell,
    start_row,
    start_table,
)
from planforms.writers._word_xml import WORD, keep_with_next, twips

_TINT = "F2F2F0"


@dataclass(frozen=True, slots=True)
class TableKind:
    """How a table looks: its styles by name, and what depends on them.

    Attributes:
        table: the style of the table.
        text: of what its cells say.
        name: of what names a row.
        head: of what names a column.
        middle, middle_head: of what stands in the middle of a column, and names it.
        padding: how much of a cell's width its margins take, in twentieths of a point.
        place: where the words stand in the height of a cell.
    """

    table: str
    text: str
    name: str
    head: str
    padding: int
    middle: str = ""
    middle_head: str = ""
    place: str = ""


_TO_READ = TableKind("letter table", "table text", "table header", "table header", 160)
_TO_FILL = TableKind("form table", "table text", "table header", "table header", 170)
_MATRIX = TableKind(
    table="matrix table",
    text="matrix text",
    name="matrix text",
    head="table header",
    padding=90,
    middle="matrix box",
    middle_head="matrix head",
    place="center",
)


@dataclass(frozen=True, slots=True)
class TableWriter:
    """Writes tables of data.

    Attributes:
        paragraphs: what writes paragraphs.
        draw: what writes blocks into an area.
        styles: identifiers of the shell's styles by name.
    """

    paragraphs: ParagraphWriter
    draw: Callable[[Iterable[PlacedBlock], Area], None]
    styles: Mapping[str, str]

    def write(self, table: PlacedTable, area: Area) -> None:
        """A table below its caption."""
        self.paragraphs.write(area, Format("caption", keep_next=True), runs(table.caption))
        kind = _MATRIX if table.matrix else _TO_FILL if table.to_fill else _TO_READ
        widths = shares_of(area.edge - area.left, table.widths)
        format_ = TableFormat(
            self.styles[kind.table],
            area.left,
            names_rows=bool(table.rows) and all(row.cells[0].header for row in table.rows),
            caption=" ".join(clean(text_of(table.caption)).split()),
        )
        element = start_table(area.parent, widths, format_)
        self._head(element, table.head, widths, kind)
        for row in table.rows:
            self._row(element, row, widths, kind)
        if table.whole:
            keep_rows(element)

    def _head(
        self, table: etree._Element, row: PlacedRow, widths: tuple[int, ...], kind: TableKind
    ) -> None:
        element = start_row(table, whole=row.whole, head=True)
        for cell, width in zip(row.cells, widths, strict=True):
            inside = start_cell(element, width, CellFormat(place="bottom"))
            style = kind.middle_head if cell.middle else kind.head
            self._cell(cell, Area(inside, width - kind.padding, style=style, cell=True))
        keep_with_next(element.iter(f"{WORD}p"))

    def _row(
        self, table: etree._Element, row: PlacedRow, widths: tuple[int, ...], kind: TableKind
    ) -> None:
        element = start_row(table, height=twips(row.room), whole=row.whole)
        if row.cells[0].span > 1:
            self._group(element, row.cells[0], sum(widths), kind)
        else:
            for cell, width in zip(row.cells, widths, strict=True):
                inside = start_cell(element, width, CellFormat(place=kind.place))
                style = kind.middle if cell.middle else kind.name if cell.header else kind.text
                self._cell(cell, Area(inside, width - kind.padding, style=style, cell=True))
        if row.with_next:
            keep_with_next(element.iter(f"{WORD}p"))

    def _group(self, row: etree._Element, cell: PlacedCell, width: int, kind: TableKind) -> None:
        """The name of the rows below, over the whole width."""
        inside = start_cell(row, width, CellFormat(cell.span, fill=_TINT, place="center"))
        self._cell(cell, Area(inside, width - kind.padding, style="group header", cell=True))

    def _cell(self, cell: PlacedCell, area: Area) -> None:
        self.draw(cell.blocks, area)
        last = area.parent[-1].tag
        if last != f"{WORD}p":
            is_table = last == f"{WORD}tbl"
            self.paragraphs.start(area, THIN if is_table else Format(area.style))
