"""Reads a Word document aloud: its body, with the numbers that Word counts by itself."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import docx
from docx.oxml.ns import qn
from lxml.etree import _Element

from tests.reading.word_numbering import Numbering

CONTAINERS = {qn(name) for name in ("w:hyperlink", "w:ins", "w:smartTag", "w:fldSimple")}
CHARACTERS = {
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:tab"): " ",
    qn("w:noBreakHyphen"): "-",
    qn("w:softHyphen"): "\u00ad",
}
DESCRIPTION = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

DRAWN = "Chart"
"""What a drawing is called whose words are those of the table above it."""


def docx_text(data: bytes) -> str:
    """The words of a Word document's body in reading order, a line for each block or line break.

    List numbers, bullets and descriptions of pictures are words in it; running headers and
    footers are not, nor are drawings of tables.
    """
    document = docx.Document(BytesIO(data))
    numbering = Numbering(document)
    text = "\n".join(_blocks(document.element.body, numbering))
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _blocks(container: _Element, numbering: Numbering) -> Iterator[str]:
    for child in container:
        if child.tag == qn("w:p"):
            yield f"{numbering.label(child)} {_words(child)}"
        elif child.tag == qn("w:tbl"):
            for cell in child.findall(f"{qn('w:tr')}/{qn('w:tc')}"):
                yield from _blocks(cell, numbering)
        elif child.tag == qn("w:sdt"):
            yield from _blocks(next(child.iterchildren(qn("w:sdtContent"))), numbering)


def _words(parent: _Element) -> str:
    return "".join(_piece(child) for child in parent)


def _piece(element: _Element) -> str:
    if element.tag == qn("w:t"):
        return element.text or ""
    if element.tag == qn("w:sdt"):
        if element.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None:
            return ""  # nobody has written anything
        return _words(next(element.iterchildren(qn("w:sdtContent"))))
    if element.tag == qn("w:drawing"):
        description = next(element.iter(DESCRIPTION))
        return "" if description.get("name") == DRAWN else f"\n{description.get('descr', '')}\n"
    if element.tag == qn("w:r") or element.tag in CONTAINERS:
        return _words(element)
    return CHARACTERS.get(element.tag, "")
