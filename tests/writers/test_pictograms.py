"""Pictograms: drawn once as shapes, clear in black, and told to those who do not see them."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import docx
import pypdfium2 as pdfium
import pytest
from PIL import Image

import planforms as pf
from planforms.document import Pictogram, Pictured
from planforms.placement.blocks import PICTOGRAM_SIZE
from planforms.writers import ENGINES
from planforms.writers._pictogram_shapes import INK, PAPER, PICTOGRAMS, UNITS, WIDTH
from planforms.writers._pictograms import PIXELS, png_of, svg_of
from planforms.writers.pdf import to_pdf
from tests.reading.structure import read_structure
from tests.writers.sample import document_of, paragraph

EVERY = pytest.mark.parametrize("pictogram", Pictogram)


def test_there_is_a_drawing_of_every_pictogram_and_no_two_are_alike() -> None:
    assert set(PICTOGRAMS) == set(Pictogram)
    assert len({png_of(one) for one in Pictogram}) == len(Pictogram)


@EVERY
def test_a_pictogram_is_black_on_white_and_stays_in_its_square(pictogram: Pictogram) -> None:
    root = ElementTree.fromstring(svg_of(pictogram))
    painted = {each.get(name) for each in root.iter() for name in ("fill", "stroke")}
    assert painted - {None, "none"} <= {INK, PAPER}
    picture = pixels(pictogram)
    assert picture.size == (PIXELS, PIXELS)
    edge = [picture.getpixel((x, y)) for x in range(PIXELS) for y in (0, PIXELS - 1)]
    edge += [picture.getpixel((x, y)) for y in range(PIXELS) for x in (0, PIXELS - 1)]
    assert set(edge) == {255}


@EVERY
def test_a_pictogram_has_enough_ink_to_be_seen_and_enough_paper_to_be_told(
    pictogram: Pictogram,
) -> None:
    black = sum(pixels(pictogram).point(lambda grey: grey < 128 and 255).histogram()[255:])
    assert 0.08 < black / PIXELS**2 < 0.5
    assert WIDTH * 12.7 / UNITS > 0.7  # the thinnest line in mm, on paper


@EVERY
@pytest.mark.parametrize("engine", ENGINES)
def test_paper_and_word_draw_the_same_and_tell_what_it_shows(
    pictogram: Pictogram, engine: str
) -> None:
    pdf = to_pdf(sheet(pictogram), engine=engine)
    figures = [one for one in read_structure(pdf).elements() if one.tag == "Figure"]
    assert [figure.replacement for figure in figures] == ["Tegn på noe"]
    assert difference(ink(printed(pdf)), ink(pixels(pictogram))) < 16


@pytest.mark.parametrize("pictogram", [Pictogram.PEN])
def test_word_holds_the_picture_with_its_description(pictogram: Pictogram) -> None:
    word = docx.Document(BytesIO(pf.to_docx(sheet(pictogram))))
    [shape] = word.element.body.iter("{*}inline")
    assert next(shape.iter("{*}docPr")).get("descr") == "Tegn på noe"
    size = next(shape.iter("{*}extent"))
    assert {int(size.get(side)) for side in ("cx", "cy")} == {PICTOGRAM_SIZE * 36_000}
    [part] = [one for one in word.part.package.iter_parts() if str(one.partname).endswith(".png")]
    assert part.blob == png_of(pictogram)


def test_the_page_names_the_drawing() -> None:
    page = pf.to_html(sheet(Pictogram.PEN))
    assert '<svg class="pictogram" role="img" aria-label="Tegn på noe"' in page
    assert ".pictured" in page
    assert ".pictured" not in pf.to_html(document_of(paragraph("Ord.")))


def sheet(pictogram: Pictogram) -> pf.Document:
    return document_of(Pictured(pictogram, "Tegn på noe", (paragraph("Ord."),)))


def printed(pdf: bytes) -> Image.Image:
    """The column of pictograms on a page, below the title."""
    with pdfium.PdfDocument(pdf) as pages:
        scale = 6
        page: Image.Image = pages[0].render(scale=scale).to_pil().convert("L")
    mm = scale * 72 / 25.4
    return page.crop((round(24 * mm), round(29 * mm), round(39 * mm), round(80 * mm)))


def ink(picture: Image.Image) -> Image.Image:
    """What is drawn, without the paper around it, in a small square."""
    box = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox()
    return picture.crop(box).resize((26, 26), Image.Resampling.BOX)


def pixels(pictogram: Pictogram) -> Image.Image:
    return Image.open(BytesIO(png_of(pictogram)))


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures differ in the mean, of 255."""
    pairs = zip(one.tobytes(), other.tobytes(), strict=True)
    return sum(abs(a - b) for a, b in pairs) / (one.width * one.height)
