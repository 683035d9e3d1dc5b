"""Placed blocks: a document as every writer draws it, with all decisions taken.

They mirror the blocks of the tree. The inline nodes in them are the tree's own, so that a writer
knows to the end which field of the data a text, a line to write on or a check box belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass

from planforms.document import (
    BoxKind,
    ChartKind,
    CheckBox,
    Field,
    FieldType,
    Inline,
    Logo,
    Pictogram,
    SectionKind,
    Series,
    Stroke,
    Window,
)

LINE_PITCH = 8.5
"""From one line to write on to the next, in mm."""
FIELD_HEIGHT = 11
"""How high a field to fill in is that stands beside others, with its label above, in mm."""
ROW_HEIGHT = 9
"""How high a row of a table to fill in is at least, in mm; of one line."""
ROW_PITCH = 4
"""How much higher it is for each further line: two lines of small handwriting fit into 13 mm."""
MATRIX_ROW_HEIGHT = 6.3
"""How high a row of a matrix is at least, in mm."""
LEAST_BESIDE_WINDOW, WINDOW_GAP = 50, 8
"""How wide the room beside an address is that has fields in it, and how far from it, in mm."""
PICTOGRAM_SIZE, PICTOGRAM_GAP = 10, 5
"""How wide and high a pictogram is, and what is between it and the words beside it, in mm: of a
page of letters of the usual size; easy sheets have larger ones."""
BESIDE_GAP = 8
"""What is between two parts that stand beside each other, in mm."""
GAP = 60
GAPS = {FieldType.DATE: 40, FieldType.TIME: 25, FieldType.NUMBER: 25, FieldType.MONEY: 40}
"""How long a gap to write on within a sentence is, in mm: of some types, and of all others."""


@dataclass(frozen=True, slots=True)
class FieldPart:
    """One paragraph of a field whose text has several."""

    field: Field
    text: str


Blank = Field | Stroke
"""A place to write by hand; a field is one while it has no text."""
PlacedInline = Inline | FieldPart


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """What all placed blocks have.

    Attributes:
        whole: whether it is not split over two pages, if it fits on one.
        with_next: whether its end stays on the page where what follows begins.
    """

    whole: bool = False
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class PlacedText(Placed):
    """One paragraph of running words; a blank among them is a gap in its line."""

    children: tuple[PlacedInline, ...]


@dataclass(frozen=True, slots=True)
class PlacedLines(Placed):
    """Lines to write on from side to side; in a table's cell, where nobody needs lines, room."""

    blanks: tuple[Blank, ...]

    @property
    def count(self) -> int:
        """How many lines there are."""
        return sum(blank.lines for blank in self.blanks)


@dataclass(frozen=True, slots=True)
class Option:
    """A box to tick and what stands beside it: first the box's own label, then these words."""

    box: CheckBox
    children: tuple[PlacedInline, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedOptions(Placed):
    """Options one below the other, their boxes in a column of their own."""

    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PlacedHeading(Placed):
    """A heading."""

    level: int
    children: tuple[PlacedInline, ...]


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item of a list; an option needs no other mark than its box."""

    mark: str
    blocks: tuple[PlacedBlock, ...]


@dataclass(frozen=True, slots=True)
class PlacedList(Placed):
    """A list of items."""

    ordered: bool
    items: tuple[PlacedItem, ...]


@dataclass(frozen=True, slots=True)
class PlacedDescription(Placed):
    """A label, which stays with its value.

    Attributes:
        beside: whether the value is one block, short enough to stand beside its label instead of
            below it. Where a writer's label column has no room for the label, it stands above.
    """

    label: tuple[PlacedInline, ...]
    value: tuple[PlacedBlock, ...]
    beside: bool


@dataclass(frozen=True, slots=True)
class PlacedDescriptions(Placed):
    """Labels and values, one below the other."""

    items: tuple[PlacedDescription, ...]


@dataclass(frozen=True, slots=True)
class PlacedField:
    """A short label above its value, beside others.

    Attributes:
        label: the label.
        value: one or more lines of words, room to write, or options in a row.
        width: how much of the line it takes, in twelfths.
        lines: how many lines of handwriting it has room for; 0 if nobody writes there.
    """

    label: tuple[PlacedInline, ...]
    value: tuple[PlacedBlock, ...]
    width: int
    lines: int


@dataclass(frozen=True, slots=True)
class PlacedFields(Placed):
    """Lines of short labels and values side by side; no line is split."""

    rows: tuple[tuple[PlacedField, ...], ...]


@dataclass(frozen=True, slots=True)
class PlacedChoices(Placed):
    """A question and its options.

    Attributes:
        question: what is asked; it may be empty.
        options: the options.
        columns: in how many columns they stand; 0 if they run in a row.
    """

    question: tuple[PlacedInline, ...]
    options: tuple[Option, ...]
    columns: int


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """One cell of a table.

    Attributes:
        blocks: what stands in it.
        header: whether it names its column, its row or, alone in a row, the rows below it.
        span: how many columns it takes.
        middle: whether it stands in the middle of its column.
    """

    blocks: tuple[PlacedBlock, ...]
    header: bool
    span: int = 1
    middle: bool = False


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a table.

    Attributes:
        cells: its cells.
        whole: whether it is not split over pages; one that may fill a page must be free to split.
        room: how high it is at least so that one can write in it, in mm; 0 if nobody does.
        with_next: whether it stays with the next row.
    """

    cells: tuple[PlacedCell, ...]
    whole: bool
    room: float = 0
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class PlacedTable(Placed):
    """A table, whose caption and head stay with the first row; the head is drawn on every page.

    Attributes:
        caption: what it shows.
        widths: each column's share in per cent.
        head: its head.
        rows: its body.
        to_fill: whether it has cells to write in, which a grid shows.
        matrix: whether its cells hold boxes or ratings, in the middle of narrow columns; a column
            of words begins at its side, as words do.
    """

    caption: tuple[PlacedInline, ...]
    widths: tuple[int, ...]
    head: PlacedRow
    rows: tuple[PlacedRow, ...]
    to_fill: bool = False
    matrix: bool = False


@dataclass(frozen=True, slots=True)
class PlacedChart(Placed):
    """The drawing of a table, right below it; its words are all of the table.

    Attributes:
        kind: how it is drawn.
        caption: what it shows, for formats in which a picture has to say so.
        steps: the names of the columns, in the order in which points stand.
        series: what is drawn, row by row.
        low, high: the numbers at the two ends of the scale.
    """

    kind: ChartKind
    caption: tuple[PlacedInline, ...]
    steps: tuple[str, ...]
    series: tuple[Series, ...]
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class PlacedBox(Placed):
    """A frame around blocks."""

    kind: BoxKind
    blocks: tuple[PlacedBlock, ...]


@dataclass(frozen=True, slots=True)
class PlacedQuote(Placed):
    """Somebody's own words."""

    blocks: tuple[PlacedBlock, ...]


@dataclass(frozen=True, slots=True)
class PlacedLetterhead(Placed):
    """Who sends the document."""

    logo: Logo | None
    blocks: tuple[PlacedBlock, ...]


@dataclass(frozen=True, slots=True)
class PlacedSection(Placed):
    """A part that stands apart: for staff, or on a sheet of its own."""

    kind: SectionKind
    blocks: tuple[PlacedBlock, ...]


@dataclass(frozen=True, slots=True)
class PlacedPictured(Placed):
    """A part with a pictogram beside it, which it stays with.

    Attributes:
        pictogram: what is drawn.
        alt: what it shows.
        blocks: the part.
    """

    pictogram: Pictogram
    alt: str
    blocks: tuple[PlacedBlock, ...]


@dataclass(frozen=True, slots=True)
class PlacedBeside(Placed):
    """Two parts beside each other."""

    parts: tuple[tuple[PlacedBlock, ...], ...]


@dataclass(frozen=True, slots=True)
class PlacedTranslation(Placed):
    """What stands right above, in the second language of a paper.

    Attributes:
        language: BCP 47 tag of the language.
        locale: what Word calls it.
        blocks: what it says.
    """

    language: str
    locale: str
    blocks: tuple[PlacedBlock, ...]


@dataclass(frozen=True, slots=True)
class PlacedWindow(Placed):
    """An address where the window of an envelope shows it.

    Attributes:
        above: what stands between the upper edge of the sheet and the window.
        lines: the address.
        window: where the window is.
        beside: what stands beside the address, if there is room, or else below it: a letter's date
            and number, two in a line.
    """

    above: tuple[PlacedBlock, ...]
    lines: tuple[PlacedInline, ...]
    window: Window
    beside: PlacedFields | None = None


PlacedBlock = (
    PlacedText
    | PlacedLines
    | PlacedOptions
    | PlacedHeading
    | PlacedList
    | PlacedDescriptions
    | PlacedFields
    | PlacedChoices
    | PlacedTable
    | PlacedChart
    | PlacedBox
    | PlacedQuote
    | PlacedLetterhead
    | PlacedSection
    | PlacedPictured
    | PlacedBeside
    | PlacedTranslation
    | PlacedWindow
)
