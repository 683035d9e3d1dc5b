"""Pictures of a Word document, in a line of words."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.document import Document as WordDocument
from docx.shared import Mm, Twips

from planforms.document import Logo
from planforms.placement.blocks import PICTOGRAM_SIZE, PlacedChart, PlacedPictured
from planforms.placement.words import text_of
from planforms.writers import _pictograms
from planforms.writers._chart_pictures import png_of
from planforms.writers._chart_shapes import drawing_of
from planforms.writers._word_paragraphs import clean

LOGO_HEIGHT, LOGO_WIDTH = Mm(12), Mm(60)
PIXEL = Mm(25.4 / 96)
CHART = "Chart"
"""What a drawing is called, whose words are those of the table above it."""


def picture_of(word: WordDocument, logo: Logo) -> Any:
    """A logo, as high as a letterhead has room for."""
    height = min(LOGO_HEIGHT, logo.height_px * PIXEL)
    width = height * logo.width_px / logo.height_px
    shrink = min(1.0, LOGO_WIDTH / width)
    return add_picture(word, logo.png, (int(width * shrink), int(height * shrink)), logo.alt)


def add_picture(word: WordDocument, png: bytes, size: tuple[int, int], alt: str) -> Any:
    """A picture, for a run of words.

    Args:
        word: the document, which takes the picture.
        png: the picture.
        size: its width and height, in the units of pictures.
        alt: what it shows.
    """
    inline = word.part.new_pic_inline(BytesIO(png), *size)
    inline.docPr.set("descr", " ".join(clean(alt).split()))
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")
    return inline


def pictogram_picture(word: WordDocument, part: PlacedPictured) -> Any:
    """The pictogram of a part."""
    side = Mm(PICTOGRAM_SIZE)
    return add_picture(word, _pictograms.png_of(part.pictogram), (side, side), part.alt)


def chart_picture(word: WordDocument, chart: PlacedChart, width: int) -> Any:
    """The drawing of a table.

    Args:
        word: the document, which takes the picture.
        chart: what is drawn.
        width: how wide it may be, in twentieths of a point.
    """
    drawing = drawing_of(chart, Twips(width).mm)
    size = Mm(drawing.width), Mm(drawing.height)
    picture = add_picture(word, png_of(drawing), size, text_of(chart.caption))
    picture.docPr.set("name", CHART)
    return picture
