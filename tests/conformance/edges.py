"""What of a PDF's pages stands beyond the margins, where printers cut it off or nobody looks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from tests.reading.glyphs import Glyph, read_glyphs

_MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 25 * _MM, 20 * _MM, 18 * _MM, 22 * _MM
"""The margins of a page, in points."""
SPARE = 1.0
"""How far a letter may lean over, in points."""


def beyond_margins(pdf: Path) -> list[str]:
    """The letters of content that stand in a margin; a sentence for each line of them."""
    with pikepdf.open(pdf) as document:
        sizes = [[float(edge) for edge in page.mediabox] for page in document.pages]
    return list(dict.fromkeys(_found(pdf, sizes)))


def _found(pdf: Path, sizes: list[list[float]]) -> Iterator[str]:
    for glyph in read_glyphs(pdf.read_bytes()):
        _, _, width, height = sizes[glyph.page]
        if glyph.mark.artifact is None and glyph.text.strip() and _is_out(glyph, width, height):
            place = f"page {glyph.page + 1}, {glyph.baseline:.0f} points from its lower edge"
            yield f"{place}: letters beyond the margins"


def _is_out(glyph: Glyph, width: float, height: float) -> bool:
    beside = glyph.left < LEFT - SPARE or glyph.right > width - RIGHT + SPARE
    return beside or not BOTTOM - SPARE <= glyph.baseline <= height - TOP + SPARE
