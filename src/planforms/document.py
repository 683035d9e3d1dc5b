"""The document tree: what a finished document says, before any format.

A small closed set of frozen nodes between the templates and the writers. Every writer walks the
same tree, so PDF, Word and web page cannot say different things. :meth:`Document.text` is the
reference that each writer's text is compared with.

Inline nodes stand inside a line of text, block nodes below one another. Children are tuples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Self, assert_never

from planforms.errors import Problem

OWN_WORD = "word.own"
"""The code of the warning that a Word file is made of an office's own template."""
CHECKED = "☑"
UNCHECKED = "☐"
TEXT_SIZE, EASY_SIZE, LARGE_PRINT = 11, 14, 18
"""How large the letters of a document are, of an easy sheet and of large print, in points."""


class State(StrEnum):
    """What a document is made for."""

    BLANK = "blank"
    """An empty form to write on."""
    DRAFT = "draft"
    """Work in progress: what is needed and missing is a line to fill in."""
    FINAL = "final"
    """Complete, to be signed and sent."""


Plain = str | int | bool | tuple[str, ...] | None
"""A value as plain data: a day is ``YYYY-MM-DD``, a decimal number a text, a choice its key."""


class FieldType(StrEnum):
    """What kind of value belongs in a field."""

    LINE = "line"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    FLAG = "flag"


UNBROKEN = frozenset({FieldType.DATE, FieldType.TIME, FieldType.NUMBER, FieldType.MONEY})
"""What is short and reads as one thing: no line ends inside of it."""

# --- inline nodes ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words of the template, the service or a rule.

    Attributes:
        text: the words.
        origin: file, line and column of the tag around them in the templates; empty if unknown.
    """

    text: str
    origin: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Break:
    """A forced new line within a paragraph."""


@dataclass(frozen=True, slots=True)
class Strong:
    """Words that matter more than their surroundings."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words that are stressed or quoted."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Translated:
    """Words of the second language of a paper, right behind the words that they repeat.

    Attributes:
        language: BCP 47 tag of the language, such as ``sv``.
        locale: what Word calls it, such as ``sv-SE``.
        children: the words.
    """

    language: str
    locale: str
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A place for a value of the case data.

    Attributes:
        path: where the value stands in the data, such as ``case.participant.name``.
        type: what kind of value belongs here.
        label: the name of the field in the document's language.
        text: the printed value; ``None`` when there is none and a person is to write it.
            A newline character in it is a line break.
        lines: how many lines of handwriting the empty field offers, at least 1.
        origin: file, line and column of the tag around it in the templates; empty if unknown.
    """

    path: str
    type: FieldType
    label: str
    text: str | None
    lines: int = 1
    origin: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class CheckBox:
    """One option that is ticked or not; prints as ``☐`` or ``☑`` before its label.

    Attributes:
        path: where the choice stands in the data.
        option: the option's key in the data.
        label: the option's name in the document's language.
        checked: whether it is ticked.
        bare: whether the label is not printed, since the heads of its row and column say it.
        origin: file, line and column of the tag around it in the templates; empty if unknown.
    """

    path: str
    option: str
    label: str
    checked: bool
    bare: bool = False
    origin: str = field(default="", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A place to write by hand that is no datum, such as where a slip to tear off is signed.

    Attributes:
        label: what is to be written here, in the document's language.
        lines: how many lines of handwriting there is room for, at least 1.
        type: what kind of value is written here, from which its length follows.
        signed: whether somebody signs here.
    """

    label: str
    lines: int = 1
    type: FieldType = FieldType.LINE
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """What the path of a field or a check box leads to in the data.

    Attributes:
        type: what kind of value belongs here.
        label: the name of the field in the document's language.
        options: the keys that can be chosen, each with its name; empty if it is no choice.
        many: whether several values can stand here.
        needed: whether an issued document must have a value.
        limit: how many letters each value may have; ``None`` where that does not bound it.
        raw: the value as plain data; ``None`` if there is none.
        fixed: whether the form itself says the value, so that nobody is asked for it.
    """

    type: FieldType
    label: str
    options: tuple[tuple[str, str], ...] = ()
    many: bool = False
    needed: bool = False
    limit: int | None = None
    raw: Plain = None
    fixed: bool = False


Inline = Text | Break | Strong | Emphasis | Translated | Field | CheckBox | Stroke


# --- block nodes ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of text."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is the document's title, 2 a section, 3 a part of a section."""

    level: int
    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class List:
    """A list of items, numbered from 1 if ``ordered``."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Description:
    """A label with the value it names; the two are read together."""

    label: tuple[Inline, ...]
    value: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class DescriptionList:
    """Labels and values, one below the other."""

    items: tuple[Description, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    """Short labels and values side by side, like the head of a form.

    Attributes:
        items: labels and values in reading order.
        widths: how much of a line each item takes, in twelfths.
    """

    items: tuple[Description, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """A question with the options that answer it.

    Attributes:
        question: what is asked; empty where a label or a head asks.
        options: each a check box with what follows it.
        columns: in how many columns they stand, 2 or 3; 0 if they run in a row.
    """

    question: tuple[Inline, ...]
    options: tuple[tuple[Inline, ...], ...]
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes:
        children: what stands in it.
        header: whether it names its column or its row; alone in its row, the rows below it.
        lines: how many lines of handwriting it has room for while it is empty.
    """

    children: tuple[Block, ...]
    header: bool = False
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a header row.

    Attributes:
        caption: what the table shows.
        widths: each column's share of the width in per cent; they add up to 100.
        head: the header cells, one a column.
        rows: the body; every row has as many cells as ``head``, or one header that names all
            rows below it.
        matrix: whether its cells hold no words, but boxes or ratings, one for each pair of a row
            and a column.
    """

    caption: tuple[Inline, ...]
    widths: tuple[int, ...]
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    matrix: bool = False


class ChartKind(StrEnum):
    """How the numbers of a table are drawn."""

    LINES = "lines"
    """One line for each row, from column to column: how something goes on."""
    BARS = "bars"
    """One bar for each row: how much there is of each."""


@dataclass(frozen=True, slots=True)
class Point:
    """One number of a drawing.

    Attributes:
        text: how the table prints it, or what stands in its place.
        value: the number; ``None`` where there is none, so that nothing is drawn.
    """

    text: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Series:
    """What one row of a table is drawn from: its name, and a point for each column."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A table that is also drawn. It says what the table says; the drawing has no words of its own.

    Attributes:
        kind: how it is drawn.
        table: the table, which is all of its text.
        steps: the names of the columns, in the order in which points stand.
        series: what is drawn, row by row.
        low, high: the numbers at the two ends of the scale.
    """

    kind: ChartKind
    table: Table
    steps: tuple[str, ...]
    series: tuple[Series, ...]
    low: float
    high: float


class BoxKind(StrEnum):
    """What a box is for."""

    SUMMARY = "summary"
    """First on the page: what this is, for whom, by when."""
    SIGN = "sign"
    """What to know before signing."""
    NOTE = "note"
    """Something to keep in mind, such as that this is a draft."""
    LAW = "law"
    """The provisions that a document rests on, for those who want to look them up."""
    ROW = "row"
    """A row of a table whose columns have no room beside one another; templates have none."""


@dataclass(frozen=True, slots=True)
class Box:
    """A frame around what a reader should not miss."""

    kind: BoxKind
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's own words."""

    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture in the letterhead.

    Attributes:
        png: the picture as PNG.
        alt: what it shows, for those who do not see it.
        width_px, height_px: its size in pixels; writers print it 12 mm high at most.
    """

    png: bytes = field(repr=False)
    alt: str
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends the document: the first block, not a margin, so that a screen reader hears it."""

    logo: Logo | None
    children: tuple[Block, ...]


class SectionKind(StrEnum):
    """What a section is for."""

    STAFF = "staff"
    """What the service's own staff fills in, apart from what a participant reads."""
    SHEET = "sheet"
    """A sheet of its own, such as a slip that is torn off and sent in."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document that stands apart.

    Attributes:
        kind: what it is for.
        children: what stands in it.
        internal: whether it is a sheet that staff takes out of the paper.
    """

    kind: SectionKind
    children: tuple[Block, ...]
    internal: bool = False


class Pictogram(StrEnum):
    """A simple picture that stands for the same thing wherever it is drawn."""

    CALENDAR = "calendar"
    CHOICE = "choice"
    CLOCK = "clock"
    GOAL = "goal"
    HELPER = "helper"
    LETTER = "letter"
    LOCK = "lock"
    PAPER = "paper"
    PEN = "pen"
    PEOPLE = "people"
    PHONE = "phone"
    PLACE = "place"
    QUESTION = "question"
    STOP = "stop"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Pictured:
    """A part with a pictogram beside it.

    Attributes:
        pictogram: what is drawn.
        alt: what it shows, for those who do not see it.
        children: the part.
    """

    pictogram: Pictogram
    alt: str
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two parts beside each other, read one after the other."""

    parts: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """What the blocks right above say, in the second language of a paper; nobody writes in it.

    Attributes:
        language: BCP 47 tag of the language, such as ``sv``.
        locale: what Word calls it, such as ``sv-SE``.
        children: the blocks.
    """

    language: str
    locale: str
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Where the window of an envelope shows the address, in mm from the sheet's edges."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class AddressWindow:
    """An address that shows in the window of an envelope; first on its sheet.

    Attributes:
        lines: the address.
        window: where the window is.
    """

    lines: tuple[Inline, ...]
    window: Window


Block = (
    Paragraph
    | Heading
    | List
    | DescriptionList
    | Fields
    | Choices
    | Table
    | Chart
    | Box
    | Quote
    | Letterhead
    | Section
    | Pictured
    | Beside
    | Translation
    | AddressWindow
)


# --- an office's own Word template ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Inserted:
    """What a Word template says in one place, in the look of the words around it.

    Attributes:
        children: words, values, boxes and places to write.
        look: the properties of the run (``w:rPr``) as XML; empty if it has none.
        room: how wide the place is, in twentieths of a point.
        lines: how many lines to write on the paragraph is, which says nothing else; 0 if it says
            something, so that a place to write is a gap in it.
        fillable: whether something can be filled in here: not in headers, nor in what a file holds
            twice.
    """

    children: tuple[Inline, ...]
    look: str
    room: int
    lines: int = 0
    fillable: bool = True


@dataclass(frozen=True, slots=True)
class DrawnBelow:
    """The drawing of a table in a Word template, which stands below it.

    Attributes:
        chart: what is drawn.
        room: how wide the place is, in twentieths of a point.
    """

    chart: Chart
    room: int


@dataclass(frozen=True, slots=True)
class FilledPart:
    """One part of a Word template, filled.

    Attributes:
        name: the name of the part in the file, such as ``word/document.xml``.
        content: XML, and between it what it says, and drawings of the tables above them.
    """

    name: str
    content: tuple[str | Inserted | DrawnBelow, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewList:
    """A list of a Word template that begins anew.

    Attributes:
        number: the number of the list in the file.
        like: the number of the list in the template that it looks like.
        level: how deep its first items stand, from 0.
    """

    number: int
    like: int
    level: int


@dataclass(frozen=True, slots=True)
class FilledTemplate:
    """An office's own Word template with what it says of one document.

    Attributes:
        content: the template, clean, as a Word file.
        parts: its parts that hold words.
        lists: the lists that begin anew.
        footer: the small print of the document when it was filled; whatever is added to that, such
            as whose copy it is, stands in the file's own footers.
    """

    content: bytes = field(repr=False)
    parts: tuple[FilledPart, ...]
    lists: tuple[NewList, ...] = ()
    footer: str = ""

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all fields and check boxes in it."""
        pieces = (piece for part in self.parts for piece in part.content)
        nodes = (node for p in pieces if isinstance(p, Inserted) for node in p.children)
        return frozenset(node.path for node in nodes if isinstance(node, Field | CheckBox))


# --- the whole ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Footer:
    """The small print at the foot of every page; nothing that matters stands only there.

    Attributes:
        text: case number and title.
        page: words with ``{page}`` and ``{pages}``, such as ``Side {page} av {pages}``.
    """

    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document in one language, ready for any writer.

    Attributes:
        kind: the kind of document, such as ``final_report``.
        language: BCP 47 tag, such as ``nb``.
        locale: what Word calls the language, such as ``nb-NO``.
        title: the title, also the document property; never a person's name.
        author: the issuing organisation, also the document property.
        state: blank, draft or final.
        issued_on: the date of issue; the only date that enters a file's properties.
        accent: the letterhead's colour as ``#rrggbb``.
        footer: the running footer.
        blocks: the content from the letterhead on.
        shell: the service's own Word letterhead shell (.docx), or ``None`` for the built-in one.
        warnings: what could not be printed as it stands in the data.
        places: what the paths of its fields and check boxes lead to.
        empty: the places of the empty form, if something is known in this one.
        whole_words: whether no word is broken at the end of a line.
        landscape: whether its pages are wider than they are high.
        service: the key of the service whose document it is.
        schema: the version of the data that its paths lead into.
        variant: the service's variant of the kind, or another key that decides which of its forms
            it is; empty for the kind as such.
        prompts: what a fillable form says beside the words of its paper, by key.
        keywords: what the file's properties hold as keywords.
        text_size: how large its running words are, in points; all else follows from it.
        own_word: the office's own Word template, filled; ``None`` if the kind has none. Where there
            is one, the Word file says what it says, and not what the blocks say.
        beside: BCP 47 tag of the second language of a paper in two; empty if there is none.
        easy: whether it is the easy sheet that explains a paper of this kind, and no form.
    """

    kind: str
    language: str
    locale: str
    title: str
    author: str
    state: State
    issued_on: date | None
    accent: str
    footer: Footer
    blocks: tuple[Block, ...]
    shell: bytes | None = field(default=None, repr=False)
    warnings: tuple[Problem, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict, repr=False, hash=False)
    empty: Mapping[str, Place] = field(default_factory=dict, repr=False, hash=False)
    whole_words: bool = False
    landscape: bool = False
    service: str = ""
    schema: int = 1
    variant: str = ""
    prompts: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    keywords: tuple[str, ...] = ()
    own_word: FilledTemplate | None = field(default=None, repr=False)
    text_size: float = TEXT_SIZE
    easy: bool = False

    @property
    def scale(self) -> float:
        """How much larger it is drawn than a document of the usual size."""
        return self.text_size / TEXT_SIZE

    beside: str = ""

    def text(self) -> str:
        """All words of the document in reading order, a line for each block or line break.

        Check boxes, list numbers and the descriptions of pictures are characters in it; empty
        fields, strokes and the running footer are not.
        """
        return "\n".join(line for block in self.blocks for line in lines_of(block))

    def without_own_word(self) -> Self:
        """The same with no Word template of the office's own, for a document made of several."""
        warnings = tuple(one for one in self.warnings if one.code != OWN_WORD)
        return replace(self, own_word=None, warnings=warnings)

    def fields(self) -> Iterator[Field]:
        """Every field of the document in reading order."""
        return (node for node in _leaves(self.blocks) if isinstance(node, Field))

    def boxes(self) -> Iterator[CheckBox]:
        """Every check box of the document in reading order."""
        return (node for node in _leaves(self.blocks) if isinstance(node, CheckBox))


def blanks_of(blocks: tuple[Block, ...]) -> Iterator[Field | CheckBox | Stroke]:
    """What somebody would fill in in some blocks: fields without a value, boxes, strokes."""
    for node in _leaves(blocks):
        if isinstance(node, CheckBox | Stroke) or (isinstance(node, Field) and node.text is None):
            yield node


def paths_in(blocks: tuple[Block, ...]) -> frozenset[str]:
    """The paths of all fields and check boxes in some blocks."""
    return frozenset(node.path for node in _leaves(blocks) if isinstance(node, Field | CheckBox))


def _leaves(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    for inline in inlines_of(blocks):
        yield from _inner(inline)


def inline_text(children: tuple[Inline, ...]) -> str:
    """The words of some inline nodes; line breaks as newline characters."""
    return "".join(_inline_text(child) for child in children)


def _inline_text(node: Inline) -> str:
    match node:
        case Text(text):
            return text
        case Break():
            return "\n"
        case Strong(children) | Emphasis(children) | Translated(_, _, children):
            return inline_text(children)
        case Field():
            return node.text or ""
        case CheckBox():
            mark = CHECKED if node.checked else UNCHECKED
            return mark if node.bare else f"{mark} {node.label}"
        case Stroke():
            return ""
    assert_never(node)


def _lines(children: tuple[Inline, ...]) -> Iterator[str]:
    for line in inline_text(children).split("\n"):
        if line.strip():
            yield line.strip()


def _blocks_lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        yield from lines_of(block)


def lines_of(block: Block) -> Iterator[str]:
    """The words of a block as :meth:`Document.text` has them, a line for each of its lines."""
    match block:
        case Paragraph(children) | Heading(_, children):
            yield from _lines(children)
        case List():
            yield from _list_lines(block)
        case DescriptionList(items) | Fields(items):
            yield from _descriptions_lines(items)
        case Choices(question, options):
            for words in (question, *options):
                yield from _lines(words)
        case Table():
            yield from _table_lines(block)
        case Chart(_, table):
            yield from _table_lines(table)
        case Box(_, children) | Quote(children) | Section(_, children):
            yield from _blocks_lines(children)
        case Translation(_, _, children):
            yield from _blocks_lines(children)
        case Beside(parts):
            for part in parts:
                yield from _blocks_lines(part)
        case AddressWindow(address):
            yield from _lines(address)
        case Letterhead(logo, children):
            if logo:
                yield logo.alt
            yield from _blocks_lines(children)
        case Pictured(_, alt, children):
            yield alt
            yield from _blocks_lines(children)
        case _:
            assert_never(block)


def _list_lines(block: List) -> Iterator[str]:
    for number, item in enumerate(block.items, start=1):
        mark = f"{number}." if block.ordered else "•"
        first, *others = [*_blocks_lines(item)] or [""]
        yield first if first.startswith((CHECKED, UNCHECKED)) else f"{mark} {first}".rstrip()
        yield from others


def _descriptions_lines(items: tuple[Description, ...]) -> Iterator[str]:
    for item in items:
        yield from _lines(item.label)
        yield from _blocks_lines(item.value)


def _table_lines(table: Table) -> Iterator[str]:
    yield from _lines(table.caption)
    for row in (table.head, *table.rows):
        for cell in row:
            yield from _blocks_lines(cell.children)


def _inner(node: Inline) -> Iterator[Inline]:
    """A node, or what stands inside it."""
    if not isinstance(node, Strong | Emphasis | Translated):
        yield node
        return
    for child in node.children:
        yield from _inner(child)


def _inlines(block: Block) -> Iterator[Inline]:
    match block:
        case Paragraph(children) | Heading(_, children):
            yield from children
        case List(_, items):
            for item in items:
                yield from inlines_of(item)
        case DescriptionList(items) | Fields(items):
            yield from _descriptions_inlines(items)
        case Choices(question, options):
            for words in (question, *options):
                yield from words
        case AddressWindow(address):
            yield from address
        case Beside(parts):
            for part in parts:
                yield from inlines_of(part)
        case Table():
            yield from block.caption
            for row in (block.head, *block.rows):
                for cell in row:
                    yield from inlines_of(cell.children)
        case Chart(_, table):
            yield from _inlines(table)
        case Box(_, blocks) | Quote(blocks) | Letterhead(_, blocks) | Section(_, blocks):
            yield from inlines_of(blocks)
        case Translation(_, _, blocks) | Pictured(_, _, blocks):
            yield from inlines_of(blocks)
        case _:
            assert_never(block)


def inlines_of(blocks: tuple[Block, ...]) -> Iterator[Inline]:
    """The inline nodes of some blocks in reading order; what stands inside others is not told."""
    for block in blocks:
        yield from _inlines(block)


def _descriptions_inlines(items: tuple[Description, ...]) -> Iterator[Inline]:
    for item in items:
        yield from item.label
        yield from inlines_of(item.value)
