"""Drawings of tables, and pages in landscape, in each format."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from lxml import etree, html
from PIL import Image

from planforms.document import ChartKind, Document
from planforms.forms.prompts import PROMPTS
from planforms.placement import place
from planforms.placement.blocks import PlacedChart
from planforms.writers._chart_pictures import png_of, svg_of
from planforms.writers._chart_shapes import (
    Bar,
    Dot,
    Drawing,
    Label,
    Line,
    broken,
    drawing_of,
)
from planforms.writers.docx import to_docx
from planforms.writers.html import to_html
from planforms.writers.pdf import to_pdf
from tests.reading.comparison import first_difference
from tests.reading.docx import docx_text
from tests.reading.html import html_text
from tests.reading.pdf import pdf_text
from tests.reading.structure import read_structure
from tests.writers.sample import chart, closures, document_of, paragraph, progress, rated, sample

ENGINES = ("weasyprint", "typst")
DOCUMENT = document_of(progress(), paragraph("Etterpå."), closures())
WIDE = replace(sample(), landscape=True)
HOSTILE = chart(
    ChartKind.LINES,
    ("<svg onload=x>", "]]>" * 40, "x" * 300),
    rated('"/><script>alert(1)</script>', 1, 5),
    rated("#let x = 1 $ \\ {{ 7*7 }} ${x}", 2, 3),
    rated("å\u0301" * 200, 4, "\ufffd" * 50),
)


def drawings(document: Document, width: float = 165) -> list[Drawing]:
    placed = place(document.blocks)
    return [drawing_of(block, width) for block in placed if isinstance(block, PlacedChart)]


# --- what is drawn --------------------------------------------------------------------------


def test_each_number_stands_where_it_is_drawn_and_in_words() -> None:
    lines, _ = drawings(DOCUMENT)
    dots = [shape for shape in lines.shapes if isinstance(shape, Dot)]
    words = [shape for shape in lines.shapes if isinstance(shape, Label)]
    assert len(dots) == 8
    for dot in dots:
        assert any(word.x == dot.x and 0 < dot.y - word.y < 2 for word in words)
    strips = [dots[0:3], dots[3:5], dots[5:8]]
    assert [[later.y < dot.y for dot, later in pairwise(strip)] for strip in strips] == [
        [True, True],
        [False],
        [True, False],
    ]


def test_a_line_has_a_gap_where_there_is_no_number() -> None:
    lines, _ = drawings(DOCUMENT)
    drawn = [s for s in lines.shapes if isinstance(s, Line) and s.colour == "#1a1a1a"]
    assert len(drawn) == 4  # two rows of three numbers, and one with a gap in the middle


def test_bars_are_as_long_as_their_numbers_and_words_stand_instead() -> None:
    _, drawing = drawings(DOCUMENT)
    long, short = [shape for shape in drawing.shapes if isinstance(shape, Bar)]
    assert long.width / short.width == pytest.approx(12 / 7)
    words = {shape.text: shape.x for shape in drawing.shapes if isinstance(shape, Label)}
    assert words["færre enn 5"] == pytest.approx(long.x + 1.5)


@pytest.mark.parametrize("width", [60, 165, 252])
@pytest.mark.parametrize("document", [DOCUMENT, document_of(HOSTILE)])
def test_nothing_is_drawn_beyond_the_edges(document: Document, width: float) -> None:
    for drawing in drawings(document, width):
        picture = Image.open(BytesIO(png_of(drawing))).convert("L")
        box = Image.eval(picture, lambda tone: 255 - tone).getbbox()
        assert box
        assert box[0] >= 0
        assert box[2] <= picture.width
        for shape in drawing.shapes:
            if isinstance(shape, Label):
                assert broken(shape.text, width) == [" ".join(shape.text.split())]
                assert 0 <= shape.y <= drawing.height


def test_both_pictures_show_the_same() -> None:
    for drawing in drawings(DOCUMENT):
        svg = etree.fromstring(svg_of(drawing))
        kinds = [etree.QName(element).localname for element in svg]
        names = {Line: "line", Bar: "rect", Dot: "circle", Label: "path"}
        assert kinds == [names[type(shape)] for shape in drawing.shapes]
        png = Image.open(BytesIO(png_of(drawing)))
        assert png.width / png.height == pytest.approx(drawing.width / drawing.height, rel=0.01)


def test_words_that_do_not_fit_end_in_dots() -> None:
    assert broken("kort", 50) == ["kort"]
    assert broken("to linjer har plass", 20) == ["to linjer har", "plass"]
    assert broken("her er det altfor mange ord til det", 20)[-1].endswith("…")
    assert broken("", 20) == []


# --- formats --------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [DOCUMENT, document_of(HOSTILE), WIDE])
def test_every_format_says_what_the_tables_say(document: Document) -> None:
    expected = document.text()
    assert first_difference(expected, html_text(to_html(document))) is None
    assert first_difference(expected, docx_text(to_docx(document))) is None
    for engine in ENGINES:
        assert first_difference(expected, pdf_text(to_pdf(document, engine=engine))) is None


def test_the_page_shows_pictures_that_need_nothing_from_elsewhere() -> None:
    images = html.document_fromstring(to_html(DOCUMENT)).findall(".//img")
    assert [image.get("alt") for image in images] == ["", ""]
    for image in images:
        head, _, data = image.get("src", "").partition(",")
        assert head == "data:image/svg+xml;base64"
        svg = base64.b64decode(data).decode()
        assert not re.search(r"href|style|url|script|<text|font", svg)


@pytest.mark.parametrize("engine", ENGINES)
def test_in_a_pdf_a_drawing_is_drawn_and_has_no_tag(engine: str) -> None:
    pdf = to_pdf(DOCUMENT, engine=engine)
    assert "Figure" not in {element.tag for element in read_structure(pdf).elements()}
    with_drawing, without = (drawn_paths(to_pdf(d, engine=engine)) for d in (DOCUMENT, TABLES))
    assert with_drawing > without + 50


TABLES = document_of(progress().table, paragraph("Etterpå."), closures().table)


def drawn_paths(content: bytes) -> int:
    """How many curves and lines the pages of a PDF have, and what they draw within."""
    with pikepdf.open(BytesIO(content)) as pdf:
        streams = [
            thing.read_bytes()
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Stream) and thing.get("/Type") != "/Metadata"
        ]
    return sum(len(re.findall(rb"\bc\b", stream)) for stream in streams)


def test_in_word_a_drawing_is_a_picture_that_says_what_the_table_shows() -> None:
    shapes = docx.Document(BytesIO(to_docx(DOCUMENT))).inline_shapes
    described = [shape._inline.docPr.get("descr") for shape in shapes]
    assert described == ["Slik har det gått"] * 2
    for shape in shapes:
        assert shape.width.mm == pytest.approx(165, abs=0.5)


def test_the_same_document_has_the_same_bytes() -> None:
    assert to_docx(DOCUMENT) == to_docx(DOCUMENT)
    assert to_html(DOCUMENT) == to_html(DOCUMENT)
    for engine in ENGINES:
        assert to_pdf(DOCUMENT, engine=engine) == to_pdf(DOCUMENT, engine=engine)


# --- landscape ------------------------------------------------------------------------------


@pytest.mark.parametrize("fillable", [False, True])
def test_every_page_of_a_pdf_in_landscape_is_wide(*, fillable: bool) -> None:
    document = replace(WIDE, prompts=dict.fromkeys(PROMPTS, "Rad {number}"))
    files = [
        to_pdf(document, fillable=fillable),
        *([] if fillable else [to_pdf(WIDE, engine="typst")]),
    ]
    for content in files:
        with pikepdf.open(BytesIO(content)) as pdf:
            boxes = [[round(float(n)) for n in page.mediabox] for page in pdf.pages]
        assert {tuple(box) for box in boxes} == {(0, 0, 842, 595)}


def test_word_turns_the_paper_and_what_stands_at_its_right_edge() -> None:
    word = docx.Document(BytesIO(to_docx(WIDE)))
    section = word.sections[0]
    sizes = (section.page_width or 0, section.page_height or 0)
    assert [round(size / Mm(1)) for size in sizes] == [297, 210]
    assert section.orientation == 1
    [tab] = word.styles["footer"].paragraph_format.tab_stops
    assert tab.position.mm == pytest.approx(252, abs=0.2)
    [table] = [t for t in word.tables if t.cell(0, 0).text == "Uke"]
    widths = [int(column.get(qn("w:w"), 0)) for column in table._tbl.tblGrid]
    assert sum(widths) / 1440 * 25.4 == pytest.approx(252, abs=1)


def test_the_page_prints_in_landscape_and_others_do_not() -> None:
    assert "@page{size:A4 landscape}" in to_html(WIDE)
    assert "landscape" not in to_html(sample())
