"""The web page: one self-contained file that needs no network; a form also has a script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from markupsafe import Markup

from planforms.document import Document
from planforms.placement import placed
from planforms.placement.blocks import PlacedBlock, PlacedLetterhead, PlacedWindow
from planforms.writers import fonts
from planforms.writers._accent import accent_rule
from planforms.writers._body import ROOM_RULES, WIDTH_RULES, BodyWriter, element, read_style
from planforms.writers._page import room_width, scaled
from planforms.writers._web_body import WebFormWriter
from planforms.writers._web_form import SCRIPT, form_around
from planforms.writers._web_tables import WebBodyWriter

PAGE_SHEETS = ("common.css", "web.css")
TRANSLATION_SHEET = "translation.css"
FORM_SHEETS = (*PAGE_SHEETS, "fillable.css")


def to_html(document: Document, *, fillable: bool = False) -> str:
    """The document as one HTML page with its style, fonts and logo inside.

    Args:
        document: the document.
        fillable: whether its empty fields and boxes can be filled in on a screen; such a page has
            a script that saves what was written as a file, and needs no network either.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
    """
    if not fillable:
        return page_of(document, WebBodyWriter(room_width(document)))
    head, main = _parts(placed(document), WebFormWriter(document))
    body = head + element("main", form_around(document, main)) + element("script", SCRIPT)
    return _page(document, body, FORM_SHEETS, SCRIPT)


def page_of(document: Document, writer: BodyWriter) -> str:
    """The document as one HTML page whose blocks a writer writes.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
    """
    head, main = _parts(placed(document), writer)
    return _page(document, head + element("main", main), PAGE_SHEETS)


def _page(document: Document, body: Markup, sheets: tuple[str, ...], script: str = "") -> str:
    sheets = (*sheets, TRANSLATION_SHEET) if document.beside else sheets
    style = Markup(_style(document, body, sheets))
    head = element(
        "head",
        Markup('<meta charset="utf-8">'),
        _security_policy(style, script),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="author" content="{}">').format(document.author),
        *_keywords(document),
        element("title", Markup.escape(document.title)),
        element("style", style),
    )
    page = element("html", head, element("body", body), lang=document.language)
    return f"<!DOCTYPE html>\n{page}\n"


def _keywords(document: Document) -> Iterator[Markup]:
    if document.keywords:
        yield Markup('<meta name="keywords" content="{}">').format(", ".join(document.keywords))


def _parts(blocks: tuple[PlacedBlock, ...], writer: BodyWriter) -> tuple[Markup, Markup]:
    """The letterhead, and all that follows it."""
    match blocks:
        case (PlacedLetterhead() as letterhead, *rest):
            return writer.block(letterhead), writer.blocks(rest)
        case (PlacedWindow((PlacedLetterhead() as letterhead, *above)) as window, *rest):
            below = (replace(window, above=tuple(above)), *rest)
            return writer.block(letterhead), writer.blocks(below)
    return Markup(""), writer.blocks(blocks)


def _style(document: Document, body: Markup, sheets: tuple[str, ...]) -> str:
    if 'class="pictured"' in body:
        sheets = (*sheets, "pictured.css")
    faces = [fonts.REGULAR, fonts.SEMIBOLD]
    if "<em>" in body:
        faces.append(fonts.ITALIC)
    subsets = fonts.subsets_for(body)
    rules = [fonts.subset_rule(face, subset) for face in faces for subset in subsets]
    return "".join(
        [*rules, _sheet(sheets, document.text_size), accent_rule(document), _page_rule(document)]
    )


def _page_rule(document: Document) -> str:
    """How the page is printed from a browser, and how wide it is there, if it is a wide one."""
    if not document.landscape:
        return ""
    wide = "@media (min-width:56rem){body{max-width:66rem}}\n"
    return f"{wide}@media print{{@page{{size:A4 landscape}} body{{max-width:none}}}}\n"


@cache
def _sheet(names: tuple[str, ...], size: float) -> str:
    common, *others = map(read_style, names)
    return scaled(common + WIDTH_RULES + ROOM_RULES + "".join(others), size)


def _security_policy(style: str, script: str) -> Markup:
    """Allows the page its own style, script, fonts and logo, and nothing else.

    https://www.w3.org/TR/CSP3/
    """
    scripts = f"script-src {_hash_of(script)}; " if script else ""
    policy = (
        f"default-src 'none'; style-src {_hash_of(style)}; {scripts}font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(policy)


def _hash_of(content: str) -> str:
    digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
    return f"'sha256-{digest}'"
