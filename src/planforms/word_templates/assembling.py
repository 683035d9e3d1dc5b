"""From the text that a template made, with its signs and marks, to the XML of a part.

What prints nothing is left out here, as in every template: a paragraph that only tags are in, a
pair of a label and a value, a row of such pairs, a table of which only its head is left. Cells,
text boxes and the whole end with a paragraph, as Word wants it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import unescape

from planforms.document import (
    Break,
    Cell,
    Chart,
    ChartKind,
    CheckBox,
    DrawnBelow,
    Field,
    Inline,
    Inserted,
    Paragraph,
    Place,
    Table,
    Text,
    inline_text,
)
from planforms.errors import TemplateError
from planforms.markup.charts import chart_of
from planforms.placement.blocks import ROW_HEIGHT, ROW_PITCH
from planforms.placement.sizes import LONGEST_WHOLE_ROW
from planforms.placement.words import blanks_in, has_nothing_but_blanks
from planforms.templating.marks import MARKS
from planforms.word_templates.numbering import ListItem
from planforms.word_templates.slots import (
    NUMBER,
    SIGNS,
    Begin,
    End,
    Kind,
    Look,
    Raw,
    Round,
    Slot,
)
from planforms.word_templates.source import LABEL_STYLE
from planforms.writers._word_paragraphs import BETWEEN_OPTIONS
from planforms.writers._word_xml import twips

MAX_XML = 20_000_000
"""Letters of XML that one document may have: some fifty times as many as long ones have."""
_LETTER, _ROOM = 105, 4_000
"""How wide a letter is, rounded up, and a cell that does not say it, in twentieths of a point."""
EMPTY = "<w:p/>"
BETWEEN = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
)
"""A paragraph without height, for two tables that touch are one in Word."""
_HEIGHT = re.compile('<w:trHeight [^>]*?w:val="([0-9]{1,5})"[^>]*>')
_DRAWN = re.compile(r"(lines|bars)(?:\s+from=(-?\d{1,6})\s+to=(-?\d{1,6}))?")
CAPTION_STYLE, SPACE_STYLE = "caption", "planforms space"
"""The styles of what says what the table below it shows, and of the room below a table: where the
table is left out, they are."""
CHOICES_STYLE = "planforms choices"
"""The style of a question whose options stand in a row."""
Content = list[str | Inserted | DrawnBelow]


@dataclass(slots=True)
class _Frame:
    """What has begun and not ended yet.

    Attributes:
        begin: how it began.
        room: how wide it is, in twentieths of a point.
        is_copy: whether it says again what something else says, for older programs.
        is_in_cell: whether it stands in a table.
        content: what stands in it so far.
        is_seen: whether somebody sees anything of that.
        is_drawn: whether somebody sees anything of that which is no words.
        nodes: what a paragraph says, or a cell.
        look: the look of the words that follow.
        written: how many of the paragraph's nodes are in its content.
        last: what stood in it last: a paragraph, a table, a row ...
        spare: how the last paragraph began that was left out.
        rows: how many rows of a table are there, and how many of them are heads.
        cells: the cells of a row.
        table: the rows of a table that is drawn, and whether they are heads.
        lines: how many lines of handwriting a cell or a row is for.
        paragraphs: how many paragraphs are in it; of a table, how many lines it may fill.
        says_more: whether a cell says anything beside the label in it.
        caption: where in the content the caption begins that stood last, and what it says.
        is_bare: whether what stood last was a table that was left out.
    """

    begin: Begin
    room: int = 0
    is_copy: bool = False
    is_in_cell: bool = False
    content: Content = field(default_factory=list)
    is_seen: bool = False
    is_drawn: bool = False
    nodes: list[Inline] = field(default_factory=list)
    look: str = ""
    written: int = 0
    last: Kind | None = None
    spare: str = ""
    rows: int = 0
    heads: int = 0
    cells: list[_Frame] = field(default_factory=list)
    lines: int = 0
    paragraphs: int = 0
    says_more: bool = False
    caption: tuple[int, tuple[Inline, ...]] | None = None
    table: list[tuple[bool, tuple[Cell, ...]]] = field(default_factory=list)
    is_bare: bool = False


_ROOT = Begin(Kind.HOLDER, "")


class Assembly:
    """Puts the parts of one template together.

    Args:
        marks: what the marks in the text stand for.
        places: what fields lead to in the data, by path; numbers of charts are taken from it.
        highest: the highest number that a list has in the template.

    Attributes:
        lists: number, number of the template, and level of each list that begins anew.
    """

    def __init__(
        self, marks: Sequence[tuple[Inline, ...]], places: Mapping[str, Place], highest: int
    ) -> None:
        self.lists: list[tuple[int, int, int]] = []
        self._marks = marks
        self._places = places
        self._highest = highest
        self._letters = 0
        self._frames: list[_Frame] = []
        self._rounds: list[tuple[int, int]] = []
        self._begun = 0
        self._numbers: dict[tuple[int, int], int] = {}
        self._is_main = True

    def part(
        self, slots: Sequence[Slot], text: str, is_main: bool
    ) -> tuple[str | Inserted | DrawnBelow, ...]:
        """One part.

        Args:
            slots: what its signs stand for.
            text: what its template made.
            is_main: whether it is the body, where something can be filled in.

        Raises:
            TemplateError: it is larger than any document, or its tables and paragraphs are torn.
        """
        self._frames, self._numbers, self._rounds = [_Frame(_ROOT)], {}, []
        self._is_main = is_main
        for number, piece in enumerate(SIGNS.split(text)):
            if number % 2:
                self._slot(slots[int(piece)])
            elif piece:
                self._says(piece)
        [root] = self._frames
        return tuple(_joined(root.content))

    # --- what the template said ---

    def _slot(self, slot: Slot) -> None:
        match slot:
            case Look(xml):
                self._write()
                self._top.look = xml
            case Raw(xml, is_seen):
                self._write()
                self._put(xml)
                self._top.is_seen |= is_seen
                self._top.is_drawn |= is_seen
            case Begin():
                self._write()
                self._begin(slot)
                self._count(len(slot.xml))
            case End():
                self._write()
                self._end(slot)
            case Round():
                self._round(slot)

    def _begin(self, begin: Begin) -> None:
        around = self._top
        frame = _Frame(begin)
        frame.room = begin.width or around.room
        frame.is_copy = begin.is_copy or around.is_copy
        frame.is_in_cell = begin.kind is Kind.CELL or around.is_in_cell
        self._frames.append(frame)

    @property
    def _top(self) -> _Frame:
        return self._frames[-1]

    def _says(self, text: str) -> None:
        """Words, and values in them."""
        nodes = self._top.nodes
        for number, piece in enumerate(MARKS.split(text)):
            if number % 2:
                nodes += self._marks[int(piece)]
            elif piece:
                nodes.append(Text(unescape(piece)))

    def _write(self) -> None:
        """Put into the content what has been said since."""
        frame = self._top
        if frame.begin.kind is not Kind.PARAGRAPH:
            return  # what a cell says stands in its paragraphs
        said = tuple(frame.nodes[frame.written :])
        if self._has_options_in_a_row(said):
            said = _in_a_row(said)
        if said:
            fillable = self._is_main and not frame.is_copy
            frame.content.append(Inserted(said, frame.look, frame.room, fillable=fillable))
            frame.written = len(frame.nodes)

    def _has_options_in_a_row(self, said: Sequence[Inline]) -> bool:
        """Whether options have to run in a row: in choices, and beside or below a label."""
        paragraph, around = self._top.begin, self._frames[-2].begin
        is_row = paragraph.style == CHOICES_STYLE or around.has_label
        return is_row and any(isinstance(node, CheckBox) for node in said)

    def _put(self, xml: str) -> None:
        self._count(len(xml))
        self._top.content.append(xml)

    def _count(self, letters: int) -> None:
        self._letters += letters
        if self._letters > MAX_XML:
            hint = "loops around much of the document do more than is needed"
            raise TemplateError.of("template.size", "", "the template makes too much", hint)

    # --- what ends ---

    def _end(self, slot: End) -> None:
        frame = self._frames.pop()
        if frame.begin.kind is not slot.kind or not self._frames:
            message = "paragraphs and tables are torn apart"
            raise TemplateError.of("word.apart", "", message, "make the template anew")
        match slot.kind:
            case Kind.PARAGRAPH:
                self._paragraph(frame, slot.xml)
            case Kind.CELL:
                self._top.cells.append(self._closed(frame))
                self._top.is_seen |= frame.is_seen
            case Kind.ROW:
                self._row(frame, slot.xml)
            case Kind.TABLE:
                self._table(frame, slot.xml)
            case Kind.HOLDER:
                content = self._closed(frame).content
                self._top.content += [frame.begin.xml, *content, slot.xml]
        self._count(len(slot.xml))

    def _closed(self, frame: _Frame) -> _Frame:
        """A cell, or a text box, that ends with a paragraph."""
        if frame.last is not Kind.PARAGRAPH:
            frame.content.append(f"{frame.spare}</w:p>" if frame.spare else EMPTY)
        return frame

    def _paragraph(self, frame: _Frame, end: str) -> None:
        begin, around = frame.begin, self._top
        frame.is_seen |= any(_is_seen(node) for node in frame.nodes)
        if begin.has_tags and not frame.is_seen and not begin.keeps:
            around.spare = begin.xml.replace(NUMBER, "0")
            return
        is_bare, around.is_bare = around.is_bare, False
        if is_bare and begin.style == SPACE_STYLE and not frame.is_seen:
            return
        around.is_seen |= frame.is_seen
        around.says_more |= frame.is_seen and begin.style != LABEL_STYLE
        around.last = Kind.PARAGRAPH
        is_caption = begin.style == CAPTION_STYLE
        around.caption = (len(around.content), tuple(frame.nodes)) if is_caption else None
        around.paragraphs += 1
        if around.begin.kind is Kind.CELL:
            around.nodes += frame.nodes
        start = begin.xml
        if begin.ruled and not frame.is_drawn and (lines := _lines(frame.nodes, frame.is_in_cell)):
            start = start if frame.is_in_cell else begin.ruled
            frame.content = _alone(frame.content, 1 if frame.is_in_cell else lines)
            around.lines += lines if frame.is_in_cell else 0
        around.content += [self._numbered(start, begin.item), *frame.content, end]

    def _numbered(self, start: str, item: ListItem | None) -> str:
        """How a paragraph begins; an item of a list that begins anew has its own number."""
        if item is None:
            return start
        round_ = self._rounds[item.depth - 1][1] if item.depth else 0
        key = item.group, round_
        if key not in self._numbers:
            self._highest += 1
            self._numbers[key] = self._highest
            self.lists.append((self._highest, item.number, item.level))
        return start.replace(NUMBER, str(self._numbers[key]))

    def _row(self, frame: _Frame, end: str) -> None:
        table = self._top
        if not frame.cells:
            return
        if table.begin.pairs and not _pairs_left(frame):
            return
        table.is_seen |= frame.is_seen
        table.rows += 1
        table.heads += frame.begin.is_head
        if table.begin.description:
            cells = tuple(Cell((Paragraph(tuple(cell.nodes)),)) for cell in frame.cells)
            table.table.append((frame.begin.is_head, cells))
        lines = max(cell.lines + (cell.begin.has_label and cell.lines > 1) for cell in frame.cells)
        start = _with_height(frame.begin.xml, lines)
        height = max(map(_lines_in, frame.cells))
        table.paragraphs += height
        is_short = height <= LONGEST_WHOLE_ROW
        table.content.append(_with_property(start, "cantSplit") if is_short else start)
        for cell in frame.cells:
            table.content += [cell.begin.xml, *cell.content, "</w:tc>"]
        table.content.append(end)

    def _table(self, frame: _Frame, end: str) -> None:
        begin, around = frame.begin, self._top
        is_bare = begin.may_be_bare and not begin.pairs and frame.rows == frame.heads
        if not frame.rows or is_bare or (begin.has_tags and not frame.is_seen):
            if around.caption is not None:
                del around.content[around.caption[0] :]
            around.caption, around.is_bare = None, True
            return
        if around.last is Kind.TABLE:
            around.content.append(BETWEEN)
        around.is_seen |= frame.is_seen
        around.says_more |= frame.is_seen
        around.paragraphs += frame.paragraphs
        around.content += [begin.xml, *frame.content, end]
        around.last = Kind.TABLE
        caption = around.caption[1] if around.caption else ()
        if chart := self._chart(frame, caption):
            around.content.append(DrawnBelow(chart, around.room))
            around.last = Kind.PARAGRAPH
        around.caption, around.is_bare = None, False

    def _chart(self, frame: _Frame, caption: tuple[Inline, ...]) -> Chart | None:
        """What is drawn of a table whose description says so."""
        asked = _DRAWN.fullmatch(frame.begin.description.strip())
        heads = [cells for is_head, cells in frame.table if is_head]
        if not asked or not heads or not self._is_main:
            return None
        rows = tuple(cells for is_head, cells in frame.table if not is_head)
        scale = (float(asked[2]), float(asked[3])) if asked[2] else None
        table = Table(caption, (), heads[0], rows)
        return chart_of(ChartKind(asked[1]), table, self._places, scale)

    def _round(self, slot: Round) -> None:
        """Note that a loop goes on or is over; loops inside of it are."""
        loops = [loop for loop, _ in self._rounds]
        if slot.loop in loops:
            del self._rounds[loops.index(slot.loop) :]
        if not slot.is_over:
            self._begun += 1
            self._rounds.append((slot.loop, self._begun))


def _pairs_left(row: _Frame) -> bool:
    """Take pairs of a label and a value out of a row whose value prints nothing.

    Returns:
        whether anything is left of the row.
    """
    for pair in _pairs(row.cells):
        value = pair[-1]
        if value.begin.has_tags and not value.says_more:
            for cell in pair:
                cell.content, cell.lines, cell.is_seen = [EMPTY], 0, False
    row.is_seen = any(cell.is_seen for cell in row.cells)
    return row.is_seen


def _pairs(cells: Sequence[_Frame]) -> Iterator[tuple[_Frame, ...]]:
    """The cells of a row that hold one label and its value: one cell, or two of them."""
    left = list(cells)
    labelled = any(cell.begin.has_label for cell in left)
    while left:
        first = left.pop(0)
        is_both = first.says_more or first.begin.has_tags
        if first.begin.has_label and is_both:
            yield (first,)
        elif left and (first.begin.has_label or not labelled):
            yield first, left.pop(0)


def _with_height(start: str, lines: int) -> str:
    """How a row begins that is to have room for so many lines of handwriting."""
    height = twips(ROW_HEIGHT + ROW_PITCH * (lines - 1)) if lines else 0
    given = _HEIGHT.search(start)
    if given and (height <= int(given[1]) or "exact" in given[0]):
        return start
    if given:
        return f"{start[: given.start(1)]}{height}{start[given.end(1) :]}"
    if not lines:
        return start
    return _with_property(start, "trHeight", f'w:val="{height}" w:hRule="atLeast"')


def _with_property(start: str, name: str, values: str = "") -> str:
    """How a row begins that is to have a property; what the template says of that holds."""
    if f"<w:{name}" in start:
        return start
    element = f"<w:{name} {values}/>" if values else f"<w:{name}/>"
    if "</w:trPr>" in start:
        return start.replace("</w:trPr>", f"{element}</w:trPr>")
    return f"{start}<w:trPr>{element}</w:trPr>"


def _lines_in(cell: _Frame) -> int:
    """How many lines a cell may fill."""
    text = inline_text(tuple(cell.nodes))
    return cell.paragraphs + text.count("\n") + len(text) * _LETTER // (cell.begin.width or _ROOM)


def _is_seen(node: Inline) -> bool:
    return bool(node.text.strip()) if isinstance(node, Text) else _prints(node)


def _prints(node: Inline) -> bool:
    """Whether a node that is no words is a value, a box, or a place to write."""
    return not isinstance(node, Field) or node.text is None or bool(node.text.strip())


def _lines(nodes: Sequence[Inline], is_in_cell: bool) -> int:
    """How many lines to write on a paragraph consists of; 0 if it says anything else.

    In a cell the places to write of one paragraph share its lines.
    """
    if not has_nothing_but_blanks(nodes):
        return 0
    lines = [blank.lines for blank in blanks_in(nodes)]
    return max(lines) if is_in_cell else sum(lines)


def _in_a_row(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
    """Options beside one another instead of below."""
    return tuple(Text(BETWEEN_OPTIONS.text) if isinstance(node, Break) else node for node in nodes)


def _alone(content: Content, lines: int) -> Content:
    """The places to write that are all of a paragraph; the first has the room of all."""
    places = [piece for piece in content if isinstance(piece, Inserted)]
    return [
        replace(piece, lines=lines if piece is places[0] else 1)
        if isinstance(piece, Inserted)
        else piece
        for piece in content
    ]


def _joined(content: Content) -> Iterator[str | Inserted | DrawnBelow]:
    """The content with neighbouring XML as one text."""
    xml: list[str] = []
    for piece in content:
        if isinstance(piece, str):
            xml.append(piece)
            continue
        if xml:
            yield "".join(xml)
            xml.clear()
        yield piece
    if xml:
        yield "".join(xml)
