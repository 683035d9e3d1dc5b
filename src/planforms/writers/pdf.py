"""The PDF: the same words laid out on A4 pages, for the archive and for everyone.

WeasyPrint lays them out from HTML, which this module makes; Typst, if it is asked to, from the same
placed blocks (``_typst_tree``). One file is both PDF/A-2a (ISO 19005-2) and PDF/UA-1
(ISO 14289-1). Its only dates come from the document, so the same document gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, zip_longest
from typing import Any

from markupsafe import Markup

from planforms.document import Document, Footer
from planforms.errors import UsageError
from planforms.forms.identity import identity_of
from planforms.placement import placed
from planforms.writers import TYPST, WEASYPRINT, require_engine
from planforms.writers._accent import accent_rule
from planforms.writers._body import element
from planforms.writers._page import page_rules, room_width
from planforms.writers._paged_body import PagedBodyWriter


def to_pdf(document: Document, *, fillable: bool = False, engine: str = WEASYPRINT) -> bytes:
    """The document as a PDF file.

    Args:
        document: the document.
        fillable: whether its empty fields and boxes can be filled in on a screen; what is known
            already stands in them. WeasyPrint alone makes such forms.
        engine: what lays it out: ``weasyprint``, or ``typst``, which is much faster and needs the
            extra of that name.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
        TemplateError: something in the document, such as a broken logo, cannot be laid out.
        UsageError: there is no such engine, or it is not installed.
    """
    require_engine(engine, fillable=fillable)
    if engine == TYPST:
        return _typst()(document)
    if fillable:
        return _fillable(document)
    from planforms.writers._pdf_engine import print_page

    page = _page(document, _paper(document))
    return print_page(page, document.text_size, second=document.beside)


def _fillable(document: Document) -> bytes:
    from planforms.writers._fillable_body import FillableBody
    from planforms.writers._pdf_engine import print_page
    from planforms.writers._pdf_fields import Look, add_fields

    body = FillableBody(document)
    page = _page(document, body.blocks(placed(document)) + body.identity())
    identity = str(identity_of(document))
    scale = document.scale

    def add(pages: Any, pdf: Any) -> None:
        add_fields(pages, pdf, body.widgets, Look(identity, scale))

    return print_page(page, document.text_size, add, second=document.beside)


def engine_version(engine: str) -> str:
    """The version of what lays out pages, as it is installed.

    Raises:
        UsageError: there is no such engine, or it is not installed.
    """
    require_engine(engine)
    try:
        return version(engine)
    except PackageNotFoundError:
        raise _not_installed() from None


def _typst() -> Callable[[Document], bytes]:
    try:
        from planforms.writers._typst_engine import print_document
    except ModuleNotFoundError as error:
        if error.name != TYPST:
            raise
        raise _not_installed() from None
    return print_document


def _not_installed() -> UsageError:
    hint = "pip install 'planforms[typst]'"
    return UsageError.of("engine.missing", "engine typst", "is not installed", hint)


def count_pages(document: Document) -> int:
    """How many A4 pages the document has.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
        TemplateError: something in the document cannot be laid out.
    """
    from planforms.writers._pdf_engine import count_pages_of

    return count_pages_of(_page(document, _paper(document)), document.text_size)


def _paper(document: Document) -> Markup:
    return PagedBodyWriter(room_width(document), document.scale).blocks(placed(document))


def _page(document: Document, content: Markup) -> str:
    style = accent_rule(document) + page_rules(document)
    head = element("head", *_properties(document), element("style", Markup(style)))
    main = element("main", content)
    whole = {"class_": "whole-words"} if document.whole_words else {}
    body = element("body", *_footer(document.footer), main, **whole)
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=document.language)}"


def _properties(document: Document) -> Iterator[Markup]:
    yield element("title", Markup.escape(document.title))
    meta = Markup('<meta name="{}" content="{}">')
    yield meta.format("author", document.author)
    if document.keywords:
        yield meta.format("keywords", ", ".join(document.keywords))
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
