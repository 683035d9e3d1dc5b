"""Signs in the source of a template, and what each of them stands for.

A sign is a number between two letters of Unicode's private use area, as a mark of a value is: see
:mod:`planforms.templating.marks`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from planforms.word_templates.numbering import ListItem

_SIGN, _END = "\ue002", "\ue003"
NUMBER = "\ue004"
"""Stands in the beginning of a list item for the number of the list that it belongs to."""
SIGNS = re.compile(f"{_SIGN}(\\d+){_END}")
"""Finds a sign; its group is the number of the slot."""


def sign(number: int) -> str:
    """The sign with a number."""
    return f"{_SIGN}{number}{_END}"


class Kind(StrEnum):
    """What begins and ends: a holder of paragraphs, or what stands in it."""

    HOLDER = "holder"
    PARAGRAPH = "paragraph"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"


@dataclass(frozen=True, slots=True)
class Raw:
    """XML that stays as it is.

    Attributes:
        xml: the XML.
        is_seen: whether a paragraph that holds it does not count as empty.
    """

    xml: str
    is_seen: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How the words that follow look: the properties of their run, as XML."""

    xml: str


@dataclass(frozen=True, slots=True)
class Begin:
    """The beginning of something.

    Attributes:
        kind: what begins.
        xml: its start tag and properties.
        has_tags: whether a tag stands in it, so that it may come out empty.
        keeps: whether it stays even then: a paragraph that ends a section of pages.
        item: which list a paragraph is an item of; ``None`` if that needs no care.
        is_head: whether a row names the columns of its table.
        may_be_bare: whether a table may come out without rows below its head.
        description: what a table says of itself.
        pairs: whether a table holds labels and values.
        is_copy: whether a holder says again what another one says, for older programs.
        width: how wide a cell or a page is, in twentieths of a point; 0 if nothing says so.
        ruled: how a paragraph begins if it is a line to write on; empty if it says something.
        style: the name of the style of a paragraph, in lower case.
        has_label: whether the label of a value stands in a cell; tags in it do not count then.
    """

    kind: Kind
    xml: str
    has_tags: bool = False
    keeps: bool = False
    item: ListItem | None = None
    is_head: bool = False
    may_be_bare: bool = False
    description: str = ""
    pairs: bool = False
    is_copy: bool = False
    width: int = 0
    ruled: str = ""
    style: str = ""
    has_label: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """The end of what began last of a kind, with its end tag."""

    kind: Kind
    xml: str


@dataclass(frozen=True, slots=True)
class Round:
    """One more round of a loop begins, or, at the last, the loop is over."""

    loop: int
    is_over: bool = False


Slot = Raw | Look | Begin | End | Round
