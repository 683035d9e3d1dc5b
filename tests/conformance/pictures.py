"""Whether two PDFs look alike: their pages as small grey pictures, laid over one another."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageFilter, ImageStat

SCALE, SHRINK = 2, 4
"""Pages are drawn at 144 dots an inch and shrunk to 36, so that thin lines count as they are."""
BLUR = 3
"""Over how many dots a picture is blurred: what stands 2 mm apart counts as in one place."""
MOST = 4
"""How much two pages differ at most on average, of 255; two pages of other words differ by more."""


def differing_pages(first: Path, second: Path) -> list[str]:
    """The pages on which a reader would notice that two PDFs differ; a sentence for each."""
    pairs = zip_longest(_pictures(first), _pictures(second))
    return [
        f"page {number} differs by {difference:.1f}"
        for number, (one, other) in enumerate(pairs, start=1)
        if (difference := _difference(one, other)) > MOST
    ]


def _pictures(pdf: Path) -> list[Image.Image]:
    with pdfium.PdfDocument(pdf) as document:
        pages = [page.render(scale=SCALE).to_pil().convert("L") for page in document]
    return [page.reduce(SHRINK).filter(ImageFilter.BoxBlur(BLUR)) for page in pages]


def _difference(one: Image.Image | None, other: Image.Image | None) -> float:
    if one is None or other is None or one.size != other.size:
        return 255
    mean: float = ImageStat.Stat(ImageChops.difference(one, other)).mean[0]
    return mean
