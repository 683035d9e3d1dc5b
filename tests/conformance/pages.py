"""How a PDF fills its pages: not more of them than its kind may have, and none nearly empty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from tests.reading.glyphs import read_glyphs

TOP, BOTTOM = 842 - 18 / 25.4 * 72, 22 / 25.4 * 72
"""Where the text of a page begins and ends, in points from its lower edge."""
LEAST_FILLED = 0.25


def pages(pdf: Path, most: int) -> list[str]:
    """What is wrong with the pages of a PDF that may have so many; a sentence for each."""
    glyphs = (glyph for glyph in read_glyphs(pdf.read_bytes()) if glyph.mark.artifact is None)
    lowest = {
        page: min(glyph.baseline for glyph in found)
        for page, found in groupby(glyphs, key=attrgetter("page"))
    }
    return [*_too_many(len(lowest), most), *_nearly_empty(lowest)]


def _too_many(count: int, most: int) -> Iterator[str]:
    if count > most:
        yield f"{count} pages, at most {most}"


def _nearly_empty(lowest: dict[int, float]) -> Iterator[str]:
    for page, baseline in lowest.items():
        if (TOP - baseline) / (TOP - BOTTOM) < LEAST_FILLED:
            yield f"page {page + 1} is nearly empty"
