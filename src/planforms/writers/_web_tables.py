"""The tables of web pages: on a narrow screen each row is a block, each cell below its head."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from planforms.placement.blocks import PlacedBlock, PlacedCell, PlacedLines, PlacedRow, PlacedTable
from planforms.placement.sizes import leaves
from planforms.placement.words import text_of
from planforms.writers._body import BodyWriter


class WebBodyWriter(BodyWriter):
    """Writes blocks as a web page has them."""

    def __init__(self, width: int) -> None:
        super().__init__(width)
        self._heads: tuple[str, ...] = ()
        self._columns: Iterator[str] = iter(())

    def _bare_table(self, table: PlacedTable, caption: Markup) -> Markup:
        outer, self._heads = self._heads, self._names_of_columns(table)
        drawn = super()._bare_table(table, caption)
        self._heads = outer
        return drawn

    def _names_of_columns(self, table: PlacedTable) -> tuple[str, ...]:
        return tuple(words_in(cell.blocks) for cell in table.head.cells)

    def _row(self, row: PlacedRow) -> Markup:
        self._columns = iter(self._heads)
        return super()._row(row)

    def _cell(self, cell: PlacedCell) -> Markup:
        return self._headed(cell, next(self._columns, ""), self.blocks(cell.blocks))

    def _headed(self, cell: PlacedCell, column: str, inside: Markup) -> Markup:
        """A cell with the name of its column for where the columns stand below one another."""
        head = {"data_head": column} if column and inside else {}
        return self._cell_of(cell, inside, **head)


def words_in(blocks: Iterable[PlacedBlock]) -> str:
    """What some blocks say, in one line."""
    words = (text_of(leaf) for leaf in leaves(blocks) if not isinstance(leaf, PlacedLines))
    return " ".join(" ".join(words).split())
