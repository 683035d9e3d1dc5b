"""Reads the words of plain text, and of a document as plain text tells it.

Both lose what is no word there: the signs before headings and items, the colon behind a label, and
the places to write. What is left is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from planforms.document import (
    CHECKED,
    UNCHECKED,
    Beside,
    Block,
    Box,
    Chart,
    Description,
    DescriptionList,
    Document,
    Fields,
    List,
    Quote,
    Section,
    Table,
    Translation,
)
from planforms.placement.turning import turned

_SIGNS = frozenset({"-", "•", ">", "/", *("#" * level for level in range(1, 7))})
_IN_BRACKETS = re.compile(r"(?m)^\(([^()]*)\)$")
_LANGUAGE = re.compile(r"(?m)^\s*\([a-z]{2,3}(?:-\w+)?\)$")


def text_words(text: str, legend: Iterable[str] = ()) -> str:
    """The words of a plain text, without the legend at its top."""
    for line in legend:
        text = text.replace(f"{line}\n", "", 1)
    return _bare(text)


def told_words(document: Document) -> str:
    """The words of a document with the rows of its tables below one another."""
    text = replace(document, blocks=tuple(_told(document.blocks))).text()
    return _bare(text)


def _bare(text: str) -> str:
    """The words alone, as they are on both sides; a sign that somebody wrote goes as well."""
    text = _IN_BRACKETS.sub(r"\1", _LANGUAGE.sub("", text))
    text = text.replace(CHECKED, "[x]").replace(UNCHECKED, "[ ]").replace("____", " ")
    return " ".join(word.rstrip(":") for word in text.split() if word not in _SIGNS)


def _told(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks whose tables are turned, as a walk of its own: writers have theirs."""
    for block in blocks:
        match block:
            case Table():
                yield from turned(block)
            case Chart(table=table):
                yield from turned(table)
            case Box() | Quote() | Section() | Translation():
                yield replace(block, children=tuple(_told(block.children)))
            case Beside(parts):
                yield Beside(tuple(tuple(_told(part)) for part in parts))
            case List(ordered, items):
                yield List(ordered, tuple(tuple(_told(item)) for item in items))
            case DescriptionList(items):
                yield DescriptionList(tuple(map(_entry, items)))
            case Fields(items, widths):
                yield Fields(tuple(map(_entry, items)), widths)
            case _:
                yield block


def _entry(item: Description) -> Description:
    return Description(item.label, tuple(_told(item.value)))
