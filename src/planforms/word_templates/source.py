"""The source of a template that a part of a Word file is: its words and tags, in order.

The environment of templates reads text, so a part becomes text: the words of its paragraphs,
escaped as in HTML, the tags as they are, and for all else **signs**, each a number between two
letters that no text may hold. What a sign stands for is a *slot*: some XML, the look of the words
that follow, the beginning or the end of a paragraph, table, row or cell. Filling the template
leaves the signs where they are, so that they are put in order with it.

What a statement governs must be whole: it ends where it began, in the same paragraph, or among the
same paragraphs, rows or cells. So whatever is left out or repeated, the XML stays sound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree
from markupsafe import escape

from planforms.errors import Problem
from planforms.models.letters import runs_left
from planforms.templating.marks import RESERVED
from planforms.word_templates.numbering import ListItem, Numbering
from planforms.word_templates.paragraphs import (
    Level,
    Paragraph,
    Piece,
    Tag,
    TagKind,
    paragraphs_in,
)
from planforms.word_templates.places import Places, quoted
from planforms.word_templates.slots import (
    NUMBER,
    Begin,
    End,
    Kind,
    Look,
    Raw,
    Round,
    Slot,
    sign,
)
from planforms.word_templates.statements import Statement, Statements, fault_of
from planforms.word_templates.xml_text import closing, is_left_behind, opening, whole
from planforms.writers._word_own import REPEATED
from planforms.writers._word_paragraphs import LINE_PITCH, RULE, RULE_COLOUR
from planforms.writers._word_xml import WORD

FIELDS_STYLE = "planforms fields"
"""The style of tables that hold labels and values."""
LABEL_STYLE = "planforms label"
"""The style of a label; its value stands below it in its cell, or in the next cell."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SEEN = frozenset(
    (
        *(f"{WORD}{tag}" for tag in ("drawing", "pict", "object", "sym", "fldSimple", "pgNum")),
        *(f"{WORD}{tag}" for tag in ("fldChar", "footnoteReference", "endnoteReference", "ruby")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
    )
)
"""What somebody sees in a paragraph though it is no word."""
_KEEPING = frozenset({f"{WORD}br", f"{WORD}ptab"})


@dataclass(frozen=True, slots=True)
class Located:
    """Where a letter of a source stands in the Word file.

    Attributes:
        paragraph: the paragraph.
        offset: where in the paragraph's words the piece begins that the letter is of.
        tag: the tag that it is part of, if it is part of one.
    """

    paragraph: Paragraph
    offset: int
    tag: Tag | None


@dataclass(frozen=True, eq=False)
class PartSource:
    """One part of a Word file as a template.

    Attributes:
        name: the name of the part in the package, such as ``word/document.xml``.
        text: the source.
        slots: what the signs in it stand for.
        paragraphs: the paragraphs of the part, in order.
        is_main: whether it is the body of the document.
    """

    name: str
    text: str
    slots: tuple[Slot, ...]
    paragraphs: tuple[Paragraph, ...]
    is_main: bool
    _pieces: tuple[tuple[int, int, int, Tag | None], ...] = field(repr=False)

    def locate(self, offset: int) -> Located | None:
        """Where a letter of the source stands; ``None`` before the first words."""
        number = bisect_right(self._pieces, offset, key=lambda piece: piece[0]) - 1
        if number < 0:
            return None
        start, paragraph, inside, tag = self._pieces[number]
        held = tag if tag and offset < start + len(tag.code) else None
        return Located(self.paragraphs[paragraph], inside, held)

    def place(self, offset: int) -> str:
        """The place of a letter, such as ``no/consent.docx: table 2, row 3, paragraph 1``."""
        found = self.locate(offset)
        return found.paragraph.place if found else ""


def source_of(
    name: str, root: etree._Element, places: Places, numbering: Numbering
) -> tuple[PartSource, tuple[Problem, ...]]:
    """A part of a Word file as a template, and what keeps it from being one.

    Args:
        name: the name of the part.
        root: its XML; it is left as it is.
        places: the places of the file.
        numbering: what the file says of lists and styles.

    Returns:
        the source, and problems.
    """
    builder = _Builder(name, tuple(paragraphs_in(name, root, places)), numbering)
    builder.part(root)
    return builder.finish(), tuple(builder.problems)


class _Builder:
    def __init__(self, name: str, paragraphs: tuple[Paragraph, ...], numbering: Numbering) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self._paragraphs = paragraphs
        self._numbers = {one.element: number for number, one in enumerate(paragraphs)}
        self._lists = numbering.lists()
        self._numbering = numbering
        self._text: list[str] = []
        self._length = 0
        self._slots: list[Slot] = []
        self._known: dict[Slot, int] = {}
        self._pieces: list[tuple[int, int, int, Tag | None]] = []
        self._open = Statements(self.problems, self._lists)
        self._look: str | None = None
        self._numbered: dict[Slot, str] = {}
        self._is_main = False

    def finish(self) -> PartSource:
        """The source, once all of the part is in it."""
        self._open.close()
        slots = (self._finished(slot) for slot in self._slots)
        return PartSource(
            self.name,
            "".join(self._text),
            tuple(slots),
            self._paragraphs,
            self._is_main,
            tuple(self._pieces),
        )

    def _finished(self, slot: Slot) -> Slot:
        """A list item with the list that it is of, which is known only at the end."""
        if not (isinstance(slot, Begin) and slot.item):
            return slot
        item = self._lists.finished(slot.item)
        if item:
            return replace(slot, item=item, xml=self._numbered[slot])
        return replace(slot, item=None, ruled=slot.ruled.replace(NUMBER, str(slot.item.number)))

    # --- writing ---

    def _write(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)

    def _sign(self, slot: Slot) -> None:
        number = self._known.get(slot)
        if number is None:
            number = self._known[slot] = len(self._slots)
            self._slots.append(slot)
        self._write(sign(number))

    def _piece(self, paragraph: Paragraph, offset: int, text: str, tag: Tag | None = None) -> None:
        self._pieces.append((self._length, self._numbers[paragraph.element], offset, tag))
        self._write(text)

    # --- blocks ---

    def part(self, root: etree._Element) -> None:
        """A whole part, from its root on."""
        self._is_main = root.tag == f"{WORD}document"
        body = root.find(f"{WORD}body")
        holders = [root] if body is None else [body]
        if root.tag in _NOTES:
            holders = list(root)
        if holders == [root]:
            self._holder(root, opening(root), closing(root))
            return
        background = whole(root.find(f"{WORD}background"))
        self._sign(Raw(opening(root) + background))
        for holder in holders:
            last = holder.find(f"{WORD}sectPr") if body is not None else None
            self._holder(holder, opening(holder), whole(last) + closing(holder))
        self._sign(Raw(closing(root)))

    def _holder(
        self, holder: etree._Element, start: str, end: str, *, is_copy: bool = False
    ) -> None:
        self._sign(Begin(Kind.HOLDER, start, is_copy=is_copy, width=_text_width(holder)))
        self._blocks(holder)
        self._sign(End(Kind.HOLDER, end))

    def _blocks(self, holder: etree._Element) -> None:
        """What stands in the body, a cell, a text box ...: paragraphs and tables."""
        self._lists.begin()
        for block in _blocks_in(holder):
            if block.tag == f"{WORD}tbl":
                self._lists.interrupt()
                self._table(block)
            else:
                self._block(self._paragraph_of(block), holder)
        self._lists.end()

    def _paragraph_of(self, element: etree._Element) -> Paragraph:
        return self._paragraphs[self._numbers[element]]

    def _block(self, paragraph: Paragraph, holder: etree._Element) -> None:
        for offset in paragraph.torn[:1]:
            self._torn(paragraph, offset)
        if paragraph.statements:
            self._statements(paragraph, holder, Level.PARAGRAPHS)
        elif not paragraph.is_note:
            self._paragraph(paragraph)

    def _statements(self, paragraph: Paragraph, holder: etree._Element, level: Level) -> None:
        """The statements that a paragraph, a row or a cell consists of."""
        for piece in paragraph.pieces:
            if piece.tag and piece.tag.kind is TagKind.STATEMENT:
                if piece.tag.level not in (level, Level.WORDS):
                    self._misplaced(paragraph, piece.tag)
                self._statement(paragraph, piece.offset, piece.tag, holder, level)

    def _table(self, table: etree._Element) -> None:
        rows = list(_children(table, "tr"))
        places = [self._statements_in(row, Level.ROWS) for row in rows]
        loops = [any(t.keyword == "for" for p in row for t in p.statements) for row in places]
        style = table.find(f"{WORD}tblPr/{WORD}tblStyle")
        name = self._numbering.style(style.get(f"{WORD}val", "") if style is not None else "")
        description = table.find(f"{WORD}tblPr/{WORD}tblDescription")
        grid = whole(table.find(f"{WORD}tblGrid"))
        if any(self._statements_in(cell, Level.CELLS) for cell in table.iter(f"{WORD}tc")):
            grid = grid.replace("<w:tblGrid", f'<w:tblGrid {REPEATED}="1"', 1)
        start = opening(table) + whole(table.find(f"{WORD}tblPr")) + grid
        begin = Begin(
            Kind.TABLE,
            start,
            self._has_tags(table),
            may_be_bare=any(places),
            description=description.get(f"{WORD}val", "") if description is not None else "",
            pairs=name == FIELDS_STYLE,
        )
        self._sign(begin)
        heads = _heads(rows, loops, places)
        for number, (row, statements) in enumerate(zip(rows, places, strict=True)):
            if statements:
                self._gone(row, statements, Level.ROWS, table)
            else:
                self._row(row, is_head=number in heads)
        self._sign(End(Kind.TABLE, closing(table)))

    def _row(self, row: etree._Element, *, is_head: bool) -> None:
        properties = row.find(f"{WORD}trPr")
        inner = whole(properties) if properties is not None and len(properties) else ""
        if is_head and (properties is None or properties.find(f"{WORD}tblHeader") is None):
            head = "<w:tblHeader/>"
            inner = inner.replace("</w:trPr>", f"{head}</w:trPr>") if inner else ""
            inner = inner if head in inner else f"<w:trPr>{head}</w:trPr>"
        start = opening(row) + whole(row.find(f"{WORD}tblPrEx")) + inner
        self._sign(Begin(Kind.ROW, start, is_head=is_head))
        for cell in _children(row, "tc"):
            statements = self._statements_in(cell, Level.CELLS)
            if statements:
                self._gone(cell, statements, Level.CELLS, row)
                continue
            self._cell(cell)
        self._sign(End(Kind.ROW, closing(row)))

    def _cell(self, cell: etree._Element) -> None:
        start = opening(cell) + whole(cell.find(f"{WORD}tcPr"))
        width = _length(cell.find(f"{WORD}tcPr/{WORD}tcW"), "w")
        paragraphs = self._paragraphs_in(cell)
        values = [one for one in paragraphs if self._style_of(one) != LABEL_STYLE]
        has_label = len(values) < len(paragraphs)
        tagged = any(paragraph.tags for paragraph in values)
        self._sign(Begin(Kind.CELL, start, tagged, width=width, has_label=has_label))
        self._blocks(cell)
        self._sign(End(Kind.CELL, closing(cell)))

    def _statements_in(self, element: etree._Element, level: Level) -> list[Paragraph]:
        """The paragraphs of a row or a cell that say what becomes of rows or cells."""
        return [
            paragraph
            for paragraph in self._paragraphs_in(element)
            if any(tag.level is level for tag in paragraph.tags)
            and next(paragraph.element.iterancestors(element.tag)) is element
        ]

    def _gone(
        self,
        element: etree._Element,
        statements: list[Paragraph],
        level: Level,
        holder: etree._Element,
    ) -> None:
        """A row or a cell that goes away, since it holds statements."""
        name = "row" if level is Level.ROWS else "cell"
        for paragraph in self._paragraphs_in(element):
            others = paragraph not in statements and not paragraph.is_note
            if (others and paragraph.words.strip()) or (not others and paragraph.has_own_words):
                message = f"the {name} goes away, and “{quoted(paragraph.element)}” with it"
                hint = f"{{%{level} … %}} stands in a {name} of its own, with nothing else in it"
                self._problem("word.alone", paragraph, message, hint)
        for paragraph in statements:
            self._statements(paragraph, holder, level)

    def _paragraphs_in(self, element: etree._Element) -> list[Paragraph]:
        return [self._paragraph_of(one) for one in element.iter(f"{WORD}p") if one in self._numbers]

    def _style_of(self, paragraph: Paragraph) -> str:
        style = paragraph.element.find(f"{WORD}pPr/{WORD}pStyle")
        return self._numbering.style(style.get(f"{WORD}val", "")) if style is not None else ""

    def _has_tags(self, element: etree._Element) -> bool:
        return any(paragraph.tags for paragraph in self._paragraphs_in(element))

    # --- paragraphs ---

    def _paragraph(self, paragraph: Paragraph) -> None:
        element = paragraph.element
        properties = element.find(f"{WORD}pPr")
        item = self._lists.item(element, self._open.loops)
        keeps = properties is not None and properties.find(f"{WORD}sectPr") is not None
        tagged = any(tag.kind is not TagKind.NOTE for tag in paragraph.tags)
        start = opening(element)
        kept = self._properties(element, item)
        begin = Begin(
            Kind.PARAGRAPH,
            start + whole(properties),
            tagged,
            keeps,
            item,
            ruled=start + _ruled(kept) if tagged else "",
            style=self._style_of(paragraph),
        )
        if item:
            self._numbered[begin] = start + _in_order(kept)
        self._sign(begin)
        self._look = None
        link: etree._Element = element
        for piece in paragraph.pieces:
            around = _link_of(piece, element)
            if around is not link:
                self._link(link, around, element)
                link = around
            self._inline(paragraph, piece)
        self._link(link, element, element)
        self._sign(End(Kind.PARAGRAPH, closing(element)))

    def _properties(self, paragraph: etree._Element, item: ListItem | None) -> dict[str, str]:
        """The properties of a paragraph by name; of an item, its number is still to be told."""
        kept = {
            etree.QName(child).localname: whole(child)
            for child in paragraph.iterfind(f"{WORD}pPr/*")
        }
        if item is None:
            return kept
        indent = self._numbering.indent_of_style(paragraph)
        if indent is not None and "ind" not in kept:
            kept["ind"] = whole(indent)
        level, number = f'<w:ilvl w:val="{item.level}"/>', f'<w:numId w:val="{NUMBER}"/>'
        return {**kept, "numPr": f"<w:numPr>{level}{number}</w:numPr>"}

    def _link(self, old: etree._Element, new: etree._Element, root: etree._Element) -> None:
        if old is not root:
            self._sign(Raw(closing(old)))
        if new is not root:
            self._sign(Raw(opening(new)))

    def _inline(self, paragraph: Paragraph, piece: Piece) -> None:
        if piece.element is not None:
            self._element(piece, piece.element)
        elif piece.tag is None:
            self._words(paragraph, piece)
        elif piece.tag.kind is TagKind.STATEMENT:
            if piece.tag.level is not Level.WORDS:
                self._not_alone(paragraph, piece.tag)
            self._statement(paragraph, piece.offset, piece.tag, piece.holder, Level.WORDS)
            self._look = None
        elif piece.tag.kind is TagKind.FIELD and self._is_whole(paragraph, piece.tag):
            self._set_look(piece)
            self._piece(paragraph, piece.offset, piece.tag.code, piece.tag)

    def _words(self, paragraph: Paragraph, piece: Piece) -> None:
        if RESERVED.search(piece.text):
            message = "holds letters that no text may hold"
            self._problem("template.letters", paragraph, message, "type the words anew")
            return
        if runs_left(piece.text):
            message, hint = "letters run from right to left", "planforms cannot set them yet"
            self._problem("template.letters", paragraph, message, hint)
            return
        self._set_look(piece)
        self._piece(paragraph, piece.offset, str(escape(piece.text)))

    def _set_look(self, piece: Piece) -> None:
        look = whole(piece.look)
        if look != self._look:
            self._sign(Look(look))
            self._look = look

    def _element(self, piece: Piece, element: etree._Element) -> None:
        """Something in a run that is neither words nor a tag; its text boxes are read, too."""
        if is_left_behind(element):
            return
        parent = element.getparent()
        in_run = parent is not None and parent.tag == f"{WORD}r"
        start = opening(parent) + whole(piece.look) if parent is not None and in_run else ""
        is_page = element.tag in _KEEPING and element.get(f"{WORD}type") in ("page", "column")
        seen = element.tag in _SEEN or is_page
        if next(element.iter(f"{WORD}txbxContent"), None) is None:
            end = closing(parent) if parent is not None and in_run else ""
            self._sign(Raw(f"{start}{whole(element)}{end}", is_seen=seen))
            return
        self._sign(Raw(start, is_seen=True))
        self._with_boxes(element, is_copy=False)
        self._sign(Raw(closing(parent) if parent is not None and in_run else ""))
        self._look = None

    def _with_boxes(self, element: etree._Element, *, is_copy: bool) -> None:
        is_copy = is_copy or element.tag == _FALLBACK
        if element.tag == f"{WORD}txbxContent":
            self._holder(element, opening(element), closing(element), is_copy=is_copy)
        elif next(element.iter(f"{WORD}txbxContent"), None) is None:
            self._sign(Raw(whole(element)))
        else:
            self._sign(Raw(opening(element)))
            for child in element:
                self._with_boxes(child, is_copy=is_copy)
            self._sign(Raw(closing(element)))

    # --- statements ---

    def _statement(
        self, paragraph: Paragraph, offset: int, tag: Tag, holder: etree._Element, level: Level
    ) -> None:
        statement = Statement(paragraph, tag, holder, level)
        if not self._is_whole(paragraph, tag) or not self._open.knows(statement):
            return
        loop = self._open.ended_by(statement)
        self._piece(paragraph, offset, tag.code, tag)
        if loop is not None:
            self._sign(Round(loop, is_over=True))
        elif (loop := self._open.begun_by(statement)) is not None:
            self._sign(Round(loop))

    def _is_whole(self, paragraph: Paragraph, tag: Tag) -> bool:
        fault = fault_of(tag)
        if fault:
            self._problem("template.syntax", paragraph, *fault)
        return not fault

    def _misplaced(self, paragraph: Paragraph, tag: Tag) -> None:
        names = {Level.ROWS: "row", Level.CELLS: "cell", Level.PARAGRAPHS: "paragraph"}
        message = f"{tag.raw} stands in no {names[tag.level]} of its own"
        hint = "write {%p … %} for paragraphs, {%tr … %} for rows, {%tc … %} for cells"
        self._problem("word.level", paragraph, message, hint)

    def _not_alone(self, paragraph: Paragraph, tag: Tag) -> None:
        message = f"{tag.raw} does not stand alone in its paragraph"
        hint = "give it a paragraph of its own, or write {% … %} if it governs words"
        self._problem("word.alone", paragraph, message, hint)

    def _torn(self, paragraph: Paragraph, offset: int) -> None:
        braces = paragraph.words[offset : offset + 2]
        message = f"{braces} belongs to no whole tag: “{quoted(paragraph.element)}”"
        hint = "a tag begins and ends in one paragraph; type it anew in one go"
        self._problem("word.braces", paragraph, message, hint)

    def _problem(self, code: str, paragraph: Paragraph, message: str, hint: str) -> None:
        self.problems.append(Problem(code, paragraph.place, message, hint))


_NOTES = (f"{WORD}footnotes", f"{WORD}endnotes")
_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr"),
    *("suppressLineNumbers", "pBdr", "shd", "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap"),
    *("overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi", "adjustRightInd"),
    *("snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap"),
    *("jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId"),
    *("cnfStyle", "rPr", "sectPr", "pPrChange"),
)
"""The order of the properties of a paragraph: ECMA-376 part 1, 17.3.1."""


def _in_order(properties: dict[str, str]) -> str:
    names = sorted(properties, key=lambda name: _ORDER.index(name) if name in _ORDER else 99)
    return f"<w:pPr>{''.join(properties[name] for name in names)}</w:pPr>"


def _ruled(properties: dict[str, str]) -> str:
    """The properties of a paragraph with a line to write on below it."""
    sides = (
        f'<w:{side} w:val="single" w:sz="6" w:space="0" w:color="{RULE_COLOUR}"/>'
        for side in ("bottom", "between")
    )
    spacing = f'<w:spacing w:line="{LINE_PITCH - RULE}" w:lineRule="atLeast"/>'
    return _in_order(
        {**properties, "pBdr": f"<w:pBdr>{''.join(sides)}</w:pBdr>", "spacing": spacing}
    )


def _text_width(holder: etree._Element) -> int:
    """How wide the text of a body is; 0 for what stands in a body or above it."""
    size, margins = (holder.find(f"{WORD}sectPr/{WORD}{tag}") for tag in ("pgSz", "pgMar"))
    sides = sum(_length(margins, side) for side in ("left", "right", "gutter"))
    return max(0, _length(size, "w") - sides)


def _length(element: etree._Element | None, key: str) -> int:
    """A length in twentieths of a point; 0 if there is none, or it is told in something else."""
    if element is None or element.get(f"{WORD}type", "dxa") != "dxa":
        return 0
    value = element.get(f"{WORD}{key}", "")
    return int(value) if value.isdecimal() and len(value) < 6 else 0


def _blocks_in(holder: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables that stand right in a holder, or in what only wraps them."""
    for child in holder:
        if child.tag in (f"{WORD}p", f"{WORD}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks_in(child)


_WRAPPERS = frozenset(f"{WORD}{tag}" for tag in ("sdt", "sdtContent", "customXml", "ins", "moveTo"))


def _children(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table, or the cells of a row."""
    for child in parent:
        if child.tag == f"{WORD}{tag}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, tag)


def _heads(
    rows: list[etree._Element], loops: list[bool], places: list[list[Paragraph]]
) -> frozenset[int]:
    """Which rows name the columns: those that say so, or a single one above repeated rows."""
    marked = {
        number
        for number, row in enumerate(rows)
        if row.find(f"{WORD}trPr/{WORD}tblHeader") is not None and not places[number]
    }
    single = len(rows) > 1 and not places[0] and loops[1]
    return frozenset(marked or ({0} if single else ()))


def _link_of(piece: Piece, paragraph: etree._Element) -> etree._Element:
    """The link that a piece stands in; the paragraph if it stands in none."""
    if piece.holder.tag != f"{WORD}fldChar":
        return piece.holder
    for around in piece.holder.iterancestors(f"{WORD}hyperlink", f"{WORD}p"):
        return around
    return paragraph
