"""The Word document of an office's own template: its XML, and what it says drawn in its look.

What depends on what is said is set here: lists that begin anew, the grid of tables whose columns
are repeated, and the identifiers of drawings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from io import BytesIO
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_LINE_SPACING
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.parts.hdrftr import FooterPart
from docx.shared import Twips
from lxml import etree

from planforms.document import (
    UNBROKEN,
    Document,
    DrawnBelow,
    Field,
    FilledPart,
    FilledTemplate,
    Inserted,
    NewList,
    Text,
)
from planforms.placement.placing import placed_chart
from planforms.placement.words import blanks_in
from planforms.writers._word_controls import ControlWriter
from planforms.writers._word_letterhead import set_language
from planforms.writers._word_paragraphs import (
    GAP_PITCH,
    NO_BREAK_SPACE,
    WIDEST_SPACE,
    ParagraphWriter,
    Styles,
    clean,
    runs,
)
from planforms.writers._word_pictures import chart_picture
from planforms.writers._word_table_xml import shares_of
from planforms.writers._word_xml import SPACE, WORD, add, paragraph_format

BOX_STYLE = "PlanformsCheckBox"
"""The style of boxes to tick, which each template is given."""
REPEATED = "repeated"
"""Marks the grid of a table whose cells are repeated, until it is set."""
_HERE = "{urn:planforms:here}place"
_MARK = '<here:place xmlns:here="urn:planforms:here"/>'
_PRESERVED = 'xml:space="preserve"'
_SIGNS = re.compile("[\n\r\u00ad]")
"""Letters that Word has elements for."""
_MARGINS = 220
"""What the margins of a cell take of its width."""
_ROOM = 9_000
"""How wide a place is if nothing says so: a page of A4 between its margins."""
_OF_LETTERS = frozenset(f"{WORD}{tag}" for tag in ("rStyle", "rFonts", "sz", "szCs"))
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_ORDER = {
    f"{WORD}{tag}": number
    for number, tag in enumerate(
        (
            *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike"),
            *("dstrike", "outline", "shadow", "emboss", "imprint", "noProof", "snapToGrid"),
            *("vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs"),
            *("highlight", "u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs"),
            *("em", "lang", "eastAsianLayout", "specVanish", "oMath"),
        )
    )
}
"""The order of the properties of a run: ECMA-376 part 1, 17.3.2; newer ones come after them."""


def with_own_template(
    document: Document, own: FilledTemplate, controls: ControlWriter | None
) -> WordDocument:
    """The Word document that an office's own template makes of a document.

    Args:
        document: the document.
        own: its template, filled.
        controls: what makes its controls, if it is a form to fill in.
    """
    word = docx.Document(BytesIO(own.content))
    parts = {part.partname.lstrip("/"): part for part in word.part.package.iter_parts()}
    for part in own.parts:
        _Drawing(word, part, controls).draw(parts[part.name])
    if added := document.footer.text.removeprefix(own.footer).strip(" ·"):
        _add_to_footers(word, added)
    if own.lists:
        _add_lists(word.part.numbering_part.element, own.lists)
    set_language(word, document.locale)
    return word


def _add_to_footers(word: WordDocument, words: str) -> None:
    """Say something below all running footers; at the end of the body if there are none."""
    parts = [part for part in word.part.package.iter_parts() if isinstance(part, FooterPart)]
    for root in (part.element for part in parts):
        _add_words(add(root, "p"), words)
    if not parts:
        paragraph = word.part.element.body.makeelement(f"{WORD}p")
        last = word.part.element.body[-1]
        last.addprevious(paragraph)
        _add_words(paragraph, words)


def _add_words(paragraph: etree._Element, words: str) -> None:
    ParagraphWriter(Styles({}, {}, 0)).add_runs(paragraph, runs((Text(words),)))


class _Drawing:
    """Draws one part."""

    def __init__(
        self, word: WordDocument, part: FilledPart, controls: ControlWriter | None
    ) -> None:
        self._word = word
        self._part = part
        self._controls = controls
        styles = Styles({"check box": BOX_STYLE}, {}, 0)
        self._plain = ParagraphWriter(styles)
        self._filled_in = ParagraphWriter(styles, controls)
        self._looks: dict[str, etree._Element] = {}

    def draw(self, target: Part) -> None:
        """Put the part into the file."""
        said: list[Inserted | DrawnBelow] = []
        root = parse_xml("".join(self._xml(said)).encode())
        for place, piece in zip(list(root.iter(_HERE)), said, strict=True):
            if isinstance(piece, DrawnBelow):
                self._chart(place, piece)
            else:
                self._place(place, piece, root)
            _parent(place).remove(place)
        for mark in list(root.iter(f"{WORD}bookmarkStart")):
            _set_apart(mark)
        for table in root.iter(f"{WORD}tbl"):
            _set_grid(table)
        for number, drawing in enumerate(root.iter(_DRAWING), start=1):
            drawing.set("id", str(number))
        if isinstance(target, XmlPart):
            target._element = root
        else:
            target._blob = etree.tostring(root, encoding="UTF-8", standalone=True)

    def _xml(self, said: list[Inserted | DrawnBelow]) -> Iterator[str]:
        """The XML of the part with a mark for all that is more than plain words."""
        for piece in self._part.content:
            if isinstance(piece, str):
                yield piece
            elif (words := self._plain_words(piece)) is not None:
                yield f"<w:r>{words[0]}<w:t {_PRESERVED}>{escape(words[1])}</w:t></w:r>"
            else:
                said.append(piece)
                yield _MARK

    def _plain_words(self, piece: Inserted | DrawnBelow) -> tuple[str, str] | None:
        """The look and the letters of what is words of one look and nothing else."""
        if not isinstance(piece, Inserted) or (self._controls and piece.fillable):
            return None
        letters = ""
        for node in piece.children:
            if not isinstance(node, Text | Field) or node.text is None:
                return None
            unbroken = isinstance(node, Field) and node.type in UNBROKEN
            letters += node.text.replace(" ", NO_BREAK_SPACE) if unbroken else node.text
            if _SIGNS.search(node.text) or (unbroken and "-" in node.text):
                return None
        return (piece.look, clean(letters)) if letters else None

    def _place(self, place: etree._Element, piece: Inserted, root: etree._Element) -> None:
        writer = self._filled_in if piece.fillable else self._plain
        if not piece.lines or writer.has_controls(piece.children):
            self._write(writer, place, piece, root)
        else:
            paragraph = next(place.iterancestors(f"{WORD}p"))
            _remove_breaks(paragraph)
            _add_lines(paragraph, piece.lines - 1)

    def _chart(self, place: etree._Element, drawn: DrawnBelow) -> None:
        """A picture below a table, of which is said what the table shows."""
        picture = chart_picture(
            self._word, placed_chart(drawn.chart), (drawn.room or _ROOM) - _MARGINS
        )
        paragraph = place.makeelement(f"{WORD}p")
        place.addprevious(paragraph)
        add(add(paragraph, "r"), "drawing").append(picture)

    def _write(
        self, writer: ParagraphWriter, place: etree._Element, piece: Inserted, root: etree._Element
    ) -> None:
        scratch = place.makeelement(f"{WORD}p")
        place.addprevious(scratch)
        writer.add_runs(scratch, runs(piece.children), (piece.room or _ROOM) // WIDEST_SPACE)
        if piece.fillable and not writer.has_controls(piece.children):
            _make_room(next(place.iterancestors(f"{WORD}p")), piece)
        if piece.look:
            look = self._look(piece.look, root)
            for run in scratch.iter(f"{WORD}r"):
                _dress(run, look)
        for child in list(scratch):
            place.addprevious(child)
        _parent(scratch).remove(scratch)

    def _look(self, xml: str, root: etree._Element) -> etree._Element:
        if xml not in self._looks:
            names = "".join(
                f' xmlns{f":{prefix}" if prefix else ""}="{escape(uri)}"'
                for prefix, uri in root.nsmap.items()
            )
            [self._looks[xml]] = etree.fromstring(f"<look{names}>{xml}</look>")
        return self._looks[xml]


def _make_room(paragraph: etree._Element, piece: Inserted) -> None:
    """Make the lines of a paragraph high enough to write in them, if there is a place to."""
    format_ = paragraph_format(paragraph)
    if next(blanks_in(piece.children), None) and format_.line_spacing is None:
        format_.line_spacing = Twips(GAP_PITCH)
        format_.line_spacing_rule = WD_LINE_SPACING.AT_LEAST


def _set_apart(mark: etree._Element) -> None:
    """Put a space before a control that follows another one: LibreOffice would lose the first."""
    before = mark.getprevious()
    if before is not None and before.tag == f"{WORD}bookmarkEnd":
        run = mark.makeelement(f"{WORD}r")
        mark.addprevious(run)
        text = add(run, "t")
        text.set(SPACE, "preserve")
        text.text = " "


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    assert parent is not None
    return parent


def _dress(run: etree._Element, look: etree._Element) -> None:
    """Give a run the look of the words around it, but for what it has of its own."""
    own = run.find(f"{WORD}rPr")
    if own is None:
        run.insert(0, deepcopy(look))
        return
    is_box = own.find(f"{WORD}rStyle") is not None
    for child in look:
        if own.find(child.tag) is None and not (is_box and child.tag in _OF_LETTERS):
            own.append(deepcopy(child))
    own[:] = sorted(own, key=lambda child: _ORDER.get(str(child.tag), len(_ORDER)))


def _remove_breaks(paragraph: etree._Element) -> None:
    """Take out where a line ended that is now one to write on."""
    for run in list(paragraph.iterchildren(f"{WORD}r")):
        if run.find(f"{WORD}br") is not None:
            paragraph.remove(run)


def _add_lines(paragraph: etree._Element, count: int) -> None:
    """Further lines to write on, like the paragraph that is one."""
    for _ in range(count):
        line = paragraph.makeelement(f"{WORD}p")
        line.extend(deepcopy(one) for one in paragraph.iterchildren(f"{WORD}pPr"))
        paragraph.addnext(line)


# --- tables ---------------------------------------------------------------------------------------


def _set_grid(table: etree._Element) -> None:
    """Make a table whose cells were repeated have a column for each; its width stays as it was."""
    grid = table.find(f"{WORD}tblGrid")
    if grid is None or not grid.attrib.pop(REPEATED, ""):
        return
    rows = [row for row in table.iterchildren(f"{WORD}tr") if not _is_across(row, len(grid))]
    across = [row for row in table.iterchildren(f"{WORD}tr") if _is_across(row, len(grid))]
    total = sum(_int(column, "w") for column in grid) or _ROOM
    shares = max((_shares(row) for row in rows), key=len, default=[1])
    widths = shares_of(total, shares)
    grid[:] = []
    for width in widths:
        add(grid, "gridCol", w=width)
    for row in rows:
        _set_widths(row, widths)
    for row in across:
        _span_all(row, len(widths), total)


def _is_across(row: etree._Element, columns: int) -> bool:
    """Whether a row is one cell over all columns, such as the name of the rows below it."""
    cells = list(row.iterchildren(f"{WORD}tc"))
    return columns > 1 and len(cells) == 1 and _span(cells[0]) == columns


def _shares(row: etree._Element) -> list[int]:
    """How wide the columns of a row are, compared with one another."""
    shares: list[int] = []
    for cell in row.iterchildren(f"{WORD}tc"):
        width, span = cell.find(f"{WORD}tcPr/{WORD}tcW"), _span(cell)
        given = _int(width, "w") if width is not None else 0
        shares += [max(1, given // span)] * span
    return shares


def _int(element: etree._Element, key: str) -> int:
    value = element.get(f"{WORD}{key}", "")
    return int(value) if value.isdecimal() and len(value) < 7 else 0


def _span_all(row: etree._Element, columns: int, width: int) -> None:
    for span in row.iter(f"{WORD}gridSpan"):
        span.set(f"{WORD}val", str(columns))
    _set_widths(row, (width,))


def _set_widths(row: etree._Element, widths: tuple[int, ...]) -> None:
    start = 0
    for cell in row.iterchildren(f"{WORD}tc"):
        span = _span(cell)
        width = cell.find(f"{WORD}tcPr/{WORD}tcW")
        if width is not None:
            width.set(f"{WORD}w", str(sum(widths[start : start + span])))
            width.set(f"{WORD}type", "dxa")
        start += span


def _span(cell: etree._Element) -> int:
    return _number(cell.find(f"{WORD}tcPr/{WORD}gridSpan")) or 1


def _number(element: etree._Element | None) -> int:
    value = element.get(f"{WORD}val", "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 4 else 0


# --- lists ----------------------------------------------------------------------------------------


def _add_lists(numbering: etree._Element, lists: Iterable[NewList]) -> None:
    """Give each list that begins anew a number of its own, which begins at its start."""
    known = {num.get(f"{WORD}numId"): num for num in numbering.iterchildren(f"{WORD}num")}
    last = list(known.values())[-1]
    for one in lists:
        number = deepcopy(known[str(one.like)])
        number.set(f"{WORD}numId", str(one.number))
        _begin_anew(number, one.level, _start_of(numbering, number, one.level))
        last.addnext(number)
        last = number


def _begin_anew(number: etree._Element, level: int, start: str) -> None:
    for override in number.iterchildren(f"{WORD}lvlOverride"):
        if override.get(f"{WORD}ilvl") == str(level):
            break
    else:
        override = add(number, "lvlOverride", ilvl=level)
    for present in list(override.iterchildren(f"{WORD}startOverride")):
        start = present.get(f"{WORD}val", start)
        override.remove(present)
    element = override.makeelement(f"{WORD}startOverride", {f"{WORD}val": start})
    override.insert(0, element)


def _start_of(numbering: etree._Element, number: etree._Element, level: int) -> str:
    """The number that the items of a level begin with."""
    link = number.find(f"{WORD}abstractNumId")
    key = link.get(f"{WORD}val") if link is not None else None
    for abstract in numbering.iterchildren(f"{WORD}abstractNum"):
        if abstract.get(f"{WORD}abstractNumId") == key:
            for one in abstract.iterchildren(f"{WORD}lvl"):
                start = one.find(f"{WORD}start")
                if one.get(f"{WORD}ilvl") == str(level) and start is not None:
                    return str(start.get(f"{WORD}val", "1"))
    return "1"
