"""Tables of data in a starter: their columns, and rows and cells that statements govern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from lxml import etree

from planforms.document import ChartKind
from planforms.markup.subset import MATRIX
from planforms.placement.blocks import MATRIX_ROW_HEIGHT, ROW_HEIGHT, ROW_PITCH
from planforms.word_templates.starting_paragraphs import Spot, StarterParagraphs
from planforms.word_templates.tree import (
    Governed,
    Node,
    Tagged,
    as_elements,
    codes_in,
    without_spaces,
)
from planforms.writers._word_table_xml import (
    CellFormat,
    TableFormat,
    shares_of,
    start_cell,
    start_row,
    start_table,
)
from planforms.writers._word_xml import add, keep_with_next, twips

_TINT = "F2F2F0"
_PADDING = 170
_STATEMENT_SHARE = 12
"""How much of a table a cell takes that holds a statement, in per cent of what cells of data do."""
_MATRIX_NAMES, _MATRIX_SHARE = 34, 11
"""How much of a matrix its first column and each other one take that say nothing of it."""
_USUAL_ROW = 7
"""How high a row is at least, in mm: one can write in it."""
_SIGNED = re.compile(r"\|line\b")

Entry = Tagged | tuple[str, ...]
"""What stands in a row: a cell, or statements that govern cells."""


@dataclass(frozen=True, slots=True)
class StarterTables:
    """Writes tables of data.

    Attributes:
        paragraphs: what writes paragraphs.
        fill: what draws parts into a cell.
    """

    paragraphs: StarterParagraphs
    fill: Callable[[Iterable[Node], Spot], None]

    def write(self, element: Tagged, spot: Spot) -> None:
        """A table below its caption."""
        caption, head, body = (next(element.tagged(tag)) for tag in ("caption", "thead", "tbody"))
        self.paragraphs.write(spot.parent, "caption", caption.parts)
        matrix = element.attributes.get("class") == MATRIX
        columns = tuple(_entries(next(head.tagged("tr")).parts))
        widths = shares_of(spot.width, _shares(columns, matrix))
        look = self.paragraphs.styles["matrix table" if matrix else "form table"]
        table = start_table(spot.parent, widths, TableFormat(look, names_rows=True))
        if description := _description(element):
            add(table[0], "tblDescription", val=description)
        wordy = frozenset(n for n, column in enumerate(columns) if not n or _width(column))
        writer = _Rows(self, table, widths, matrix, wordy)
        writer.head(columns)
        writer.rows(body.parts)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Writes the rows of one table.

    Attributes:
        tables: what writes tables.
        table: the table.
        widths: how wide its columns are.
        matrix: whether its cells hold boxes or ratings.
        wordy: the numbers of the columns of a matrix that hold words.
    """

    tables: StarterTables
    table: etree._Element
    widths: tuple[int, ...]
    matrix: bool
    wordy: frozenset[int]

    def head(self, columns: Sequence[Entry]) -> None:
        """The row that every page repeats."""
        row = start_row(self.table, head=True)
        for number, (entry, width) in enumerate(zip(columns, self.widths, strict=True)):
            is_middle = self.matrix and number not in self.wordy
            style = "matrix head" if is_middle else "table header"
            self._entry(row, entry, (width, 1), style)
        keep_with_next(row.iter("{*}p"))

    def rows(self, parts: Iterable[Node]) -> None:
        """The rows of the body."""
        for part in parts:
            if isinstance(part, Governed):
                for branch in part.branches:
                    self._statement(branch.statement)
                    self.rows(branch.parts)
                self._statement(part.end)
            elif isinstance(part, Tagged):
                self._row(part)

    def _statement(self, statement: str) -> None:
        width = sum(self.widths)
        cell = start_cell(start_row(self.table), width, CellFormat(len(self.widths)))
        self.tables.paragraphs.write_statement(cell, "tr", statement)

    def _row(self, element: Tagged) -> None:
        entries = tuple(_entries(element.parts))
        if [_scope(entry) for entry in entries] == ["rowgroup"]:
            row = start_row(self.table)
            format_ = CellFormat(len(self.widths), fill=_TINT, place="center")
            cell = start_cell(row, sum(self.widths), format_)
            self._fill(cell, entries[0], sum(self.widths), "group header")
            return
        signed = any(map(_SIGNED.search, codes_in(element.parts)))
        row = start_row(self.table, height=self._height(element, signed), whole=signed)
        spans = _spans(len(entries), len(self.widths))
        start = 0
        for number, (entry, span) in enumerate(zip(entries, spans, strict=True)):
            width = sum(self.widths[start : start + span])
            self._entry(row, entry, (width, span), self._style(entry, number))
            start += span

    def _height(self, element: Tagged, signed: bool) -> int:
        lines = int(element.attributes.get("lines", 1))
        if self.matrix and lines == 1:
            return twips(MATRIX_ROW_HEIGHT)
        least = ROW_HEIGHT if signed or lines > 1 else _USUAL_ROW
        return twips(least + ROW_PITCH * (lines - 1))

    def _style(self, entry: Entry, number: int) -> str:
        if not self.matrix:
            return "table header" if _scope(entry) else "table text"
        return "matrix text" if number in self.wordy else "matrix box"

    def _entry(self, row: etree._Element, entry: Entry, size: tuple[int, int], style: str) -> None:
        width, span = size
        cell = start_cell(row, width, CellFormat(span, place="center" if self.matrix else ""))
        if isinstance(entry, tuple):
            self.tables.paragraphs.write_statement(cell, "tc", *entry)
        else:
            self._fill(cell, entry, width, style)

    def _fill(self, cell: etree._Element, entry: Entry, width: int, style: str) -> None:
        parts = entry.parts if isinstance(entry, Tagged) else ()
        self.tables.fill(parts, Spot(cell, width - _PADDING, style, small=True))


def _scope(entry: Entry) -> str:
    return entry.attributes.get("scope", "") if isinstance(entry, Tagged) else ""


def _entries(parts: Iterable[Node]) -> Iterator[Entry]:
    """The cells of a row, and statements between them; those that follow one another as one."""
    for is_statement, group in groupby(_each(parts), lambda entry: isinstance(entry, str)):
        if is_statement:
            yield tuple(entry for entry in group if isinstance(entry, str))
        else:
            yield from (entry for entry in group if isinstance(entry, Tagged))


def _each(parts: Iterable[Node]) -> Iterator[Tagged | str]:
    """The cells of a row, and statements between them."""
    for part in without_spaces(parts):
        if isinstance(part, Tagged):
            yield part
        elif isinstance(part, Governed):
            if cells := as_elements(part):
                yield from cells
                continue
            for branch in part.branches:
                yield branch.statement
                yield from _each(branch.parts)
            yield part.end


def _shares(columns: Sequence[Entry], matrix: bool) -> tuple[int, ...]:
    """How wide columns are beside one another; those without a width share what is left."""
    given = [_width(column) for column in columns]
    is_open = [not width and isinstance(c, Tagged) for width, c in zip(given, columns, strict=True)]
    left = max(100 - sum(given), 10 * sum(is_open))
    shares = [
        left // sum(is_open) if one else width for one, width in zip(is_open, given, strict=True)
    ]
    if matrix and not given[0]:
        shares = [
            _MATRIX_SHARE if one else width for one, width in zip(is_open, given, strict=True)
        ]
        shares[0] = _MATRIX_NAMES
    return tuple(share or _STATEMENT_SHARE for share in shares)


def _width(column: Entry) -> int:
    given = column.attributes.get("width", "") if isinstance(column, Tagged) else ""
    return int(given[:-1]) if re.fullmatch(r"\d{1,3}%", given) else 0


def _spans(cells: int, columns: int) -> tuple[int, ...]:
    """How many columns each cell takes; where a row has fewer, the last one takes the rest."""
    return (*(1,) * (cells - 1), max(1, columns - cells + 1))


def _description(element: Tagged) -> str:
    """How a table is drawn besides, as its description says it in Word."""
    kind = element.attributes.get("class", "")
    if kind not in set(ChartKind):
        return ""
    ends = (f"{name}={element.attributes[name]}" for name in ("from", "to"))
    return " ".join([kind, *(ends if "from" in element.attributes else ())])
