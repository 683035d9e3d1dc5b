"""Reads a tagged PDF aloud: the text in the order of its structure tree."""

from __future__ import annotations

from collections.abc import Iterator

from tests.reading.glyphs import Glyph, words_between
from tests.reading.structure import Element, read_structure

HYPHENS = ("\N{HYPHEN}", "\N{SOFT HYPHEN}")
"""What WeasyPrint and Typst put where they break a word."""

OPENING, CLOSING = tuple("(–"), frozenset(".,;:!?)–")
"""What stands before and behind a field of a form without a space."""

INLINE = {"Span", "Link", "Strong", "Em", "Quote", "Code", "NonStruct", "Form", "Annot"}


def pdf_text(data: bytes) -> str:
    """The words of a tagged PDF in reading order, a line for each printed line.

    Descriptions stand for figures, and fields of forms say what stands in them; words that were
    hyphenated at a line's end are whole again; artifacts such as running footers are left out.
    """
    return element_text(read_structure(data))


def element_text(element: Element) -> str:
    """The words of a structure element and all within it."""
    text, before = "", None
    for block, piece in _pieces(element, element):
        if isinstance(piece, str):
            piece = (piece.lstrip(" ") or " ") if text.endswith(OPENING) else piece
            text, before = text + piece, None
            continue
        if before is None and piece.text in CLOSING:
            text = text.removesuffix(" ")
        text = _join(text, _between(before, (block, piece))) + piece.text
        before = (block, piece)
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _pieces(element: Element, block: Element) -> Iterator[tuple[Element, Glyph | str]]:
    """Letters and descriptions in reading order, each with the block it belongs to."""
    if element.replacement is not None:
        around = " " if element.tag == "Form" else "\n"
        yield block, f"{around}{element.replacement}{around}"
        return
    for child in element.children:
        if isinstance(child, Glyph):
            yield block, child
        else:
            yield from _pieces(child, block if child.tag in INLINE else child)


def _between(before: tuple[Element, Glyph] | None, after: tuple[Element, Glyph]) -> str:
    if before is None:
        return ""
    gap = words_between(before[1], after[1])
    return gap if before[0] is after[0] else gap or " "


def _join(text: str, gap: str) -> str:
    if gap == "\n" and text.endswith(HYPHENS):
        return text.rstrip("".join(HYPHENS))
    return text + gap
