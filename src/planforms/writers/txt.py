"""Plain text: for screen readers, braille displays and whatever knows no pages.

A line is a paragraph, however long; an empty line is between two. Headings begin with a ``#`` for
each level, items with ``-`` or their number, as many programs know it. The rows of a table stand
below one another, each cell behind the name of its column; nothing is drawn with letters. A part
in a second language begins with its tag, a pictogram is what it shows, both in brackets. What has a
sign in place of words, a box or a place to write, is explained at the top, if there is any.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import assert_never

from planforms.document import (
    AddressWindow,
    Beside,
    Block,
    Box,
    BoxKind,
    Break,
    Chart,
    CheckBox,
    Choices,
    Description,
    DescriptionList,
    Document,
    Emphasis,
    Field,
    Fields,
    Heading,
    Inline,
    Letterhead,
    List,
    Paragraph,
    Pictured,
    Quote,
    Section,
    Stroke,
    Strong,
    Table,
    Text,
    Translated,
    Translation,
)
from planforms.placement.turning import turned

TICKED, UNTICKED, TO_WRITE = "[x]", "[ ]", "____"
_INDENT = "  "
_NAMED = (":", "?", "!", ".", "…")
"""What a label may end with already."""
_INVISIBLE = ("Cc", "Cf", "Cs")
_JOINERS = "\u200c\u200d"
_SPACES = re.compile("[\t \u00a0\u2007\u2009\u202f]+")
_PARAGRAPHS = re.compile("\n[ \t]*(?:\n[ \t]*)+")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")


def to_text(document: Document) -> str:
    """The document as plain text, which ends with a new line.

    Its lines end with a line feed alone. It holds no letters that steer a terminal or the direction
    of reading.
    """
    body = "\n".join(_below_one_another(document.blocks)).strip("\n")
    return _printable("\n".join((*_legend(document, body), body))) + "\n"


def _legend(document: Document, body: str) -> Iterator[str]:
    """What the signs mean that stand in the text."""
    signs = {"text_boxes": (TICKED, UNTICKED), "text_blanks": (TO_WRITE,)}
    said = [
        document.prompts[key]
        for key, marks in signs.items()
        if key in document.prompts and any(mark in body for mark in marks)
    ]
    yield from said
    if said:
        yield ""


# --- blocks ---------------------------------------------------------------------------------


def _below_one_another(blocks: Iterable[Block]) -> Iterator[str]:
    """Lines of some blocks, with an empty one between them."""
    for number, lines in enumerate(filter(None, map(_lines, blocks))):
        if number:
            yield ""
        yield from lines


def _lines(block: Block) -> list[str]:
    return [*_lines_of(block)]


def _lines_of(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(children):
            for number, paragraph in enumerate(_PARAGRAPHS.split(_text(children))):
                yield from ("",) * bool(number)
                yield from _split(paragraph)
        case AddressWindow(children):
            yield from _words(children)
        case Heading(level, children):
            yield f"{'#' * level} {' / '.join(_words(children))}"
        case List():
            yield from _list(block)
        case DescriptionList(items) | Fields(items):
            for item in items:
                yield from _description(item)
        case Choices(question, options):
            for words in (question, *options):
                yield from _words(words)
        case Table():
            yield from _below_one_another(turned(block))
        case Chart(table=table):
            yield from _below_one_another(turned(table))
        case Quote(children):
            yield from (f"> {line}".rstrip() for line in _below_one_another(children))
        case Box(BoxKind.ROW, children):
            for child in children:
                yield from _lines(child)
        case Translation(language, children=children):
            yield f"({language})"
            yield from _below_one_another(children)
        case Pictured(_, alt, children):
            yield f"({alt})"
            yield ""
            yield from _below_one_another(children)
        case Box(_, children) | Section(_, children):
            yield from _below_one_another(children)
        case Beside(parts):
            yield from _below_one_another(block for part in parts for block in part)
        case Letterhead(logo, children):
            if logo and logo.alt:
                yield logo.alt
            for child in children:
                yield from _lines(child)
        case _:
            assert_never(block)


def _list(block: List) -> Iterator[str]:
    for number, item in enumerate(block.items, start=1):
        mark = f"{number}." if block.ordered else "-"
        first, *others = [line for inner in item for line in _lines(inner) if line] or [""]
        is_option = first.startswith((TICKED, UNTICKED))
        yield first if is_option else f"{mark} {first}".rstrip()
        yield from (_INDENT + line for line in others)


def _description(item: Description) -> Iterator[str]:
    """A label and its value in one line; a list or a value of several lines stands below it."""
    label = " ".join(_words(item.label))
    value = [*_below_one_another(item.value)]
    if label and not label.endswith(_NAMED):
        label += ":"
    if len(value) > 1 or any(isinstance(block, List) for block in item.value):
        yield from filter(None, (label, *value))
    else:
        yield " ".join(filter(None, (label, *value)))


# --- words ----------------------------------------------------------------------------------


def _words(children: Iterable[Inline]) -> Iterator[str]:
    """The lines of some words, without spaces at their ends."""
    return _split(_text(children))


def _text(children: Iterable[Inline]) -> str:
    return "".join(map(_inline, children))


def _split(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if words := _SPACES.sub(" ", line).strip():
            yield words


def _inline(node: Inline) -> str:
    match node:
        case Text(text):
            return _LINE_ENDS.sub("\n", text)
        case Break():
            return "\n"
        case Strong(children) | Emphasis(children) | Translated(children=children):
            return _text(children)
        case Field(text=None) | Stroke():
            return TO_WRITE
        case Field(text=text):
            return _LINE_ENDS.sub("\n", text or "")
        case CheckBox():
            mark = TICKED if node.checked else UNTICKED
            return mark if node.bare else f"{mark} {_LINE_ENDS.sub(' ', node.label)}"
    assert_never(node)


def _printable(text: str) -> str:
    """The text without letters that nobody sees; those that join letters stay."""
    return "".join(
        letter
        for letter in text
        if letter == "\n" or letter in _JOINERS or unicodedata.category(letter) not in _INVISIBLE
    )
