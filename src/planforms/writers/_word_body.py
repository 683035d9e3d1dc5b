"""The body of a Word document: the blocks of a document, one below the other.

How things look stands in the shell's styles; here stands only what depends on the content:
indents within other blocks, widths of columns, and which paragraphs stay together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import accumulate, islice, pairwise
from typing import assert_never

from docx.document import Document as WordDocument
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Twips
from docx.text.parfmt import ParagraphFormat
from lxml import etree

from planforms.document import (
    Block,
    Box,
    Cell,
    Description,
    DescriptionList,
    Heading,
    Inline,
    Letterhead,
    List,
    Logo,
    Paragraph,
    Quote,
    SigningPlace,
    Table,
    inline_text,
)
from planforms.writers._word_paragraphs import (
    LEADER,
    PLAIN,
    TAB,
    UNSEEN,
    WORD,
    Edging,
    Format,
    Frame,
    ParagraphWriter,
    Piece,
    Styles,
    add,
    blank_lines,
    clean,
    in_columns,
    is_option,
    lines_of,
    pieces,
    twips,
)
from planforms.writers.shell import LIST_INDENT, Shell

_P, _TABLE, _ROW = f"{WORD}p", f"{WORD}tbl", f"{WORD}tr"

LOGO_HEIGHT, LOGO_WIDTH = Mm(14), Mm(70)
AFTER_LOGO = twips(3)
PIXEL = Mm(25.4 / 96)
SIGNING_ROOM = twips(14)
SIGNATURE_WIDTHS = {1: (twips(70),), 2: (twips(50), twips(70))}
SIGNATURE_GAP = twips(10)
OPTION_INDENT = 380
AFTER_TABLE = 200
AFTER_LIST = 140
CELL_PADDING = 160
ABOVE_LABEL = 80
AFTER_OPTION = 40
AROUND_BOX = 200
AROUND_SIGNATURE = 300
LONGEST_BESIDE = 160
LONGEST_LABEL_BESIDE = 23
MOST_LINES_BESIDE = 4
MOST_SHORT_LINES_BESIDE = 12
LONGEST_SHORT_LINE = 60
MOST_KEPT_TOGETHER = 10
_LABEL = replace(PLAIN, style="entry label")


def write_body(word: WordDocument, shell: Shell, blocks: tuple[Block, ...]) -> None:
    """Fill the empty body of a Word document; its section properties stay last."""
    body = word.element.body
    section = body[-1]
    body.remove(section)
    _BodyWriter(word, shell).blocks(blocks, body, Frame(_text_width(section)))
    last = _last(body)
    if last is None or last.tag == _TABLE:
        add(body, "p")
    body.append(section)


def _columns(line: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return in_columns(line) if is_option(line) else line


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
        self.edgings = _read_edgings(word.styles.element, shell)
        rights = {name: edging.right for name, edging in self.edgings.items()}
        self.paragraphs = ParagraphWriter(Styles(shell.styles, rights))
        self.label_width = self.edgings["entry"].left

    def blocks(self, blocks: Iterable[Block], parent: etree._Element, frame: Frame) -> None:
        previous: Block | None = None
        for block in blocks:
            if isinstance(block, SigningPlace) and not isinstance(previous, SigningPlace):
                _keep_last_with_next(parent)
            last = _last(parent)
            self.block(block, parent, frame)
            if isinstance(previous, Table) and not isinstance(block, Heading | Table):
                for paragraph in _paragraphs_after(last, parent)[:1]:
                    _format(paragraph).space_before = Twips(AFTER_TABLE)
            previous = block

    def block(self, block: Block, parent: etree._Element, frame: Frame) -> None:
        match block:
            case Paragraph(children):
                self.paragraph(children, parent, frame)
            case Heading(level, children):
                format_ = Format(f"heading {level}", keep_next=True)
                self.paragraphs.write(parent, frame, format_, pieces(children))
            case List():
                self.list(block, parent, frame)
            case DescriptionList(entries):
                self.entries(entries, parent, frame)
            case Table():
                self.table(block, parent, frame)
            case Box(kind, children):
                self.framed(f"box {kind}", children, parent, frame)
            case Quote(children):
                self.framed("quote", children, parent, frame)
            case SigningPlace():
                self.signature(block, parent, frame)
            case Letterhead():
                self.letterhead(block, parent, frame)
            case _:
                assert_never(block)

    def paragraph(self, children: tuple[Inline, ...], parent: etree._Element, frame: Frame) -> None:
        self._lines(lines_of(children), parent, frame)

    def _lines(
        self, lines: Sequence[tuple[Piece, ...]], parent: etree._Element, frame: Frame
    ) -> None:
        for number, line in enumerate(lines, start=1):
            format_ = Format(frame.style, after=None if number == len(lines) else AFTER_OPTION)
            if is_option(line):
                left = frame.left + OPTION_INDENT
                format_ = replace(format_, left=left, hanging=OPTION_INDENT)
                line = in_columns(line)
            self.paragraphs.write(parent, frame, format_, line)

    # --- lists --------------------------------------------------------------------------------

    def list(self, block: List, parent: etree._Element, frame: Frame) -> None:
        level = min(frame.level, 8)
        number = self._new_numbers(level) if block.ordered else self.shell.bullets
        for item in block.items:
            self._item(item, (level, number), parent, frame)
        if block.items and not frame.level:
            _add_space_after(parent, frame)

    def _item(
        self,
        item: tuple[Block, ...],
        number: tuple[int, int],
        parent: etree._Element,
        frame: Frame,
    ) -> None:
        """The number stands before the first paragraph, or alone if there is none."""
        first, rest = _first_paragraph(item)
        line, *lines = lines_of(first.children)
        style = "list bullet" if number[1] == self.shell.bullets else "list number"
        indent = LIST_INDENT
        if is_option(line):
            number, line, indent = (number[0], self.shell.options), in_columns(line), OPTION_INDENT
        left = frame.left + indent
        format_ = Format(
            frame.style if frame.cell else style,
            keep_next=bool(rest or lines),
            number=number,
            left=left,
            hanging=indent,
        )
        self.paragraphs.write(parent, frame, format_, line)
        style = frame.style if frame.cell else "list continue"
        inner = replace(frame, left=left, level=frame.level + 1, style=style)
        self._lines(lines, parent, inner)
        self.blocks(rest, parent, inner)

    def _new_numbers(self, level: int) -> int:
        number = self.numbering.add_num(self.shell.numbers)
        number.add_lvlOverride(ilvl=level).add_startOverride(1)
        identifier: int = number.numId
        return identifier

    # --- labels and values --------------------------------------------------------------------

    def entries(
        self, entries: tuple[Description, ...], parent: etree._Element, frame: Frame
    ) -> None:
        for entry in entries:
            self.entry(entry, parent, frame)
        if entries:
            _add_space_after(parent, frame)

    def entry(self, entry: Description, parent: etree._Element, frame: Frame) -> None:
        match entry.value:
            case (Paragraph() as value,) if self._is_beside(entry, value, frame):
                self._beside(entry, value, parent, frame)
            case _:
                self._above(entry, parent, frame)

    def _beside(
        self, entry: Description, value: Paragraph, parent: etree._Element, frame: Frame
    ) -> None:
        left = frame.left + self.label_width
        tabs = (("clear", self.label_width, "none"), ("left", left, "none")) if frame.left else ()
        line, *lines = lines_of(value.children)
        format_ = Format("entry", tabs=tabs, left=left, hanging=self.label_width)
        last = _last(parent)
        before = ABOVE_LABEL if is_option(line) else None
        first = replace(self._option(format_, line), before=before)
        label = pieces(entry.label, _LABEL)
        self.paragraphs.write(parent, frame, first, _columns(line), label)
        for line in lines:
            self._continue(format_, line, parent, frame)
        _keep_together(_paragraphs_after(last, parent)[:-1])

    def _continue(
        self, format_: Format, line: tuple[Piece, ...], parent: etree._Element, frame: Frame
    ) -> None:
        """A further line of a value; it begins at the label's edge, as the frame of a box does."""
        if blank_lines(line):
            self.paragraphs.write(parent, frame, replace(format_, hanging=0), line)
        else:
            line_format = self._option(format_, line)
            self.paragraphs.write(parent, frame, line_format, (TAB, *_columns(line)))

    def _option(self, format_: Format, line: tuple[Piece, ...]) -> Format:
        """The format of a value's line; an option has its box in a column of its own."""
        if not is_option(line) or format_.left is None or format_.hanging is None:
            return format_
        left, hanging = format_.left + OPTION_INDENT, format_.hanging + OPTION_INDENT
        return replace(format_, left=left, hanging=hanging, after=AFTER_OPTION)

    def _above(self, entry: Description, parent: etree._Element, frame: Frame) -> None:
        format_ = Format(
            frame.style if frame.cell else "entry",
            keep_next=True,
            before=ABOVE_LABEL,
            after=0,
            left=frame.left,
        )
        self.paragraphs.write(parent, frame, format_, pieces(entry.label, _LABEL))
        self.blocks(entry.value, parent, frame)

    def _is_beside(self, entry: Description, value: Paragraph, frame: Frame) -> bool:
        """Whether the value stands in the same line as its label, which reads best."""
        text = inline_text(value.children)
        content = list(pieces(value.children))
        if (
            2 * self.label_width >= frame.edge - frame.left
            or len(inline_text(entry.label)) > LONGEST_LABEL_BESIDE
        ):
            return False
        return (
            _fits_beside(text)
            and blank_lines(content) <= 1
            and all(piece.blank.lines == 1 for piece in content if piece.blank)
        )

    # --- tables -------------------------------------------------------------------------------

    def table(self, table: Table, parent: etree._Element, frame: Frame) -> None:
        caption = Format("caption", keep_next=True)
        self.paragraphs.write(parent, frame, caption, pieces(table.caption))
        widths = _column_widths(table.widths, frame.edge - frame.left)
        element = add(parent, "tbl")
        self._table_properties(element, table, sum(widths), frame.left)
        grid = add(element, "tblGrid")
        for width in widths:
            add(grid, "gridCol", w=width)
        self._row(element, table.head, widths, head=True)
        for row in table.rows:
            self._row(element, row, widths)

    def _table_properties(
        self, element: etree._Element, table: Table, width: int, left: int
    ) -> None:
        names_rows = bool(table.rows) and all(row[0].header for row in table.rows)
        properties = add(element, "tblPr")
        add(properties, "tblStyle", val=self.shell.styles["letter table"])
        add(properties, "tblW", w=width, type="dxa")
        if left:
            add(properties, "tblInd", w=left, type="dxa")
        add(properties, "tblLayout", type="fixed")
        look = {"firstRow": 1, "lastRow": 0, "firstColumn": int(names_rows), "lastColumn": 0}
        value = "06A0" if names_rows else "0620"
        add(properties, "tblLook", val=value, **look, noHBand=1, noVBand=1)
        add(properties, "tblCaption", val=" ".join(clean(inline_text(table.caption)).split()))

    def _row(
        self,
        table: etree._Element,
        cells: tuple[Cell, ...],
        widths: tuple[int, ...],
        head: bool = False,
    ) -> None:
        row = add(table, "tr")
        properties = add(row, "trPr")
        add(properties, "cantSplit")
        if head:
            add(properties, "tblHeader")
        for cell, width in zip(cells, widths, strict=True):
            element = add(row, "tc")
            add(add(element, "tcPr"), "tcW", w=width, type="dxa")
            style = "table header" if head or cell.header else "table text"
            self.blocks(cell.children, element, Frame(width - CELL_PADDING, style=style, cell=True))
            if element[-1].tag != _P:
                self.paragraphs.start(element, Frame(width), Format(style))
        if head:
            _keep_together(row.iter(_P))

    # --- boxes, quotations, signatures, letterhead ----------------------------------------------

    def framed(
        self, style: str, children: tuple[Block, ...], parent: etree._Element, frame: Frame
    ) -> None:
        edging = self.edgings[style]
        left, right = frame.left + edging.left, frame.right + edging.right
        inner = replace(frame, left=left, right=right, style=style, edging=edging)
        last = _last(parent)
        self.blocks(children, parent, inner)
        written = _paragraphs_after(last, parent)
        _add_space_around(written, AROUND_BOX)
        if len(written) <= MOST_KEPT_TOGETHER:
            _keep_together(written[:-1])

    def signature(self, signature: SigningPlace, parent: etree._Element, frame: Frame) -> None:
        last = _last(parent)
        inner = frame
        if _is_to_be_signed(signature, frame):
            inner = self._signing_lines(signature.items, parent, frame)
        else:
            for entry in signature.items:
                self.entry(entry, parent, frame)
        style = frame.style if frame.cell else "signature"
        self.blocks(signature.children, parent, replace(inner, style=style))
        written = _paragraphs_after(last, parent)
        _add_space_around(written, AROUND_SIGNATURE)
        _keep_together(written[:-1])

    def _signing_lines(
        self, entries: tuple[Description, ...], parent: etree._Element, frame: Frame
    ) -> Frame:
        """Labels side by side with lines below them; returns where the last column stands."""
        widths = SIGNATURE_WIDTHS[len(entries)]
        ends = list(accumulate(width + SIGNATURE_GAP for width in widths))
        starts = [frame.left, *(frame.left + end for end in ends[:-1])]
        labels = [pieces(entry.label, _LABEL) for entry in entries]
        names = Format("signature", tabs=tuple(("left", s, "none") for s in starts[1:]))
        row = [part for label in labels for part in (TAB, *label)][1:]
        self.paragraphs.write(parent, frame, names, row)
        stops = [
            stop
            for start, width in zip(starts, widths, strict=True)
            for stop in (("left", start, "none"), ("left", start + width, "underscore"))
        ]
        lines = Format("signature", tabs=tuple(stops[1:]), line=SIGNING_ROOM)
        self.paragraphs.write(
            parent, frame, lines, [UNSEEN, LEADER, *(TAB, LEADER) * (len(widths) - 1)]
        )
        return replace(frame, left=starts[-1])

    def letterhead(self, letterhead: Letterhead, parent: etree._Element, frame: Frame) -> None:
        if letterhead.logo:
            self._logo(letterhead.logo, parent, frame)
        self.blocks(letterhead.children, parent, replace(frame, style="letterhead"))

    def _logo(self, logo: Logo, parent: etree._Element, frame: Frame) -> None:
        height = min(LOGO_HEIGHT, logo.height_px * PIXEL)
        width = height * logo.width_px / logo.height_px
        shrink = min(1.0, LOGO_WIDTH / width)
        image = BytesIO(logo.png)
        inline = self.word.part.new_pic_inline(image, int(width * shrink), int(height * shrink))
        inline.docPr.set("descr", " ".join(clean(logo.alt).split()))
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")
        format_ = Format("letterhead", keep_next=True, after=AFTER_LOGO)
        paragraph = self.paragraphs.start(parent, frame, format_)
        add(add(paragraph, "r"), "drawing").append(inline)


def _read_edgings(styles: etree._Element, shell: Shell) -> dict[str, Edging]:
    """Borders, shading and indents of every style by its name."""
    formats = {
        style.get(f"{WORD}styleId"): style.find(f"{WORD}pPr")
        for style in styles.iter(f"{WORD}style")
    }
    return {name: _edging(name, formats[key]) for name, key in shell.styles.items()}


def _edging(name: str, format_: etree._Element | None) -> Edging:
    if format_ is None:
        return Edging(name)
    indent = format_.find(f"{WORD}ind")
    left, right = (
        0 if indent is None else int(indent.get(f"{WORD}{side}", 0)) for side in ("left", "right")
    )
    return Edging(name, tuple(format_.iterchildren(f"{WORD}pBdr", f"{WORD}shd")), left, right)


def _column_widths(shares: tuple[int, ...], total: int) -> tuple[int, ...]:
    """Widths that add up to the total whatever the rounding."""
    ends = [0, *(total * share // 100 for share in accumulate(shares))]
    return tuple(end - start for start, end in pairwise(ends))


def _first_paragraph(item: tuple[Block, ...]) -> tuple[Paragraph, tuple[Block, ...]]:
    match item:
        case (Paragraph() as first, *rest):
            return first, tuple(rest)
    return Paragraph(()), item


def _is_to_be_signed(signature: SigningPlace, frame: Frame) -> bool:
    """Whether there is nothing but lines to write on, which have room side by side."""
    values = [block for entry in signature.items for block in entry.value]
    widths = SIGNATURE_WIDTHS.get(len(signature.items), (frame.width,))
    fits = sum(widths) + SIGNATURE_GAP * (len(widths) - 1) <= frame.edge - frame.left
    return fits and all(
        isinstance(value, Paragraph) and blank_lines(pieces(value.children)) == 1
        for value in values
    )


def _last(parent: etree._Element) -> etree._Element | None:
    return next(parent.iterchildren(reversed=True), None)


def _paragraphs_after(
    element: etree._Element | None, parent: etree._Element
) -> list[etree._Element]:
    """What was written since an element was the last."""
    written = parent.iterchildren(_P) if element is None else element.itersiblings(_P)
    return list(written)


def _add_space_after(parent: etree._Element, frame: Frame) -> None:
    if not frame.cell and parent[-1].tag == _P:
        _format(parent[-1]).space_after = Twips(AFTER_LIST)


def _add_space_around(paragraphs: list[etree._Element], space: int) -> None:
    if paragraphs:
        _format(paragraphs[0]).space_before = Twips(space)
        _format(paragraphs[-1]).space_after = Twips(space)


def _keep_last_with_next(parent: etree._Element) -> None:
    """Hold the last two lines above a signature on its page."""
    for element in islice(parent.iterchildren(reversed=True), 2):
        rows = list(element.iterchildren(_ROW))
        _keep_together(rows[-1].iter(_P) if rows else [element] if element.tag == _P else [])


def _fits_beside(text: str) -> bool:
    """Whether a value is short: few lines, or a list of short ones."""
    lines = text.split("\n")
    few = len(text) <= LONGEST_BESIDE and len(lines) <= MOST_LINES_BESIDE
    short = len(lines) <= MOST_SHORT_LINES_BESIDE and max(map(len, lines)) <= LONGEST_SHORT_LINE
    return few or short


def _keep_together(paragraphs: Iterable[etree._Element]) -> None:
    for paragraph in paragraphs:
        format_ = _format(paragraph)
        format_.keep_with_next = True
        format_.keep_together = True


def _format(paragraph: etree._Element) -> ParagraphFormat:
    assert isinstance(paragraph, BaseOxmlElement)
    return ParagraphFormat(paragraph)
