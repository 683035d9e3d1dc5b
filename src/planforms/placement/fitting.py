"""Less beside one another where letters are large.

From tree to tree, so that all formats say the same. A document whose letters have the usual size
stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil
from typing import assert_never

from planforms.document import (
    LARGE_PRINT,
    TEXT_SIZE,
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
    Document,
    Emphasis,
    Fields,
    Heading,
    Inline,
    Letterhead,
    List,
    Paragraph,
    Pictured,
    Quote,
    Section,
    Strong,
    Table,
    Translated,
    Translation,
    inline_text,
    inlines_of,
    lines_of,
)
from planforms.placement.blocks import GAP, GAPS, PICTOGRAM_GAP, PICTOGRAM_SIZE
from planforms.placement.letters import (
    FIELD_SIZE,
    LABEL_SIZE,
    TABLE_SIZE,
    longest_word,
    width_of,
)
from planforms.placement.page import page_of
from planforms.placement.turning import can_turn, has_blanks, turned
from planforms.placement.words import blanks_in, has_nothing_but_blanks

_TWELFTHS, _FIELD_GAP, _SHRINK = 12, 5, 0.8
"""A line of fields has so many parts; what is between fields, in mm; how much narrower a field may
become, measured in its letters."""
_MOST_LINES = 3
"""How many lines of running words a field has before it takes more room beside others."""
_LEAST_BESIDE = 55
"""How wide each of two parts is at least that stand beside each other, in mm."""
_BOX, _ITEM, _QUOTE, _STAFF, _BESIDE_GAP = 11, 7, 5, 8, 8
"""How much narrower things are in a box, a list, a quotation, a part for staff; between parts."""
_TICK = 7
"""What a box to tick takes before its label, in mm."""
_CELL, _MATRIX_CELL, _LEAST_TICK = 3.2, 1.6, 6
"""What a cell of a table takes beside its words, and how wide one with a box is, in mm."""
_READABLE = 13
"""How many letters a line of running words in a table has at least."""
_WIDE_ENOUGH = 60
"""How wide a column of running words need not be more than, in mm."""
_PER_CENT = 100


def large_print(document: Document) -> Document:
    """The document in large print: letters of 18 points, no italic ones, and no broken words."""
    size = max(document.text_size, LARGE_PRINT)
    return replace(document, text_size=size, whole_words=True)


def fitted(document: Document) -> Document:
    """The document as its letters leave room for it; its words are those of every format."""
    if document.text_size == TEXT_SIZE:
        return document
    page = page_of(document)
    upright = document.text_size >= LARGE_PRINT
    blocks = _Fitter(page.width, max(1, page.scale * _SHRINK), upright).blocks(document.blocks)
    return replace(document, blocks=tuple(blocks))


@dataclass(frozen=True, slots=True)
class _Fitter:
    """Makes blocks fit.

    Attributes:
        room: how wide what stands here is, in mm of a page of the usual size.
        growth: how much more of a line a field takes than on that.
        upright: whether no letters are italic.
    """

    room: float
    growth: float
    upright: bool

    def less(self, mm: float) -> _Fitter:
        """The same where there is less room."""
        return replace(self, room=self.room - mm)

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Some blocks, one below the other."""
        for block in blocks:
            yield from self._block(block)

    def _inside(self, blocks: Iterable[Block], less: float = 0) -> tuple[Block, ...]:
        return tuple(self.less(less).blocks(blocks))

    def _block(self, block: Block) -> Iterator[Block]:
        match block:
            case Paragraph(children):
                yield Paragraph(self._words(children))
            case List(ordered, items):
                yield List(ordered, tuple(self._inside(item, _ITEM) for item in items))
            case DescriptionList(items):
                yield DescriptionList(self._descriptions(items))
            case Fields(items, widths):
                yield self._fields(self._descriptions(items), widths)
            case Choices(question, options, columns):
                most = self._columns(options, columns)
                yield Choices(self._words(question), tuple(map(self._words, options)), most)
            case Table():
                yield from self._table(block)
            case Chart(table=table):
                yield from self._chart(block, table)
            case Box(BoxKind.ROW as kind, children):
                row = replace(self.less(_BOX), growth=1)
                yield Box(kind, tuple(row.blocks(children)))
            case Box(kind, children):
                yield Box(kind, self._inside(children, _BOX))
            case Quote(children):
                yield Quote(self._inside(children, _QUOTE))
            case Section(children=children):
                yield replace(block, children=self._inside(children, _STAFF))
            case Translation(children=children):
                yield replace(block, children=self._inside(children, _QUOTE))
            case Pictured(children=children):
                room = PICTOGRAM_SIZE + PICTOGRAM_GAP
                yield replace(block, children=self._inside(children, room))
            case Beside(parts):
                yield from self._beside(parts)
            case AddressWindow(address):
                yield Paragraph(address)  # its letters have no room in the window of an envelope
            case Heading(level, children):
                yield Heading(level, self._words(children))
            case Letterhead():
                yield block
            case _:
                assert_never(block)

    def _words(self, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(self._upright(children)) if self.upright else children

    def _upright(self, children: Iterable[Inline]) -> Iterator[Inline]:
        for child in children:
            match child:
                case Emphasis(inner):
                    yield from self._upright(inner)
                case Strong(inner) | Translated(children=inner):
                    yield replace(child, children=tuple(self._upright(inner)))
                case _:
                    yield child

    def _descriptions(self, items: Iterable[Description]) -> tuple[Description, ...]:
        return tuple(
            Description(self._words(item.label), self._inside(item.value)) for item in items
        )

    # --- what stands beside one another -------------------------------------------------------

    def _beside(self, parts: tuple[tuple[Block, ...], ...]) -> Iterator[Block]:
        width = (self.room - _BESIDE_GAP * (len(parts) - 1)) / len(parts)
        if width >= _LEAST_BESIDE:
            yield Beside(tuple(self._inside(part, self.room - width) for part in parts))
            return
        for part in parts:
            yield from self.blocks(part)

    def _fields(self, items: tuple[Description, ...], widths: Sequence[int]) -> Fields:
        wanted = [self._field_width(*pair) for pair in zip(items, widths, strict=True)]
        return Fields(items, tuple(_filled_up(wanted)))

    def _field_width(self, item: Description, width: int) -> int:
        label = longest_word(inline_text(item.label), LABEL_SIZE)
        lines = [*_lines(item.value)]
        running = max((width_of(line, FIELD_SIZE) for line in lines), default=0)
        value = max(longest_word("\n".join(lines), FIELD_SIZE), running / _MOST_LINES)
        pitch = (self.room + _FIELD_GAP) / _TWELFTHS
        needed = ceil((max(label, value, _gaps(item.value)) + _FIELD_GAP) / pitch)
        return min(_TWELFTHS, max(needed, round(width * self.growth)))

    def _columns(self, options: Iterable[tuple[Inline, ...]], columns: int) -> int:
        """In how many columns options stand: so many that none has more than two lines."""
        texts = [inline_text(words) for words in options]
        for count in range(columns, 1, -1):
            room = self.room / count - _TICK
            if all(
                longest_word(text, FIELD_SIZE) <= room and width_of(text, FIELD_SIZE) <= 1.8 * room
                for text in texts
            ):
                return count
        return min(columns, 1)

    # --- tables -------------------------------------------------------------------------------

    def _chart(self, chart: Chart, table: Table) -> Iterator[Block]:
        """A table that has to be turned is not drawn as well."""
        match tuple(self._table(table)):
            case (Table() as fitting,):
                yield replace(chart, table=fitting)
            case blocks:
                yield from blocks

    def _table(self, table: Table) -> Iterator[Block]:
        """A table that fits, or its rows one below the other, or its columns in several parts."""
        widths = self._widths(table)
        if widths:
            yield self._written(replace(table, widths=widths))
        elif can_turn(table):
            yield from self.blocks(turned(table))
        else:
            yield from (self._written(part) for part in self._cut(table))

    def _written(self, table: Table) -> Table:
        head, *rows = (tuple(map(self._cell, row)) for row in (table.head, *table.rows))
        return replace(table, caption=self._words(table.caption), head=head, rows=tuple(rows))

    def _cell(self, cell: Cell) -> Cell:
        return replace(cell, children=self._inside(cell.children))

    def _widths(self, table: Table) -> tuple[int, ...]:
        """The widths of the columns if all have room, those that the table has before others."""
        least = [self._least(table, number) for number in range(len(table.widths))]
        shares = [_PER_CENT * width / self.room for width in least]
        if all(map(float.__le__, shares, map(float, table.widths))):
            return table.widths
        spare = _PER_CENT - sum(shares)
        if spare < 0:
            return ()
        wishes = [max(0, _longest_line(table, n) - width) for n, width in enumerate(least)]
        parts = wishes if sum(wishes) else table.widths
        return _rounded(
            share + spare * part / sum(parts) for share, part in zip(shares, parts, strict=True)
        )

    def _least(self, table: Table, number: int) -> float:
        """How wide a column is at least; where somebody writes, no narrower than it is."""
        cells = _column(table, number)
        around = _MATRIX_CELL if table.matrix else _CELL
        words = max(map(_least_of_cell, cells)) + around
        if any(map(has_blanks, cells)):
            return max(words, table.widths[number] / _PER_CENT * self.room)
        return words

    def _cut(self, table: Table) -> Iterator[Table]:
        """The table in parts of fewer columns, each with the names of its rows."""
        count = len(table.widths)
        for most in range(count - 2, 0, -1):
            edges = [*range(1, count, most), count]
            parts = [_part(table, start, end) for start, end in pairwise(edges)]
            widths = [self._widths(part) for part in parts]
            if all(widths):
                yield from (replace(p, widths=w) for p, w in zip(parts, widths, strict=True))
                return
        yield table


def _filled_up(widths: Sequence[int]) -> Iterator[int]:
    """The widths of fields, so that those that have room in one line fill all of it."""
    row: list[int] = []
    for width in (*widths, _TWELFTHS + 1):
        if sum(row) + width > _TWELFTHS:
            spare = _TWELFTHS - sum(row)
            yield from (w + (spare + n) // len(row) for n, w in enumerate(row))
            row = []
        row.append(width)


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from lines_of(block)


def _gaps(blocks: Iterable[Block]) -> float:
    """How wide the places to write are that stand in a line with words, such as a period's."""
    return max((_gaps_of(b.children) for b in blocks if isinstance(b, Paragraph)), default=0)


def _gaps_of(children: tuple[Inline, ...]) -> float:
    gaps = [GAPS.get(blank.type, GAP) for blank in blanks_in(children)]
    if not gaps or has_nothing_but_blanks(children):
        return 0
    return sum(gaps) + width_of(inline_text(children), FIELD_SIZE)


def _column(table: Table, number: int) -> list[Cell]:
    return [row[number] for row in (table.head, *table.rows) if len(row) == len(table.head)]


def _longest_line(table: Table, number: int) -> float:
    """How wide a column would like to be, up to where more does not help."""
    lines = (line for cell in _column(table, number) for line in _lines(cell.children))
    return min(_WIDE_ENOUGH, max((width_of(line, TABLE_SIZE) for line in lines), default=0))


def _least_of_cell(cell: Cell) -> float:
    """How wide the words of a cell are at least, so that no word breaks and lines can be read."""
    lines = [*_lines(cell.children)]
    word = max((longest_word(line, TABLE_SIZE) for line in lines), default=0)
    line = max((width_of(line, TABLE_SIZE) for line in lines), default=0)
    running = min(line, width_of("x" * _READABLE, TABLE_SIZE))
    boxes = [node for node in inlines_of(cell.children) if isinstance(node, CheckBox)]
    if all(box.bare for box in boxes):
        return max(word, running, _LEAST_TICK if boxes else 0)
    return max(word, running) + _TICK


def _rounded(shares: Iterable[float]) -> tuple[int, ...]:
    """Shares in whole per cent, which add up to 100."""
    exact = [*shares]
    whole = [int(share) for share in exact]
    by_rest = sorted(range(len(exact)), key=lambda n: whole[n] - exact[n])
    for number in by_rest[: _PER_CENT - sum(whole)]:
        whole[number] += 1
    return tuple(whole)


def _part(table: Table, start: int, end: int) -> Table:
    """Some columns of a table, after the one that names its rows."""

    def some(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return (row[0], *row[start:end]) if len(row) == len(table.head) else row

    shares = [table.widths[0], *table.widths[start:end]]
    widths = _rounded(_PER_CENT * share / sum(shares) for share in shares)
    rows = tuple(map(some, table.rows))
    return replace(table, widths=widths, head=some(table.head), rows=rows)
