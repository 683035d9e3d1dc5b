"""What the Word document says, how it is built, and what it must not tell."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pypdfium2 as pdfium
import pytest
from docx.document import Document as WordDocument
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from planforms.document import (
    AddressWindow,
    Beside,
    Block,
    Box,
    BoxKind,
    Break,
    Cell,
    CheckBox,
    Choices,
    DescriptionList,
    Document,
    Field,
    Fields,
    FieldType,
    Footer,
    Heading,
    Letterhead,
    List,
    Paragraph,
    Quote,
    Section,
    SectionKind,
    Table,
    Text,
    Window,
)
from planforms.errors import ProfileError
from planforms.writers.docx import to_docx
from tests.conformance.libreoffice import libreoffice
from tests.reading.comparison import first_difference
from tests.reading.docx import docx_text
from tests.reports import render_with
from tests.writers.sample import (
    blank,
    document_of,
    entry,
    filled,
    logo,
    matrix,
    option,
    paragraph,
    sample,
    signing_table,
)

PROGRAM = """
import sys
from tests.writers.sample import sample
from planforms.writers.docx import to_docx
sys.stdout.buffer.write(to_docx(sample()))
"""
ROOT = Path(__file__).parents[2]


def written(document: Document) -> WordDocument:
    return docx.Document(BytesIO(to_docx(document)))


def entries(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part(content: bytes, name: str) -> etree._Element:
    return etree.fromstring(entries(content)[name])


def table_of(*texts: str, widths: tuple[int, ...] = (34, 33, 33)) -> Table:
    cells = tuple(Cell((paragraph(text),)) for text in texts)
    return Table((Text("Møter"),), widths, cells, (cells, cells))


def styles(word: WordDocument) -> list[str]:
    return [each.style.name for each in word.paragraphs if each.style and each.style.name]


def lines_to_write_on(word: WordDocument) -> int:
    ruled = word.element.body.findall(f".//{qn('w:pBdr')}/{qn('w:between')}")
    leaders = [
        len(each.findall(f"{qn('w:r')}/{qn('w:tab')}"))
        for each in word.element.body.iter(qn("w:p"))
        if each.find(f".//{qn('w:tab')}[@{qn('w:leader')}='underscore']") is not None
    ]
    path = f".//{qn('w:tcBorders')}/{qn('w:bottom')}[@{qn('w:color')}='767676']"
    below_cells = word.element.body.findall(path)
    return len(ruled) + len(below_cells) + sum(leaders)


# --- what it says ---------------------------------------------------------------------------


def test_it_says_what_the_document_says() -> None:
    assert first_difference(sample().text(), docx_text(to_docx(sample()))) is None


def test_words_that_look_like_markup_or_template_code_stay_words() -> None:
    hostile = "</w:t><w:p/> {{ title }} {% if x %} {{ 7*7 }} <b> & &amp; ]]> \u00e5"
    document = replace(
        document_of(paragraph(hostile), paragraph(filled("Navn", hostile))),
        title=hostile,
        author=hostile,
        footer=Footer(hostile, f"Side {{page}} {hostile}"),
    )
    word = written(document)
    assert [each.text for each in word.paragraphs[1:]] == [hostile, hostile]
    assert word.sections[0].footer.paragraphs[0].text.startswith(hostile)
    assert (word.core_properties.title, word.core_properties.author) == (hostile, hostile)


def test_what_xml_cannot_hold_is_left_out_and_nothing_after_it_is_lost() -> None:
    word = written(document_of(paragraph("før\x00\x0b\ud800\ufffe\x1fetter")))
    assert word.paragraphs[1].text == "føretter"


def test_a_soft_hyphen_is_words_own() -> None:
    content = to_docx(document_of(paragraph("Arbeids\u00advei\u00adledning")))
    [(*_, run)] = [
        list(found)
        for found in docx.Document(BytesIO(content)).element.body.iter(qn("w:p"))
        if "Arbeids" in "".join(found.itertext())
    ]
    tags = [child.tag for child in run if child.tag != qn("w:rPr")]
    assert tags == [qn(f"w:{n}") for n in ("t", "softHyphen", "t", "softHyphen", "t")]
    assert "\u00ad" not in "".join(run.itertext())
    assert "Arbeids\u00advei\u00adledning" in docx_text(content)


def test_line_breaks_in_a_value_stay_within_its_paragraph() -> None:
    word = written(document_of(paragraph(filled("Adresse", "Strandgata 4\n9999 Lillevik"))))
    assert word.paragraphs[1].text == "Strandgata 4\n9999 Lillevik"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_any_text_can_be_written_and_read_again(texts: list[str]) -> None:
    document = document_of(*(paragraph(filled("Felt", text)) for text in texts))
    word = written(document)
    kept = [each.text.split() for each in word.paragraphs[1:]]
    unwritable = {chr(code) for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)}
    assert kept == ["".join(c for c in text if c not in unwritable).split() for text in texts]


# --- how it is built ------------------------------------------------------------------------


def test_it_starts_with_heading_1_and_skips_no_level() -> None:
    levels = [int(name[-1]) for name in styles(written(sample())) if name.startswith("Heading")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_numbered_list_starts_with_1_and_inner_lists_do_not_disturb_it() -> None:
    def numbered(*items: str) -> List:
        return List(True, tuple((paragraph(item),) for item in items))

    inner = List(True, ((paragraph("a"), numbered("b", "c")), (paragraph("d"),)))
    text = docx_text(to_docx(document_of(numbered("x", "y"), paragraph("så"), inner)))
    assert text.split("\n")[1:] == ["1. x", "2. y", "så", "1. a", "1. b", "2. c", "2. d"]


def test_an_item_that_starts_with_no_paragraph_still_has_its_number() -> None:
    items = ((DescriptionList((entry("Navn", "Kari"),)),), (), (paragraph("tre"),))
    text = docx_text(to_docx(document_of(List(True, items))))
    assert text.split("\n")[1:] == ["1.", "Navn Kari", "2.", "3. tre"]


def test_check_boxes_need_no_bullet_before_them() -> None:
    items = (option("Ja", checked=True),), (option("Nei"),), (paragraph("annet"),)
    text = docx_text(to_docx(document_of(List(False, items))))
    assert text.split("\n")[1:] == ["☑ Ja", "☐ Nei", "• annet"]


def test_options_that_stand_line_by_line_are_paragraphs_with_their_boxes_in_a_column() -> None:
    boxes = [CheckBox("x", key, label, False) for key, label in (("a", "Arbeid"), ("b", "Skole"))]
    choice = paragraph(boxes[0], Break(), boxes[1], Break(), "fordi ", blank("Annet"))
    word = written(document_of(choice, DescriptionList((entry("Neste steg", choice),))))
    texts = [each.text.rstrip("\N{NO-BREAK SPACE}\N{FIGURE SPACE}") for each in word.paragraphs[1:]]
    beside = ["Neste steg\t☐\tArbeid", "\t☐\tSkole\nfordi "]
    assert texts == ["☐\tArbeid", "☐\tSkole\nfordi ", *beside]
    indents = [each.paragraph_format.left_indent for each in word.paragraphs[1:]]
    assert indents[0] == indents[1]
    assert indents[2] == indents[3]


def test_a_choice_in_a_box_does_not_break_the_frame() -> None:
    boxes = [CheckBox("x", key, key, False) for key in ("a", "b")]
    choice = paragraph(boxes[0], Break(), boxes[1])
    box = Box(
        BoxKind.NOTE, (DescriptionList((entry("Haster det?", choice),)), paragraph("Ring oss."))
    )
    framed = [each.paragraph_format for each in written(document_of(box)).paragraphs[1:]]
    edges = [(each.left_indent or 0) + (each.first_line_indent or 0) for each in framed]
    assert len(set(edges)) == 1


def test_a_choice_of_nine_stands_beside_its_label_and_on_one_page() -> None:
    box = CheckBox("x", "a", "Bolig, familie og nettverk", checked=False)
    choice = paragraph(box, *(Break(), box) * 8)
    word = written(document_of(DescriptionList((entry("Opplysninger", choice),))))
    options = [each for each in word.paragraphs if "☐" in each.text]
    assert options[0].text.startswith("Opplysninger\t☐")
    kept = [each.paragraph_format.keep_with_next for each in options]
    assert kept == [True] * 8 + [None]


def test_a_table_has_a_caption_a_repeated_header_row_and_rows_that_stay_whole() -> None:
    word = written(document_of(table_of("Dag", "Sted", "Hvem")))
    table: Any = word.tables[0]._tbl
    rows = [{child.tag for child in row.trPr} for row in table.tr_lst]
    assert rows == [{qn("w:cantSplit"), qn("w:tblHeader")}] + [{qn("w:cantSplit")}] * 2
    caption = table.getprevious()
    assert caption.style == "Caption"
    assert caption.pPr.keepNext is not None
    assert table.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Møter"


def test_a_row_that_may_fill_a_page_may_split() -> None:
    cells = (Cell((paragraph(filled("Oppgaver", "linje\n" * 51 + "linje")),)),)
    word = written(document_of(Table((Text("Uker"),), (100,), (Cell(()),), (cells,))))
    table: Any = word.tables[0]._tbl
    assert [row.trPr.find(qn("w:cantSplit")) is None for row in table.tr_lst] == [False, True]


def test_libreoffice_shows_every_line_of_a_row_of_about_a_page(tmp_path: Path) -> None:
    """Of a row that must stay whole, and is higher than a page less the head, it cuts the end."""
    counts = (49, 50, 51, 52, 53, 54, 100)
    for count in counts:
        text = "\n".join(f"linje {number}" for number in range(count))
        document = render_with({"activities": [{"name": "Logg", "outcome": text}]})
        (tmp_path / f"{count}.docx").write_bytes(to_docx(document))
    folder = tmp_path / "converted"
    folder.mkdir()
    pdfs = libreoffice([tmp_path / f"{count}.docx" for count in counts], folder)
    assert [page_text(pdf).count("linje ") for pdf in pdfs.values()] == list(counts)


def page_text(pdf: Path | None) -> str:
    """What stands on the pages of a PDF that is not tagged."""
    assert pdf is not None
    with pdfium.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def test_the_columns_of_a_table_fill_the_text_width() -> None:
    word = written(document_of(table_of("a", "b", "c")))
    section: Any = word.sections[0]
    table: Any = word.tables[0]._tbl
    grid = [column.w for column in table.tblGrid.gridCol_lst]
    assert sum(grid) == section.page_width - section.left_margin - section.right_margin
    assert table.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"


def test_a_body_that_ends_with_a_table_or_is_empty_ends_with_a_paragraph() -> None:
    for document in (document_of(table_of("a", "b", "c")), replace(document_of(), blocks=())):
        assert written(document).element.body[-2].tag == qn("w:p")


def test_a_cell_without_words_still_has_a_paragraph() -> None:
    table = Table((Text("Tom"),), (100,), (Cell(()),), ((Cell((table_of("a", "b", "c"),)),),))
    for cell in written(document_of(table)).element.body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")


def test_a_label_stands_before_its_value_in_one_paragraph() -> None:
    word = written(document_of(DescriptionList((entry("Saksnummer", "2026/114"),))))
    assert word.paragraphs[1].text == "Saksnummer\t2026/114"


def test_a_long_value_stands_below_its_label_which_stays_with_it() -> None:
    word = written(document_of(DescriptionList((entry("Vurdering", "ord " * 60),))))
    label, value = word.paragraphs[1:]
    assert (label.text, label.paragraph_format.keep_with_next) == ("Vurdering", True)
    assert value.text.startswith("ord ord")


@pytest.mark.parametrize("lines", [1, 4])
def test_an_empty_field_offers_as_many_lines_as_it_has(lines: int) -> None:
    field = paragraph(blank("Begrunnelse", lines, FieldType.TEXT))
    below = DescriptionList((entry("Begrunnelse", field),))
    boxed = Box(BoxKind.NOTE, (field,))
    for block in (field, below, boxed):
        word = written(document_of(block))
        beside = isinstance(block, DescriptionList) and lines == 1
        assert lines_to_write_on(word) == lines + beside


def test_lines_to_write_on_are_8_and_a_half_mm_apart_and_never_split() -> None:
    word = written(document_of(paragraph(blank("Begrunnelse", 3))))
    [row] = word.tables[0].rows
    pitches = [each.paragraph_format.line_spacing for each in row.cells[0].paragraphs]
    assert [isinstance(pitch, Length) and round(pitch.mm, 1) for pitch in pitches] == [8.2] * 3
    assert row._tr.find(f".//{qn('w:cantSplit')}") is not None


def test_an_empty_cell_of_a_table_has_room_as_high_as_its_row_and_no_line() -> None:
    cell = Cell((paragraph(blank("Merknad", 2)),), lines=2)
    word = written(document_of(Table((Text("Uker"),), (100,), (cell,), ((cell,),))))
    assert lines_to_write_on(word) == 0
    row = word.tables[0].rows[1]
    assert (row.height_rule, round((row.height or Mm(0)).mm, 1)) == (
        WD_ROW_HEIGHT_RULE.AT_LEAST,
        13,
    )


def test_a_gap_in_a_sentence_is_underlined_and_says_nothing() -> None:
    word = written(document_of(paragraph("Fra ", blank("Fra", kind=FieldType.DATE), " av.")))
    gap = word.paragraphs[1].runs[1]
    assert gap.underline
    assert gap.text.isspace()


def test_libreoffice_shows_a_gap_wherever_its_line_begins(tmp_path: Path) -> None:
    """It loses one of no-break spaces alone that does not fit into the line before."""
    gap = blank("Dato", kind=FieldType.DATE)
    texts = (paragraph("ord " * count, gap, ".slutt") for count in range(8, 24))
    (tmp_path / "a.docx").write_bytes(to_docx(document_of(*texts)))
    folder = tmp_path / "converted"
    folder.mkdir()
    [pdf] = libreoffice([tmp_path / "a.docx"], folder).values()
    assert pdf is not None
    with pdfium.PdfDocument(pdf) as document:
        ends = [place_of(document[0], ".slutt", number)[0] for number in range(16)]
    assert min(ends) > 25 + 35


def test_a_signing_table_stays_on_one_page_and_has_room_to_sign() -> None:
    (table,) = written(document_of(signing_table())).tables
    kept = [
        {
            bool(each.paragraph_format.keep_with_next)
            for cell in row.cells
            for each in cell.paragraphs
        }
        for row in table.rows
    ]
    assert kept == [{True}, {True}, {False}]
    assert [round(row.height.mm) for row in table.rows[1:] if row.height] == [13, 13]


def test_a_signing_table_is_read_row_by_row() -> None:
    text = docx_text(to_docx(document_of(signing_table("Kari Nordby", "Ola Lund"))))
    assert text.split("\n")[5:] == ["Deltaker", "Kari Nordby", "Veileder", "Ola Lund"]


@pytest.mark.parametrize("kind", [k for k in BoxKind if k not in (BoxKind.LAW, BoxKind.ROW)])
def test_all_paragraphs_of_a_box_share_its_border_so_that_it_is_one_frame(kind: BoxKind) -> None:
    bullets = List(False, ((paragraph("en"),), (paragraph("to"),)))
    inside = (Heading(2, (Text("Husk"),)), paragraph("Les dette."), bullets)
    word = written(
        document_of(Box(kind, (*inside, DescriptionList((entry("Frist", "i morgen"),)))))
    )
    own = {
        each.style_id: each.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}") for each in word.styles
    }
    borders, edges = set(), set()
    for each in word.paragraphs[1:]:
        properties: Any = each._p.pPr
        border = properties.find(qn("w:pBdr"))
        border = own[properties.style] if border is None else border
        borders.add(tuple((side.tag, *sorted(side.items())) for side in border))
        indent = properties.find(qn("w:ind"))
        edges.add(int(indent.get(qn("w:left"))) - int(indent.get(qn("w:hanging"), "0")))
    assert (len(borders), len(edges)) == (1, 1)


def test_the_logo_is_described_and_at_most_12_mm_high() -> None:
    picture = written(sample()).inline_shapes[0]
    assert picture._inline.docPr.get("descr") == "Lillevik kommune"
    assert picture.height.mm <= 12
    assert round(picture.width / picture.height, 2) == 3


def test_a_quotation_and_a_list_in_it_are_marked_as_such() -> None:
    quote = Quote((paragraph("Jeg trives."), List(False, ((paragraph("kantina"),),))))
    assert styles(written(document_of(quote)))[1:] == ["Quote", "List Bullet"]


def test_a_date_is_never_broken() -> None:
    field = Field("x", FieldType.DATE, "Dato", "2026-03-02")
    run = written(document_of(Paragraph((field,)))).paragraphs[1].runs[0]
    assert run.text == "2026-03-02"
    assert len(run._r.findall(qn("w:noBreakHyphen"))) == 2


# --- forms ----------------------------------------------------------------------------------


def fields(*items: tuple[str, str | int, int]) -> Fields:
    """Labels with a value, or with so many lines to write on, and their widths."""
    entries = tuple(
        entry(label, value if isinstance(value, str) else paragraph(blank(label, value)))
        for label, value, _ in items
    )
    return Fields(entries, tuple(width for *_, width in items))


def cells(row: Any) -> list[Any]:
    return list(row._tr.findall(qn("w:tc")))


def words(cell: Any) -> list[str]:
    return [each.text for each in cell.findall(qn("w:p"))]


def line_below(cell: Any) -> str | None:
    line = cell.find(f"{qn('w:tcPr')}/{qn('w:tcBorders')}/{qn('w:bottom')}")
    return None if line is None else line.get(qn("w:color"))


def test_fields_stand_side_by_side_in_twelfths_with_the_label_before_the_value() -> None:
    word = written(document_of(fields(("Navn", "Kari", 8), ("Født", 1, 4), ("Tolk", 1, 6))))
    [table] = word.tables
    first, second = (cells(row) for row in table.rows)
    assert [words(cell) for cell in first] == [["Navn", "Kari"], [""], ["Født", ""]]
    assert [line_below(cell) for cell in first] == ["B8B8B8", None, "767676"]
    assert [words(cell) for cell in second] == [["Tolk", ""]]
    widths = [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in (*first, *second)]
    assert [round(width * 25.4 / 1440, 1) for width in widths] == [108.3, 5.0, 51.7, 80.0]
    heights = [round(row.height.mm) for row in table.rows if row.height]
    assert heights == [11, 11]


def test_a_row_of_fields_that_are_filled_in_takes_no_more_room_than_its_words() -> None:
    [table] = written(document_of(fields(("Navn", "Kari", 6)))).tables
    assert table.rows[0].height is None


@pytest.mark.parametrize(("lines", "splits"), [(20, False), (21, True)])
def test_fields_and_lines_that_may_fill_a_page_may_split(lines: int, splits: bool) -> None:
    long_value = "linje\n" * (lines * 2) + "linje"
    blocks = (
        fields(("Om deg", lines, 12)),
        paragraph(blank("Om deg", lines)),
        fields(("Om deg", long_value if splits else "kort", 12)),
    )
    tables = written(document_of(*blocks)).tables
    assert len(tables) == 3
    for table in tables:
        assert (table._tbl.find(f".//{qn('w:cantSplit')}") is None) == splits


def test_a_field_of_several_lines_has_them_ruled_and_the_last_one_is_the_cells() -> None:
    word = written(document_of(fields(("Om deg", 4, 12))))
    assert lines_to_write_on(word) == 4
    [cell] = cells(word.tables[0].rows[0])
    assert len(words(cell)) == 1 + 4


def test_tables_that_hold_words_in_place_have_no_heads_and_no_names() -> None:
    beside = Beside(((paragraph("en"),), (paragraph("to"),)))
    box = CheckBox("x", "a", "Ja", checked=False)
    choices = Choices((Text("Hva?"),), ((box,), (box,), (box,)), columns=2)
    staff = Section(SectionKind.STAFF, (paragraph("Mottatt"),))
    letterhead = Letterhead(None, (paragraph("Lillevik"), paragraph("Strandgata 4")))
    document = document_of(fields(("Navn", "Kari", 6)), beside, choices, staff)
    word = written(replace(document, blocks=(letterhead, *document.blocks)))
    assert len(word.tables) == 5
    for table in word.tables:
        element: Any = table._tbl
        assert element.tblPr.find(qn("w:tblStyle")) is None
        assert element.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "0"
        assert element.find(f".//{qn('w:tblHeader')}") is None


def test_two_tables_never_touch_for_word_would_make_one_of_them() -> None:
    body = written(document_of(fields(("a", "b", 6)), fields(("c", "d", 6)))).element.body
    tags = [each.tag for each in body]
    assert (qn("w:tbl"), qn("w:tbl")) not in list(pairwise(tags))
    assert (qn("w:tbl"), qn("w:tbl")) not in list(
        pairwise(each.tag for each in written(sample()).element.body)
    )


def test_options_in_a_row_are_one_paragraph_below_their_question() -> None:
    boxes = tuple((CheckBox("x", key, f"valg {key}", key == "b"),) for key in "abc")
    word = written(document_of(Choices((Text("Hva?"),), boxes)))
    question, options = word.paragraphs[1:]
    assert question.text == "Hva?"
    assert question.paragraph_format.keep_with_next
    assert question.runs[0].bold
    assert options.text.split() == ["☐", "valg", "a", "☑", "valg", "b", "☐", "valg", "c"]
    assert {run.text for run in options.runs if "valg" in run.text and " " in run.text} == set()


@pytest.mark.parametrize(("letters", "broken"), [(70, False), (90, True)])
def test_an_option_in_a_row_is_broken_only_if_it_needs_more_than_a_line(
    letters: int, broken: bool
) -> None:
    box = CheckBox("x", "a", "ord " * (letters // 4), checked=False)
    word = written(document_of(Choices((), ((box,),))))
    assert (" " in word.paragraphs[1].text.strip(" ")) == broken


def test_options_in_columns_are_read_from_side_to_side() -> None:
    boxes = tuple((CheckBox("x", key, key, checked=False),) for key in "abc")
    [table] = written(document_of(Choices((Text("Hva?"),), boxes, columns=2))).tables
    assert [words(cell) for row in table.rows for cell in cells(row)] == [
        ["☐\ta"],
        ["☐\tb"],
        ["☐\tc"],
        [""],
    ]


def test_a_table_to_fill_in_is_a_grid_and_one_to_read_has_lines_between_rows() -> None:
    empty = Cell((paragraph(blank("Hva")),))
    head = (Cell((paragraph("Hva"),)),)
    word = written(
        document_of(
            Table((Text("A"),), (100,), head, ((empty,),)),
            Table((Text("B"),), (100,), head, ((Cell((paragraph("noe"),)),),)),
        )
    )
    assert [table.style.name for table in word.tables if table.style] == [
        "Form Table",
        "Letter Table",
    ]
    heights = [table.rows[1].height for table in word.tables]
    assert [height and round(height.mm) for height in heights] == [9, None]


def test_a_matrix_has_its_boxes_in_the_middle_and_names_groups_of_rows() -> None:
    [table] = written(document_of(matrix())).tables
    assert table.style and table.style.name == "Matrix Table"
    group = cells(table.rows[2])
    assert len(group) == 1
    assert group[0].tcPr.find(qn("w:gridSpan")).get(qn("w:val")) == "3"
    name = table.rows[2].cells[0].paragraphs[0]
    assert name.paragraph_format.keep_with_next
    assert name.style and name.style.name == "Group Header"
    box = table.cell(1, 1).paragraphs[0]
    assert box.text in "☐☑"
    assert box.style and box.style.name == "Matrix Box"
    assert round((table.rows[1].height or Mm(0)).mm, 1) == 6.3


def test_a_short_table_stays_on_one_page() -> None:
    [table] = written(document_of(matrix())).tables
    kept = [
        all(each.paragraph_format.keep_with_next for cell in row.cells for each in cell.paragraphs)
        for row in table.rows
    ]
    assert kept == [True] * (len(kept) - 1) + [False]


def test_parts_beside_each_other_are_cells_of_one_row() -> None:
    parts = ((paragraph("en"),), (paragraph(blank("to", 2)),))
    word = written(document_of(Beside(parts)))
    [table] = word.tables
    assert [words(cell) for cell in cells(table.rows[0])] == [["en"], [""]]
    assert lines_to_write_on(word) == 2


def test_parts_that_begin_with_headings_are_not_kept_with_what_follows_them() -> None:
    """The first paragraph of a row decides for all of it, in Word as in LibreOffice."""
    part = (Heading(2, (Text("Rettigheter"),)), paragraph("ord " * 200))
    for block in (Beside((part, part)), Section(SectionKind.STAFF, part)):
        word = written(document_of(block, Heading(2, (Text("Mer"),)), paragraph("etter")))
        first = word.tables[0].cell(0, 0).paragraphs[0]
        assert first.text == "Rettigheter"
        assert first.paragraph_format.keep_with_next is False


@pytest.mark.parametrize(("words", "splits"), [(20, False), (900, True)])
def test_short_parts_beside_each_other_are_not_split(words: int, splits: bool) -> None:
    part = (paragraph("ord " * words),)
    [table] = written(document_of(Beside((part, part)))).tables
    assert (table._tbl.find(f".//{qn('w:cantSplit')}") is None) == splits


def test_what_staff_fills_in_is_a_shaded_frame_with_its_heading() -> None:
    inside = (Heading(2, (Text("Fylles ut av oss"),)), fields(("Mottatt", 1, 6)))
    word = written(document_of(paragraph("Før."), Section(SectionKind.STAFF, inside)))
    [frame] = word.tables
    cell: Any = frame.cell(0, 0)
    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "F2F2F2"
    assert cell.paragraphs[0].style.base_style.name == "Heading 2"
    assert len(cell.tables) == 1


@pytest.mark.parametrize("first", [paragraph("Behold dette."), fields(("Navn", 1, 6))])
def test_a_sheet_of_its_own_begins_a_page(first: Block) -> None:
    word = written(document_of(paragraph("Før."), Section(SectionKind.SHEET, (first,))))
    breaks = [each.paragraph_format.page_break_before for each in word.paragraphs]
    assert breaks[:3] == [None, None, True]


def test_an_address_lies_in_the_window_of_an_envelope(tmp_path: Path) -> None:
    """Measured where LibreOffice prints it, on the first page and on a slip."""
    window = Window(25, 45, 85, 40)
    address = AddressWindow((Text("Lillevik kommune"), Break(), Text("9999 Lillevik")), window)
    letterhead = Letterhead(logo(), (paragraph("Avsender"), paragraph("Strandgata 4")))
    slip = Section(SectionKind.SHEET, (paragraph("Behold dette."), address, paragraph("Under.")))
    document = replace(document_of(), blocks=(letterhead, address, paragraph("Under."), slip))
    (tmp_path / "a.docx").write_bytes(to_docx(document))
    folder = tmp_path / "converted"
    folder.mkdir()
    [pdf] = libreoffice([tmp_path / "a.docx"], folder).values()
    assert pdf is not None
    with pdfium.PdfDocument(pdf) as pages:
        assert len(pages) == 2
        for page in pages:
            left, top, bottom = place_of(page, "Lillevik kommune")
            assert 25 <= left <= 27
            assert 45 <= top < bottom <= 85
            assert 85 <= place_of(page, "Under.")[1] <= 90


@pytest.mark.parametrize(("left", "is_beside"), [(25, True), (100, False)])
def test_fields_after_an_address_stand_beside_it_if_there_is_room(
    left: int, is_beside: bool
) -> None:
    address = AddressWindow((Text("Lillevik kommune"),), Window(left, 45, 85, 40))
    word = written(document_of(address, fields(("Uke", 1, 6))))
    row = word.tables[0].rows[1]
    assert len(cells(row)) == (2 if is_beside else 1)
    told = [each.text for each in row._tr.iter(qn("w:t"))]
    assert ("Uke" in told) is is_beside
    assert "Uke" in [each.text for each in word.element.iter(qn("w:t"))]


def place_of(page: pdfium.PdfPage, words: str, number: int = 0) -> tuple[float, float, float]:
    """Left, upper and lower edge of some words on a page, in mm from its upper left corner."""
    text = page.get_textpage()
    search = text.search(words)
    found = [search.get_next() for _ in range(number + 1)][-1]
    assert found is not None
    boxes = [text.get_charbox(found[0] + offset) for offset in range(found[1])]
    left, top = min(box[0] for box in boxes), page.get_height() - max(box[3] for box in boxes)
    bottom = page.get_height() - min(box[1] for box in boxes)
    return left * 25.4 / 72, top * 25.4 / 72, bottom * 25.4 / 72


def test_provisions_are_small_print_without_a_frame() -> None:
    word = written(document_of(Box(BoxKind.LAW, (paragraph("Lov § 1."),))))
    law = word.paragraphs[1]
    assert law.style and (law.style.name, law.style.font.size) == ("Small Print", Pt(9.5))
    assert law._p.find(f".//{qn('w:pBdr')}") is None


def test_a_box_with_fields_is_a_frame_around_them() -> None:
    box = Box(BoxKind.NOTE, (paragraph("Husk."), fields(("Navn", 1, 6))))
    [frame] = written(document_of(box)).tables
    cell: Any = frame.cell(0, 0)
    borders = cell._tc.tcPr.find(qn("w:tcBorders"))
    assert [etree.QName(each).localname for each in borders] == ["top", "left", "bottom", "right"]


def test_a_long_box_with_lines_has_a_row_for_each_block_and_labels_stay_with_their_lines() -> None:
    inside = (paragraph("ord " * 800), paragraph("Fordi:"), paragraph(blank("Fordi", 4)))
    [frame] = written(document_of(Box(BoxKind.NOTE, inside))).tables
    rows = [row._tr for row in frame.rows]
    assert [row.find(f".//{qn('w:cantSplit')}") is None for row in rows] == [True, False, False]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in frame.rows]
    assert kept == [None, True, None]
    sides = [
        [etree.QName(side).localname for side in row.find(f".//{qn('w:tcBorders')}")]
        for row in rows
    ]
    assert sides == [["top", "left", "right"], ["left", "right"], ["left", "bottom", "right"]]


def test_the_letterhead_is_one_band_above_one_rule() -> None:
    letterhead = Letterhead(logo(), (paragraph("Avsender"), paragraph("Strandgata 4")))
    word = written(replace(document_of(), blocks=(letterhead,)))
    [row] = word.tables[0].rows
    texts = [cell.text for cell in row.cells]
    assert texts == ["", "Avsender", "Strandgata 4"]
    lines = {line_below(cell) for cell in cells(row)}
    assert lines == {"1F5C4D"}


def test_a_long_address_stands_below_the_name_of_the_sender() -> None:
    parts = (paragraph("Avsender"), paragraph("a" * 40 + " · " + "b" * 60))
    word = written(replace(document_of(), blocks=(Letterhead(None, parts),)))
    [cell] = word.tables[0].rows[0].cells
    assert cell.text == "Avsender\n" + "a" * 40 + " · " + "b" * 60


# --- running footer, language, colour, properties -------------------------------------------


@pytest.mark.parametrize(
    ("words", "instructions"),
    [("Side {page} av {pages}", ["PAGE", "NUMPAGES"]), ("{pages} / {page}!", ["NUMPAGES", "PAGE"])],
)
def test_the_footer_counts_pages_where_its_words_say(words: str, instructions: list[str]) -> None:
    content = to_docx(replace(sample(), footer=Footer("Sak 1", words)))
    footer = part(content, "word/footer1.xml")
    fields = [each.get(qn("w:instr"), "").strip() for each in footer.iter(qn("w:fldSimple"))]
    assert fields == instructions
    text = "".join(each.text or "" for each in footer.iter(qn("w:t")))
    assert text == "Sak 1" + words.replace("{pages}", "1").replace("{page}", "1")


@pytest.mark.parametrize(("tag", "locale"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("sv", "sv-SE")])
def test_the_language_is_told_to_word_and_to_readers(tag: str, locale: str) -> None:
    word = written(replace(sample(), language=tag, locale=locale))
    languages = [each.get(qn("w:val")) for each in word.styles.element.iter(qn("w:lang"))]
    assert languages == [locale]
    assert word.core_properties.language == tag


def test_the_accent_colours_the_title_and_the_theme() -> None:
    content = to_docx(replace(sample(), accent="#7a1fa2"))
    title: Any = docx.Document(BytesIO(content)).styles["Heading 1"]
    assert str(title.font.color.rgb) == "7A1FA2"
    assert b'<a:accent1><a:srgbClr val="7A1FA2"/>' in entries(content)["word/theme/theme1.xml"]


def test_a_colour_that_is_none_is_refused() -> None:
    with pytest.raises(ProfileError) as caught:
        to_docx(replace(sample(), accent="red"))
    assert [problem.code for problem in caught.value.problems] == ["letterhead.accent"]


def test_the_properties_tell_title_organisation_and_day_of_issue_and_nothing_else() -> None:
    core = part(to_docx(sample()), "docProps/core.xml")
    told = {etree.QName(child).localname: child.text for child in core}
    assert told == {
        "title": "Sluttrapport",
        "creator": "Lillevik kommune",
        "language": "nb",
        "created": "2026-09-07T00:00:00Z",
        "modified": "2026-09-07T00:00:00Z",
    }


def test_a_document_without_a_day_of_issue_has_a_fixed_date() -> None:
    properties = written(replace(sample(), issued_on=None)).core_properties
    assert properties.created == properties.modified == datetime(1980, 1, 1, tzinfo=UTC)


def test_names_of_people_stand_in_the_body_only() -> None:
    for name, content in entries(to_docx(sample())).items():
        assert ("Ingrid" in content.decode("utf-8", "replace")) == (name == "word/document.xml")


def test_nothing_random_or_foreign_is_in_the_file() -> None:
    content = entries(to_docx(sample()))
    assert not any(mark in data for data in content.values() for mark in (b"rsid", b"paraId"))
    assert not [name for name in content if "WithEffects" in name or "custom" in name]
    assert not [name for name in content if b'TargetMode="External"' in content[name]]


def test_another_process_time_zone_and_hash_seed_give_the_same_bytes() -> None:
    def elsewhere(**environment: str) -> bytes:
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        return subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONPATH": path, **environment},
            capture_output=True,
            check=True,
        ).stdout

    tokyo = elsewhere(TZ="Asia/Tokyo", PYTHONHASHSEED="1")
    assert entries(tokyo) == entries(to_docx(sample()))
    assert elsewhere(TZ="America/Lima", PYTHONHASHSEED="2") == tokyo == to_docx(sample())


def test_the_files_in_the_archive_have_one_fixed_date() -> None:
    with zipfile.ZipFile(BytesIO(to_docx(sample()))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


def test_many_documents_do_not_pile_up_in_memory() -> None:
    document = replace(sample(), issued_on=date(2026, 1, 1))
    for _ in range(30):
        to_docx(document)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(80):
        to_docx(document)
    kilobytes_each = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 80
    assert kilobytes_each < 15
