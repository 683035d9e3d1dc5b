"""Which words of a file are said to be in another language than the rest: their letters alone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

import docx
import tinyhtml5
from docx.oxml.ns import qn

from tests.reading.glyphs import Glyph
from tests.reading.structure import Element, read_structure


def letters(text: str) -> str:
    """The letters and digits of a text: lines end otherwise in each format."""
    return "".join(letter for letter in text if letter.isalnum())


def html_letters(page: str, language: str) -> str:
    """What a web page says in a language."""
    root = tinyhtml5.parse(page.encode(), override_encoding="utf-8", namespace_html_elements=False)
    body = root.find("body")
    return letters("".join(_html(body, language, root.get("lang", ""))))


def _html(element: ElementTree.Element, language: str, outer: str) -> Iterator[str]:
    own = element.get("lang", outer)
    if own == language:
        yield element.text or ""
    for child in element:
        yield from _html(child, language, own)
        if own == language:
            yield child.tail or ""


def docx_letters(data: bytes, language: str) -> str:
    """What a Word document says in a language."""
    runs = docx.Document(BytesIO(data)).element.body.iter(qn("w:r"))
    return letters("".join(run.text for run in runs if _told(run) == language))


def _told(run: ElementTree.Element) -> str | None:
    told = run.find(f"{qn('w:rPr')}/{qn('w:lang')}")
    return None if told is None else told.get(qn("w:val"))


def pdf_letters(data: bytes, language: str) -> str:
    """What a PDF says in a language, without the numbers and bullets of lists."""
    return letters("".join(_pdf(read_structure(data), language, "")))


def _pdf(element: Element, language: str, outer: str) -> Iterator[str]:
    own = element.language or outer
    for child in element.children:
        if isinstance(child, Glyph):
            if (child.mark.language or own) == language:
                yield child.text
        elif child.tag != "Lbl":
            yield from _pdf(child, language, own)
