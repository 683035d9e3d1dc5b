from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import groupby
from pathlib import Path
from statistics import median

import pikepdf
import pytest

from planforms.document import (
    AddressWindow,
    Block,
    Break,
    Cell,
    DescriptionList,
    Document,
    Fields,
    FieldType,
    Heading,
    Letterhead,
    List,
    Strong,
    Table,
    Text,
    Window,
)
from planforms.errors import PlanformsError, ProfileError, TemplateError
from planforms.placement.blocks import ROW_HEIGHT, ROW_PITCH
from planforms.writers import ENGINES
from planforms.writers.pdf import to_pdf
from tests.reading.comparison import first_difference
from tests.reading.glyphs import Glyph, read_glyphs
from tests.reading.pdf import HYPHENS, element_text, pdf_text
from tests.reading.structure import Element, read_structure
from tests.writers.sample import (
    DESCRIPTION,
    blank,
    document_of,
    entry,
    filled,
    logo,
    matrix,
    paragraph,
    sample,
    signing_table,
    slip,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True, params=ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every test of this file holds for every engine."""
    name: str = request.param
    monkeypatch.setattr(request.module, "to_pdf", partial(to_pdf, engine=name))
    return name


def elements(document: Document, tag: str) -> list[Element]:
    root = read_structure(to_pdf(document))
    return [element for element in root.elements() if element.tag == tag]


def tags(element: Element) -> list[str]:
    return [child.tag for child in element.inner()]


def pages(document: Document) -> list[list[str]]:
    """The lines of each page, the running footer left out."""
    glyphs = [glyph for glyph in read_glyphs(to_pdf(document)) if glyph.mark.artifact is None]
    by_page = groupby(glyphs, key=lambda glyph: glyph.page)
    return [lines(list(letters)) for _, letters in by_page]


def lines(glyphs: list[Glyph]) -> list[str]:
    def height(glyph: Glyph) -> int:
        return -round(glyph.baseline)

    ordered = sorted(glyphs, key=lambda glyph: (height(glyph), glyph.left))
    return ["".join(g.text for g in line).strip() for _, line in groupby(ordered, key=height)]


def filler(count: int) -> list[Block]:
    return [paragraph(f"Linje {number}") for number in range(count)]


def table_of(*rows: tuple[str, str]) -> Table:
    return Table(
        caption=(Text("Oversikt"),),
        widths=(30, 70),
        head=tuple(Cell((paragraph(words),), header=True) for words in ("Hva", "Hvordan")),
        rows=tuple((Cell((paragraph(a),), header=True), Cell((paragraph(b),))) for a, b in rows),
    )


# --- words ----------------------------------------------------------------------------------


def test_the_pdf_says_what_the_document_says() -> None:
    assert first_difference(sample().text(), pdf_text(to_pdf(sample()))) is None


def test_what_goes_on_over_many_pages_is_all_there() -> None:
    long_words = " ".join(f"ord{number}" for number in range(3000))
    document = document_of(
        paragraph(long_words),
        DescriptionList((entry("Navn", long_words),)),
        List(ordered=True, items=((paragraph(long_words), paragraph(long_words)),)),
        table_of(("kort", "kort"), ("lang", long_words), ("siste", "siste")),
    )
    assert first_difference(document.text(), pdf_text(to_pdf(document))) is None


def test_a_hyphen_that_was_written_differs_from_one_at_the_end_of_a_line() -> None:
    document = document_of(
        paragraph(("Eva-Lottas arbeidsrehabiliteringsavdeling her " * 12).strip())
    )
    text = "".join(glyph.text for glyph in read_glyphs(to_pdf(document)))
    assert text.count("Eva-Lottas") == 12
    assert any(hyphen in text for hyphen in HYPHENS)
    assert first_difference(document.text(), pdf_text(to_pdf(document))) is None


def test_on_a_participants_paper_no_word_is_broken() -> None:
    words = paragraph(("Eva-Lottas arbeidsrehabiliteringsavdeling her " * 12).strip())
    document = document_of(words, List(False, ((words,),)))
    assert any(hyphen in letters(document) for hyphen in HYPHENS)
    for one in (document, sample()):
        assert not any(hyphen in letters(replace(one, whole_words=True)) for hyphen in HYPHENS)


def letters(document: Document) -> str:
    """All letters as they are printed."""
    return "".join(glyph.text for glyph in read_glyphs(to_pdf(document)))


def test_text_is_as_wide_as_tables_and_a_line_of_it_has_about_a_hundred_letters() -> None:
    text = " ".join([DESCRIPTION] * 4)
    head = Cell((paragraph("x"),), header=True)
    row = Table((Text("C"),), (100,), (head,), ((Cell((paragraph(text),)),),))
    running, in_table = (
        max(glyph.right for glyph in read_glyphs(to_pdf(document_of(block))))
        for block in (paragraph(text), row)
    )
    assert running == pytest.approx(in_table, abs=5)
    full = [len(line) for line in pages(document_of(paragraph(text)))[0][1:-1]]
    assert 85 <= median(full) <= 100


def test_the_foot_of_every_page_names_the_case_and_counts_the_pages() -> None:
    glyphs = [glyph for glyph in read_glyphs(to_pdf(sample())) if glyph.mark.artifact]
    feet = [lines(list(page))[-1] for _, page in groupby(glyphs, key=lambda glyph: glyph.page)]
    count = len(feet)
    assert count > 2
    assert feet == [
        f"Sak 2026/114 · SluttrapportSide {page} av {count}" for page in range(1, count + 1)
    ]


# --- tags -----------------------------------------------------------------------------------


def test_a_table_over_several_pages_is_one_table_with_one_head() -> None:
    table = elements(sample(), "Table")[-2]
    assert tags(table) == ["Caption", "THead", "TBody"]
    head, body = table.inner()[1:]
    assert [[cell.scope for cell in row.inner()] for row in head.inner()] == [["Column"] * 4]
    assert [tags(row) for row in body.inner()] == [["TH", "TD", "TD", "TD"]] * 30
    assert {row.inner()[0].scope for row in body.inner()} == {"Row"}


def test_the_head_is_printed_again_on_the_next_page_but_read_once() -> None:
    glyphs = read_glyphs(to_pdf(sample()))
    printed = [lines(list(page)) for _, page in groupby(glyphs, key=lambda glyph: glyph.page)]
    heads = [page for page in printed if any(line.startswith("UkeOppgaver") for line in page)]
    assert len(heads) >= 2
    assert heads == [page for page in printed if any(line.startswith("Uke ") for line in page)]
    assert [line for page in pages(sample()) for line in page].count("UkeOppgaverDagerMerknad") == 1


def test_a_row_that_names_those_below_it_spans_the_table() -> None:
    document = document_of(matrix())
    (table,) = elements(document, "Table")
    rows = [tags(row) for body in table.inner()[2:] for row in body.inner()]
    assert rows == [["TH", "TD", "TD"], ["TH"], ["TH", "TD", "TD"], ["TH", "TD", "TD"]]
    assert [cell.span for cell in table.elements() if cell.span > 1] == [3]


def test_a_slip_begins_a_page_and_its_address_stands_in_the_window() -> None:
    glyphs = read_glyphs(to_pdf(document_of(paragraph("Før"), slip())))
    address = next(glyph for glyph in glyphs if glyph.page == 1 and glyph.text == "L")
    left, below_top = (
        round(length / 72 * 25.4, 2) for length in (address.left, 842 - address.baseline)
    )
    assert 25 <= left <= 27
    assert 46 <= below_top <= 52


@pytest.mark.parametrize(("left", "is_beside"), [(25, True), (100, False)])
def test_fields_after_an_address_stand_beside_it_if_there_is_room(
    left: int, is_beside: bool
) -> None:
    address = AddressWindow((Text("Lillevik"),), Window(left, 45, 85, 40))
    dated = Fields((entry("Uke", paragraph(filled("Uke", "12"))),), (12,))
    glyphs = read_glyphs(to_pdf(document_of(address, dated)))
    name, label = (next(g for g in glyphs if g.text == letter) for letter in "LU")
    assert (label.left > name.left + 85 * 72 / 25.4) is is_beside
    assert (name.baseline - label.baseline < 40 * 72 / 25.4) is is_beside


@pytest.mark.parametrize("lines", [1, 3])
def test_a_row_to_fill_is_as_high_as_its_place_says(lines: int) -> None:
    head = (Cell((paragraph("Rolle"),)), Cell((paragraph("Navn"),)))
    rows = tuple(
        (Cell((paragraph(name),), header=True), Cell((paragraph(blank("Navn")),), lines=lines))
        for name in ("X", "Y")
    )
    glyphs = read_glyphs(to_pdf(document_of(Table((Text("C"),), (50, 50), head, rows))))
    first, second = (next(g for g in glyphs if g.text == name) for name in "XY")
    height = (first.baseline - second.baseline) / 72 * 25.4
    assert height == pytest.approx(ROW_HEIGHT + ROW_PITCH * (lines - 1), abs=0.3)


def test_a_row_longer_than_a_page_is_one_row() -> None:
    document = document_of(table_of(("en", DESCRIPTION * 20), ("to", "kort")))
    rows = elements(document, "TR")
    assert [len(row.inner()) for row in rows] == [2, 2, 2]
    assert element_text(rows[1]).split()[0] == "en"


def test_a_table_of_endless_rows_keeps_its_head() -> None:
    document = document_of(*filler(20), table_of(("en", DESCRIPTION * 20)))
    (table,) = elements(document, "Table")
    assert tags(table) == ["Caption", "THead", "TBody"]


def test_a_paragraph_over_two_pages_is_one_paragraph() -> None:
    document = document_of(*filler(30), paragraph(DESCRIPTION * 2), paragraph("Slutt"))
    assert len(pages(document)) == 2
    assert len(elements(document, "P")) == 32


def test_an_item_over_two_pages_is_one_item_with_one_number() -> None:
    steps = List(ordered=True, items=((paragraph(DESCRIPTION * 2),), (paragraph("Slutt"),)))
    document = document_of(*filler(30), steps)
    assert len(pages(document)) == 2
    assert [tags(item) for item in elements(document, "LI")] == [["Lbl", "LBody"]] * 2


def test_a_label_and_its_value_are_one_block_in_that_order() -> None:
    document = document_of(DescriptionList((entry("Navn", "Kari"), entry("Om", "Kort", "og godt"))))
    blocks = {element_text(found).replace("\n", " "): found for found in elements(document, "Div")}
    for label, value in (("Navn", "Kari"), ("Om", "Kort og godt")):
        block = blocks[f"{label} {value}"]
        first = next(found for found in block.elements() if found.tag == "P")
        assert element_text(first) == label


def test_words_in_bold_and_line_breaks_leave_a_paragraph_whole() -> None:
    document = document_of(paragraph("En ", Strong((Text("to"),)), Break(), "tre"))
    (found,) = elements(document, "P")
    assert element_text(found) == "En to\ntre"
    assert set(tags(found)) == {"Span"}


def test_an_empty_field_is_read_as_nothing() -> None:
    document = document_of(paragraph(blank("Grunn", 3, FieldType.TEXT)), paragraph("Slutt"))
    headings, paragraphs = elements(document, "H1"), elements(document, "P")
    assert [element_text(found) for found in (*headings, *paragraphs)] == ["Notat", "Slutt"]
    assert elements(document, "Div") == []


def test_the_logo_has_its_description() -> None:
    figure, _ = elements(sample(), "Figure")
    assert figure.replacement == "Lillevik kommune"


def test_headings_are_in_the_outline() -> None:
    with pikepdf.open(BytesIO(to_pdf(sample()))) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "Sluttrapport"
        assert [item.title for item in title.children] == [
            "Kort sagt",
            "Om tiltaket",
            "Beskrivelse av arbeidspraksisen",
            "Konklusjon",
            "Deg selv",
            "Det som hjelper",
            "Det som er i veien",
            "Fylles ut av oss",
            "Før du skriver under",
            "Underskrifter",
            "Jeg trekker samtykket",
        ]


# --- properties -----------------------------------------------------------------------------


def test_the_file_tells_its_title_author_language_and_standards() -> None:
    with pikepdf.open(BytesIO(to_pdf(sample()))) as pdf, pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == pdf.docinfo["/Title"] == "Sluttrapport"
        assert metadata["dc:creator"] == ["Lillevik kommune"]
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert pdf.Root.Lang == "nb"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_the_only_date_is_the_date_of_issue() -> None:
    with pikepdf.open(BytesIO(to_pdf(sample()))) as pdf:
        dates = {key: str(pdf.docinfo[key]) for key in ("/CreationDate", "/ModDate")}
    assert set(dates.values()) == {"D:20260907000000Z"}


def test_without_a_date_of_issue_there_is_no_date() -> None:
    with pikepdf.open(BytesIO(to_pdf(document_of(paragraph("x"))))) as pdf:
        assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
        assert b"Date" not in pdf.Root.Metadata.read_bytes()


def test_only_the_own_fonts_are_embedded() -> None:
    with pikepdf.open(BytesIO(to_pdf(sample()))) as pdf:
        names = {
            str(found.FontName).partition("+")[2]
            for found in pdf.objects
            if isinstance(found, pikepdf.Dictionary) and "/FontName" in found
        }
    own = {"Planforms-Sans-Regular", "Planforms-Sans-Italic", "Planforms-Sans-SemiBold"}
    as_pango_says = {"Planforms-Sans", "Planforms-Sans-Italic", "Planforms-Sans-Semi-Bold"}
    assert names in (own, as_pango_says)


# --- pages ----------------------------------------------------------------------------------


@pytest.mark.parametrize("above", range(26, 38))
def test_a_signing_table_stays_whole(above: int) -> None:
    document = document_of(*filler(above), signing_table("Kari Eksempel", "Ola Eksempel"))
    (page,) = (page for page in pages(document) if "Den som skriver under" in page)
    assert "".join(page[page.index("RolleNavnUnderskrift") + 1 :]) == (
        "DeltakerKari EksempelVeilederOla Eksempel"
    )


@pytest.mark.parametrize("above", range(28, 40))
def test_a_heading_and_a_label_stay_with_what_follows(above: int) -> None:
    values = DescriptionList((entry("Erfaringer", DESCRIPTION, DESCRIPTION),))
    document = document_of(*filler(above), Heading(2, (Text("Om oss"),)), values)
    (page,) = (page for page in pages(document) if "Om oss" in page)
    assert page[page.index("Om oss") + 1] == "Erfaringer"
    assert len(page) >= page.index("Erfaringer") + 3


@pytest.mark.parametrize("above", range(28, 40))
def test_a_caption_stays_with_its_table(above: int) -> None:
    document = document_of(*filler(above), table_of(("a", "b"), ("c", "d")))
    assert "Oversikt" not in {page[-1] for page in pages(document)}
    assert "HvaHvordan" not in {page[-1] for page in pages(document)}


@pytest.mark.parametrize("above", range(28, 40))
def test_a_short_row_is_not_split(above: int) -> None:
    cells = Cell((paragraph("rad"),), True), Cell((paragraph("først", Break(), "sist"),))
    table = replace(table_of(("a", "b")), rows=(cells,) * 6)
    document = document_of(*filler(above), table)
    assert "radførst" not in {page[-1] for page in pages(document)}


# --- the same bytes -------------------------------------------------------------------------

PROGRAM = """
import hashlib, sys
from planforms.writers.pdf import to_pdf
from tests.writers.sample import sample
print(hashlib.sha256(to_pdf(sample(), engine=sys.argv[1])).hexdigest())
"""


def digest(engine: str, **environment: str) -> str:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", PROGRAM, engine],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            **environment,
        },
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def test_a_machine_without_fonts_makes_the_same_bytes(engine: str, tmp_path: Path) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">'
        f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    assert digest(engine, FONTCONFIG_FILE=str(fonts)) == digest(engine)


def test_four_threads_make_the_same_bytes_as_one() -> None:
    documents = [document_of(paragraph(f"{number} {DESCRIPTION}")) for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(to_pdf, documents)) == [to_pdf(document) for document in documents]


# --- problems -------------------------------------------------------------------------------


def problem_of(document: Document) -> PlanformsError:
    with pytest.raises(TemplateError) as caught:
        to_pdf(document)
    return caught.value


# That nothing else is logged is seen to for every test, see tests/conftest.py.


def test_a_broken_logo_is_a_problem_that_tells_nothing_of_the_case(
    caplog: pytest.LogCaptureFixture,
) -> None:
    broken = replace(logo(), png=b"Kari Eksempel")
    (problem,) = problem_of(document_of(Letterhead(broken, ()))).problems
    assert problem.code == "pdf.layout"
    assert "Failed to load image" in problem.message
    assert "S2FyaSB" not in str(problem)
    caplog.clear()


def test_a_problem_does_not_spoil_the_next_document(caplog: pytest.LogCaptureFixture) -> None:
    before = to_pdf(sample())
    problem_of(document_of(Letterhead(replace(logo(), png=b""), ())))
    caplog.clear()
    assert to_pdf(sample()) == before


def test_a_colour_cannot_become_style() -> None:
    with pytest.raises(ProfileError, match=r"letterhead\.accent"):
        to_pdf(replace(sample(), accent="red"))


def test_a_letter_that_no_font_has_neither_stops_the_document_nor_reaches_the_log() -> None:
    document = document_of(paragraph("漢"))
    assert len(pages(document)) == 1
