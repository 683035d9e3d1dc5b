"""Word's XML: its namespace, its lengths, and how an element is added.

ECMA-376 part 1, 17, https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

from __future__ import annotations

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
    attributes = {f"{WORD}{key}": str(value) for key, value in values.items()}
    return etree.SubElement(parent, f"{WORD}{tag}", attributes)


def paragraph_format(paragraph: etree._Element) -> ParagraphFormat:
    """What can be changed of a paragraph that is already written."""
    assert isinstance(paragraph, BaseOxmlElement)
    return ParagraphFormat(paragraph)
