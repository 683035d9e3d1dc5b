"""The PDF: the same words laid out on A4 pages by WeasyPrint, for the archive and for everyone.

One file is both PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1). Its only dates come from the
document, so the same document gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, zip_longest

from markupsafe import Markup

from planforms.document import Document, Footer
from planforms.placement import place
from planforms.placement.blocks import (
    Option,
    PlacedBlock,
    PlacedFields,
    PlacedTable,
    PlacedWindow,
)
from planforms.writers._accent import accent_rule
from planforms.writers._body import BodyWriter, element

TOP_MARGIN, LEFT_MARGIN = 18, 25
"""The upper and the left margin of a page in mm, as ``paged.css`` has them."""


def to_pdf(document: Document) -> bytes:
    """The document as a PDF file.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
        TemplateError: something in the document, such as a broken logo, cannot be laid out.
    """
    from planforms.writers._pdf_engine import print_page

    return print_page(_page(document))


def count_pages(document: Document) -> int:
    """How many A4 pages the document has.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
        TemplateError: something in the document cannot be laid out.
    """
    from planforms.writers._pdf_engine import count_pages_of

    return count_pages_of(_page(document))


class PagedBodyWriter(BodyWriter):
    """Writes blocks with the elements from which WeasyPrint makes the right tags."""

    _list_name = "div"
    _label_name = "p"
    _value_name = "div"
    _letterhead_name = "div"
    _section_name = "div"

    def _strong(self, words: Markup) -> Markup:
        return element("span", words, class_="strong")

    def _emphasis(self, words: Markup) -> Markup:
        return element("span", words, class_="emphasis")

    def _item(self, blocks: tuple[PlacedBlock, ...]) -> Markup:
        return element("div", self.blocks(blocks))

    def _fields(self, block: PlacedFields) -> Markup:
        rows = (
            element("div", *(self._field(field, "field") for field in row), class_="field-row")
            for row in block.rows
        )
        return element("div", *rows, class_="fields")

    def _option(self, option: Option) -> Markup:
        return element("div", super()._option(option))

    def _window(self, block: PlacedWindow) -> Markup:
        """What stands above the window is as high as the paper above it."""
        window = block.window
        above = f"height:{window.top - TOP_MARGIN}mm"
        place = f"margin-left:{window.left - LEFT_MARGIN}mm;width:{window.width}mm"
        size = f"{place};height:{window.height}mm"
        return element(
            "div",
            element("div", self.blocks(block.above), class_="above", style=above),
            element("p", self.inlines(block.lines), class_="window", style=size),
        )

    def _table(self, table: PlacedTable) -> Markup:
        return self._bare_table(table, element("caption", self.inlines(table.caption)))


def _page(document: Document) -> str:
    head = element("head", *_properties(document), element("style", Markup(accent_rule(document))))
    main = element("main", PagedBodyWriter().blocks(place(document.blocks)))
    whole = {"class_": "whole-words"} if document.whole_words else {}
    body = element("body", *_footer(document.footer), main, **whole)
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=document.language)}"


def _properties(document: Document) -> Iterator[Markup]:
    yield element("title", Markup.escape(document.title))
    meta = Markup('<meta name="{}" content="{}">')
    yield meta.format("author", document.author)
    if document.issued_on:
        for name in ("dcterms.created", "dcterms.modified"):
            yield meta.format(name, f"{document.issued_on}T00:00:00Z")


def _footer(footer: Footer) -> Iterator[Markup]:
    """The two parts of the running footer; the style sheet moves them to the foot of each page."""
    yield element("div", Markup.escape(footer.text), class_="footer-text")
    words = re.split(r"\{(page|pages)\}", footer.page)
    counters = [element("span", class_=name) for name in words[1::2]]
    texts = [Markup.escape(text) for text in words[::2]]
    pairs = zip_longest(texts, counters, fillvalue=Markup(""))
    yield element("div", *chain.from_iterable(pairs), class_="footer-page")
