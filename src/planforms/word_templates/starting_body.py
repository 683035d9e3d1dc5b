"""The body of a starter, block by block."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from docx.document import Document as WordDocument
from lxml import etree

from planforms.document import BoxKind, Logo, Pictogram, SectionKind, Window
from planforms.markup.subset import BESIDE as PARTS_BESIDE
from planforms.placement.blocks import (
    FIELD_HEIGHT,
    PICTOGRAM_GAP,
    PICTOGRAM_SIZE,
    PlacedPictured,
)
from planforms.placement.placing import TWELFTHS
from planforms.word_templates import starting_styles as names
from planforms.word_templates.starting_paragraphs import Numbered, Spot, StarterParagraphs
from planforms.word_templates.starting_tables import StarterTables
from planforms.word_templates.tree import (
    Branch,
    Governed,
    Node,
    Said,
    Tagged,
    as_elements,
    is_block,
    is_empty,
    without_spaces,
)
from planforms.writers._word_forms import Page
from planforms.writers._word_pictures import pictogram_picture, picture_of
from planforms.writers._word_table_xml import (
    CellFormat,
    TableFormat,
    shares_of,
    start_cell,
    start_row,
    start_table,
)
from planforms.writers._word_xml import WORD, add, twips
from planforms.writers.shell import LIST_INDENT, Shell

_HALF = 6
"""How many twelfths of a line a field takes, if nothing else is said."""
_BETWEEN_OPTIONS = "\u2003\u2003"
"""Two wide spaces, at which a line may end."""
_BESIDE_LOGO = twips(5)
_LETTERHEAD, _BELOW_LETTERHEAD = twips(15), twips(4.5)
"""How high the letterhead is at least, and what is between it and what follows."""
_LINES_OF_ADDRESS = twips(22)
"""How high an address is: four lines."""
_EMU = 635
"""How many of the units of pictures a twentieth of a point has."""


@dataclass(frozen=True, slots=True)
class OfPaper:
    """What a template asks for and does not hold itself.

    Attributes:
        logo: the picture for the letterhead.
        window: where the window of an envelope shows the address.
        page: where the text of a page begins.
        described: tells what a pictogram shows.
    """

    logo: Logo | None
    window: Window
    page: Page
    described: Callable[[Pictogram], str]


class StarterBody:
    """Draws what a template says, with its statements in paragraphs of their own."""

    def __init__(
        self, word: WordDocument, shell: Shell, styles: Mapping[str, str], paper: OfPaper
    ) -> None:
        """What draws on a document.

        Args:
            word: the document.
            shell: the letterhead that it was made of.
            styles: identifiers of its styles by name.
            paper: what the template asks for.
        """
        self._word = word
        self._shell = shell
        self._styles = styles
        self._paper = paper
        self._above = 0
        self._paragraphs = StarterParagraphs(styles)
        self._tables = StarterTables(self._paragraphs, self._fill)
        self._drawn: dict[str, Callable[[Tagged, Spot], None]] = {
            "p": self._paragraph,
            "h1": self._heading,
            "h2": self._heading,
            "h3": self._heading,
            "ul": self._list,
            "ol": self._list,
            "dl": self._fields,
            "table": self._table,
            "aside": self._box,
            "blockquote": self._quote,
            "header": self._letterhead,
            "section": self._section,
            "address": self._address,
        }

    def draw(self, parts: Iterable[Node], spot: Spot) -> None:
        """Draw parts one below the other; what stands in a line becomes a paragraph."""
        line: list[Node] = []
        for part in parts:
            if not is_block(part):
                line.append(part)
                continue
            self._line(line, spot)
            line = []
            if isinstance(part, Governed):
                self._governed(part, spot)
            elif isinstance(part, Tagged):
                self._drawn[part.tag](part, spot)
        self._line(line, spot)

    def _line(self, parts: list[Node], spot: Spot) -> None:
        if not all(map(is_empty, parts)):
            self._paragraphs.write(spot.parent, spot.style, parts)

    def _governed(self, part: Governed, spot: Spot) -> None:
        for branch in part.branches:
            self._paragraphs.write_statement(spot.parent, "p", branch.statement)
            self.draw(branch.parts, spot)
        self._paragraphs.write_statement(spot.parent, "p", part.end)

    def _fill(self, parts: Iterable[Node], spot: Spot) -> None:
        """Draw parts into a cell, which has to end with a paragraph."""
        self.draw(parts, spot)
        if spot.parent[-1].tag != f"{WORD}p":
            self._paragraphs.write(spot.parent, spot.style)

    def _space(self, spot: Spot) -> None:
        self._paragraphs.write(spot.parent, names.SPACE)

    # --- words ----------------------------------------------------------------------------------

    def _paragraph(self, element: Tagged, spot: Spot) -> None:
        if all(map(is_empty, element.parts)):
            return
        if "class" in element.attributes:
            self._paragraphs.write(spot.parent, names.CHOICES, tuple(_in_a_row(element.parts)))
        else:
            self._paragraphs.write(spot.parent, spot.style, element.parts)

    def _heading(self, element: Tagged, spot: Spot) -> None:
        level = element.tag[1]
        style = "minor heading" if spot.small and level == "2" else f"heading {level}"
        self._paragraphs.write(spot.parent, style, element.parts)

    def _quote(self, element: Tagged, spot: Spot) -> None:
        self.draw(element.parts, replace(spot, style="quote"))

    def _address(self, element: Tagged, spot: Spot) -> None:
        """The address, as far down the page as the window is."""
        window, page = self._paper.window, self._paper.page
        properties = self._paragraphs.write(spot.parent, names.ADDRESS, element.parts)
        before = max(0, twips(window.top) - page.top - self._above)
        after = max(0, twips(window.height) - _LINES_OF_ADDRESS)
        add(properties, "spacing", before=before, after=after)
        add(properties, "ind", left=max(0, twips(window.left) - page.left))

    # --- lists ----------------------------------------------------------------------------------

    def _list(self, element: Tagged, spot: Spot) -> None:
        level = min(spot.level, 8)
        number = self._new_numbers(level) if element.tag == "ol" else self._shell.bullets
        style = "list number" if element.tag == "ol" else "list bullet"
        self._items(element.parts, style, Numbered(level, number), spot)

    def _new_numbers(self, level: int) -> int:
        number = self._word.part.numbering_part.element.add_num(self._shell.numbers)
        number.add_lvlOverride(ilvl=level).add_startOverride(1)
        identifier: int = number.numId
        return identifier

    def _items(self, parts: Iterable[Node], style: str, numbered: Numbered, spot: Spot) -> None:
        for part in parts:
            if isinstance(part, Governed):
                for branch in part.branches:
                    self._paragraphs.write_statement(spot.parent, "p", branch.statement)
                    self._items(branch.parts, style, numbered, spot)
                self._paragraphs.write_statement(spot.parent, "p", part.end)
            elif isinstance(part, Tagged):
                self._item(part, style, numbered, spot)

    def _item(self, item: Tagged, style: str, numbered: Numbered, spot: Spot) -> None:
        """The number stands before the first paragraph."""
        first, rest = _first_paragraph(item.parts)
        style = spot.style if spot.small else style
        self._paragraphs.write_item(spot.parent, style, numbered, first)
        start = len(spot.parent)
        inner = style if spot.small else "list continue"
        self.draw(rest, replace(spot, style=inner, level=spot.level + 1))
        for paragraph in list(spot.parent)[start:]:
            self._indent(paragraph, LIST_INDENT * (spot.level + 1))

    def _indent(self, element: etree._Element, left: int) -> None:
        """Let a paragraph of an item, or a table in it, begin where its words begin."""
        if element.tag == f"{WORD}p" and element.find(f"{WORD}pPr/{WORD}ind") is None:
            add(element[0], "ind", left=left)

    # --- labels and values ----------------------------------------------------------------------

    def _fields(self, element: Tagged, spot: Spot) -> None:
        """A table of labels and values, twelve narrow columns wide."""
        widths = shares_of(spot.width, (1,) * TWELFTHS)
        table = start_table(spot.parent, widths, TableFormat(self._styles[names.FIELDS]))
        usual = _HALF if "class" in element.attributes else TWELFTHS
        self._pairs(without_spaces(element.parts), table, spot, usual)
        self._space(spot)

    def _pairs(self, parts: Iterable[Node], table: etree._Element, spot: Spot, usual: int) -> None:
        labels: list[Tagged] = []
        values: list[Tagged] = []
        for part in parts:
            one = as_elements(part) if isinstance(part, Governed) else ()
            part = one[0] if len(one) == 1 else part
            if isinstance(part, Tagged):
                (labels if part.tag == "dt" else values).append(part)
            elif isinstance(part, Governed):
                self._lines(labels, values, table, (spot.width, usual))
                labels, values = [], []
                for branch in part.branches:
                    self._row_statement(table, branch.statement, spot.width)
                    self._pairs(branch.parts, table, spot, usual)
                self._row_statement(table, part.end, spot.width)
        self._lines(labels, values, table, (spot.width, usual))

    def _row_statement(self, table: etree._Element, statement: str, width: int) -> None:
        cell = start_cell(start_row(table), width, CellFormat(TWELFTHS))
        self._paragraphs.write_statement(cell, "tr", statement)

    def _lines(
        self,
        labels: list[Tagged],
        values: list[Tagged],
        table: etree._Element,
        room: tuple[int, int],
    ) -> None:
        """Labels above their values, in rows of twelve twelfths."""
        width, usual = room
        pairs = zip(labels, values, strict=True)
        for line in _in_lines((int(a.attributes.get("width", usual)), a, b) for a, b in pairs):
            row = start_row(table, height=twips(FIELD_HEIGHT), whole=False)
            for share, label, value in line:
                wide = width * share // TWELFTHS
                cell = start_cell(row, wide, CellFormat(share))
                self._paragraphs.write(cell, names.LABEL, label.parts)
                self._fill(value.parts, Spot(cell, wide, "field", small=True))

    # --- tables and frames ----------------------------------------------------------------------

    def _table(self, element: Tagged, spot: Spot) -> None:
        self._tables.write(element, spot)
        self._space(spot)

    def _box(self, element: Tagged, spot: Spot) -> None:
        kind = element.attributes["class"]
        if kind == BoxKind.LAW:
            self.draw(element.parts, replace(spot, style=names.LAW, small=True))
            return
        style = {BoxKind.SUMMARY: names.SUMMARY, BoxKind.SIGN: names.SIGN}.get(
            BoxKind(kind), names.NOTE
        )
        self._frame(style, element.parts, replace(spot, small=False))

    def _frame(self, style: str, parts: Iterable[Node], spot: Spot) -> None:
        """A table of one cell around parts."""
        table = start_table(spot.parent, (spot.width,), TableFormat(self._styles[style]))
        cell = start_cell(start_row(table, whole=False), spot.width)
        inner = spot.width - 2 * twips(4)
        self._fill(parts, replace(spot, parent=cell, width=inner))
        self._space(spot)

    def _section(self, element: Tagged, spot: Spot) -> None:
        if "pictogram" in element.attributes:
            self._pictured(element, spot)
            return
        kind = element.attributes["class"]
        if kind == PARTS_BESIDE:
            self._beside(element, spot)
        elif kind == SectionKind.STAFF:
            inner = replace(spot, style="small print", small=True)
            self._frame(names.STAFF, element.parts, inner)
        else:
            self._paragraphs.write(spot.parent, names.SHEET)
            self._above = 0
            self.draw(element.parts, spot)

    def _beside(self, element: Tagged, spot: Spot) -> None:
        parts = tuple(element.tagged("div"))
        widths = shares_of(spot.width, (1,) * len(parts))
        format_ = TableFormat(self._styles[names.BESIDE])
        row = start_row(start_table(spot.parent, widths, format_), whole=False)
        for part, width in zip(parts, widths, strict=True):
            inner = replace(spot, parent=start_cell(row, width), width=width - twips(5))
            self._fill(part.parts, inner)
        self._space(spot)

    def _pictured(self, element: Tagged, spot: Spot) -> None:
        """A pictogram, and beside it the words that it stands for."""
        pictogram = Pictogram(element.attributes["pictogram"])
        shown = PlacedPictured(pictogram, self._paper.described(pictogram), ())
        column = twips(PICTOGRAM_SIZE + PICTOGRAM_GAP)
        widths = column, spot.width - column
        format_ = TableFormat(self._styles[names.BESIDE])
        row = start_row(start_table(spot.parent, widths, format_))
        self._picture(start_cell(row, column), "field", pictogram_picture(self._word, shown))
        inner = replace(spot, parent=start_cell(row, widths[1]), width=widths[1] - twips(5))
        self._fill(element.parts, inner)
        self._space(spot)

    def _picture(self, cell: etree._Element, style: str, picture: etree._Element) -> None:
        paragraph = self._paragraphs.write(cell, style).getparent()
        assert paragraph is not None
        add(add(paragraph, "r"), "drawing").append(picture)

    def _letterhead(self, element: Tagged, spot: Spot) -> None:
        """The logo, and beside it the parts of the sender."""
        logo = picture_of(self._word, self._paper.logo) if self._paper.logo else None
        beside = round(logo.extent.cx / _EMU) + _BESIDE_LOGO if logo is not None else 0
        parts = tuple(element.tagged("p"))
        widths = shares_of(spot.width - beside, (2, 3)[: len(parts)])
        columns = ((beside, *widths)) if beside else widths
        format_ = TableFormat(self._styles[names.LETTERHEAD])
        row = start_row(start_table(spot.parent, columns, format_), height=_LETTERHEAD)
        self._above = _LETTERHEAD + _BELOW_LETTERHEAD
        if logo is not None:
            cell = start_cell(row, beside, CellFormat(place="center"))
            self._picture(cell, names.SENDER, logo)
        for number, (part, width) in enumerate(zip(parts, widths, strict=True)):
            cell = start_cell(row, width, CellFormat(place="center"))
            properties = self._paragraphs.write(cell, names.SENDER, part.parts)
            if number:
                add(properties, "jc", val="right")
        self._space(spot)


def _in_lines(
    pairs: Iterable[tuple[int, Tagged, Tagged]],
) -> Iterator[list[tuple[int, Tagged, Tagged]]]:
    """Pairs in lines of twelve twelfths; the last of a line takes what is left of it."""
    line: list[tuple[int, Tagged, Tagged]] = []
    for pair in pairs:
        if line and sum(share for share, *_ in line) + pair[0] > TWELFTHS:
            yield _filled(line)
            line = []
        line.append(pair)
    if line:
        yield _filled(line)


def _filled(line: list[tuple[int, Tagged, Tagged]]) -> list[tuple[int, Tagged, Tagged]]:
    share, label, value = line[-1]
    left = TWELFTHS - sum(share for share, *_ in line)
    return [*line[:-1], (share + left, label, value)]


def _first_paragraph(parts: tuple[Node, ...]) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """What stands in the first paragraph of an item, and what below it.

    A label that stands only on an empty form shares its paragraph with what follows it, for a
    paragraph that goes away would take the number with it.
    """
    parts = tuple(part for part in parts if not (is_block(part) and is_empty(part)))
    blocks = [number for number, part in enumerate(parts) if is_block(part)]
    if not blocks or not all(map(is_empty, parts[: blocks[0]])):
        end = blocks[0] if blocks else len(parts)
        return parts[:end], parts[end:]
    first: list[Node] = []
    for number in blocks:
        part = parts[number]
        if isinstance(part, Tagged):
            return ((*first, *part.parts), parts[number + 1 :]) if part.tag == "p" else ((), parts)
        if not isinstance(part, Governed) or (label := _in_line(part)) is None:
            break
        first.append(label)
    return (), parts


def _in_a_row(parts: Iterable[Node]) -> Iterator[Node]:
    """Options beside one another, where line breaks stand between them."""
    for part in parts:
        match part:
            case Tagged("br"):
                yield Said(_BETWEEN_OPTIONS)
            case Tagged():
                yield replace(part, parts=tuple(_in_a_row(part.parts)))
            case Governed(branches):
                inner = (replace(b, parts=tuple(_in_a_row(b.parts))) for b in branches)
                yield replace(part, branches=tuple(inner))
            case _:
                yield part


def _in_line(part: Governed) -> Governed | None:
    """Governed paragraphs as words in a line, each before a line break; ``None`` for others."""
    branches = []
    for branch in part.branches:
        inside = without_spaces(branch.parts)
        paragraphs = [one for one in inside if isinstance(one, Tagged) and one.tag == "p"]
        if len(paragraphs) != len(inside):
            return None
        words = (node for one in paragraphs for node in (*one.parts, Tagged("br")))
        branches.append(Branch(branch.statement, tuple(words)))
    return Governed(tuple(branches), part.end)
