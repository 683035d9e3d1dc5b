"""The body of the fillable web page: the blocks of the page, with controls where somebody writes.

A control is named by the label that points at it, by the question of its group, or in words: in a
table by the heads of its column and its row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from markupsafe import Markup

from planforms.document import CheckBox, Document, Emphasis, Field, FieldType, Place, Strong
from planforms.forms.places import is_one_of_several, place_to_fill
from planforms.placement.blocks import (
    Blank,
    FieldPart,
    PlacedBlock,
    PlacedCell,
    PlacedChoices,
    PlacedDescription,
    PlacedField,
    PlacedHeading,
    PlacedInline,
    PlacedLetterhead,
    PlacedLines,
    PlacedList,
    PlacedOptions,
    PlacedRow,
    PlacedTable,
    PlacedText,
)
from planforms.placement.sizes import leaves
from planforms.placement.words import text_of
from planforms.writers import _web_controls as controls
from planforms.writers._body import element
from planforms.writers._page import room_width
from planforms.writers._web_tables import WebBodyWriter, words_in

_EMPTY = Markup("")
_AND = ", "
"""Between the names of a column and a row."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around controls and names them.

    Attributes:
        words: what is said of a control if nothing points at it.
        several: whether that is said of several, each of which has its own label besides.
        row: the name of the row of a table.
        control: the identifier that the only control here has, since a label points at it.
        group: the identifier of what names the options here.
        grouped: whether the options here stand in their group already.
        printed: whether values are words to read here, as in a heading.
    """

    words: str = ""
    several: bool = False
    row: str = ""
    control: str = ""
    group: str = ""
    grouped: bool = False
    printed: bool = False


_PRINTED = Around(printed=True)


class WebFormWriter(WebBodyWriter):
    """Writes blocks as a page has them that is filled in on a screen."""

    _list_name = "div"

    def __init__(self, document: Document) -> None:
        super().__init__(room_width(document))
        self._document = document
        self._around = Around()
        self._identifiers = 0
        self._groups: Counter[tuple[str, str]] = Counter()
        self._begun: set[int] = set()
        self._head_names: Iterator[str] = iter(())
        self._row_names: Iterator[str] = iter(())

    def block(self, block: PlacedBlock) -> Markup:
        """One block."""
        match block:
            case PlacedLines(blanks) if any(self._is_control(blank) for blank in blanks):
                return element("div", *map(self._line, blanks), class_="controls")
            case PlacedText((FieldPart(field),)) if id(field) in self._begun:
                return _EMPTY
            case PlacedHeading() | PlacedLetterhead():
                with self._within(_PRINTED):
                    return super().block(block)
        return super().block(block)

    def _line(self, blank: Blank) -> Markup:
        if self._is_control(blank):
            return self._inline(blank)
        return super().block(PlacedLines((blank,)))

    @contextmanager
    def _within(self, around: Around) -> Iterator[None]:
        outer, self._around = self._around, around
        yield
        self._around = outer

    def _printed(self, children: Iterable[PlacedInline]) -> Markup:
        with self._within(_PRINTED):
            return self.inlines(children)

    # --- what is filled in ----------------------------------------------------------------------

    def _place(self, node: PlacedInline) -> Place | None:
        if not isinstance(node, Field | CheckBox):
            return None
        return place_to_fill(self._document, node)

    def _is_control(self, node: PlacedInline) -> bool:
        return self._place(node) is not None

    def _controls_in(self, blocks: Iterable[PlacedBlock]) -> list[Field | CheckBox]:
        """Every field and box in some blocks that is a control."""
        found: list[Field | CheckBox] = []
        for leaf in leaves(blocks):
            for node in _nodes(leaf.blanks if isinstance(leaf, PlacedLines) else leaf):
                if self._is_control(node) and not any(node is other for other in found):
                    found.append(node)
        return found

    # --- words and controls in a line -----------------------------------------------------------

    def _inline(self, node: PlacedInline) -> Markup:
        if isinstance(node, FieldPart):
            return self._part(node)
        place = self._place(node)
        if isinstance(node, Field) and place:
            if not self._around.printed and not place.many:
                return controls.control(node, place, self._names(place), self._document.prompts)
            return super()._inline(node) + (controls.carrier(node, place) if node.text else _EMPTY)
        if isinstance(node, CheckBox) and place:
            return controls.box(node, place, self._box_names(node), self._group_of(node))
        return super()._inline(node)

    def _part(self, part: FieldPart) -> Markup:
        """A text of several paragraphs is one control, where its first one stands."""
        if not self._is_control(part.field) or self._around.printed:
            return super()._inline(part)
        if id(part.field) in self._begun:
            return _EMPTY
        self._begun.add(id(part.field))
        return self._inline(part.field)

    def _names(self, place: Place) -> dict[str, str]:
        """What a control is called: the label that points at it, or words."""
        if self._around.control:
            return {"id": self._around.control}
        return {"aria_label": self._told(place.label)}

    def _told(self, label: str) -> str:
        """What is said of something that nothing points at."""
        words = self._around.words
        if words and self._around.several and label not in words.split(_AND):
            return label + _AND + words
        return words or label

    def _box_names(self, node: CheckBox) -> dict[str, str]:
        if not node.bare:
            return {}
        with self._within(replace(self._around, several=True)):
            return {"aria_label": self._told(node.label)}

    def _group_of(self, node: CheckBox) -> str:
        """The name of the boxes of which one is chosen; where a path returns, it is another one."""
        self._groups[node.path, node.option] += 1
        return f"{node.path} {self._groups[node.path, node.option]}"

    def _identifier(self) -> str:
        self._identifiers += 1
        return f"f{self._identifiers}"

    # --- labels and values ----------------------------------------------------------------------

    def _description(self, item: PlacedDescription) -> Markup:
        if not self._controls_in(item.value):
            return self._read(item.label, self.blocks(item.value), "entry long")
        label, value = self._label_and_value(item.label, item.value)
        return element("div", label, value, class_="entry long")

    def _field(self, field: PlacedField, class_: str) -> Markup:
        class_ = f"{class_} f{field.width}"
        if not self._controls_in(field.value):
            lines = [element("div", class_="line")] * field.lines
            value = element("div", *lines, class_="lines") if lines else self.blocks(field.value)
            return self._read(field.label, value, class_)
        label, value = self._label_and_value(field.label, field.value)
        return element("div", label, value, class_=f"{class_} filled")

    def _read(self, label: Iterable[PlacedInline], value: Markup, class_: str) -> Markup:
        """A label and a value that are both read."""
        return element(
            "div",
            element("div", self._printed(label), class_="label"),
            element("div", value, class_="value"),
            class_=class_,
        )

    def _label_and_value(
        self, label: tuple[PlacedInline, ...], value: tuple[PlacedBlock, ...]
    ) -> tuple[Markup, Markup]:
        """A label that points at the one control of its value, or names its options."""
        found, identifier = self._controls_in(value), self._identifier()
        words = self._printed(label)
        if len(found) == 1 and isinstance(found[0], Field):
            around = replace(self._around, control=identifier)
            words = element("label", words, for_=identifier) + self._hint(found[0])
            name = element("div", words, class_="label")
        else:
            several = len({node.path for node in found}) > 1
            group = "" if several else identifier
            around = Around(text_of(label), several=several, group=group)
            name = element("div", words, class_="label", id=identifier)
        with self._within(around):
            drawn = self.blocks(value)
        return name, element("div", drawn, class_="value")

    def _hint(self, node: Field) -> Markup:
        """How a date is written, for those to whom its example has gone."""
        if node.type is not FieldType.DATE:
            return _EMPTY
        return Markup(" ") + controls.hint(self._document.prompts["date_form"])

    # --- options ----------------------------------------------------------------------------------

    def _options(self, block: PlacedOptions) -> Markup:
        options = (self._option(option) for option in block.options)
        drawn = _EMPTY.join(element("p", option, class_="option") for option in options)
        return self._group(drawn, block.options[0].box)

    def _list(self, block: PlacedList) -> Markup:
        boxes = [self._first_box(item.blocks) for item in block.items]
        first = boxes[0] if boxes else None
        if first is None or any(box is None or box.path != first.path for box in boxes):
            return super()._list(block)
        with self._within(replace(self._around, grouped=True)):
            drawn = super()._list(block)
        return self._group(drawn, first)

    def _first_box(self, blocks: tuple[PlacedBlock, ...]) -> CheckBox | None:
        match blocks:
            case (PlacedOptions() as options, *_):
                return options.options[0].box
        return None

    def _choices(self, block: PlacedChoices) -> Markup:
        first = block.options[0].box if block.options else None
        if first is None or not self._is_control(first):
            return super()._choices(block)
        if not block.question:
            return self._group(super()._choices(block), first)
        question = element("legend", self._printed(block.question), class_="question")
        options = super()._choices(replace(block, question=()))
        return element("fieldset", question, options, class_="choices")

    def _group(self, drawn: Markup, box: CheckBox) -> Markup:
        """Options with what they are called together."""
        place = self._place(box)
        if place is None or self._around.grouped:
            return drawn
        named = {"aria_label": self._told(place.label)}
        if self._around.group:
            named = {"aria_labelledby": self._around.group}
        return element(
            "div", drawn, role="radiogroup" if is_one_of_several(place) else "group", **named
        )

    # --- tables -----------------------------------------------------------------------------------

    def _table(self, table: PlacedTable) -> Markup:
        cells = [cell.blocks for row in (table.head, *table.rows) for cell in row.cells]
        if not any(map(self._controls_in, cells)):
            return super()._table(table)
        caption = element("caption", self._printed(table.caption))
        return element("div", self._bare_table(table, caption), class_="to-fill")

    def _bare_table(self, table: PlacedTable, caption: Markup) -> Markup:
        outer = self._row_names
        self._row_names = iter(_told_apart([*map(self._row_name, table.rows)]))
        drawn = super()._bare_table(table, caption)
        self._row_names = outer
        return drawn

    def _names_of_columns(self, table: PlacedTable) -> tuple[str, ...]:
        names = tuple(_told_apart([*map(self._column_name, table.head.cells)]))
        self._head_names = iter(names)
        return names

    def _column_name(self, cell: PlacedCell) -> str:
        """What names a column: its words, or what is to be written there."""
        found = self._controls_in(cell.blocks)
        return found[0].label if found else words_in(cell.blocks)

    def _head(self, cell: PlacedCell) -> Markup:
        with self._within(replace(self._around, words=next(self._head_names, ""))):
            return super()._head(cell)

    def _row_name(self, row: PlacedRow) -> str:
        """What names a row; empty if that is to be written first."""
        first = row.cells[0]
        return (
            words_in(first.blocks) if first.header and not self._controls_in(first.blocks) else ""
        )

    def _row(self, row: PlacedRow) -> Markup:
        name = next(self._row_names, "")
        if name.isdigit():
            name = self._document.prompts["row"].replace("{number}", name)
        with self._within(replace(self._around, row=name)):
            return super()._row(row)

    def _cell(self, cell: PlacedCell) -> Markup:
        """A cell, with the name of its column for where the columns stand below one another."""
        found, column = self._controls_in(cell.blocks), next(self._columns, "")
        words = _AND.join(filter(None, (column, self._around.row)))
        several = len({node.path for node in found}) > 1
        around = replace(self._around, words=words, several=several)
        with self._within(around):
            inside = self.blocks(cell.blocks)
        return self._headed(cell, column, inside)


def _told_apart(names: list[str]) -> Iterator[str]:
    """Names of rows or columns: one that returns has a number, one without a name is a number."""
    seen: Counter[str] = Counter()
    for number, name in enumerate(names, start=1):
        seen[name] += 1
        if not name:
            yield str(number)
        else:
            yield f"{name} {seen[name]}" if names.count(name) > 1 else name


def _nodes(children: Iterable[PlacedInline]) -> Iterator[Field | CheckBox]:
    for child in children:
        match child:
            case Strong(inner) | Emphasis(inner):
                yield from _nodes(inner)
            case FieldPart(field):
                yield field
            case Field() | CheckBox():
                yield child
