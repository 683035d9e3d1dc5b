"""Letters of another size: everything follows from one number, also what stands beside what."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import docx
import pikepdf
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

import planforms as pf
from planforms.document import (
    AddressWindow,
    Beside,
    Block,
    Box,
    BoxKind,
    Cell,
    CheckBox,
    Choices,
    DescriptionList,
    Document,
    Emphasis,
    Field,
    Fields,
    FieldType,
    Inline,
    Paragraph,
    Stroke,
    Strong,
    Table,
    Text,
    Window,
    inlines_of,
)
from planforms.placement import fitted, large_print, placed
from planforms.placement.blocks import PlacedBox, PlacedDescriptions, PlacedText
from planforms.placement.letters import longest_word, width_of
from planforms.writers import fonts
from planforms.writers._archive import pack, unpack
from planforms.writers._body import read_style
from planforms.writers._page import scaled
from planforms.writers.docx import to_docx
from planforms.writers.pdf import to_pdf
from planforms.writers.shell import BUILT_IN
from tests.every import every_case
from tests.reading.glyphs import read_glyphs
from tests.writers.sample import blank, document_of, entry, paragraph, sample


def large(*blocks: Block) -> tuple[Block, ...]:
    """Blocks as large print has them, without the title above."""
    return fitted(large_print(document_of(*blocks))).blocks[1:]


def cell(*words: str | Inline, header: bool = False, lines: int = 1) -> Cell:
    return Cell((paragraph(*words),), header, lines)


def table(heads: tuple[str | Inline, ...], *rows: tuple[Cell, ...], matrix: bool = False) -> Table:
    share = 100 // len(heads)
    widths = (100 - share * (len(heads) - 1), *(share,) * (len(heads) - 1))
    return Table((Text("Frister"),), widths, tuple(map(cell, heads)), rows, matrix)


WIDE = ("Arbeidsoppgaver", "Samarbeidspartner", "Kontaktperson", "Oppfølgingsdag", "Underskrift")
ROW = tuple(cell(word, header=number == 0) for number, word in enumerate(WIDE))


# --- one number -----------------------------------------------------------------------------


def test_a_document_of_the_usual_size_stays_as_it_is() -> None:
    document = sample()
    assert document.text_size == 11
    assert fitted(document) is document


def test_large_print_has_18_points_and_whole_words_and_is_made_once() -> None:
    once = large_print(sample())
    assert (once.text_size, once.whole_words) == (18, True)
    assert large_print(once) == once
    larger = replace(sample(), text_size=24)
    assert large_print(larger).text_size == 24


@pytest.mark.parametrize("size", [14, 18])
@pytest.mark.parametrize("engine", ["weasyprint", "typst"])
def test_words_of_a_pdf_are_as_large_as_asked_for(size: int, engine: str) -> None:
    document = replace(document_of(paragraph("Hun begynte i mai.")), text_size=size)
    letters = [g for g in read_glyphs(to_pdf(document, engine=engine)) if g.mark.artifact is None]
    assert letters[-1].size == pytest.approx(size, abs=0.1)
    assert letters[0].size == pytest.approx(1.82 * size, abs=0.1)


def test_a_style_sheet_is_enlarged_but_for_the_paper() -> None:
    sheet = (
        "@page { size: A4; margin: 18mm; @bottom-left { padding-top: 6mm } }\n"
        ":root { font-size: 11pt } .line { height: 8.5mm; border: .75pt; margin: 1em }\n"
        "input { font: 10pt/1.25 x } @media (min-width: 40rem) { :root { font-size: 1rem } }"
    )
    larger = scaled(sheet, 22)
    assert "margin: 18mm; @bottom-left { padding-top: 6mm }" in larger
    assert ":root { font-size: 22pt } .line { height: 17mm; border: .75pt; margin: 1em }" in larger
    assert "font: 20pt/1.25" in larger
    assert "(min-width: 80rem) { :root { font-size: 2rem } }" in larger
    assert scaled(sheet, 11) == sheet


def test_no_length_of_the_style_sheets_stays_small() -> None:
    """Whatever is not in em or rem, a line or the paper is larger: a new length is found here."""
    for name in ("common.css", "paged.css", "web.css", "fillable.css"):
        sheet = read_style(name)
        larger = scaled(sheet, 22).splitlines()
        for before, after in zip(sheet.splitlines(), larger, strict=False):
            fixed = before.lstrip().startswith(("@page", "margin: 18mm", "@bottom"))
            if re.search(r"\d(mm|pt/)", before) and not fixed:
                assert before != after, before


def sizes(document: Document) -> dict[str, Pt | None]:
    word = docx.Document(io.BytesIO(to_docx(document)))
    return {style.name: style.font.size for style in word.styles if hasattr(style, "font")}


def test_all_styles_of_a_word_file_are_larger_and_its_paper_is_not() -> None:
    document = sample()
    before, after = sizes(document), sizes(replace(document, text_size=22))
    assert len(before) > 25
    assert {n: size and size * 2 for n, size in before.items()} == after
    pages = [
        docx.Document(io.BytesIO(to_docx(d))).sections[0] for d in (document, large_print(document))
    ]
    for name in ("page_width", "page_height", "left_margin", "right_margin", "top_margin"):
        assert len({getattr(page, name) for page in pages}) == 1


def test_a_letterhead_of_ones_own_that_names_no_size_is_larger_as_well() -> None:
    """Word draws such letters at 10 points; the running footer keeps to the paper's edge."""
    silent = {
        name: re.sub(rb"(<w:docDefaults>.*?)<w:sz [^>]*/><w:szCs [^>]*/>", rb"\1", content)
        for name, content in unpack(BUILT_IN.read_bytes()).items()
    }
    own = replace(sample(), shell=pack(silent.items()))
    words = [docx.Document(io.BytesIO(to_docx(d))) for d in (own, replace(own, text_size=22))]
    defaults = [
        word.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:sz')}") for word in words
    ]
    assert defaults[0] is None
    assert defaults[1].get(qn("w:val")) == "40"
    stops = [word.styles["footer"].element.find(f".//{qn('w:tab')}") for word in words]
    assert stops[0].get(qn("w:pos")) == stops[1].get(qn("w:pos"))


def test_no_table_of_a_word_file_is_wider_than_its_page() -> None:
    word = docx.Document(io.BytesIO(to_docx(large_print(sample()))))
    width = Mm(210 - 25 - 20)
    for found in word.tables:
        assert sum(column.width for column in found.columns) <= width + Pt(1)


def test_what_is_written_into_a_form_is_as_large() -> None:
    form = pf.blank("rights", service="molde")
    asked = []
    for document in (form, pf.large_print(form)):
        with pikepdf.open(io.BytesIO(pf.to_pdf(document, fillable=True))) as pdf:
            asked.append(str(pdf.Root.AcroForm.DA))
    assert asked == ["/PlanformsSans 10 Tf 0 g", "/PlanformsSans 16.4 Tf 0 g"]


# --- less beside one another ----------------------------------------------------------------


def test_two_parts_stand_below_one_another() -> None:
    left, right = paragraph("venstre"), paragraph("høyre")
    beside = Beside(((left,), (right,)))
    assert large(beside) == (left, right)
    medium = replace(document_of(beside), text_size=14)
    assert fitted(medium).blocks[1:] == (beside,)


def test_an_address_has_no_room_in_a_window() -> None:
    window = AddressWindow((Text("Kari Nordmann"),), Window(20, 45, 85, 20))
    assert large(window) == (paragraph("Kari Nordmann"),)


def test_italic_words_are_upright() -> None:
    words = paragraph("a ", Emphasis((Text("b"), Strong((Emphasis((Text("c"),)),)))))
    assert large(words) == (paragraph("a ", "b", Strong((Text("c"),))),)
    medium = replace(document_of(words), text_size=14)
    assert fitted(medium).blocks[1:] == (words,)


def test_fields_take_more_of_a_line_and_fill_it() -> None:
    items = tuple(entry(label, paragraph(blank(label))) for label in ("Navn", "Fødselsdato", "Tlf"))
    [fields] = large(Fields(items, (4, 4, 4)))
    assert isinstance(fields, Fields)
    assert fields.widths == (6, 6, 12)
    [alone] = large(Fields(items[:1], (3,)))
    assert isinstance(alone, Fields)
    assert alone.widths == (12,)


def test_a_field_is_as_wide_as_its_longest_word_and_as_its_gaps() -> None:
    long = entry("Arbeidsmarknadskommunikatör", paragraph("x"))
    days = [blank("Fra", kind=FieldType.DATE), blank("Til", kind=FieldType.DATE)]
    period = entry("Periode", paragraph(days[0], "–", days[1]))
    [fields] = large(Fields((long, period), (2, 6)))
    assert isinstance(fields, Fields)
    assert fields.widths == (12, 12)


def test_a_field_of_many_words_has_the_line_for_itself() -> None:
    items = (entry("Navn", paragraph("Kari")), entry("Merknad", paragraph("noen ord til " * 12)))
    [fields] = large(Fields(items, (4, 4)))
    assert isinstance(fields, Fields)
    assert fields.widths == (12, 12)


def option(label: str) -> tuple[Inline, ...]:
    return (CheckBox("case.valg", label, label, checked=False),)


@pytest.mark.parametrize(
    ("label", "columns"),
    [
        ("ja", 3),
        ("aktivitetsplanen hos Nav", 2),
        ("samtykke fra alle som er nevnt i den planen", 1),
    ],
)
def test_options_stand_in_as_many_columns_as_have_room(label: str, columns: int) -> None:
    [choices] = large(Choices((), tuple(option(label) for _ in range(4)), 3))
    assert isinstance(choices, Choices)
    assert choices.columns == columns


def test_options_in_a_row_stay_there() -> None:
    row = Choices((Text("Hva?"),), (option("ja"), option("nei")), 0)
    assert large(row) == (row,)


@pytest.mark.parametrize(
    ("size", "landscape", "beside"), [(14, False, True), (18, False, False), (18, True, True)]
)
def test_labels_stand_above_where_values_have_no_room(
    size: float, landscape: bool, beside: bool
) -> None:
    document = document_of(DescriptionList((entry("Navn", "Kari"),)))
    blocks = placed(replace(document, text_size=size, landscape=landscape))
    assert isinstance(blocks[1], PlacedDescriptions)
    assert blocks[1].items[0].beside is beside


# --- tables ---------------------------------------------------------------------------------


def test_a_table_that_fits_stays_one_and_its_columns_get_the_room_they_need() -> None:
    fitting = Table((Text("C"),), (50, 50), (cell("Hva"), cell("Hvem")), ((cell("a"), cell("b")),))
    assert large(fitting) == (fitting,)
    narrow = Table(
        (Text("C"),), (85, 15), (cell("Hva"), cell("Kontaktperson")), ((cell("a"), cell("b")),)
    )
    [widened] = large(narrow)
    assert isinstance(widened, Table)
    assert sum(widened.widths) == 100
    assert widened.widths[1] > 20
    assert widened.rows == narrow.rows


def test_room_that_is_left_goes_to_columns_of_many_words() -> None:
    ticks = tuple(cell(CheckBox("svar", str(n), "x", checked=False, bare=True)) for n in range(4))
    row = (cell("Jeg vet hva jeg vil arbeide med og hvor.", header=True), *ticks)
    heads = ("Spørsmål", "1", "2", "3", "Vil ikke svare på dette")
    [widened] = large(table(heads, row, matrix=True))
    assert isinstance(widened, Table)
    assert widened.widths[0] > 40
    assert widened.widths[1] == pytest.approx(8, abs=1)


def test_a_table_without_room_is_turned_and_stays_with_its_caption() -> None:
    caption, first, second = large(table(WIDE, ROW, ROW))
    assert caption == paragraph(Strong((Text("Frister"),)))
    assert isinstance(first, Box)
    assert (first.kind, first) == (BoxKind.ROW, second)
    [fields] = first.children
    assert isinstance(fields, Fields)
    assert [item.label for item in fields.items] == [(Text(word),) for word in WIDE]
    assert [item.value for item in fields.items] == [one.children for one in ROW]
    placed_caption, box, _ = placed(large_print(document_of(table(WIDE, ROW, ROW))))[1:]
    assert isinstance(placed_caption, PlacedText)
    assert placed_caption.with_next
    assert isinstance(box, PlacedBox)
    assert box.whole


def test_empty_cells_are_left_out_and_names_of_rows_are_kept() -> None:
    group = (cell("Uke 1", header=True),)
    _, name, first, *rest = large(table(WIDE, group, (ROW[0], Cell(()), *ROW[2:]), ROW))
    assert name == paragraph(Strong((Text("Uke 1"),)))
    assert isinstance(first, Box)
    [fields] = first.children
    assert isinstance(fields, Fields)
    assert [item.label for item in fields.items] == [(Text(w),) for w in (WIDE[0], *WIDE[2:])]
    assert len(rest) == 1


def test_a_row_of_boxes_becomes_a_question_with_options() -> None:
    boxes = [CheckBox("svar", str(n), "?", checked=n == 2, bare=True) for n in range(1, 5)]
    row = (cell("Jeg trives.", header=True), *map(cell, boxes))
    _, box = large(table(WIDE, row, matrix=True))
    assert isinstance(box, Box)
    question, options = box.children
    assert isinstance(question, Fields)
    assert question.items[0].value == row[0].children
    assert isinstance(options, Choices)
    named = [replace(b, bare=False, label=w) for b, w in zip(boxes, WIDE[1:], strict=True)]
    assert options.options == tuple((one,) for one in named)


def test_there_is_as_much_room_to_write_as_before() -> None:
    """Four lines of two fifths of the table are as much as two whole ones."""
    written = [blank(word, kind=FieldType.TEXT) for word in WIDE]
    row = tuple(cell(field, lines=4) for field in written)
    wide = replace(table(WIDE, row, row), widths=(40, 10, 10, 20, 20))
    _, box, _ = large(wide)
    assert isinstance(box, Box)
    [fields] = box.children
    assert isinstance(fields, Fields)
    found = [node for item in fields.items for node in inlines_of(item.value)]
    assert [node.lines for node in found if isinstance(node, Field)] == [2, 1, 1, 1, 1]
    assert fields.widths == (12, 6, 6, 12, 12)


def test_columns_in_which_somebody_writes_are_never_narrower() -> None:
    row = (cell("x", header=True), cell(Stroke("Underskrift")))
    signing = Table((Text("C"),), (10, 90), (cell("Kontaktperson"), cell("U")), (row, row))
    caption, *rows = large(signing)
    assert isinstance(caption, Paragraph)
    assert len(rows) == 2


def test_a_head_that_is_written_into_is_written_once() -> None:
    """Its table is cut into parts of fewer columns; of a single row, it can be turned as well."""
    heads: tuple[str | Inline, ...] = (
        WIDE[0],
        *(blank(word, kind=FieldType.LINE) for word in WIDE[1:]),
    )
    rows = [
        tuple(cell(f"Arbeidsoppgave{n}" if c == 0 else "Samarbeidspartner") for c in range(5))
        for n in range(2)
    ]
    parts = large(table(heads, *rows))
    assert len(parts) > 1
    assert all(isinstance(part, Table) and sum(part.widths) == 100 for part in parts)
    written = [n for p in parts for n in inlines_of((p,)) if isinstance(n, Field)]
    assert [node.label for node in written] == list(WIDE[1:])
    _, box = large(table(heads, rows[0]))
    assert isinstance(box, Box)


# --- how wide words are ---------------------------------------------------------------------


def test_no_word_of_a_document_is_wider_than_was_told() -> None:
    words = {
        word
        for case in every_case()[::7]
        for word in re.findall(r"\S+", case.document().text())
        if set(word) <= fonts._advances().keys()
    }
    assert len(words) > 2000
    too_wide = [w for w in words if fonts.width(w) * 10 * 25.4 / 72 > width_of(w, 10) + 0.01]
    assert too_wide == []


def test_no_word_in_other_letters_is_wider_than_was_told() -> None:
    letters = "жишїґщюЖШЩЮЇ åäöæøđŋšŧžčáčʒǥǩ ŁłŚśÞþðÐ ÅÄÖÆØĐŊŠŦŽČÁ"
    words = [letter * 8 for letter in letters] + ["Обслуговування", "Страница", "Щоденник"]
    assert [w for w in words if fonts.width(w) * 10 * 25.4 / 72 > width_of(w, 10) + 0.01] == []


def test_a_line_may_end_at_a_hyphen_and_at_a_soft_one() -> None:
    assert longest_word("Aasgård-Lunde", 10) == width_of("Aasgård-", 10)
    assert longest_word("samarbeids\u00adpartner", 10) == width_of("samarbeids", 10)
    assert longest_word("", 10) == 0
