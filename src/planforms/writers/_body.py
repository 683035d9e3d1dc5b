"""The words of a document as HTML: what the web page and the pages of the PDF share.

Markup is only ever made by :func:`element`, which escapes whatever is not markup already.
"""

from __future__ import annotations

import base64
import re
from importlib.resources import files
from itertools import pairwise
from typing import assert_never

from markupsafe import Markup, escape

from planforms.document import (
    CHECKED,
    UNCHECKED,
    Block,
    Box,
    Break,
    Cell,
    CheckBox,
    Description,
    DescriptionList,
    Document,
    Emphasis,
    Field,
    FieldType,
    Heading,
    Inline,
    Letterhead,
    List,
    Logo,
    Paragraph,
    Quote,
    SigningPlace,
    Stroke,
    Strong,
    Table,
    Text,
    inline_text,
)
from planforms.errors import ProfileError

_EMPTY = Markup("")
_BREAK = Markup("<br>")
_BREAK_OPPORTUNITY = Markup("<wbr>")

# A word may break after so many letters, but not before a combining accent.
_PART_OF_WORD = re.compile("(?:.[\u0300-\u036f]*){1,40}")
_LONGEST_WORD = 40

_LONGEST_SHORT_VALUE = 160
_MOST_SHORT_LINES = 4
_MOST_LINES = 12
_LONGEST_LINE = 60
_LONGEST_WHOLE_ROW = 20


def element(name: str, *children: Markup, **attributes: str) -> Markup:
    """An HTML element; ``class_`` is the attribute class, ``aria_label`` is aria-label."""
    written = _EMPTY.join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, _EMPTY.join(children))


def data_uri(media_type: str, content: bytes) -> str:
    """The content as an address that needs no network."""
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


def read_style(name: str) -> str:
    """The text of a style sheet beside this file."""
    return files(__package__).joinpath(name).read_text("utf-8")


WIDTH_RULES = "".join(f".w{width}{{width:{width}%}}\n" for width in range(1, 101))
"""Style rules for the columns of tables, since a page may not carry style attributes."""


def accent_rule(document: Document) -> str:
    """The style rule that sets the letterhead's colour.

    Raises:
        ProfileError: the colour is not ``#rrggbb``.
    """
    if not re.fullmatch("#[0-9a-fA-F]{6}", document.accent):
        raise ProfileError.of("letterhead.accent", "letterhead", "the colour is not #rrggbb")
    return f":root{{--accent:{document.accent}}}\n"


class BodyWriter:
    """Writes blocks as a web page has them."""

    _entries_name = "dl"
    _label_name = "dt"
    _value_name = "dd"
    _letterhead_name = "header"

    def blocks(self, blocks: tuple[Block, ...]) -> Markup:
        """Some blocks, one below the other."""
        return Markup("\n").join(self.block(block) for block in blocks)

    def block(self, block: Block) -> Markup:
        """One block."""
        match block:
            case Paragraph():
                return self._paragraph(block)
            case Heading(level, children):
                return element(f"h{level}", self.inlines(children))
            case List():
                return self._list(block)
            case DescriptionList(entries):
                return self._entries(entries, "entries")
            case Table():
                return self._table(block)
            case Box(kind, children):
                return element("div", self.blocks(children), class_=f"box {kind}")
            case Quote(children):
                return element("blockquote", self.blocks(children))
            case SigningPlace():
                return self._signature(block)
            case Letterhead():
                return self._letterhead(block)
        assert_never(block)

    def inlines(self, children: tuple[Inline, ...]) -> Markup:
        """Some words in a line."""
        return _EMPTY.join(self._inline(child) for child in children)

    def _inline(self, node: Inline) -> Markup:
        match node:
            case Text(text):
                return _words(text)
            case Break():
                return _BREAK
            case Strong(children):
                return self._strong(self.inlines(children))
            case Emphasis(children):
                return self._emphasis(self.inlines(children))
            case Field():
                return _field(node)
            case CheckBox():
                mark = escape(CHECKED if node.checked else UNCHECKED)
                return element("span", mark, class_="tick") + " " + _words(node.label)
            case Stroke():
                return _blank(node)
        assert_never(node)

    def _strong(self, words: Markup) -> Markup:
        return element("strong", words)

    def _emphasis(self, words: Markup) -> Markup:
        return element("em", words)

    def _paragraph(self, paragraph: Paragraph) -> Markup:
        lines = _blank_lines(paragraph.children)
        if lines:
            return element("div", *[element("div", class_="line")] * lines, class_="lines")
        if _is_option(paragraph):
            options = _options(paragraph.children)
            return _EMPTY.join(
                element("p", self.inlines(option), class_="option") for option in options
            )
        return element("p", self.inlines(paragraph.children))

    def _list(self, block: List) -> Markup:
        items = [element("li", self._item(item)) for item in block.items]
        name = "ol" if block.ordered else "ul"
        if all(item and _is_option(item[0]) for item in block.items):
            return element(name, *items, class_="options")
        return element(name, *items)

    def _item(self, item: tuple[Block, ...]) -> Markup:
        return self.blocks(item)

    def _entries(self, entries: tuple[Description, ...], class_: str) -> Markup:
        return element(
            self._entries_name, *(self._entry(entry) for entry in entries), class_=class_
        )

    def _entry(self, entry: Description) -> Markup:
        return element(
            "div",
            element(self._label_name, self.inlines(entry.label), class_="label"),
            element(self._value_name, self.blocks(entry.value), class_="value"),
            class_=_entry_class(entry),
        )

    def _table(self, table: Table) -> Markup:
        caption = element("caption", self.inlines(table.caption))
        region = {"role": "region", "aria_label": caption.striptags(), "tabindex": "0"}
        return element("div", self._bare_table(table, caption), class_="region", **region)

    def _bare_table(self, table: Table, caption: Markup) -> Markup:
        columns = (Markup('<col class="w{}">').format(width) for width in table.widths)
        head = (element("th", self.blocks(cell.children), scope="col") for cell in table.head)
        rows = (self._row(row, table.widths) for row in table.rows)
        return element(
            "table",
            caption,
            element("colgroup", *columns),
            element("thead", element("tr", *head)),
            element("tbody", *rows),
        )

    def _row(self, row: tuple[Cell, ...], widths: tuple[int, ...]) -> Markup:
        cells = [self._cell(cell) for cell in row]
        heights = (_lines_at_most(cell, width) for cell, width in zip(cells, widths, strict=True))
        if max(heights, default=0) > _LONGEST_WHOLE_ROW:
            return element("tr", *cells, class_="long")
        return element("tr", *cells)

    def _cell(self, cell: Cell) -> Markup:
        if cell.header:
            return element("th", self.blocks(cell.children), scope="row")
        return element("td", self.blocks(cell.children))

    def _signature(self, signature: SigningPlace) -> Markup:
        below = [self.block(child) for child in signature.children]
        labels = [self.inlines(entry.label) for entry in signature.items]
        spoken = [words for part in below if (words := part.striptags())]
        name = ", ".join(spoken or [label.striptags() for label in labels])
        row = self._entries(signature.items, "signing")
        return element("div", row, *below, class_="signature", role="group", aria_label=name)

    def _letterhead(self, letterhead: Letterhead) -> Markup:
        sender = element("div", self.blocks(letterhead.children), class_="sender")
        logo = _logo(letterhead.logo) if letterhead.logo else _EMPTY
        return element(self._letterhead_name, logo, sender, class_="letterhead")


def _lines_at_most(cell: Markup, width: int) -> int:
    """How many lines a cell may fill, at one letter for each per cent of the table's width."""
    words = len(cell.striptags()) // max(width, 1)
    return words + cell.count("<br>") + cell.count("</p>") + 2 * cell.count('"line"')


def _words(text: str) -> Markup:
    return _BREAK.join(_breakable(line) for line in text.split("\n"))


def _breakable(line: str) -> Markup:
    return _EMPTY.join(_word(part) for part in re.split("([ \t]+)", line))


def _word(word: str) -> Markup:
    """A word that is no address and not endless may be hyphenated, others break as they are."""
    if len(word) <= _LONGEST_WORD and "@" not in word and "//" not in word:
        return escape(word)
    parts = (escape(part) for part in _PART_OF_WORD.findall(word))
    return element("span", _BREAK_OPPORTUNITY.join(parts), class_="whole-word")


def _field(field: Field) -> Markup:
    if field.text is None:
        return _blank(field)
    if field.type in (FieldType.DATE, FieldType.NUMBER):
        return element("span", _words(field.text), class_="unbroken")
    return _words(field.text)


def _blank(field: Field | Stroke) -> Markup:
    if field.lines > 1:
        return element("span", class_="blank whole") * field.lines
    return element("span", class_=f"blank {field.type}")


def _blank_lines(children: tuple[Inline, ...]) -> int:
    """How many lines are to be filled with; 0 if there are any words."""
    lines = 0
    for child in children:
        match child:
            case Field(text=None) | Stroke():
                lines += child.lines
            case Strong(inner) | Emphasis(inner) if found := _blank_lines(inner):
                lines += found
            case Break():
                pass
            case Text(text) if not text.strip():
                pass
            case _:
                return 0
    return lines


def _is_option(block: Block) -> bool:
    return (
        isinstance(block, Paragraph)
        and bool(block.children)
        and isinstance(block.children[0], CheckBox)
    )


def _options(children: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """The options that stand below one another in a paragraph, each with what follows it."""
    starts = [
        index
        for index, (before, child) in enumerate(pairwise(children), start=1)
        if isinstance(before, Break) and isinstance(child, CheckBox)
    ]
    ends = [*(start - 1 for start in starts), len(children)]
    return [children[start:end] for start, end in zip([0, *starts], ends, strict=True)]


def _entry_class(entry: Description) -> str:
    match entry.value:
        case (Paragraph() as paragraph,) if _is_option(paragraph):
            return "entry short choice" if _has_short_lines(paragraph) else "entry long choice"
        case (Paragraph() as paragraph,) if _is_short(paragraph):
            if not _blanks(paragraph):
                return "entry short"
            several = any(isinstance(child, Break) for child in paragraph.children)
            return "entry short to-fill several" if several else "entry short to-fill"
    return "entry long"


def _is_short(paragraph: Paragraph) -> bool:
    """Whether a value fits beside its label."""
    text = inline_text(paragraph.children)
    few = len(text) <= _LONGEST_SHORT_VALUE and text.count("\n") < _MOST_SHORT_LINES
    return (
        (few or _has_short_lines(paragraph))
        and _blank_lines(paragraph.children) <= 1
        and all(blank.lines == 1 for blank in _blanks(paragraph))
    )


def _has_short_lines(paragraph: Paragraph) -> bool:
    """Whether the lines of a choice, or of another list, fit beside its label."""
    lines = inline_text(paragraph.children).split("\n")
    return len(lines) <= _MOST_LINES and max(map(len, lines)) <= _LONGEST_LINE


def _blanks(paragraph: Paragraph) -> list[Field | Stroke]:
    return [
        child
        for child in paragraph.children
        if isinstance(child, Stroke) or (isinstance(child, Field) and child.text is None)
    ]


def _logo(logo: Logo) -> Markup:
    return Markup('<img src="{}" alt="{}" width="{}" height="{}">').format(
        data_uri("image/png", logo.png), logo.alt, logo.width_px, logo.height_px
    )
