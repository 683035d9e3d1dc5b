"""Placed blocks as plain data, which the template ``document.typ`` draws.

Each block becomes a dict whose ``is`` names it. Nothing is decided here but what follows from the
room on paper: how wide a line is, and whether a block that stays whole fits on a page at all,
since Typst would draw one that does not beyond the page's edge. Lengths are millimetres of a page
whose letters have the usual size; the template multiplies them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, assert_never

from planforms.document import BoxKind, Break, CheckBox, Document, Logo, SectionKind
from planforms.placement import placed
from planforms.placement.blocks import (
    BESIDE_GAP,
    LEAST_BESIDE_WINDOW,
    PICTOGRAM_GAP,
    PICTOGRAM_SIZE,
    WINDOW_GAP,
    Option,
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
from planforms.placement.page import LEFT_MARGIN
from planforms.placement.placing import TWELFTHS
from planforms.placement.sizes import LETTERS_OF_LINE, lines_at_most
from planforms.placement.words import blanks_in
from planforms.writers import _pictograms
from planforms.writers._accent import checked_accent
from planforms.writers._chart_pictures import svg_of
from planforms.writers._chart_shapes import drawing_of
from planforms.writers._page import room_width
from planforms.writers._typst_words import Node, Room, language_of, printable, words

Drawn = dict[str, Any]

SIZE, SMALL_SIZE = 11, 10
"""How large letters are, and those in the cells of tables, in points."""
LABEL_WIDTH, LABEL_GAP = 45, 4
"""The column of labels that stand beside their values, and what is between the two, in mm."""
FIELD_GAP = 5
"""What is between fields, in mm."""
VALUE_NEARER, ITEM_NEARER = 1.55, 3
"""How much nearer words are to the lines below them, in mm: in a value, in an item of a list."""
QUESTION_NEARER = 1.16
"""How much nearer the first words of a numbered item are to what follows them, in mm."""
_MOST_LINES, _MOST_LINES_WIDE = 40, 26
"""Of so many lines at most, as far as that can be told, is a block that is never split; and of so
many on a page in landscape."""
LOGO_WIDTH, LOGO_HEIGHT = 60, 12
_MM_A_PIXEL = 25.4 / 96
_BOX_INSET, _STAFF_INSET, _ITEM_INDENT, _QUOTE_INDENT, _OPTION_INDENT = 7, 6, 5.5, 5, 7
"""How much narrower lines are in a box, a part for staff, an item, a quotation, an option."""
_TRANSLATION_INDENT = 4.5
"""How much narrower lines are in what is told in a second language."""


@dataclass(frozen=True, slots=True)
class _Where:
    """Where blocks stand.

    Attributes:
        width: how wide what stands there is, in mm.
        hyphens: whether words are hyphenated.
        cell: whether it is the cell of a table, where a place to write is room alone.
        item: whether it is the item of a list.
        narrow: whether labels stand above their values, for want of room.
        staff: whether it is a part for staff, whose headings are small.
        pictured: whether it is beside a pictogram, where headings stand close to their words.
    """

    width: float
    hyphens: bool = True
    cell: bool = False
    item: bool = False
    narrow: bool = False
    staff: bool = False
    pictured: bool = False

    def less(self, mm: float) -> _Where:
        """A place so much narrower."""
        return replace(self, width=max(5, self.width - mm))

    def room(self) -> Room:
        """What the words of a paragraph have room for."""
        size = SMALL_SIZE if self.cell else SIZE
        return Room(self.width, self.hyphens, drawn=not self.cell, size=size)


@dataclass(slots=True)
class Tree:
    """A document as the template is given it.

    Attributes:
        data: the document, in what JSON can hold.
        accent: the colour of its letterhead.
        logo: its logo as PNG.
        size: how large its letters are, in points.
        headers: of each table, for each cell of each row whether it names its row. Rows that name
            those below them are left out: Typst knows them for heads.
    """

    data: Drawn
    accent: str
    logo: bytes = b""
    size: float = SIZE
    headers: list[list[list[bool]]] = field(default_factory=list)


def tree_of(document: Document) -> Tree:
    """A document as the template is given it.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
    """
    day = document.issued_on
    writer = _Writer(document)
    main = _Where(room_width(document), hyphens=not document.whole_words)
    tree = writer.tree
    tree.data = {
        "title": printable(document.title),
        "author": printable(document.author),
        "keywords": [printable(word) for word in document.keywords],
        "language": language_of(document.language),
        "landscape": document.landscape,
        "date": [day.year, day.month, day.day] if day else None,
        "footer": printable(document.footer.text),
        "page": _counters(document.footer.page),
        "blocks": writer.blocks(placed(document), main),
    }
    return tree


def _counters(words: str) -> list[str | int]:
    """The words of the page's number: 1 stands for the page, 2 for how many there are."""
    parts = re.split(r"(\{pages?\})", printable(words))
    return [{"{page}": 1, "{pages}": 2}.get(part, part) for part in parts if part]


class _Writer:
    """Turns placed blocks into what the template draws."""

    def __init__(self, document: Document) -> None:
        self.tree = Tree({}, checked_accent(document), size=document.text_size)
        self._width = room_width(document)
        self._scale = document.scale
        self._most_lines = (_MOST_LINES_WIDE if document.landscape else _MOST_LINES) / self._scale

    def blocks(self, blocks: Iterable[PlacedBlock], where: _Where) -> list[Drawn]:
        """Some blocks, one below the other."""
        return [
            {
                "whole": self._stays_whole(block),
                "next": block.with_next,
                **self._block(block, where),
            }
            for block in blocks
        ]

    def _stays_whole(self, block: PlacedBlock) -> bool:
        """Whether a block is not split, which it cannot be if it may not fit on a page."""
        apart = isinstance(block, PlacedSection) and block.kind is SectionKind.STAFF
        law = isinstance(block, PlacedBox) and block.kind is BoxKind.LAW
        if not (block.whole or apart or law):
            return False
        # Placement has seen to it that a table is short.
        return (
            isinstance(block, PlacedTable)
            or lines_at_most((block,), LETTERS_OF_LINE / self._scale) <= self._most_lines
        )

    def _near(self, blocks: tuple[PlacedBlock, ...], where: _Where, mm: float) -> list[Drawn]:
        """Some blocks, of which words stand nearer to the lines that they tell of."""
        drawn = self.blocks(blocks, where)
        for one, following in pairwise(drawn):
            if following["is"] == "lines" and one["is"] == "text":
                one["nearer"] = -mm
        return drawn

    def _block(self, block: PlacedBlock, where: _Where) -> Drawn:
        match block:
            case PlacedText(children):
                return {"is": "text", **_paragraph(children, where)}
            case PlacedLines():
                return {
                    "is": "lines",
                    "count": 0 if where.cell else block.count,
                    "item": where.item,
                }
            case PlacedOptions(options):
                inner = where.less(_OPTION_INDENT)
                drawn = [words(_option(one), inner.room()) for one in options]
                more = {"tight": where.narrow}
                return {"is": "options", "options": drawn, **more}
            case PlacedHeading(level, children):
                drawn = _line(children, where)
                look = {"small": where.staff, "pictured": where.pictured}
                return {"is": "heading", "level": level, "words": drawn, **look}
            case PlacedList():
                return self._list(block, where)
            case PlacedDescriptions(items):
                return {"is": "descriptions", "items": [self._description(i, where) for i in items]}
            case PlacedFields():
                return self._fields(block, where)
            case PlacedChoices():
                return self._choices(block, where)
            case PlacedTable():
                return self._table(block, where)
            case PlacedChart():
                return {"is": "chart", "svg": svg_of(drawing_of(block, where.width))}
            case PlacedSection(kind, blocks):
                staff = kind is SectionKind.STAFF
                inner = replace(where.less(_STAFF_INSET if staff else 0), staff=staff)
                return {"is": "section", "kind": kind, "blocks": self.blocks(blocks, inner)}
            case PlacedPictured(pictogram, alt, blocks):
                inner = replace(where.less(PICTOGRAM_SIZE + PICTOGRAM_GAP), pictured=True)
                picture = {"svg": _pictograms.svg_of(pictogram), "alt": printable(alt)}
                return {"is": "pictured", **picture, "blocks": self.blocks(blocks, inner)}
            case PlacedBeside(parts):
                inner = replace(where, width=(where.width - BESIDE_GAP) / 2, narrow=True)
                return {"is": "beside", "parts": [self.blocks(part, inner) for part in parts]}
            case PlacedWindow():
                return self._window(block, where)
            case PlacedBox(kind, blocks):
                return self._box(kind, blocks, where)
            case PlacedQuote(blocks):
                inner = where.less(_QUOTE_INDENT)
                return {"is": "quote", "blocks": self.blocks(blocks, inner)}
            case PlacedTranslation(language, _, blocks):
                told = self.blocks(blocks, where.less(_TRANSLATION_INDENT))
                return {"is": "translation", "language": language_of(language), "blocks": told}
            case PlacedLetterhead():
                return self._letterhead(block, where)
        assert_never(block)

    def _list(self, block: PlacedList, where: _Where) -> Drawn:
        inner = replace(where.less(_ITEM_INDENT), item=True)
        items = [self._near(item.blocks, inner, ITEM_NEARER) for item in block.items]
        for first, *others in items if block.ordered else ():
            if others and first["is"] == "text":
                first["nearer"] -= QUESTION_NEARER
        return {
            "is": "list",
            "ordered": block.ordered,
            "marked": any(item.mark for item in block.items),
            "items": items,
        }

    def _description(self, item: PlacedDescription, where: _Where) -> Drawn:
        beside = item.beside and not where.narrow
        label = replace(where, width=LABEL_WIDTH) if beside else where
        value = where.less(LABEL_WIDTH + LABEL_GAP) if beside else where
        return {
            "label": _line(item.label, label),
            "value": self._near(item.value, replace(value, hyphens=False), VALUE_NEARER),
            "width": value.width if beside else 0,
            "choice": _is_choice(item),
            "short": item.beside,
            "edge": _edge(item) if beside else "top",
        }

    def _fields(self, block: PlacedFields, where: _Where) -> Drawn:
        column = (where.width + FIELD_GAP) / 12
        return {
            "is": "fields",
            "rows": [
                {
                    "whole": all(map(self._fits, row)),
                    "fields": [self._field(one, column, where) for one in row],
                }
                for row in block.rows
            ],
        }

    def _fits(self, field: PlacedField) -> bool:
        """Whether a field surely fits on a page."""
        letters = LETTERS_OF_LINE * field.width / TWELFTHS / self._scale
        return lines_at_most(field.value, letters) <= self._most_lines

    def _field(self, field: PlacedField, column: float, where: _Where) -> Drawn:
        width = field.width * column - FIELD_GAP
        inner = replace(where, width=width, hyphens=False)
        choices = any(isinstance(block, PlacedChoices) for block in field.value)
        value = self.blocks(field.value, inner) if choices or not field.lines else []
        return {
            "label": _line(field.label, inner),
            "value": value,
            "width": width,
            "lines": 0 if choices else field.lines,
            "open": bool(field.lines),
        }

    def _choices(self, block: PlacedChoices, where: _Where) -> Drawn:
        room = replace(where, width=where.width / (block.columns or 1) - _OPTION_INDENT)
        inner = replace(room, hyphens=False)
        return {
            "is": "choices",
            "question": _line(block.question, where),
            "options": [words(_option(one), inner.room()) for one in block.options],
            "columns": block.columns,
        }

    def _table(self, table: PlacedTable, where: _Where) -> Drawn:
        headers = [
            [cell.header for cell in row.cells]
            for row in table.rows
            if all(cell.span == 1 for cell in row.cells)
        ]
        self.tree.headers.append(headers)
        head = replace(where, hyphens=where.hyphens or table.matrix)
        return {
            "is": "table",
            "caption": _line(table.caption, where),
            "look": "matrix" if table.matrix else "grid" if table.to_fill else "plain",
            "widths": table.widths,
            "middle": [cell.middle for cell in table.head.cells],
            "head": [cell["blocks"] for cell in self._row(table.head, table, head)["cells"]],
            "rows": [self._row(row, table, where) for row in table.rows],
        }

    def _row(self, row: PlacedRow, table: PlacedTable, where: _Where) -> Drawn:
        """A row; its height is that of the first cell that nobody writes a second line in."""
        shares = table.widths if len(row.cells) == len(table.widths) else (100,)
        cells = [
            self._cell(cell, where.width * share / 100, where)
            for cell, share in zip(row.cells, shares, strict=True)
        ]
        room = next((cell for cell in cells if cell["bare"]), None) if row.room else None
        if room:
            room["room"] = row.room
        return {"cells": cells, "whole": row.whole, "group": len(row.cells) < len(table.widths)}

    def _cell(self, cell: PlacedCell, width: float, where: _Where) -> Drawn:
        inner = replace(where, width=max(5, width - 3), cell=True)
        return {
            "blocks": self.blocks(cell.blocks, inner),
            "header": cell.header,
            "bare": all(map(_is_bare, cell.blocks)),
            "room": 0,
        }

    def _box(self, kind: BoxKind, blocks: tuple[PlacedBlock, ...], where: _Where) -> Drawn:
        law = kind is BoxKind.LAW
        inner = replace(where.less(0 if law else _BOX_INSET), hyphens=False)
        return {"is": "box", "kind": kind, "blocks": self.blocks(blocks, inner)}

    def _window(self, block: PlacedWindow, where: _Where) -> Drawn:
        window = block.window
        room = Room(window.width)
        right = self._width - (window.left - LEFT_MARGIN) - window.width - WINDOW_GAP
        is_beside = block.beside is not None and right >= LEAST_BESIDE_WINDOW
        there = where.less(self._width - right) if is_beside else where
        return {
            "is": "window",
            "fields": self.blocks((block.beside,) if block.beside else (), there),
            "right": right if is_beside else 0,
            "above": self.blocks(block.above, where),
            "words": words(block.lines, room),
            "left": window.left,
            "top": window.top,
            "width": window.width,
            "height": window.height,
        }

    def _letterhead(self, block: PlacedLetterhead, where: _Where) -> Drawn:
        inner = replace(where, hyphens=False)
        drawn: Drawn = {
            "is": "letterhead",
            "logo": None,
            "sender": self.blocks(block.blocks, inner),
        }
        if block.logo:
            self.tree.logo = block.logo.png
            drawn["logo"] = {"alt": block.logo.alt, **_logo_size(block.logo)}
        return drawn


def _paragraph(children: Iterable[PlacedInline], where: _Where) -> Drawn:
    """A paragraph of running words."""
    return {"words": words(children, where.room()), "nearer": 0}


def _line(children: Iterable[PlacedInline], where: _Where) -> list[Node]:
    """Words in which nothing is hyphenated, such as a label."""
    return words(children, Room(where.width))


def _option(option: Option) -> tuple[PlacedInline, ...]:
    return (option.box, *option.children)


def _is_choice(item: PlacedDescription) -> bool:
    return len(item.value) == 1 and isinstance(item.value[0], PlacedOptions)


def _edge(item: PlacedDescription) -> str:
    """Where a label stands beside its value: a place to write is at the foot of its line."""
    match item.value:
        case (PlacedLines(),):
            return "bottom"
        case (PlacedText(children),) if any(True for _ in blanks_in(children)):
            return "below" if any(isinstance(child, Break) for child in children) else "bottom"
    return "top"


def _is_bare(block: PlacedBlock) -> bool:
    """Whether a block of a cell is but a place to write or a box to tick."""
    match block:
        case PlacedLines():
            return True
        case PlacedText((CheckBox(bare=True),)):
            return True
    return False


def _logo_size(logo: Logo) -> Drawn:
    """How large a logo is printed, in mm."""
    width, height = logo.width_px * _MM_A_PIXEL, logo.height_px * _MM_A_PIXEL
    scale = min(1, LOGO_WIDTH / width, LOGO_HEIGHT / height)
    return {"width": width * scale, "height": height * scale}
