"""Placed blocks: a document as every writer draws it, with all decisions taken.

They mirror the blocks of the tree. The inline nodes in them are the tree's own, so that a writer
knows to the end which field of the data a text, a line to write on or a check box belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass

from planforms.document import BoxKind, CheckBox, Field, FieldType, Inline, Logo, Stroke

LINE_PITCH = 9
"""From one line to write on to the next, in mm."""
GAP = 60
GAPS = {FieldType.DATE: 40, FieldType.NUMBER: 25}
"""How long a gap to write on within a sentence is, in mm: of some types, and of all others."""
SIGNING_COLUMN, LAST_SIGNING_COLUMN, SIGNING_GAP = 50, 70, 10
"""How wide the columns of a signing row are, and what is between them, in mm."""


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
class PlacedCell:
    """One cell of a table; a ``header`` cell in the body names its row."""

    blocks: tuple[PlacedBlock, ...]
    header: bool


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a table; one that is not ``whole`` may fill a page and must be free to split."""

    cells: tuple[PlacedCell, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class PlacedTable(Placed):
    """A table, whose caption and head stay with the first row; the head is drawn on every page."""

    caption: tuple[PlacedInline, ...]
    widths: tuple[int, ...]
    head: PlacedRow
    rows: tuple[PlacedRow, ...]


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
class PlacedSigning(Placed):
    """A place to sign, or the record that somebody signed or declined.

    Attributes:
        items: labels above their values, side by side.
        columns: how wide each item is, in mm.
        to_sign: whether there is nothing to read in the values: each is one line to write on.
        blocks: what stands below the row.
    """

    items: tuple[PlacedDescription, ...]
    columns: tuple[int, ...]
    to_sign: bool
    blocks: tuple[PlacedBlock, ...]


@dataclass(frozen=True, slots=True)
class PlacedLetterhead(Placed):
    """Who sends the document."""

    logo: Logo | None
    blocks: tuple[PlacedBlock, ...]


PlacedBlock = (
    PlacedText
    | PlacedLines
    | PlacedOptions
    | PlacedHeading
    | PlacedList
    | PlacedDescriptions
    | PlacedTable
    | PlacedBox
    | PlacedQuote
    | PlacedSigning
    | PlacedLetterhead
)
