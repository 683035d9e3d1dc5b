"""Word's XML: its namespace, its lengths, and how an element is added.

ECMA-376 part 1, 17, https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.parfmt import ParagraphFormat
from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def twips(millimetres: float) -> int:
    """A length in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def add(parent: etree._Element, tag: str, **values: str | int) -> etree._Element:
    """A new last child in Word's namespace, with attributes in that namespace."""
    child = etree.SubElement(parent, _named(tag))
    for key, value in values.items():  # a dict of all of them takes lxml longer
        child.set(_named(key), str(value))
    return child


@cache
def _named(name: str) -> str:
    return WORD + name


def paragraph_format(paragraph: etree._Element) -> ParagraphFormat:
    """What can be changed of a paragraph that is already written."""
    assert isinstance(paragraph, BaseOxmlElement)
    return ParagraphFormat(paragraph)


def keep_with_next(paragraphs: Iterable[etree._Element]) -> None:
    """Hold each paragraph on the page where what follows it begins."""
    for paragraph in paragraphs:
        _property(paragraph, "keepNext")


def keep_lines(paragraphs: Iterable[etree._Element]) -> None:
    """Hold the lines of each paragraph together."""
    for paragraph in paragraphs:
        _property(paragraph, "keepLines", after=f"{WORD}keepNext")


def _property(paragraph: etree._Element, tag: str, after: str = "") -> None:
    """Give a paragraph a property that stands right after its style; python-docx takes longer."""
    properties = paragraph[0]
    present = properties.find(f"{WORD}{tag}")
    if present is not None:
        present.attrib.clear()
        return
    place = 2 if after and properties.find(after) is not None else 1
    properties.insert(place, properties.makeelement(f"{WORD}{tag}"))
