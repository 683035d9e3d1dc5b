"""Finishes a PDF of WeasyPrint so that it is PDF/A-2a and PDF/UA-1 at once.

WeasyPrint declares one standard and tags each page by itself. This adds what is missing, in terms
of ISO 32000-1 (PDF 1.7), chapter 14.7 "Logical structure" and 14.8 "Tagged PDF":

- what goes on over a page break is one element again, so that a table is one table and a
  paragraph one paragraph; the table head repeated on a page is decoration (14.8.2.2);
- the running footer, too, is an artifact of the pagination and not content (14.8.2.2.2);
- header cells say what they head (14.8.5.7, PDF/UA-1 clause 7.5);
- items of a list have a body (14.8.4.3.3);
- words of a second language say which it is (14.9.2);
- what is filled in stands right where it is read (14.8.4.5);
- the metadata name both standards (PDF/UA-1 clause 5).

WeasyPrint gives a finisher its pages and the PDF before it is written:
https://doc.courtbouillon.org/weasyprint/stable/api_reference.html
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

import pydyf

from planforms.writers._pdf_metadata import declare_accessible

# Objects of pydyf (dictionaries and lists that know their number) and boxes of WeasyPrint: untyped.
Element = Any
Box = Any

_TRANSLATIONS = {"/Art": "/Div", "/Link": "/Span"}
"""How what ``_paged_body`` writes around a second language is tagged at first, and at last."""
# A cell stays although it is empty, so that every row has as many cells.
_KEPT_EMPTY = ("/TD", "/TH", "/LBody")


def finish(document: Any, pdf: Any, language: str = "") -> None:
    """Completes the structure and the metadata; WeasyPrint calls it before it writes the file.

    Args:
        document: the laid out pages.
        pdf: the PDF.
        language: BCP 47 tag of the second language of a paper in two.
    """
    structure = _Structure(pdf)
    structure.lift_fields()
    if language:
        structure.mark_language(language)
    structure.join_pages([_find(page._page_box, "main") for page in document.pages])
    structure.refine()
    structure.turn_rest_into_artifacts()
    declare_accessible(pdf)


class _Structure:
    """The structure tree of a PDF: elements (``S`` is the type, ``K`` the kids, ``P`` the parent).

    A kid is a reference to another element, or the number of a piece of marked content.
    """

    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._root = self._get(pdf.catalog["StructTreeRoot"])
        self._document = self._get(self._root["K"][0])
        self._kept: set[int] = set()
        self._decoration: set[int] = set()

    def _get(self, reference: bytes) -> Any:
        return self._pdf.objects[int(reference.split()[0])]

    def _kids(self, element: Element) -> list[Element]:
        kids = (self._get(kid) for kid in element["K"] if isinstance(kid, bytes))
        return [kid for kid in kids if _is_element(kid)]

    def lift_fields(self) -> None:
        """Puts each field in the place of the box without meaning that was laid out for it."""
        for element in self._pdf.objects:
            if _is_element(element):
                for position, kid in enumerate(element["K"]):
                    field = self._field_in(kid)
                    if field:
                        element["K"][position] = field.reference
                        field["P"] = element.reference

    def _field_in(self, kid: Any) -> Element | None:
        box: Any = self._get(kid) if isinstance(kid, bytes) else None
        if not _is_element(box) or box["S"] != "/NonStruct":
            return None
        return next((inner for inner in self._kids(box) if inner["S"] == "/Form"), None)

    def mark_language(self, language: str) -> None:
        """Says of words in a second language that they are in it."""
        for element in filter(_is_element, self._pdf.objects):
            if element["S"] in _TRANSLATIONS:
                element["S"] = _TRANSLATIONS[element["S"]]
                element["Lang"] = pydyf.String(language)

    def join_pages(self, pages: list[Box]) -> None:
        """Makes one part of the parts that the pages have, joining what goes on over a break."""
        whole, *rest = self._kids(self._document)
        seen = set(_elements(pages[0]))
        for part, page in zip(rest, pages[1:], strict=True):
            self._join(whole, part, page, seen)
            seen.update(_elements(page))
        del self._document["K"][1:]

    def _join(self, first: Element, second: Element, box: Box, seen: set[Any]) -> None:
        """Moves the kids of ``second``, which ``box`` was laid out for, to the end of ``first``."""
        before = self._kids(first)
        for index, (kid, child) in enumerate(zip_longest(self._kids(second), _blocks(box))):
            if child is None or child.element not in seen:
                _adopt(first, kid)
            elif child.element_tag == "thead":
                self._drop(kid)
            else:
                earlier = before[index] if first["S"] == "/TR" else before[-1]
                self._join(earlier, kid, child, seen)

    def _drop(self, element: Element) -> None:
        self._decoration.add(element.number)
        for kid in self._kids(element):
            self._drop(kid)

    def refine(self) -> None:
        """Completes each element and takes those away that hold nothing."""
        self._refine(self._document, ())

    def _refine(self, element: Element, path: tuple[str, ...]) -> bool:
        """Completes an element that stands below ``path``; tells whether it holds anything."""
        if element["S"] == "/NonStruct":  # a line break, or a place where a word may break
            self._drop(element)
            return False
        if element["S"] == "/Form":  # its only kid is a reference to the field
            self._kept.add(element.number)
            return True
        _complete(element, path)
        below = (*path, element["S"])
        element["K"][:] = [
            kid
            for kid in element["K"]
            if isinstance(kid, int) or self._refine(self._get(kid), below)
        ]
        kept = bool(element["K"]) or element["S"] in _KEPT_EMPTY
        if kept:
            self._kept.add(element.number)
        return kept

    def turn_rest_into_artifacts(self) -> None:
        """Marks what no element holds any more, or never did, as artifacts of the pagination."""
        pages = self._pdf.page_references
        numbers = self._get(self._root["ParentTree"])["Nums"]  # first the pages, then the fields
        for page, owners in zip(pages, numbers[1 : 2 * len(pages) : 2], strict=True):
            artifacts = dict(self._artifacts(owners))
            for content in artifacts:
                owners[content] = "null"
            _mark(self._get(self._get(page)["Contents"]), artifacts)
        for element in self._pdf.objects:
            if _is_element(element) and element.number not in self._kept:
                element.clear()

    def _artifacts(self, owners: list[bytes]) -> Iterator[tuple[int, pydyf.Dictionary]]:
        """The marked content of a page that is none of the text, with what it is instead."""
        for content, reference in enumerate(owners):
            number = self._get(reference).number
            if number in self._decoration:
                yield content, pydyf.Dictionary({"Type": "/Pagination"})
            elif number not in self._kept:
                yield content, pydyf.Dictionary({"Type": "/Pagination", "Subtype": "/Footer"})


def _adopt(parent: Element, kid: Element) -> None:
    """Makes an element the last of its new parent; only a table's head goes after the caption."""
    kid["P"] = parent.reference
    position = 1 if kid["S"] == "/THead" else len(parent["K"])
    parent["K"].insert(position, kid.reference)


def _complete(element: Element, path: tuple[str, ...]) -> None:
    if element["S"] == "/Div" and path[-1] == "/LI":
        element["S"] = "/LBody"
    elif element["S"] == "/TH":
        scope = "/Column" if "/THead" in path else "/Row"
        element["A"] = pydyf.Dictionary({"O": "/Table", "Scope": scope, **_span(element)})
        del element["ID"]
    elif element["S"] == "/TD":
        # The scopes tell the headers of a cell; the IDs were those of each page's own table.
        span = _span(element)
        del element["A"]
        if span:
            element["A"] = pydyf.Dictionary({"O": "/Table", **span})


def _span(cell: Element) -> dict[str, Any]:
    """How many columns and rows a cell takes, where it is more than one (14.8.5.7)."""
    given = cell.get("A") or {}
    return {key: given[key] for key in ("ColSpan", "RowSpan") if key in given}


def _is_element(thing: Any) -> bool:
    return isinstance(thing, dict) and thing.get("Type") == "/StructElem"


def _mark(stream: Any, artifacts: dict[int, pydyf.Dictionary]) -> None:
    """Turns pieces of marked content into artifacts (ISO 32000-1, 14.8.2.2.2)."""
    for index, item in enumerate(stream.stream):
        if isinstance(item, dict) and item.get("MCID") in artifacts:
            stream.stream[index - 1 : index + 1] = ["/Artifact", artifacts[item["MCID"]]]


def _find(box: Box, tag: str) -> Box:
    return next(found for found in _descendants(box) if found.element_tag == tag)


def _elements(box: Box) -> Iterator[Any]:
    """The HTML elements that have a block in a box."""
    return (block.element for block in _descendants(box))


def _descendants(box: Box) -> Iterator[Box]:
    for child in _blocks(box):
        yield child
        yield from _descendants(child)


def _blocks(box: Box) -> Iterator[Box]:
    """The blocks in a box that have tags of their own; lines and list marks have none."""
    for child in box.children:
        if child.element is not box.element:
            yield child
        elif child.element_tag == "table":
            yield from _blocks(child)
