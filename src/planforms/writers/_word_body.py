"""The body of a Word document: placed blocks, one below the other.

How things look stands in the shell's styles; here stands only what depends on the content:
indents within other blocks, widths of columns, and how paragraphs are held together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import accumulate, pairwise
from typing import assert_never

from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Twips
from docx.text.parfmt import ParagraphFormat
from lxml import etree

from planforms.document import BoxKind, Logo
from planforms.placement.blocks import (
    SIGNING_GAP,
    Placed,
    PlacedBeside,
    PlacedBlock,
    PlacedBox,
    PlacedChoices,
    PlacedDescription,
    PlacedDescriptions,
    PlacedFields,
    PlacedHeading,
    PlacedItem,
    PlacedLetterhead,
    PlacedLines,
    PlacedList,
    PlacedOptions,
    PlacedQuote,
    PlacedRow,
    PlacedSection,
    PlacedSigning,
    PlacedTable,
    PlacedText,
    PlacedWindow,
)
from planforms.placement.words import text_of
from planforms.writers._word_paragraphs import (
    LEADER,
    PLAIN,
    TAB,
    UNSEEN,
    Area,
    Borders,
    Format,
    ParagraphWriter,
    RunText,
    Styles,
    clean,
    option_runs,
    runs,
)
from planforms.writers._word_xml import WORD, add, twips
from planforms.writers.shell import LIST_INDENT, Shell

_P, _TABLE, _ROW = f"{WORD}p", f"{WORD}tbl", f"{WORD}tr"

LOGO_HEIGHT, LOGO_WIDTH = Mm(14), Mm(70)
AFTER_LOGO = twips(3)
PIXEL = Mm(25.4 / 96)
SIGNING_ROOM = twips(14)
OPTION_INDENT = 380
AFTER_TABLE = 200
AFTER_LIST = 140
CELL_PADDING = 160
ABOVE_LABEL = 80
AFTER_OPTION = 40
AROUND_BOX = 200
AROUND_SIGNING = 300
LONGEST_LABEL_BESIDE = 23
"""How many letters of a label have room in one line of the column before the values."""
_LABEL = replace(PLAIN, style="entry label")


def write_body(word: WordDocument, shell: Shell, blocks: Iterable[PlacedBlock]) -> None:
    """Fill the empty body of a Word document; its section properties stay last."""
    body = word.element.body
    section = body[-1]
    body.remove(section)
    _BodyWriter(word, shell).blocks(blocks, Area(body, _text_width(section)))
    last = _last(body)
    if last is None or last.tag == _TABLE:
        add(body, "p")
    body.append(section)


def _text_width(section: etree._Element) -> int:
    size, margins = section.find(f"{WORD}pgSz"), section.find(f"{WORD}pgMar")
    assert size is not None and margins is not None
    sides = sum(int(margins.get(f"{WORD}{side}", 0)) for side in ("left", "right", "gutter"))
    return int(size.get(f"{WORD}w", 0)) - sides


class _BodyWriter:
    def __init__(self, word: WordDocument, shell: Shell) -> None:
        self.word = word
        self.shell = shell
        self.numbering = word.part.numbering_part.element
        self.borders = _read_borders(word.styles.element, shell)
        rights = {name: borders.right for name, borders in self.borders.items()}
        self.paragraphs = ParagraphWriter(Styles(shell.styles, rights))
        self.label_width = self.borders["entry"].left

    def blocks(self, blocks: Iterable[PlacedBlock], area: Area) -> None:
        previous: PlacedBlock | None = None
        for block in blocks:
            last = _last(area.parent)
            self.block(block, area)
            written = _paragraphs_after(last, area.parent)
            if isinstance(previous, PlacedTable) and written:
                _add_space_after_table(written[0], block)
            _keep(block, area, written)
            previous = block

    def block(self, block: PlacedBlock, area: Area) -> None:
        match block:
            case PlacedText(children):
                self.paragraphs.write(area, Format(area.style), runs(children))
            case PlacedLines(count=count):
                self.paragraphs.write_lines(area, Format(area.style), count)
            case PlacedOptions():
                self.options(block, area)
            case PlacedHeading(level, children):
                self.paragraphs.write(area, Format(f"heading {level}"), runs(children))
            case PlacedList():
                self.list(block, area)
            case PlacedDescriptions():
                self.descriptions(block, area)
            case PlacedFields(rows):
                for field in (field for row in rows for field in row):
                    self._above(PlacedDescription(field.label, field.value, beside=False), area)
            case PlacedChoices(question, options):
                if question:
                    self.paragraphs.write(area, Format(area.style), runs(question, _LABEL))
                self.options(PlacedOptions(options), area)
            case PlacedSection(_, blocks):
                self.blocks(blocks, area)
            case PlacedBeside(parts):
                for part in parts:
                    self.blocks(part, area)
            case PlacedWindow(above, lines):
                self.blocks(above, area)
                self.paragraphs.write(area, Format(area.style), runs(lines))
            case PlacedTable():
                self.table(block, area)
            case PlacedBox(kind, blocks):
                style = BoxKind.NOTE if kind is BoxKind.LAW else kind
                self.framed(f"box {style}", blocks, area)
            case PlacedQuote(blocks):
                self.framed("quote", blocks, area)
            case PlacedSigning():
                self.signing(block, area)
            case PlacedLetterhead():
                self.letterhead(block, area)
            case _:
                assert_never(block)

    def options(self, block: PlacedOptions, area: Area) -> None:
        last = len(block.options) - 1
        format_ = Format(area.style, left=area.left + OPTION_INDENT, hanging=OPTION_INDENT)
        for number, option in enumerate(block.options):
            after = AFTER_OPTION if number < last else None
            self.paragraphs.write(area, replace(format_, after=after), option_runs(option))

    # --- lists --------------------------------------------------------------------------------

    def list(self, block: PlacedList, area: Area) -> None:
        level = min(area.level, 8)
        number = self._new_numbers(level) if block.ordered else self.shell.bullets
        for item in block.items:
            self._item(item, (level, number if item.mark else self.shell.options), area)
        if block.items and not area.level:
            _add_space_after(area)

    def _item(self, item: PlacedItem, number: tuple[int, int], area: Area) -> None:
        """The number stands before the first paragraph, or alone if there is none."""
        style = "list number" if item.mark[:-1] else "list bullet"
        indent = LIST_INDENT if item.mark else OPTION_INDENT
        left = area.left + indent
        first = Format(area.style if area.cell else style, left=left, hanging=indent, number=number)
        inner = replace(
            area,
            left=left,
            level=area.level + 1,
            style=area.style if area.cell else "list continue",
        )
        match item.blocks:
            case (PlacedText() | PlacedLines() | PlacedOptions() as block, *rest):
                self._begin(block, first, area)
                self.blocks(rest, inner)
            case blocks:
                self.paragraphs.write(area, replace(first, keep_next=bool(blocks)))
                self.blocks(blocks, inner)

    def _begin(
        self, block: PlacedText | PlacedLines | PlacedOptions, format_: Format, area: Area
    ) -> None:
        """The block that stands right after the number of its item."""
        last = _last(area.parent)
        match block:
            case PlacedText(children):
                self.paragraphs.write(area, format_, runs(children))
            case PlacedLines(count=count):
                self.paragraphs.write_lines(area, format_, count)
            case PlacedOptions(options):
                for option in options:
                    self.paragraphs.write(area, format_, option_runs(option))
                    format_ = replace(format_, number=None)
        _keep(block, area, _paragraphs_after(last, area.parent))

    def _new_numbers(self, level: int) -> int:
        number = self.numbering.add_num(self.shell.numbers)
        number.add_lvlOverride(ilvl=level).add_startOverride(1)
        identifier: int = number.numId
        return identifier

    # --- labels and values --------------------------------------------------------------------

    def descriptions(self, block: PlacedDescriptions, area: Area) -> None:
        for item in block.items:
            self.description(item, area)
        if block.items:
            _add_space_after(area)

    def description(self, item: PlacedDescription, area: Area) -> None:
        last = _last(area.parent)
        if item.beside and self._has_room_for_label(item, area):
            self._beside(item, area)
        else:
            self._above(item, area)
        _keep(item, area, _paragraphs_after(last, area.parent))

    def _has_room_for_label(self, item: PlacedDescription, area: Area) -> bool:
        has_column = not area.cell and 2 * self.label_width < area.edge - area.left
        return has_column and len(text_of(item.label)) <= LONGEST_LABEL_BESIDE

    def _beside(self, item: PlacedDescription, area: Area) -> None:
        left = area.left + self.label_width
        tabs = (("clear", self.label_width, "none"), ("left", left, "none")) if area.left else ()
        format_ = Format("entry", tabs=tabs, left=left, hanging=self.label_width)
        label = (*runs(item.label, _LABEL), TAB)
        match item.value:
            case (PlacedLines(count=count),):
                self.paragraphs.write_leaders(area, format_, label, count)
            case (PlacedText(children),):
                self.paragraphs.write(area, format_, (*label, *runs(children)))
            case (PlacedOptions() as options,):
                self._options_beside(label, options, format_, area)

    def _options_beside(
        self, label: tuple[RunText, ...], block: PlacedOptions, format_: Format, area: Area
    ) -> None:
        """All options begin at the label's edge, as the frame of a box does."""
        hanging = self.label_width + OPTION_INDENT
        format_ = replace(format_, left=area.left + hanging, hanging=hanging, after=AFTER_OPTION)
        for number, option in enumerate(block.options):
            start, before = ((TAB,), None) if number else (label, ABOVE_LABEL)
            line = (*start, *option_runs(option))
            self.paragraphs.write(area, replace(format_, before=before), line)

    def _above(self, item: PlacedDescription, area: Area) -> None:
        format_ = Format(
            area.style if area.cell else "entry",
            keep_next=not area.cell,
            before=ABOVE_LABEL,
            after=0,
            left=area.left,
        )
        self.paragraphs.write(area, format_, runs(item.label, _LABEL))
        self.blocks(item.value, area)

    # --- tables -------------------------------------------------------------------------------

    def table(self, table: PlacedTable, area: Area) -> None:
        caption = Format("caption", keep_next=True)
        self.paragraphs.write(area, caption, runs(table.caption))
        widths = _column_widths(table.widths, area.edge - area.left)
        element = add(area.parent, "tbl")
        self._table_properties(element, table, sum(widths), area.left)
        grid = add(element, "tblGrid")
        for width in widths:
            add(grid, "gridCol", w=width)
        self._row(element, table.head, widths, head=True)
        for row in table.rows:
            self._row(element, row, widths)

    def _table_properties(
        self, element: etree._Element, table: PlacedTable, width: int, left: int
    ) -> None:
        names_rows = bool(table.rows) and all(row.cells[0].header for row in table.rows)
        properties = add(element, "tblPr")
        add(properties, "tblStyle", val=self.shell.styles["letter table"])
        add(properties, "tblW", w=width, type="dxa")
        if left:
            add(properties, "tblInd", w=left, type="dxa")
        add(properties, "tblLayout", type="fixed")
        look = {"firstRow": 1, "lastRow": 0, "firstColumn": int(names_rows), "lastColumn": 0}
        value = "06A0" if names_rows else "0620"
        add(properties, "tblLook", val=value, **look, noHBand=1, noVBand=1)
        add(properties, "tblCaption", val=" ".join(clean(text_of(table.caption)).split()))

    def _row(
        self, table: etree._Element, row: PlacedRow, widths: tuple[int, ...], head: bool = False
    ) -> None:
        element = add(table, "tr")
        properties = add(element, "trPr")
        if row.whole:
            add(properties, "cantSplit")
        if head:
            add(properties, "tblHeader")
        if row.cells[0].span > 1:
            widths = (sum(widths),)
        for cell, width in zip(row.cells, widths, strict=True):
            inside = add(element, "tc")
            format_ = add(inside, "tcPr")
            add(format_, "tcW", w=width, type="dxa")
            if cell.span > 1:
                add(format_, "gridSpan", val=cell.span)
            style = "table header" if head or cell.header else "table text"
            area = Area(inside, width - CELL_PADDING, style=style, cell=True)
            self.blocks(cell.blocks, area)
            if inside[-1].tag != _P:
                self.paragraphs.start(area, Format(style))
        if head:
            _keep_with_next(element.iter(_P))

    # --- boxes, quotations, signing, letterhead -------------------------------------------------

    def framed(self, style: str, blocks: tuple[PlacedBlock, ...], area: Area) -> None:
        borders = self.borders[style]
        left, right = area.left + borders.left, area.right + borders.right
        last = _last(area.parent)
        self.blocks(blocks, replace(area, left=left, right=right, style=style, borders=borders))
        _add_space_around(_paragraphs_after(last, area.parent), AROUND_BOX)

    def signing(self, block: PlacedSigning, area: Area) -> None:
        last = _last(area.parent)
        inner = area
        columns = tuple(_signing_columns(block))
        if block.to_sign and columns and columns[-1][1] <= area.edge - area.left:
            inner = self._signing_row(block, columns, area)
        else:  # Word reads line by line: what is given stands below one another
            for item in block.items:
                self.description(item, area)
        style = area.style if area.cell else "signature"
        self.blocks(block.blocks, replace(inner, style=style))
        _add_space_around(_paragraphs_after(last, area.parent), AROUND_SIGNING)

    def _signing_row(
        self, block: PlacedSigning, columns: tuple[tuple[int, int], ...], area: Area
    ) -> Area:
        """Labels side by side with lines below them; returns where the last column stands."""
        starts = [area.left + start for start, _ in columns]
        names = Format("signature", tabs=tuple(("left", start, "none") for start in starts[1:]))
        row = [run for item in block.items for run in (TAB, *runs(item.label, _LABEL))][1:]
        self.paragraphs.write(area, names, row)
        stops = [
            stop
            for start, end in columns
            for stop in (
                ("left", area.left + start, "none"),
                ("left", area.left + end, "underscore"),
            )
        ]
        lines = Format("signature", tabs=tuple(stops[1:]), line=SIGNING_ROOM)
        self.paragraphs.write(area, lines, [UNSEEN, LEADER, *(TAB, LEADER) * (len(columns) - 1)])
        return replace(area, left=starts[-1])

    def letterhead(self, letterhead: PlacedLetterhead, area: Area) -> None:
        if letterhead.logo:
            self._logo(letterhead.logo, area)
        self.blocks(letterhead.blocks, replace(area, style="letterhead"))

    def _logo(self, logo: Logo, area: Area) -> None:
        height = min(LOGO_HEIGHT, logo.height_px * PIXEL)
        width = height * logo.width_px / logo.height_px
        shrink = min(1.0, LOGO_WIDTH / width)
        image = BytesIO(logo.png)
        inline = self.word.part.new_pic_inline(image, int(width * shrink), int(height * shrink))
        inline.docPr.set("descr", " ".join(clean(logo.alt).split()))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        format_ = Format("letterhead", keep_next=True, after=AFTER_LOGO)
        paragraph = self.paragraphs.start(area, format_)
        add(add(paragraph, "r"), "drawing").append(inline)


def _read_borders(styles: etree._Element, shell: Shell) -> dict[str, Borders]:
    """Borders, shading and indents of every style by its name."""
    formats = {
        style.get(f"{WORD}styleId"): style.find(f"{WORD}pPr")
        for style in styles.iter(f"{WORD}style")
    }
    return {name: _borders(name, formats[key]) for name, key in shell.styles.items()}


def _borders(name: str, format_: etree._Element | None) -> Borders:
    if format_ is None:
        return Borders(name)
    indent = format_.find(f"{WORD}ind")
    left, right = (
        0 if indent is None else int(indent.get(f"{WORD}{side}", 0)) for side in ("left", "right")
    )
    return Borders(name, tuple(format_.iterchildren(f"{WORD}pBdr", f"{WORD}shd")), left, right)


def _column_widths(shares: tuple[int, ...], total: int) -> tuple[int, ...]:
    """Widths that add up to the total whatever the rounding."""
    ends = [0, *(total * share // 100 for share in accumulate(shares))]
    return tuple(end - start for start, end in pairwise(ends))


def _signing_columns(block: PlacedSigning) -> Iterator[tuple[int, int]]:
    """Where each column of a signing row begins and ends."""
    start = 0
    for width in map(twips, block.columns):
        yield start, start + width
        start += width + twips(SIGNING_GAP)


def _last(parent: etree._Element) -> etree._Element | None:
    return next(parent.iterchildren(reversed=True), None)


def _paragraphs_after(
    element: etree._Element | None, parent: etree._Element
) -> list[etree._Element]:
    """What was written since an element was the last."""
    written = parent.iterchildren(_P) if element is None else element.itersiblings(_P)
    return list(written)


def _add_space_after(area: Area) -> None:
    if not area.cell and area.parent[-1].tag == _P:
        _format(area.parent[-1]).space_after = Twips(AFTER_LIST)


def _add_space_after_table(paragraph: etree._Element, block: PlacedBlock) -> None:
    if not isinstance(block, PlacedHeading | PlacedTable):
        _format(paragraph).space_before = Twips(AFTER_TABLE)


def _add_space_around(paragraphs: list[etree._Element], space: int) -> None:
    if paragraphs:
        _format(paragraphs[0]).space_before = Twips(space)
        _format(paragraphs[-1]).space_after = Twips(space)


def _keep(block: Placed, area: Area, written: list[etree._Element]) -> None:
    """Hold a block together and with the next; in a cell only whole rows are held together.

    Places to sign are not chained to one another: of the longest chains LibreOffice keeps nothing.
    """
    if area.cell:
        return
    if block.whole:
        _keep_whole(written)
    if block.with_next and not isinstance(block, PlacedSigning):
        last = area.parent[-1]
        _keep_with_next(
            list(last.iterchildren(_ROW))[-1].iter(_P) if last.tag == _TABLE else [last]
        )


def _keep_whole(paragraphs: Sequence[etree._Element]) -> None:
    for paragraph in paragraphs:
        _format(paragraph).keep_together = True
    _keep_with_next(paragraphs[:-1])


def _keep_with_next(paragraphs: Iterable[etree._Element]) -> None:
    for paragraph in paragraphs:
        _format(paragraph).keep_with_next = True


def _format(paragraph: etree._Element) -> ParagraphFormat:
    assert isinstance(paragraph, BaseOxmlElement)
    return ParagraphFormat(paragraph)
