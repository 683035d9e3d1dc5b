"""The words of a document as HTML: what the web page and the pages of the PDF share.

Markup is only ever made by :func:`element`, which escapes whatever is not markup already.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import assert_never

from markupsafe import Markup, escape

from planforms.document import (
    CHECKED,
    UNBROKEN,
    UNCHECKED,
    Break,
    CheckBox,
    Emphasis,
    Field,
    Logo,
    Stroke,
    Strong,
    Text,
    Translated,
)
from planforms.placement.blocks import (
    BESIDE_GAP,
    MATRIX_ROW_HEIGHT,
    PICTOGRAM_GAP,
    PICTOGRAM_SIZE,
    ROW_HEIGHT,
    ROW_PITCH,
    Blank,
    FieldPart,
    Option,
    PlacedBeside,
    PlacedBlock,
    PlacedBox,
    PlacedCell,
    PlacedChart,
    PlacedChoices,
    PlacedDescription,
    PlacedDescriptions,
    PlacedField,
    PlacedFields,
    PlacedHeading,
    PlacedInline,
    PlacedLetterhead,
    PlacedLines,
    PlacedList,
    PlacedOptions,
    PlacedPictured,
    PlacedQuote,
    PlacedRow,
    PlacedSection,
    PlacedTable,
    PlacedText,
    PlacedTranslation,
    PlacedWindow,
)
from planforms.placement.words import blanks_in
from planforms.writers._chart_pictures import svg_of
from planforms.writers._chart_shapes import Drawing, drawing_of
from planforms.writers._pictogram_shapes import UNITS
from planforms.writers._pictograms import svg_parts

_EMPTY = Markup("")
_BREAK = Markup("<br>")
_BREAK_OPPORTUNITY = Markup("<wbr>")

# A word may break after so many letters, but not before a combining accent.
_PART_OF_WORD = re.compile("(?:.[\u0300-\u036f]*){1,40}")
_LONGEST_WORD = 40
_SPECIAL = re.compile(f"@|//|[^ \t]{{{_LONGEST_WORD + 1},}}")
"""What is in a word that is broken in its own way."""


def element(name: str, *children: Markup, **attributes: str) -> Markup:
    """An HTML element; ``class_`` is the attribute class, ``aria_label`` is aria-label."""
    written = "".join([f' {attribute(key)}="{escape(value)}"' for key, value in attributes.items()])
    return Markup(f"<{name}{written}>{''.join(children)}</{name}>")


def joined(parts: Iterable[Markup], between: str = "") -> Markup:
    """Parts of a page one after the other; :meth:`Markup.join` would look for letters to escape."""
    return Markup(between.join(parts))


@cache
def attribute(key: str) -> str:
    """The name of an attribute, which is no word of Python."""
    return key.rstrip("_").replace("_", "-")


def data_uri(media_type: str, content: bytes) -> str:
    """The content as an address that needs no network."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def read_style(name: str) -> str:
    """The text of a style sheet beside this file."""
    return files(__package__).joinpath(name).read_text("utf-8")


WIDTH_RULES = "".join(f".w{width}{{width:{width}%}}\n" for width in range(1, 101))
"""Style rules for the columns of tables, since a page may not carry style attributes."""
_HIGHEST_ROW = 30


def _height_class(room: float) -> str:
    return f"h{round(room * 10)}"


ROOM_RULES = "".join(
    f".{_height_class(room)}>*{{height:{room}mm}}\n"
    for room in (
        MATRIX_ROW_HEIGHT,
        *(ROW_HEIGHT + ROW_PITCH * line for line in range(_HIGHEST_ROW)),
    )
)
"""Style rules for the rows of tables in which people write."""


class BodyWriter:
    """Writes blocks as a web page has them.

    Attributes:
        width: how wide the text of a page of paper is, in mm.
    """

    _list_name = "dl"
    _label_name = "dt"
    _value_name = "dd"
    _letterhead_name = "header"
    _section_name = "section"
    _translation_name = "div"
    _translated_name = "span"

    def __init__(self, width: int) -> None:
        self.width = width

    def blocks(self, blocks: Iterable[PlacedBlock]) -> Markup:
        """Some blocks, one below the other."""
        return joined([self.block(block) for block in blocks], "\n")

    def block(self, block: PlacedBlock) -> Markup:
        """One block."""
        match block:
            case PlacedText(children):
                return element("p", self.inlines(children))
            case PlacedLines():
                lines = [element("div", class_="line")] * block.count
                return element("div", *lines, class_="lines")
            case PlacedOptions():
                return self._options(block)
            case PlacedHeading(level, children):
                return element(f"h{level}", self.inlines(children))
            case PlacedList():
                return self._list(block)
            case PlacedDescriptions(items):
                return self._descriptions(items)
            case PlacedFields():
                return self._fields(block)
            case PlacedChoices():
                return self._choices(block)
            case PlacedTable():
                return self._table(block)
            case PlacedChart():
                return self._drawing(drawing_of(block, self.width))
            case PlacedSection(section, blocks):
                return element(self._section_name, self.blocks(blocks), class_=section)
            case PlacedPictured():
                return self._pictured(block)
            case PlacedBeside(parts):
                return self._beside(parts)
            case PlacedWindow():
                return self._window(block)
            case PlacedBox(kind, blocks):
                return element("div", self.blocks(blocks), class_=f"box {kind}")
            case PlacedTranslation(language, _, blocks):
                return self._translation(self.blocks(blocks), language)
            case PlacedQuote(blocks):
                return element("blockquote", self.blocks(blocks))
            case PlacedLetterhead():
                return self._letterhead(block)
        assert_never(block)

    def _pictured(self, block: PlacedPictured) -> Markup:
        whole, self.width = self.width, self.width - PICTOGRAM_SIZE - PICTOGRAM_GAP
        words = element("div", self.blocks(block.blocks))
        self.width = whole
        return element("div", self._pictogram(block), words, class_="pictured")

    def _pictogram(self, block: PlacedPictured) -> Markup:
        """The picture itself, in the page, so that it takes the colours of high contrast."""
        inside, box = Markup(svg_parts(block.pictogram)), f"0 0 {UNITS} {UNITS}"
        return element(
            "svg", inside, class_="pictogram", role="img", aria_label=block.alt, viewBox=box
        )

    def _beside(self, parts: tuple[tuple[PlacedBlock, ...], ...]) -> Markup:
        whole, self.width = self.width, (self.width - BESIDE_GAP) // len(parts)
        columns = [element("div", self.blocks(part)) for part in parts]
        self.width = whole
        return element("div", *columns, class_="beside")

    def inlines(self, children: Iterable[PlacedInline]) -> Markup:
        """Some words in a line."""
        return joined([self._inline(child) for child in children])

    def _inline(self, node: PlacedInline) -> Markup:
        match node:
            case Text(text):
                return _words(text)
            case Break():
                return _BREAK
            case Strong(children):
                return self._strong(self.inlines(children))
            case Emphasis(children):
                return self._emphasis(self.inlines(children))
            case Translated(language, _, children):
                return element(self._translated_name, self.inlines(children), lang=language)
            case Field(text=None) | Stroke():
                return _gap(node)
            case Field():
                return _value(node, node.text or "")
            case FieldPart(field, text):
                return _value(field, text)
            case CheckBox():
                mark = escape(CHECKED if node.checked else UNCHECKED)
                tick = element("span", mark, class_="tick")
                return tick if node.bare else tick + " " + _words(node.label)
        assert_never(node)

    def _translation(self, inside: Markup, language: str) -> Markup:
        return element(self._translation_name, inside, class_="translation", lang=language)

    def _strong(self, words: Markup) -> Markup:
        return element("strong", words)

    def _emphasis(self, words: Markup) -> Markup:
        return element("em", words)

    def _options(self, block: PlacedOptions) -> Markup:
        return _EMPTY.join(
            element("p", self.inlines((option.box, *option.children)), class_="option")
            for option in block.options
        )

    def _list(self, block: PlacedList) -> Markup:
        items = [element("li", self._item(item.blocks)) for item in block.items]
        name = "ol" if block.ordered else "ul"
        if any(item.mark for item in block.items):
            return element(name, *items)
        return element(name, *items, class_="options")

    def _item(self, blocks: tuple[PlacedBlock, ...]) -> Markup:
        return self.blocks(blocks)

    def _descriptions(self, items: Iterable[PlacedDescription]) -> Markup:
        return element(self._list_name, *map(self._description, items), class_="entries")

    def _description(self, item: PlacedDescription) -> Markup:
        return element(
            "div",
            element(self._label_name, self.inlines(item.label), class_="label"),
            element(self._value_name, self.blocks(item.value), class_="value"),
            class_=_description_class(item),
        )

    def _fields(self, block: PlacedFields) -> Markup:
        fields = (
            self._field(field, "field first" if number == 0 else "field")
            for row in block.rows
            for number, field in enumerate(row)
        )
        return element(self._list_name, *fields, class_="fields")

    def _field(self, field: PlacedField, class_: str) -> Markup:
        """A label above its value; every line to write on but the last is drawn in it."""
        kind = f"{class_} f{field.width}" + (" to-fill" if field.lines else "")
        return element(
            "div",
            element(self._label_name, self.inlines(field.label), class_="label"),
            element(self._value_name, self._field_value(field), class_="value"),
            class_=kind,
        )

    def _field_value(self, field: PlacedField) -> Markup:
        if not field.lines or any(isinstance(block, PlacedChoices) for block in field.value):
            return self.blocks(field.value)
        return element("div", *[element("div", class_="line")] * field.lines, class_="lines")

    def _choices(self, block: PlacedChoices) -> Markup:
        question = element("p", self.inlines(block.question), class_="question")
        items = (element("li", self._option(option)) for option in block.options)
        run = f"columns c{block.columns}" if block.columns else "row"
        options = element("ul", *items, class_=f"options {run}")
        return element("div", question if block.question else _EMPTY, options, class_="choices")

    def _option(self, option: Option) -> Markup:
        return self.inlines((option.box, *option.children))

    def _window(self, block: PlacedWindow) -> Markup:
        above, address = self.blocks(block.above), self.inlines(block.lines)
        beside = self.block(block.beside) if block.beside else _EMPTY
        return above + element("p", address, class_="window") + beside

    def _table(self, table: PlacedTable) -> Markup:
        caption = element("caption", self.inlines(table.caption))
        region = {"role": "region", "aria_label": caption.striptags(), "tabindex": "0"}
        return element("div", self._bare_table(table, caption), class_="region", **region)

    def _drawing(self, drawing: Drawing) -> Markup:
        """A picture without words: the table above it says the same."""
        source = data_uri("image/svg+xml", svg_of(drawing).encode())
        return Markup('<img class="chart" src="{}" alt="">').format(source)

    def _bare_table(self, table: PlacedTable, caption: Markup) -> Markup:
        columns = (Markup('<col class="w{}">').format(width) for width in table.widths)
        head = map(self._head, table.head.cells)
        return element(
            "table",
            caption,
            element("colgroup", *columns),
            element("thead", element("tr", *head)),
            element("tbody", *map(self._row, table.rows)),
            **named_classes(
                matrix=table.matrix, grid=table.to_fill and not table.matrix, whole=table.whole
            ),
        )

    def _head(self, cell: PlacedCell) -> Markup:
        middle = named_classes(mid=cell.middle)
        return element("th", self.blocks(cell.blocks), scope="col", **middle)

    def _row(self, row: PlacedRow) -> Markup:
        is_group = row.cells[0].span > 1
        classes = named_classes(long=not row.whole, group=is_group, kept=row.with_next)
        if row.room:
            classes["class_"] = f"{_height_class(row.room)} {classes.get('class_', '')}".strip()
        return element("tr", *self._cells(row), **classes)

    def _cells(self, row: PlacedRow) -> Iterable[Markup]:
        return map(self._cell, row.cells)

    def _cell(self, cell: PlacedCell) -> Markup:
        return self._cell_of(cell, self.blocks(cell.blocks))

    def _cell_of(self, cell: PlacedCell, inside: Markup, **more: str) -> Markup:
        """A cell of the body with what stands in it."""
        if cell.span > 1:
            return element("th", inside, scope="rowgroup", colspan=str(cell.span))
        if cell.header:
            return element("th", inside, scope="row", **more)
        return element("td", inside, **named_classes(mid=cell.middle), **more)

    def _letterhead(self, letterhead: PlacedLetterhead) -> Markup:
        sender = element("div", self.blocks(letterhead.blocks), class_="sender")
        logo = _logo(letterhead.logo) if letterhead.logo else _EMPTY
        return element(self._letterhead_name, logo, sender, class_="letterhead")


def named_classes(**has: bool) -> dict[str, str]:
    """The attribute class of an element, with the names that hold for it."""
    names = " ".join(name for name, holds in has.items() if holds)
    return {"class_": names} if names else {}


def _description_class(item: PlacedDescription) -> str:
    place = "entry short" if item.beside else "entry long"
    match item.value:
        case (PlacedOptions(),):
            return f"{place} choice"
        case (PlacedLines(),) if item.beside:
            return f"{place} to-fill"
        case (PlacedText(children),) if item.beside and any(True for _ in blanks_in(children)):
            several = any(isinstance(child, Break) for child in children)
            return f"{place} to-fill several" if several else f"{place} to-fill"
    return place


def _words(text: str) -> Markup:
    return _BREAK.join(_breakable(line) for line in text.split("\n"))


def _breakable(line: str) -> Markup:
    if not _SPECIAL.search(line):
        return escape(line)
    return _EMPTY.join(_word(part) for part in re.split("([ \t]+)", line))


def _word(word: str) -> Markup:
    """A word that is no address and not endless may be hyphenated, others break as they are."""
    if len(word) <= _LONGEST_WORD and "@" not in word and "//" not in word:
        return escape(word)
    parts = (escape(part) for part in _PART_OF_WORD.findall(word))
    return element("span", _BREAK_OPPORTUNITY.join(parts), class_="whole-word")


def _value(field: Field, text: str) -> Markup:
    if field.type in UNBROKEN:
        return element("span", _words(text), class_="unbroken")
    return _words(text)


def _gap(blank: Blank) -> Markup:
    if blank.lines > 1:
        return element("span", class_="blank whole") * blank.lines
    return element("span", class_=f"blank {blank.type}")


def _logo(logo: Logo) -> Markup:
    return Markup('<img src="{}" alt="{}" width="{}" height="{}">').format(
        data_uri("image/png", logo.png), logo.alt, logo.width_px, logo.height_px
    )
