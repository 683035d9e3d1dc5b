"""The numbers of Word's lists, which stand in no text: Word counts them when it shows a page.

ECMA-376 part 1, 17.9: a paragraph names a list (``w:num``), which shares the counters of its
abstract list (``w:abstractNum``) unless it starts a level anew (``w:startOverride``).
"""

from __future__ import annotations

import re
from collections import defaultdict

from docx.document import Document
from docx.oxml.ns import qn
from lxml.etree import _Element

BULLETS = {"•", "\uf0b7"}
"""How the round bullet is written: plainly, or in Word's symbol font."""


class Numbering:
    """Counts the lists of a document; ask it for each paragraph once, in order."""

    def __init__(self, document: Document) -> None:
        root = document.part.numbering_part.element
        self._lists = {num.get(qn("w:numId")): num for num in root.findall(qn("w:num"))}
        self._abstract = {
            abstract.get(qn("w:abstractNumId")): abstract
            for abstract in root.findall(qn("w:abstractNum"))
        }
        self._styles = {
            style.get(qn("w:styleId")): style
            for style in document.styles.element.findall(qn("w:style"))
        }
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        self._started: set[tuple[str, int]] = set()

    def label(self, paragraph: _Element) -> str:
        """What Word puts before a paragraph: a number, a bullet, or nothing."""
        list_id, level = self._place(paragraph)
        if list_id not in self._lists:
            return ""
        number = self._lists[list_id]
        abstract_id = _value(number, "w:abstractNumId")
        levels = _levels(self._abstract[abstract_id])
        text = _value(levels[level], "w:lvlText")
        if _value(levels[level], "w:numFmt") == "bullet":
            return "•" if text in BULLETS else text
        counters = self._counters[abstract_id]
        self._count(list_id, level, counters, int(_value(levels[level], "w:start") or "1"))
        return re.sub(r"%(\d)", lambda found: str(counters[int(found[1]) - 1]), text)

    def _place(self, paragraph: _Element) -> tuple[str, int]:
        """The list and level of a paragraph, its own or its style's."""
        source: _Element | None = paragraph
        while source is not None:
            properties = source.find(qn("w:pPr"))
            numbered = None if properties is None else properties.find(qn("w:numPr"))
            if numbered is not None:
                return _value(numbered, "w:numId"), int(_value(numbered, "w:ilvl") or "0")
            style = "w:basedOn" if source.tag == qn("w:style") else "w:pPr/w:pStyle"
            source = self._styles.get(_value(source, style))
        return "", 0

    def _count(self, list_id: str, level: int, counters: dict[int, int], start: int) -> None:
        override = self._start_override(list_id, level)
        if override is not None and (list_id, level) not in self._started:
            counters[level] = override
        else:
            counters[level] = counters.get(level, start - 1) + 1
        self._started.add((list_id, level))
        for deeper in [key for key in counters if key > level]:
            del counters[deeper]

    def _start_override(self, list_id: str, level: int) -> int | None:
        for override in self._lists[list_id].findall(qn("w:lvlOverride")):
            if override.get(qn("w:ilvl")) == str(level):
                start = _value(override, "w:startOverride")
                return int(start) if start else None
        return None


def _levels(abstract: _Element) -> dict[int, _Element]:
    return {int(level.get(qn("w:ilvl"), "0")): level for level in abstract.findall(qn("w:lvl"))}


def _value(parent: _Element, path: str) -> str:
    """The ``w:val`` of an element below another one, or ""."""
    found = parent.find("/".join(qn(step) for step in path.split("/")))
    return "" if found is None else found.get(qn("w:val"), "")
