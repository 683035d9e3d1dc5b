"""The body of a Word document: placed blocks, one below the other.

How things look stands in the shell's styles; here stands only what depends on the content:
indents within other blocks, widths of columns, and how paragraphs are held together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from docx.document import Document as WordDocument
from docx.shared import Twips
from lxml import etree

from planforms.document import BoxKind, SectionKind
from planforms.placement.blocks import (
    Placed,
    PlacedBeside,
    PlacedBlock,
    PlacedBox,
    PlacedChart,
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
    PlacedPictured,
    PlacedQuote,
    PlacedSection,
    PlacedTable,
    PlacedText,
    PlacedTranslation,
    PlacedWindow,
)
from planforms.placement.words import text_of
from planforms.writers._word_controls import ControlWriter
from planforms.writers._word_forms import FormWriter, Page, panel_like, staff_panel
from planforms.writers._word_paragraphs import (
    OPTION_INDENT,
    OPTION_LINE,
    PLAIN,
    TAB,
    THIN,
    Area,
    Borders,
    Format,
    ParagraphWriter,
    RunText,
    Styles,
    option_runs,
    runs,
)
from planforms.writers._word_pictures import chart_picture, pictogram_picture, picture_of
from planforms.writers._word_tables import TableWriter
from planforms.writers._word_xml import (
    WORD,
    add,
    keep_lines,
    keep_with_next,
    paragraph_format,
    twips,
)
from planforms.writers.shell import LIST_INDENT, Shell

_P, _TABLE, _ROW = f"{WORD}p", f"{WORD}tbl", f"{WORD}tr"

AFTER_LIST = 110
ABOVE_LABEL = 80
LABEL_LINE = 245
AFTER_OPTION = 50
AROUND_BOX = 125
AROUND_TRANSLATION = 90
BELOW_TABLE, BETWEEN_TABLES = 105, 65
ABOVE_LINES = 40
ABOVE_STAFF = twips(4)
LONGEST_LABEL_BESIDE = 23
"""How many letters of a label have room in one line of the column before the values."""
_LABEL = replace(PLAIN, style="entry label")
SPACED = ("heading 1", "heading 2", "heading 3", "minor heading", "caption")
"""Styles that have room above them of their own."""


def write_body(
    word: WordDocument,
    shell: Shell,
    blocks: Iterable[PlacedBlock],
    scale: float = 1,
    controls: ControlWriter | None = None,
) -> None:
    """Fill the empty body of a Word document; its section properties stay last.

    Args:
        word: the document.
        shell: the letterhead that it was made of.
        blocks: what it says.
        scale: how much larger it will be made; so much less room there is.
        controls: what makes its controls, if it is a form to fill in.
    """
    body = word.element.body
    section = body[-1]
    body.remove(section)
    page, width = _page(section, scale), round(_text_width(section) / scale)
    writer, area = _BodyWriter(word, shell, page, width, controls), Area(body, width)
    writer.blocks(blocks, area)
    last = _last(body)
    if last is None or last.tag == _TABLE:
        writer.paragraphs.start(area, THIN)
    body.append(section)


def _page(section: etree._Element, scale: float) -> Page:
    margins = section.find(f"{WORD}pgMar")
    assert margins is not None
    top, left, gutter = (int(margins.get(f"{WORD}{side}", 0)) for side in ("top", "left", "gutter"))
    return Page(abs(top), left + gutter, scale)


def _text_width(section: etree._Element) -> int:
    size, margins = section.find(f"{WORD}pgSz"), section.find(f"{WORD}pgMar")
    assert size is not None and margins is not None
    sides = sum(int(margins.get(f"{WORD}{side}", 0)) for side in ("left", "right", "gutter"))
    return int(size.get(f"{WORD}w", 0)) - sides


class _BodyWriter:
    def __init__(
        self,
        word: WordDocument,
        shell: Shell,
        page: Page,
        width: int,
        controls: ControlWriter | None,
    ) -> None:
        self.word = word
        self.shell = shell
        self.numbering = word.part.numbering_part.element
        self.borders = _read_borders(word.styles.element, shell)
        rights = {name: borders.right for name, borders in self.borders.items()}
        self.paragraphs = ParagraphWriter(Styles(shell.styles, rights, width), controls)
        self.label_width = self.borders["entry"].left
        self.spaced = {shell.styles[name] for name in SPACED}
        self.tables = TableWriter(self.paragraphs, self.blocks, shell.styles)
        self.forms = FormWriter(self.paragraphs, self.blocks, page, self.borders["letterhead"])

    def blocks(self, blocks: Iterable[PlacedBlock], area: Area) -> None:
        for block in blocks:
            last = _last(area.parent)
            self.block(block, area)
            _keep(block, area, self._written_below(last, area))

    def _written_below(self, last: etree._Element | None, area: Area) -> list[etree._Element]:
        """The paragraphs written since an element was the last; the first is set off a table."""
        written = _written_after(last, area.parent)
        if last is not None and last.tag == _TABLE and written:
            self._set_apart(written[0], area)
        return [each for each in written if each.tag == _P]

    def _set_apart(self, element: etree._Element, area: Area) -> None:
        """Leave room below a table; two that touched would be one in Word."""
        room = BELOW_TABLE
        if element.tag == _TABLE:
            between = self.paragraphs.start(replace(area, borders=Borders()), THIN)
            element.addprevious(between)
            element, room = between, BETWEEN_TABLES
        style = next(element.iter(f"{WORD}pStyle")).get(f"{WORD}val")
        format_ = paragraph_format(element)
        if style not in self.spaced and (format_.space_before or 0) < Twips(room):
            format_.space_before = Twips(room)

    def block(self, block: PlacedBlock, area: Area) -> None:
        match block:
            case PlacedText(children):
                if not self.paragraphs.is_written(children):
                    self.paragraphs.write(area, Format(area.style), runs(children))
            case PlacedLines():
                self.lines(block, area)
            case PlacedOptions():
                self.options(block, area)
            case PlacedHeading(level, children):
                style = "minor heading" if area.small and level == 2 else f"heading {level}"
                self.paragraphs.write(area, Format(style), runs(children))
            case PlacedList():
                self.list(block, area)
            case PlacedDescriptions():
                self.descriptions(block, area)
            case PlacedFields():
                self.forms.fields(block, area)
            case PlacedChoices():
                self.forms.choices(block, area)
            case PlacedSection():
                self.section(block, area)
            case PlacedPictured():
                self.pictured(block, area)
            case PlacedBeside():
                self.forms.beside(block, area)
            case PlacedWindow():
                self.forms.window(block, area)
            case PlacedTable():
                self.tables.write(block, area)
            case PlacedChart():
                self.chart(block, area)
            case PlacedBox():
                self.box(block, area)
            case PlacedQuote(blocks):
                self.frame("quote", blocks, area)
            case PlacedTranslation():
                self.translation(block, area)
            case PlacedLetterhead():
                self.letterhead(block, area)
            case _:
                assert_never(block)

    def lines(self, block: PlacedLines, area: Area) -> None:
        count = block.count
        if self.paragraphs.has_controls(block.blanks):
            self.paragraphs.write_controls(area, Format(area.style), block.blanks)
        elif count > 1 and not area.cell and not area.borders.style:
            self._space_above(ABOVE_LINES, area)
            self.forms.lines(count, area)
        else:
            self.paragraphs.write_lines(area, Format(area.style), count)

    def options(self, block: PlacedOptions, area: Area) -> None:
        last = len(block.options) - 1
        format_ = Format(
            area.style,
            line=OPTION_LINE,
            exact=True,
            left=area.left + OPTION_INDENT,
            hanging=OPTION_INDENT,
        )
        for number, option in enumerate(block.options):
            after = AFTER_OPTION if number < last else None
            self.paragraphs.write(area, replace(format_, after=after), option_runs(option))

    # --- lists --------------------------------------------------------------------------------

    def list(self, block: PlacedList, area: Area) -> None:
        level = min(area.level, 8)
        number = self._new_numbers(level) if block.ordered else self.shell.bullets
        for item in block.items:
            last = _last(area.parent)
            self._item(item, (level, number if item.mark else self.shell.options), area)
            self._written_below(last, area)
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
            case PlacedLines(blanks) if self.paragraphs.has_controls(blanks):
                self.paragraphs.write(area, format_, runs(blanks))
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
        _keep(item, area, self._written_below(last, area))

    def _has_room_for_label(self, item: PlacedDescription, area: Area) -> bool:
        has_column = not area.cell and 2 * self.label_width < area.edge - area.left
        return has_column and len(text_of(item.label)) <= LONGEST_LABEL_BESIDE

    def _beside(self, item: PlacedDescription, area: Area) -> None:
        left = area.left + self.label_width
        tabs = (("clear", self.label_width, "none"), ("left", left, "none")) if area.left else ()
        format_ = Format("entry", tabs=tabs, left=left, hanging=self.label_width)
        label = (*runs(item.label, _LABEL), TAB)
        match item.value:
            case (PlacedLines(blanks),) if self.paragraphs.has_controls(blanks):
                self.paragraphs.write(area, format_, (*label, *runs(blanks)))
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
        format_ = replace(
            format_,
            left=area.left + hanging,
            hanging=hanging,
            after=AFTER_OPTION,
            line=OPTION_LINE,
            exact=True,
        )
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
            line=LABEL_LINE,
            left=area.left,
        )
        self.paragraphs.write(area, format_, runs(item.label, _LABEL))
        self.blocks(item.value, area)

    # --- parts that stand apart -----------------------------------------------------------------

    def section(self, block: PlacedSection, area: Area) -> None:
        if block.kind is SectionKind.STAFF:
            self._space_above(ABOVE_STAFF, area)
            self.forms.panel(block.blocks, area, staff_panel())
            return
        last = _last(area.parent)
        self.blocks(block.blocks, area)
        for first in _written_after(last, area.parent)[:1]:
            if first.tag != _P:
                above = self.paragraphs.start(area, THIN)
                first.addprevious(above)
                first = above
            paragraph_format(first).page_break_before = True

    def box(self, block: PlacedBox, area: Area) -> None:
        if block.kind is BoxKind.ROW:
            self._space_above(AROUND_BOX, area)
            panel = panel_like(self.borders[f"box {BoxKind.NOTE}"])
            self.forms.panel(block.blocks, area, replace(panel, whole=block.whole))
        elif block.kind is BoxKind.LAW:
            self.blocks(block.blocks, replace(area, style="small print", small=True))
        else:
            self.frame(f"box {block.kind}", block.blocks, area)

    def frame(self, style: str, blocks: tuple[PlacedBlock, ...], area: Area) -> None:
        """A box or a quotation: paragraphs with borders, which cannot hold tables, or a table."""
        if any(map(_is_table, blocks)):
            self._space_above(AROUND_BOX, area)
            self.forms.panel(blocks, area, panel_like(self.borders[style]))
        else:
            self.framed(style, blocks, area)

    def _space_above(self, space: int, area: Area) -> None:
        """Leave room above a table, which has none of its own."""
        last = _last(area.parent)
        if last is not None and last.tag == _P:
            paragraph_format(last).space_after = Twips(space)
        elif last is not None and last.tag == _TABLE:
            self.paragraphs.start(area, replace(THIN, before=space))

    def framed(self, style: str, blocks: tuple[PlacedBlock, ...], area: Area) -> None:
        borders = self.borders[style]
        left, right = area.left + borders.left, area.right + borders.right
        last = _last(area.parent)
        self.blocks(blocks, replace(area, left=left, right=right, style=style, borders=borders))
        _add_space_around(_paragraphs_after(last, area.parent), AROUND_BOX)

    def translation(self, block: PlacedTranslation, area: Area) -> None:
        """What stands above in a second language, beside a rule unless a frame has one."""
        inside = area
        if not area.cell and not area.borders.style:
            rule = replace(self.borders["quote"], style="translation")
            inside = replace(area, left=area.left + rule.left, borders=rule)
        last = _last(area.parent)
        with self.paragraphs.in_language(block.locale):
            self.blocks(block.blocks, inside)
        _add_space_around(_paragraphs_after(last, area.parent), AROUND_TRANSLATION)

    def letterhead(self, block: PlacedLetterhead, area: Area) -> None:
        is_shown = block.logo and not self.shell.has_logo
        logo = picture_of(self.word, block.logo) if block.logo and is_shown else None
        self.forms.letterhead(block.blocks, logo, area)

    def chart(self, block: PlacedChart, area: Area) -> None:
        """A picture, of which is said what the table above it shows."""
        picture = chart_picture(self.word, block, area.edge - area.left)
        paragraph = self.paragraphs.start(area, Format(area.style))
        add(add(paragraph, "r"), "drawing").append(picture)

    def pictured(self, block: PlacedPictured, area: Area) -> None:
        """A pictogram, and beside it the words that it stands for."""
        self.forms.pictured(block, pictogram_picture(self.word, block), area)


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


def _is_table(block: PlacedBlock) -> bool:
    """Whether a block is drawn as a table."""
    match block:
        case PlacedFields() | PlacedTable() | PlacedBeside() | PlacedPictured() | PlacedSection():
            return True
        case PlacedChoices(columns=columns):
            return columns > 0
        case PlacedLines(count=count):
            return count > 1
    return False


def _last(parent: etree._Element) -> etree._Element | None:
    return next(parent.iterchildren(reversed=True), None)


def _written_after(element: etree._Element | None, parent: etree._Element) -> list[etree._Element]:
    """The paragraphs and tables that were written since an element was the last."""
    written = parent.iterchildren() if element is None else element.itersiblings()
    return [each for each in written if each.tag in (_P, _TABLE)]


def _paragraphs_after(
    element: etree._Element | None, parent: etree._Element
) -> list[etree._Element]:
    return [each for each in _written_after(element, parent) if each.tag == _P]


def _add_space_after(area: Area) -> None:
    if not area.cell and area.parent[-1].tag == _P:
        paragraph_format(area.parent[-1]).space_after = Twips(AFTER_LIST)


def _add_space_around(paragraphs: list[etree._Element], space: int) -> None:
    if paragraphs:
        paragraph_format(paragraphs[0]).space_before = Twips(space)
        paragraph_format(paragraphs[-1]).space_after = Twips(space)


def _keep(block: Placed, area: Area, written: list[etree._Element]) -> None:
    """Hold a block together and with the next; in a cell only whole rows are held together."""
    if area.cell:
        return
    if block.whole:
        _keep_whole(written)
    if block.with_next:
        last = area.parent[-1]
        keep_with_next(list(last.iterchildren(_ROW))[-1].iter(_P) if last.tag == _TABLE else [last])


def _keep_whole(paragraphs: Sequence[etree._Element]) -> None:
    keep_lines(paragraphs)
    keep_with_next(paragraphs[:-1])
