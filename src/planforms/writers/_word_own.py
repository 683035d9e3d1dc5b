"""The Word document of an office's own template: its XML, and what it says drawn in its look.

What depends on what is said is set here: lists that begin anew, the grid of tables whose columns
are repeated, rows that are not split over pages, and the identifiers of drawings.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from io import BytesIO
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from lxml import etree

from planforms.document import Document, FilledPart, FilledTemplate, Inserted, NewList
from planforms.placement.sizes import LONGEST_WHOLE_ROW
from planforms.writers._word_controls import ControlWriter
from planforms.writers._word_letterhead import set_language
from planforms.writers._word_paragraphs import WIDEST_SPACE, ParagraphWriter, Styles, runs
from planforms.writers._word_table_xml import shares_of
from planforms.writers._word_xml import WORD, add

BOX_STYLE = "PlanformsCheckBox"
"""The style of boxes to tick, which each template is given."""
_HERE = "{urn:planforms:here}place"
_MARK = '<here:place xmlns:here="urn:planforms:here">{}</here:place>'
_LETTER = 105
"""How wide a letter is: an average, rounded up."""
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
        _Drawing(part, controls).draw(parts[part.name])
    if own.lists:
        _add_lists(word.part.numbering_part.element, own.lists)
    set_language(word, document.locale)
    return word


class _Drawing:
    """Draws one part."""

    def __init__(self, part: FilledPart, controls: ControlWriter | None) -> None:
        self._part = part
        self._controls = controls
        styles = Styles({"check box": BOX_STYLE}, {}, 0)
        self._plain = ParagraphWriter(styles)
        self._filled_in = ParagraphWriter(styles, controls)
        self._looks: dict[str, etree._Element] = {}

    def draw(self, target: Part) -> None:
        """Put the part into the file."""
        said = [piece for piece in self._part.content if isinstance(piece, Inserted)]
        numbers = iter(range(len(said)))
        text = "".join(
            piece if isinstance(piece, str) else _MARK.format(next(numbers))
            for piece in self._part.content
        )
        root = parse_xml(text.encode())
        for place, piece in zip(list(root.iter(_HERE)), said, strict=True):
            self._place(place, piece, root)
        for table in root.iter(f"{WORD}tbl"):
            _set_grid(table)
        for row in root.iter(f"{WORD}tr"):
            _keep_whole(row)
        for number, drawing in enumerate(root.iter(_DRAWING), start=1):
            drawing.set("id", str(number))
        if isinstance(target, XmlPart):
            target._element = root
        else:
            target._blob = etree.tostring(root, encoding="UTF-8", standalone=True)

    def _place(self, place: etree._Element, piece: Inserted, root: etree._Element) -> None:
        writer = self._filled_in if piece.fillable else self._plain
        if not piece.lines or writer.has_controls(piece.children):
            self._write(writer, place, piece, root)
        else:
            _add_lines(place, piece.lines - 1)
        _parent(place).remove(place)

    def _write(
        self, writer: ParagraphWriter, place: etree._Element, piece: Inserted, root: etree._Element
    ) -> None:
        scratch = place.makeelement(f"{WORD}p")
        place.addprevious(scratch)
        writer.add_runs(scratch, runs(piece.children), (piece.room or _ROOM) // WIDEST_SPACE)
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


def _add_lines(place: etree._Element, count: int) -> None:
    """Further lines to write on, like the paragraph that is one."""
    paragraph = next(place.iterancestors(f"{WORD}p"))
    for _ in range(count):
        line = paragraph.makeelement(f"{WORD}p")
        line.extend(deepcopy(one) for one in paragraph.iterchildren(f"{WORD}pPr"))
        paragraph.addnext(line)


# --- tables ---------------------------------------------------------------------------------------


def _set_grid(table: etree._Element) -> None:
    """Make the columns of a table as many as its rows have cells; its width stays as it was."""
    grid = table.find(f"{WORD}tblGrid")
    rows = list(table.iterchildren(f"{WORD}tr"))
    if grid is None or not rows:
        return
    count = max(map(_columns, rows))
    if count == len(grid):
        return
    total = sum(int(column.get(f"{WORD}w", 0)) for column in grid) or _ROOM
    widths = shares_of(total, (1,) * count)
    grid[:] = []
    for width in widths:
        add(grid, "gridCol", w=width)
    for row in rows:
        _set_widths(row, widths)


def _set_widths(row: etree._Element, widths: tuple[int, ...]) -> None:
    start = 0
    for cell in row.iterchildren(f"{WORD}tc"):
        span = _span(cell)
        width = cell.find(f"{WORD}tcPr/{WORD}tcW")
        if width is not None:
            width.set(f"{WORD}w", str(sum(widths[start : start + span])))
            width.set(f"{WORD}type", "dxa")
        start += span


def _columns(row: etree._Element) -> int:
    beside = sum(
        _number(row.find(f"{WORD}trPr/{WORD}{tag}")) for tag in ("gridBefore", "gridAfter")
    )
    return beside + sum(_span(cell) for cell in row.iterchildren(f"{WORD}tc"))


def _span(cell: etree._Element) -> int:
    return _number(cell.find(f"{WORD}tcPr/{WORD}gridSpan")) or 1


def _number(element: etree._Element | None) -> int:
    value = element.get(f"{WORD}val", "") if element is not None else ""
    return int(value) if value.isdecimal() and len(value) < 4 else 0


def _keep_whole(row: etree._Element) -> None:
    """Hold a row together on one page, if it is short and nothing is said about that."""
    properties = row.find(f"{WORD}trPr")
    if properties is not None and properties.find(f"{WORD}cantSplit") is not None:
        return
    if any(_lines_of(cell) > LONGEST_WHOLE_ROW for cell in row.iterchildren(f"{WORD}tc")):
        return
    if properties is None:
        properties = row.makeelement(f"{WORD}trPr")
        exceptions = row.find(f"{WORD}tblPrEx")
        row.insert(0 if exceptions is None else 1, properties)
    add(properties, "cantSplit")


def _lines_of(cell: etree._Element) -> int:
    width = cell.find(f"{WORD}tcPr/{WORD}tcW")
    value = width.get(f"{WORD}w", "") if width is not None else ""
    letters = max(1, (int(value) if value.isdecimal() else _ROOM) // _LETTER)
    words = sum(len(text.text or "") for text in cell.iter(f"{WORD}t"))
    lines = sum(1 for _ in cell.iter(f"{WORD}p", f"{WORD}br"))
    return lines + words // letters


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
