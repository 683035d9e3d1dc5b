"""How a PDF fills its pages: not more of them than its kind may have, and none nearly empty."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from tests.reading.glyphs import read_glyphs

TOP, BOTTOM = 842 - 18 / 25.4 * 72, 22 / 25.4 * 72
"""Where the text of a page begins and ends, in points from its lower edge."""
LEAST_FILLED, LEAST_OF_LAST = 0.25, 0.1
"""How much of a page is filled at least; of the last page of what is not an empty form, less."""


def pages(pdf: Path, most: int, *, blank: bool) -> list[str]:
    """What is wrong with the pages of a PDF that may have so many; a sentence for each."""
    glyphs = (glyph for glyph in read_glyphs(pdf.read_bytes()) if glyph.mark.artifact is None)
    lowest = {
        page: min(glyph.baseline for glyph in found)
        for page, found in groupby(glyphs, key=attrgetter("page"))
    }
    least = dict.fromkeys(lowest, LEAST_FILLED) | ({} if blank else {max(lowest): LEAST_OF_LAST})
    return [*_too_many(len(lowest), most), *_nearly_empty(lowest, least)]


def _too_many(count: int, most: int) -> Iterator[str]:
    if count > most:
        yield f"{count} pages, at most {most}"


def _nearly_empty(lowest: dict[int, float], least: dict[int, float]) -> Iterator[str]:
    for page, baseline in lowest.items():
        if (TOP - baseline) / (TOP - BOTTOM) < least[page]:
            yield f"page {page + 1} is nearly empty"
