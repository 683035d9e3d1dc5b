"""The web page of a document, in which every word tells where it comes from."""

from __future__ import annotations

from markupsafe import Markup

from planforms.document import CheckBox, Document, Field, Text
from planforms.placement.blocks import FieldPart, PlacedInline
from planforms.writers._body import element
from planforms.writers._page import room_width
from planforms.writers._web_tables import WebBodyWriter
from planforms.writers.html import page_of


def page_with_origins(document: Document) -> str:
    """The page that :func:`planforms.to_html` makes, with spans around words and values.

    A span's ``data-origin`` is the place in the templates, its ``data-path`` that in the data.
    """
    return page_of(document, _OriginWriter(room_width(document)))


class _OriginWriter(WebBodyWriter):
    def _inline(self, node: PlacedInline) -> Markup:
        written = super()._inline(node)
        match node:
            case Text():
                return element("span", written, data_origin=node.origin)
            case Field() | CheckBox():
                return element("span", written, data_origin=node.origin, data_path=node.path)
            case FieldPart(field):
                return element("span", written, data_origin=field.origin, data_path=field.path)
        return written
