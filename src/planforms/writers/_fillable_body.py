"""The pages of a form that is filled in on a screen: as the paper, with an input for each blank.

The style sheet gives an input the place and the size of what it stands for. All inputs are check
boxes to WeasyPrint, which would embed whole fonts for others; :mod:`._pdf_fields` makes of them
what they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import count

from markupsafe import Markup

from planforms.document import CheckBox, Document, Field, FieldType, Place, Stroke, Text
from planforms.forms.names import IDENTITY, SIGNATURE, names_of
from planforms.forms.places import (
    is_one_of_several,
    keys_of,
    letters_of,
    place_to_fill,
    ticked_of,
)
from planforms.placement.blocks import (
    LINE_PITCH,
    Blank,
    FieldPart,
    PlacedBlock,
    PlacedCell,
    PlacedChoices,
    PlacedDescription,
    PlacedField,
    PlacedHeading,
    PlacedInline,
    PlacedLines,
    PlacedRow,
    PlacedTable,
    PlacedText,
)
from planforms.placement.words import text_of
from planforms.writers._body import element
from planforms.writers._page import room_width
from planforms.writers._paged_body import PagedBodyWriter
from planforms.writers._widgets import Widget

_NOTHING = Markup("")
_FIELD_HEAD = 4
"""How much lower the lines of a field are, right below its label, than lines elsewhere, in mm."""


class FillableBody(PagedBodyWriter):
    """Writes blocks with an input wherever something can be filled in.

    Attributes:
        widgets: what each input stands for, by the number in its name.
    """

    def __init__(self, document: Document) -> None:
        super().__init__(room_width(document), document.scale)
        self.widgets: list[Widget] = []
        self._document = document
        self._boxed = {box.path for box in document.boxes() if place_to_fill(document, box)}
        self._heading = ""
        self._around: list[str] = []
        self._heads: list[str] = []
        self._rows = count(1)
        self._signatures = count(1)
        self._begun: Field | None = None
        self._in_cell = self._in_field = False

    def identity(self) -> Markup:
        """The line that says which form it is, at the foot of the last page."""
        self._around = []
        field = self._input(self._widget((IDENTITY,), IDENTITY), "identity")
        return element("p", field, class_="identity")

    # --- what is written --------------------------------------------------------------------

    def block(self, block: PlacedBlock) -> Markup:
        """One block."""
        match block:
            case PlacedLines(blanks=blanks):
                return element("div", *map(self._line, blanks), class_="lines")
            case PlacedText(children):
                return self._text(children)
            case PlacedHeading(_, children):
                self._heading = _line_of(children)
        return super().block(block)

    def _text(self, children: tuple[PlacedInline, ...]) -> Markup:
        match [child for child in children if _is_something(child)]:
            case [Field() | FieldPart() as only] if self._place(only):
                words = self._whole(only)
            case _:
                words = self.inlines(children)
        return element("p", words) if words else _NOTHING

    def _inline(self, node: PlacedInline) -> Markup:
        place = self._place(node)
        match node:
            case CheckBox() if place:
                tick = self._input(self._box(node, place), "tick")
                return tick if node.bare else tick + " " + super()._inline(Text(node.label))
            case Field() if place:
                return self._field_input(node, place, "blank")
            case FieldPart(field) if place:  # its field is written whole where it begins
                return _NOTHING if field is self._begun else self._inline(field)
            case Stroke(signed=True):
                return self._signature(node, "blank")
        return super()._inline(node)

    def _whole(self, node: Field | FieldPart) -> Markup:
        """A field that has its lines for itself."""
        field = node.field if isinstance(node, FieldPart) else node
        place = self._place(field)
        if not place or (isinstance(node, FieldPart) and field is self._begun):
            return _NOTHING
        return self._field_input(field, place, "area")

    def _line(self, blank: Blank) -> Markup:
        """A place to write from side to side."""
        if isinstance(blank, Field) and self._place(blank):
            return self._whole(blank)
        if isinstance(blank, Stroke) and blank.signed:
            return self._signature(blank, "area")
        return element("div", class_="line") * blank.lines

    def _field_value(self, field: PlacedField) -> Markup:
        blanks = [b for part in field.value if isinstance(part, PlacedLines) for b in part.blanks]
        if len(blanks) < 2 or any(isinstance(part, PlacedChoices) for part in field.value):
            return self.blocks(field.value)
        parts = (element("div", self._line(blank)) for blank in blanks)
        return element("div", *parts, class_="together")

    # --- the words around it ----------------------------------------------------------------

    @contextmanager
    def _within(self, *words: str) -> Iterator[None]:
        """What is written inside stands below some words."""
        before = len(self._around)
        self._around += filter(None, words)
        yield
        del self._around[before:]

    def _field(self, field: PlacedField, class_: str) -> Markup:
        self._in_field = True
        with self._within(_line_of(field.label)):
            words = super()._field(field, class_)
        self._in_field = False
        return words

    def _description(self, item: PlacedDescription) -> Markup:
        with self._within(_line_of(item.label)):
            return super()._description(item)

    def _choices(self, block: PlacedChoices) -> Markup:
        with self._within(_line_of(block.question)):
            return super()._choices(block)

    def _bare_table(self, table: PlacedTable, caption: Markup) -> Markup:
        self._heads = [_words_of(cell.blocks) for cell in table.head.cells]
        self._rows = count(1)
        with self._within(_line_of(table.caption)):
            return super()._bare_table(table, caption)

    def _cells(self, row: PlacedRow) -> Iterable[Markup]:
        if len(row.cells) < len(self._heads):
            yield from super()._cells(row)
            return
        number = self._document.prompts["row"].replace("{number}", str(next(self._rows)))
        name = next((_words_of(cell.blocks) for cell in row.cells if cell.header), "") or number
        for cell, head in zip(row.cells, self._heads, strict=True):
            with self._within(name, "" if cell.header else head):
                yield self._cell(cell)

    def _cell(self, cell: PlacedCell) -> Markup:
        self._in_cell = True
        words = super()._cell(cell)
        self._in_cell = False
        return words

    # --- inputs -----------------------------------------------------------------------------

    def _place(self, node: PlacedInline) -> Place | None:
        """What can be filled in where a node stands."""
        node = node.field if isinstance(node, FieldPart) else node
        if isinstance(node, CheckBox):
            return place_to_fill(self._document, node)
        if isinstance(node, Field) and node.path not in self._boxed:
            return place_to_fill(self._document, node)
        return None

    def _box(self, box: CheckBox, place: Place) -> Widget:
        names = names_of(box.path, "" if is_one_of_several(place) else box.option)
        words = "" if box.bare else box.label
        widget = self._widget(names, place.label, place, ticked_of(place, box))
        widget.option, widget.option_words = box.option, words
        return widget

    def _field_input(self, field: Field, place: Place, class_: str) -> Markup:
        self._begun = field
        widget = self._widget(names_of(field.path), place.label, place, keys_of(place))
        widget.text = letters_of(place, field)
        size = f"{class_} {field.type}" + (" several" if field.lines > 1 else "")
        if field.text:
            return self._input(widget, size, value=field.text)
        if field.lines > 1 and not self._in_cell:  # the rows of tables have their height
            height = field.lines * LINE_PITCH - (_FIELD_HEAD if self._in_field else 0)
            return self._input(widget, size, style=f"height:{height * self.scale:g}mm")
        return self._input(widget, size)

    def _signature(self, stroke: Stroke, class_: str) -> Markup:
        name = SIGNATURE.format(number=next(self._signatures))
        return self._input(self._widget((name,), stroke.label), class_)

    def _widget(
        self,
        names: tuple[str, ...],
        label: str,
        place: Place | None = None,
        chosen: tuple[str, ...] = (),
    ) -> Widget:
        is_day = place is not None and place.type is FieldType.DATE
        hint = self._document.prompts["date"] if is_day else ""
        return Widget(names, label, (*self._around,), self._heading, hint, place, chosen)

    def _input(self, widget: Widget, class_: str, **attributes: str) -> Markup:
        self.widgets.append(widget)
        name = str(len(self.widgets) - 1)
        more = Markup("").join(Markup(' {}="{}"').format(*pair) for pair in attributes.items())
        return Markup('<input type="checkbox" class="{}" name="{}"{}>').format(class_, name, more)


def _is_something(node: PlacedInline) -> bool:
    return isinstance(node, Field | Stroke | CheckBox) or bool(text_of((node,)).strip())


def _line_of(words: tuple[PlacedInline, ...]) -> str:
    return " ".join(text_of(words).split())


def _words_of(blocks: tuple[PlacedBlock, ...]) -> str:
    """The words of a cell that is a head."""
    return " ".join(_line_of(block.children) for block in blocks if isinstance(block, PlacedText))
