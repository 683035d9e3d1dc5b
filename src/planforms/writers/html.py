"""The web page: one self-contained file that needs no network and runs no script."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from functools import cache

from markupsafe import Markup

from planforms.document import Document
from planforms.placement import place
from planforms.placement.blocks import PlacedBlock, PlacedLetterhead, PlacedWindow
from planforms.writers import fonts
from planforms.writers._accent import accent_rule
from planforms.writers._body import ROOM_RULES, WIDTH_RULES, BodyWriter, element, read_style


def to_html(document: Document) -> str:
    """The document as one HTML page with its style, fonts and logo inside.

    Raises:
        ProfileError: the accent colour is not ``#rrggbb``.
    """
    body = _body(place(document.blocks))
    style = Markup(_style(document, body))
    head = element(
        "head",
        Markup('<meta charset="utf-8">'),
        _security_policy(style),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="author" content="{}">').format(document.author),
        element("title", Markup.escape(document.title)),
        element("style", style),
    )
    page = element("html", head, element("body", body), lang=document.language)
    return f"<!DOCTYPE html>\n{page}\n"


def _body(blocks: tuple[PlacedBlock, ...]) -> Markup:
    writer = BodyWriter()
    match blocks:
        case (PlacedLetterhead() as letterhead, *rest):
            return writer.block(letterhead) + element("main", writer.blocks(rest))
        case (PlacedWindow((PlacedLetterhead() as letterhead, *above)) as window, *rest):
            below = (replace(window, above=tuple(above)), *rest)
            return writer.block(letterhead) + element("main", writer.blocks(below))
    return element("main", writer.blocks(blocks))


def _style(document: Document, body: Markup) -> str:
    faces = [fonts.REGULAR, fonts.SEMIBOLD]
    if "<em>" in body:
        faces.append(fonts.ITALIC)
    subsets = fonts.subsets_for(body)
    rules = [fonts.subset_rule(face, subset) for face in faces for subset in subsets]
    return "".join([*rules, _sheet(), accent_rule(document)])


@cache
def _sheet() -> str:
    common, web = (read_style(name) for name in ("common.css", "web.css"))
    return common + WIDTH_RULES + ROOM_RULES + web


def _security_policy(style: str) -> Markup:
    """Allows the page its own style, fonts and logo, and nothing else.

    https://www.w3.org/TR/CSP3/
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(policy)
