"""How much room words take, as far as that can be told before they are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from planforms.placement.blocks import (
    PlacedBeside,
    PlacedBlock,
    PlacedBox,
    PlacedCell,
    PlacedChart,
    PlacedChoices,
    PlacedDescription,
    PlacedDescriptions,
    PlacedFields,
    PlacedHeading,
    PlacedInline,
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
from planforms.placement.words import blanks_in, text_of

LONGEST_BESIDE, MOST_LINES_BESIDE = 160, 4
"""How many letters and lines a value beside its label has at most …"""
LONGEST_SHORT_LINE, MOST_SHORT_LINES_BESIDE = 60, 12
"""… unless it is a list of lines, none longer than this."""
LONGEST_WHOLE_ROW = 20
"""How many lines a row may have that is not split over pages."""

MOST_LINES_OF_PAGE, LETTERS_OF_LINE = 36, 60
"""How many lines what stays whole may have at most, and how many letters a line has at least."""

HIGHEST_WHOLE_FORM, HIGHEST_WHOLE_TABLE, MM_A_LINE = 130, 30, 5
"""How high a table may be that is not split over pages, in mm: one to fill or to tick boxes in,
which is seen at a glance, and one to read; and how high a line in it is."""
HIGHEST_WHOLE_GROUP, MOST_ROWS_OF_GROUP = 80, 6
"""How high one to read may be that has so few rows that they are one thing: a goal with its steps,
or those who sign."""

_Words = tuple[PlacedInline, ...]


def fits_beside(value: tuple[PlacedBlock, ...]) -> bool:
    """Whether a value is short enough to stand beside its label, which reads best."""
    match value:
        case (PlacedOptions() as options,):
            return _has_short_lines("\n".join(map(text_of, _words_of(options))))
        case (PlacedLines(count=count),):
            return count == 1
        case (PlacedText(children),):
            return _is_short(text_of(children)) and all(b.lines == 1 for b in blanks_in(children))
    return False


def _is_short(text: str) -> bool:
    few = len(text) <= LONGEST_BESIDE and text.count("\n") < MOST_LINES_BESIDE
    return few or _has_short_lines(text)


def _has_short_lines(text: str) -> bool:
    lines = text.split("\n")
    return len(lines) <= MOST_SHORT_LINES_BESIDE and max(map(len, lines)) <= LONGEST_SHORT_LINE


def is_whole_row(cells: Iterable[PlacedCell], widths: Iterable[int], scale: float = 1) -> bool:
    """Whether a row is so short that it need not be split over pages of a scale."""
    return _lines_in(cells, widths, scale) <= LONGEST_WHOLE_ROW / scale


def fits_on_page(blocks: Iterable[PlacedBlock], scale: float) -> bool:
    """Whether blocks surely fit on one page of a scale."""
    return lines_at_most(blocks, LETTERS_OF_LINE / scale) <= MOST_LINES_OF_PAGE / scale


def _lines_in(cells: Iterable[PlacedCell], widths: Iterable[int], scale: float) -> int:
    """How many lines the cells of a row may fill."""
    heights = (lines_at_most(c.blocks, w / scale) for c, w in zip(cells, widths, strict=False))
    return max(heights, default=0)


def room_in(blocks: Iterable[PlacedBlock]) -> int:
    """How many lines of handwriting the longest place to write needs; 0 if there is none."""
    blanks = (
        blank
        for leaf in leaves(blocks)
        for blank in (leaf.blanks if isinstance(leaf, PlacedLines) else blanks_in(leaf))
    )
    return max((blank.lines for blank in blanks), default=0)


def is_short_table(table: PlacedTable, scale: float = 1) -> bool:
    """Whether a table takes so little of a page of a scale that it is not split over two."""
    heights = (max(r.room, MM_A_LINE * _lines_in(r.cells, table.widths, scale)) for r in table.rows)
    return sum(heights) <= _highest_whole(table.rows) / scale


def _highest_whole(rows: Sequence[PlacedRow]) -> int:
    if any(row.room for row in rows):
        return HIGHEST_WHOLE_FORM
    return HIGHEST_WHOLE_GROUP if len(rows) <= MOST_ROWS_OF_GROUP else HIGHEST_WHOLE_TABLE


def lines_at_most(blocks: Iterable[PlacedBlock], width: float) -> int:
    """How many lines a cell may fill, at one letter for each per cent of the table's width."""
    letters = lines = 0
    for leaf in leaves(blocks):
        if isinstance(leaf, PlacedLines):
            lines += 2 * leaf.count
        else:
            text = text_of(leaf)
            letters += len(text)
            lines += text.count("\n") + 1
    return lines + int(letters // max(width, 1))


def leaves(blocks: Iterable[PlacedBlock]) -> Iterator[_Words | PlacedLines]:
    """All words in some blocks, paragraph by paragraph, and the lines to write on."""
    for block in blocks:
        match block:
            case PlacedLines():
                yield block
            case PlacedText() | PlacedHeading() | PlacedOptions():
                yield from _words_of(block)
            case PlacedList(_, items):
                for item in items:
                    yield from leaves(item.blocks)
            case PlacedDescriptions(items):
                yield from _leaves_of_descriptions(items)
            case PlacedFields(rows):
                for field in (field for row in rows for field in row):
                    yield field.label
                    yield from leaves(field.value)
            case PlacedChoices():
                yield block.question
                yield from _words_of(block)
            case PlacedWindow(above, words):
                yield from leaves(above)
                yield words
                yield from leaves((block.beside,) if block.beside else ())
            case PlacedBeside(parts):
                for part in parts:
                    yield from leaves(part)
            case PlacedTable():
                yield block.caption
                for cell in (cell for row in (block.head, *block.rows) for cell in row.cells):
                    yield from leaves(cell.blocks)
            case PlacedChart():
                pass
            case PlacedBox() | PlacedQuote() | PlacedLetterhead() | PlacedSection():
                yield from leaves(block.blocks)
            case PlacedTranslation() | PlacedPictured():
                yield from leaves(block.blocks)
            case _:
                assert_never(block)


def _leaves_of_descriptions(items: Iterable[PlacedDescription]) -> Iterator[_Words | PlacedLines]:
    for item in items:
        yield item.label
        yield from leaves(item.value)


def _words_of(
    block: PlacedText | PlacedHeading | PlacedOptions | PlacedChoices,
) -> Iterator[_Words]:
    if isinstance(block, PlacedOptions | PlacedChoices):
        yield from ((option.box, *option.children) for option in block.options)
    else:
        yield block.children
