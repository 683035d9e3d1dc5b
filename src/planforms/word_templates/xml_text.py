"""XML as text, piece by piece, without what a document does not take over from a template."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from planforms.writers._word_xml import WORD

_XML = "http://www.w3.org/XML/1998/namespace"
_LEFT_BEHIND = frozenset(
    f"{WORD}{name}"
    for name in (
        *("proofErr", "bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "lang"),
        *("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"),
        *("lastRenderedPageBreak", "del", "moveFrom", "ins", "moveTo", "printerSettings"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange"),
        *("tblGridChange", "trPrChange", "tcPrChange", "numberingChange"),
        *("cellIns", "cellDel", "cellMerge", "divId"),
    )
)
"""Traces of editing, and what a document sets itself."""
_MARKS_OF_SESSIONS = (
    f"{WORD}rsid",
    "{http://schemas.microsoft.com/office/word/2010/wordml}paraId",
    "{http://schemas.microsoft.com/office/word/2010/wordml}textId",
    "{urn:schemas-microsoft-com:office:office}gfxdata",
)


def opening(element: etree._Element) -> str:
    """The start tag of an element."""
    return f"<{_name(element)}{''.join(_attributes(element))}>"


def closing(element: etree._Element) -> str:
    """Its end tag."""
    return f"</{_name(element)}>"


def whole(element: etree._Element | None) -> str:
    """An element with all that it holds; nothing for none, or for one that stays behind."""
    if element is None or is_left_behind(element):
        return ""
    inner = escape(element.text or "") + "".join(
        whole(child) + escape(child.tail or "") for child in element
    )
    start = opening(element)
    return f"{start}{inner}{closing(element)}" if inner else f"{start[:-1]}/>"


def is_left_behind(element: etree._Element) -> bool:
    """Whether no document takes an element over."""
    return element.tag in _LEFT_BEHIND


def _name(element: etree._Element) -> str:
    local = etree.QName(element).localname
    return f"{element.prefix}:{local}" if element.prefix else local


def _attributes(element: etree._Element) -> Iterator[str]:
    parent = element.getparent()
    known = {} if parent is None else parent.nsmap
    for prefix, uri in element.nsmap.items():
        if known.get(prefix) != uri:
            yield f" xmlns{f':{prefix}' if prefix else ''}={quoteattr(uri)}"
    if not element.attrib:
        return
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items() if prefix} | {_XML: "xml"}
    for key, value in element.items():
        if str(key).startswith(_MARKS_OF_SESSIONS):
            continue
        name = etree.QName(str(key))
        prefix = f"{prefixes[name.namespace]}:" if name.namespace else ""
        yield f" {prefix}{name.localname}={quoteattr(str(value))}"
