"""An office's own Word template makes the Word file of its kind, from the same data."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE

import planforms as pf
from planforms.writing import warnings_of
from tests.commands import call
from tests.reading.docx import docx_text
from tests.reports import COMPLETE, case_of, problems_of, render_with, report_data
from tests.word_files import R, archive_of, entries_of
from tests.word_templates.making import (
    Making,
    box,
    cut,
    folder_with,
    footer,
    header,
    made,
    rows,
    styled,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ACTIVITIES = ("{%p for a in activities %}", "{%p endfor %}")


def filled(
    folder: Path, *steps: str | Making, changes: dict[str, Any] | None = None
) -> WordDocument:
    """The Word file that a template makes of the complete example."""
    document = render_with(changes, templates=folder_with(folder, made(*steps)))
    word: WordDocument = docx.Document(BytesIO(pf.to_docx(document)))
    return word


def words(folder: Path, *steps: str | Making, changes: dict[str, Any] | None = None) -> list[str]:
    """Its words, line by line."""
    document = render_with(changes, templates=folder_with(folder, made(*steps)))
    return docx_text(pf.to_docx(document)).split("\n")


def blank(folder: Path, *steps: str | Making) -> WordDocument:
    """The empty form that a template makes."""
    templates = folder_with(folder, made(*steps))
    document = pf.blank("final_report", service="molde", templates=templates)
    word: WordDocument = docx.Document(BytesIO(pf.to_docx(document)))
    return word


def test_values_facts_labels_and_words_are_printed(tmp_path: Path) -> None:
    assert words(
        tmp_path,
        "{{ title }} for {{ case.participant.name }}",
        "{{ case.number|label }}: {{ case.number }}",
        "{{ issued_on|date(“short”) }}",
        "{{ service.organisation.name }}",
    ) == [
        "Sluttrapport for Torbjørn Aasgård-Lunde",
        "Saksnummer: 2026/0412",
        "06.11.2026",
        "Molde kommune",
    ]


def test_the_pdf_and_the_web_page_are_made_as_before(tmp_path: Path) -> None:
    own = render_with(templates=folder_with(tmp_path, made("x")))
    assert pf.to_html(own) == pf.to_html(render_with())
    assert own.text() == render_with().text()


def test_a_document_says_that_its_word_file_is_another_one(tmp_path: Path) -> None:
    document = render_with(templates=folder_with(tmp_path, made("x")))
    [warning] = [one for one in document.warnings if one.code == "word.own"]
    assert warning.place == "no/final_report.docx"
    assert warning.severity is pf.Severity.WARNING
    assert all(one.code != "word.own" for one in render_with().warnings)


def test_a_value_has_the_look_of_the_first_letter_of_its_tag(tmp_path: Path) -> None:
    word = filled(tmp_path, cut("Sak ", "{{ case.", "number }}", " her", bold=1))
    runs = [(run.text, run.bold) for run in word.paragraphs[0].runs]
    assert runs == [("Sak ", None), ("2026/0412", True), (" her", None)]


def test_what_prints_nothing_disappears(tmp_path: Path) -> None:
    assert words(
        tmp_path,
        "{{ case.participant.phone }}",
        "{% if title == none %}gone{% endif %}",
        styled("{{ case.participant.phone }}", "List Bullet"),
        "end",
        changes={"case.participant.phone": None},
    ) == ["end"]


def test_a_paragraph_without_tags_stays_though_it_is_empty(tmp_path: Path) -> None:
    assert len(filled(tmp_path, "a", "", "b").paragraphs) == 3


def test_a_pair_without_a_value_disappears_with_its_label(tmp_path: Path) -> None:
    def pairs(word: WordDocument) -> None:
        word.styles.add_style("planforms fields", WD_STYLE_TYPE.TABLE)
        rows(
            "{{ case.participant.phone|label }} | {{ case.participant.phone }}",
            "{{ case.number|label }} | {{ case.number }}",
            "Telefon | {{ case.participant.phone }} | Navn | {{ case.participant.name }}",
            "Felt | ",
            style="planforms fields",
        )(word)

    found = words(tmp_path, pairs, changes={"case.participant.phone": None})
    assert found == ["Saksnummer", "2026/0412", "Navn", "Torbjørn Aasgård-Lunde", "Felt"]


def labelled(value: str, *, beside: bool = False) -> Making:
    """A field as the templates to begin with have it: its label above its value, or beside it."""

    def make(word: WordDocument) -> None:
        styles = word.styles
        if "planforms fields" not in styles:
            styles.add_style("planforms fields", WD_STYLE_TYPE.TABLE)
            styles.add_style("planforms label", WD_STYLE_TYPE.PARAGRAPH)
        table = word.add_table(1, 2, "planforms fields")
        label = table.cell(0, 0).paragraphs[0]
        label.text, label.style = "Telefon", styles["planforms label"]
        if beside:
            table.cell(0, 1).paragraphs[0].text = value
            return
        table.cell(0, 0).add_paragraph(value)
        table.cell(0, 1).paragraphs[0].text = "beside"

    return make


def test_a_label_disappears_with_its_value_below_it_or_beside_it(tmp_path: Path) -> None:
    phone = "{{ case.participant.phone }}"
    steps = (labelled(phone), labelled(phone, beside=True), labelled("by hand"))
    found = words(tmp_path, *steps, changes={"case.participant.phone": None})
    assert found == ["beside", "Telefon", "by hand", "beside"]
    assert words(tmp_path, labelled(phone, beside=True)) == ["Telefon", "11 22 33 41"]


def test_the_caption_and_the_room_of_a_table_go_with_it(tmp_path: Path) -> None:
    def space(word: WordDocument) -> None:
        word.add_paragraph("", word.styles.add_style("planforms space", WD_STYLE_TYPE.PARAGRAPH))

    table = rows("Navn", "{%tr for a in activities %}", "{{ a.name }}", "{%tr endfor %}")
    steps = ("a", styled("Aktiviteter", "Caption"), table, space, "b")
    word = filled(tmp_path, *steps, changes={"activities": []})
    assert [paragraph.text for paragraph in word.paragraphs] == ["a", "b"]
    assert len(filled(tmp_path, *steps).paragraphs) == 4


def test_a_table_that_says_so_is_drawn_too(tmp_path: Path) -> None:
    def described(word: WordDocument) -> None:
        rows("Hva | Dager", "Avtalt | {{ attendance.planned_days }}")(word)
        table = word.tables[0]
        head, properties = table.rows[0]._tr.get_or_add_trPr(), table._tbl.tblPr
        head.append(head.makeelement(f"{_W}tblHeader"))
        description = properties.makeelement(f"{_W}tblDescription", {f"{_W}val": "bars"})
        properties.append(description)

    word = filled(
        tmp_path, described, changes={"attendance": {"planned_days": 200, "attended_days": 180}}
    )
    [drawing] = word.element.body.iter(f"{_W}drawing")
    assert drawing.find(".//{*}docPr").get("name") == "Chart"
    assert len(word.inline_shapes) == 1


def test_whose_copy_it_is_stands_in_the_footers(tmp_path: Path) -> None:
    for steps, part in (((), "body"), ((footer("Side"),), "footer")):
        document = render_with(templates=folder_with(tmp_path, made("x", *steps)))
        copy = replace(document.footer, text=f"{document.footer.text} · eksemplar 2 av 3")
        word = docx.Document(BytesIO(pf.to_docx(replace(document, footer=copy))))
        place = word if part == "body" else word.sections[0].footer
        assert place.paragraphs[-1].text == "eksemplar 2 av 3"


def test_a_table_of_which_only_its_head_is_left_disappears(tmp_path: Path) -> None:
    table = rows("Navn | Navn", "{%tr for a in activities %}", "{{ a.name }}", "{%tr endfor %}")
    word = filled(tmp_path, "a", table, "b", changes={"activities": []})
    assert [paragraph.text for paragraph in word.paragraphs] == ["a", "b"]
    assert word.tables == []


def test_rows_cells_and_paragraphs_are_repeated_with_their_styles(tmp_path: Path) -> None:
    def table(word: WordDocument) -> None:
        rows("Navn", "{%tr for a in activities %}", "{{ a.name }}", "{%tr endfor %}")(word)
        word.tables[0].rows[2].cells[0].paragraphs[0].style = "Heading 3"

    begin, end = _ACTIVITIES
    word = filled(tmp_path, begin, styled("{{ a.name }}", "Quote"), end, table)
    count = len(report_data()["activities"])
    assert [p.style.name for p in word.paragraphs[:count] if p.style] == ["Quote"] * count
    cells = [row.cells[0].paragraphs[0] for row in word.tables[0].rows]
    assert [cell.style.name for cell in cells[1:] if cell.style] == ["Heading 3"] * count
    heads = [row._tr.find(f"{_W}trPr/{_W}tblHeader") is not None for row in word.tables[0].rows]
    assert heads == [True] + [False] * count
    assert all(row._tr.find(f"{_W}trPr/{_W}cantSplit") is not None for row in word.tables[0].rows)


def test_the_grid_of_a_table_has_a_column_for_each_repeated_cell(tmp_path: Path) -> None:
    table = rows("Hva | {%tc for a in activities %} | {{ a.name }} | {%tc endfor %}")
    word = filled(tmp_path, table)
    count = len(report_data()["activities"])
    [grid] = word.element.body.iter(f"{_W}tblGrid")
    assert len(grid) == count + 1
    widths = [int(column.get(f"{_W}w", 0)) for column in grid]
    assert sum(widths) == 8640
    cells = [cell.find(f"{_W}tcPr/{_W}tcW") for cell in word.element.body.iter(f"{_W}tc")]
    assert [int(cell.get(f"{_W}w", 0)) for cell in cells if cell is not None] == widths


def test_a_row_of_one_cell_spans_all_columns_that_there_are_afterwards(tmp_path: Path) -> None:
    def table(word: WordDocument) -> None:
        rows("a | {%tc for a in activities %} | {{ a.name }} | {%tc endfor %}", "Gruppe")(word)
        made = word.tables[0]
        made.cell(1, 0).merge(made.cell(1, 3))

    word = filled(tmp_path, table)
    count = len(report_data()["activities"]) + 1
    [span] = word.element.body.iter(f"{_W}gridSpan")
    assert span.get(f"{_W}val") == str(count)


def test_a_cell_whose_paragraphs_all_disappear_has_one_of_their_look(tmp_path: Path) -> None:
    def table(word: WordDocument) -> None:
        rows("Telefon | {{ case.participant.phone }}")(word)
        word.tables[0].cell(0, 1).paragraphs[0].style = "Quote"

    word = filled(tmp_path, table, changes={"case.participant.phone": None})
    [paragraph] = word.tables[0].cell(0, 1).paragraphs
    assert paragraph.style is not None
    assert (paragraph.text, paragraph.style.name) == ("", "Quote")


def numbers(word: WordDocument) -> list[str]:
    return [line for line in docx_text(_bytes(word)).split("\n") if line[:1].isdecimal()]


def _bytes(word: WordDocument) -> bytes:
    buffer = BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def test_each_rendered_list_counts_from_one(tmp_path: Path) -> None:
    item = styled("{{ m.role }}", "List Number")
    inner = ("{%p for m in case.team %}", item, "{%p endfor %}")
    outer = ("{%p for s in copies %}", "x{{ s.recipient }}", *inner, "{%p endfor %}")
    copies = [{"recipient": name, "role": "participant"} for name in ("A", "B")]
    word = filled(tmp_path, *outer, *inner, changes={"copies": copies})
    counts = [line.split()[0] for line in numbers(word)]
    assert counts == ["1.", "2.", "3."] * 3


def test_a_list_that_is_not_repeated_keeps_its_number(tmp_path: Path) -> None:
    word = filled(tmp_path, styled("a", "List Number"), styled("{{ title }}", "List Number"))
    assert numbers(word) == ["1. a", "2. Sluttrapport"]


def test_the_running_header_is_filled_too(tmp_path: Path) -> None:
    word = filled(tmp_path, "x", header("Sak {{ case.number }} & {{ title }}"))
    assert word.sections[0].header.paragraphs[0].text == "Sak 2026/0412 & Sluttrapport"


def test_text_boxes_say_the_same_in_both_of_their_forms(tmp_path: Path) -> None:
    word = filled(tmp_path, box("{%p for a in case.team %}", "{{ a.role }}", "{%p endfor %}"))
    boxes = list(word.element.body.iter(f"{_W}txbxContent"))
    said = [["".join(map(str, p.itertext())) for p in one] for one in boxes]
    assert len(said) == 2
    assert said[0] == said[1]
    assert len(said[0]) == len(report_data()["case"]["team"])


def test_a_place_to_write_is_a_gap_in_words_and_a_line_alone(tmp_path: Path) -> None:
    word = blank(tmp_path, "Sak {{ case.number }} her", "{{ case.number }}", "{{ resources }}")
    gap, *lines = word.paragraphs
    assert [run.underline for run in gap.runs] == [None, True, None]
    assert len(lines) > 2
    assert all(line.text == "" for line in lines)
    assert all(line._p.find(f"{_W}pPr/{_W}pBdr/{_W}bottom") is not None for line in lines)


def test_lines_to_write_on_need_no_breaks_and_no_words_between(tmp_path: Path) -> None:
    def address(word: WordDocument) -> None:
        paragraph = word.add_paragraph("{{ recipient.name }}{% if title == none %}, {% endif %}")
        paragraph.add_run().add_break()
        paragraph.add_run("{{ case.participant.name }}")

    word = blank(tmp_path, address)
    assert len(word.paragraphs) == 2
    assert list(word.element.body.iter(f"{_W}br")) == []
    assert [line._p.find(f"{_W}pPr/{_W}pBdr") is not None for line in word.paragraphs] == [True] * 2


def test_a_cell_to_fill_in_has_room(tmp_path: Path) -> None:
    word = blank(tmp_path, rows("Sak | {{ case.number }}"))
    [row] = word.tables[0].rows
    assert row.height is not None
    assert row.height.mm > 8
    assert row.cells[1].text == ""


def test_a_place_to_write_is_alone_where_the_words_beside_it_are_not_printed(
    tmp_path: Path,
) -> None:
    words = "{% if case.number != none %}Sak {% endif %}{{ case.number }}"
    word = blank(tmp_path, words, rows(f"Sak | {words}"))
    assert word.paragraphs[0]._p.find(f"{_W}pPr/{_W}pBdr/{_W}bottom") is not None
    assert word.tables[0].rows[0].cells[1].text == ""


def test_places_to_write_of_one_paragraph_share_the_room_of_a_cell(tmp_path: Path) -> None:
    one, two = "{{ case.number }}", "{{ case.number }} {{ case.participant.name }}"
    word = blank(tmp_path, rows(f"A | {one}", f"B | {two}"))
    first, second = (row.height for row in word.tables[0].rows)
    assert first == second


def test_options_run_in_a_row_in_choices(tmp_path: Path) -> None:
    def choices(word: WordDocument) -> None:
        word.styles.add_style("planforms choices", WD_STYLE_TYPE.PARAGRAPH)
        word.add_paragraph("Hva nå? {{ next_step.direction }}", "planforms choices")

    [paragraph] = blank(tmp_path, choices).paragraphs
    assert paragraph.text.startswith("Hva nå? ☐ ordinært arbeid      ☐ ")
    assert "\n" not in paragraph.text


def test_a_choice_is_boxes_to_tick(tmp_path: Path) -> None:
    word = blank(tmp_path, "{{ next_step.direction }}")
    assert word.paragraphs[0].text.startswith("☐ ordinært arbeid\n☐ ")


def test_a_form_can_be_filled_in_and_read(tmp_path: Path) -> None:
    steps = ("{{ case.number }}", "{{ case.participant.name }}", box("{{ case.number }}"))
    templates = folder_with(tmp_path, made(*steps, header("{{ case.number }}")))
    form = pf.blank("final_report", service="molde", templates=templates)
    word = docx.Document(BytesIO(pf.to_docx(form, fillable=True)))
    controls = list(word.element.body.iter(f"{_W}sdt"))
    assert len(controls) == 3
    for control, text in zip(controls, ("2026/1", "Ola Eksempel", "2026/1"), strict=True):
        [hint] = control.iter(f"{_W}showingPlcHdr")
        hint.getparent().remove(hint)
        next(control.iter(f"{_W}t")).text = text
    header_part = word.sections[0].header._element
    assert list(header_part.iter(f"{_W}sdt")) == []
    found = pf.read(_bytes(word), templates=templates)
    assert found.values["case"]["number"] == "2026/1"
    assert found.values["case"]["participant"]["name"] == "Ola Eksempel"
    assert "form.changed" not in {problem.code for problem in found.problems}


def test_the_file_says_what_ours_say_of_themselves(tmp_path: Path) -> None:
    def named(word: WordDocument) -> None:
        word.core_properties.author = "Somebody"
        word.core_properties.comments = "secret"

    properties = filled(tmp_path, "x", named).core_properties
    assert (properties.title, properties.author) == ("Sluttrapport", "Molde kommune")
    assert properties.language == "nb"
    assert str(properties.created)[:10] == str(properties.modified)[:10] == "2026-11-06"
    assert properties.comments == ""


def test_the_language_of_the_words_is_the_documents(tmp_path: Path) -> None:
    languages = filled(tmp_path, "x").styles.element.iter(f"{_W}lang")
    assert [one.get(f"{_W}val") for one in languages] == ["nb-NO"]


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    document = render_with(templates=folder_with(tmp_path, made("{{ title }}")))
    again = pickle.loads(pickle.dumps(document))
    assert pf.to_docx(document) == pf.to_docx(again)


def test_a_template_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    assert words(tmp_path, "a") == ["a"]
    assert words(tmp_path, "abc") == ["abc"]


@pytest.mark.parametrize("name", ["no/final_report.docx"])
def test_a_mistake_is_told_at_its_paragraph(tmp_path: Path, name: str) -> None:
    def caught(*steps: str | Making) -> set[tuple[str, str]]:
        with pytest.raises(pf.TemplateError) as error:
            filled(tmp_path, *steps)
        return problems_of(error.value)

    assert caught("x", "{{ case.nmber }}") == {("template.path", f"{name}: paragraph 2")}
    assert caught(rows("x | {{ case }}")) == {
        ("template.part", f"{name}: table 1, row 1, paragraph 2")
    }
    assert caught(header("{{ nothing }}")) == {
        ("template.undefined", f"{name}: header: paragraph 1")
    }
    assert caught("{{ case.number|upper }}") == {("template.syntax", f"{name}: paragraph 1")}
    assert caught("{{ issued_on|date(1, 2) }}") == {("template.filter", f"{name}: paragraph 1")}
    assert caught("x", "{{ a") == {("word.braces", f"{name}: paragraph 2")}


def test_a_template_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(pf.TemplateError) as error:
        render_with(templates=folder_with(tmp_path, b"x"))
    assert error.value.problems[0].place.startswith("no/final_report.docx")


def test_a_guarded_part_is_withheld(tmp_path: Path) -> None:
    changes = {"case.participant.protected_identity": True}
    steps = ("{{ case.participant.phone }}", "{{ case.participant.address.street }}")
    html = render_with(changes)
    document = render_with(changes, templates=folder_with(tmp_path, made(*steps)))
    text = docx_text(pf.to_docx(document))
    assert "Eksempelvegen" not in text
    assert "11 22 33 41" not in text
    assert html.text() == document.text()


def test_who_makes_a_pdf_hears_nothing_of_word(tmp_path: Path) -> None:
    document = render_with(templates=folder_with(tmp_path, made("x")))
    assert warnings_of(document, ["pdf", "html"]) == render_with().warnings
    assert warnings_of(document, ["pdf", "docx"]) == document.warnings


def test_large_print_has_large_letters_on_the_same_page(tmp_path: Path) -> None:
    document = render_with(templates=folder_with(tmp_path, made(cut("{{ title }}"), rows("a | b"))))
    usual, large = (
        docx.Document(BytesIO(pf.to_docx(one))) for one in (document, pf.large_print(document))
    )
    sizes = [one.styles["Heading 1"].font.size for one in (usual, large)]
    assert sizes[0] is not None
    assert sizes[1] is not None
    assert sizes[1] > sizes[0]
    widths = [[cell.width for cell in one.tables[0].rows[0].cells] for one in (usual, large)]
    assert widths[0] == widths[1]


def test_papers_together_say_what_the_others_say(tmp_path: Path) -> None:
    report = case_of(COMPLETE)
    templates = folder_with(tmp_path, made("only this"))
    found = pf.envelope([report], "participant", as_of=date(2026, 11, 6), templates=templates)
    for document in (found.document, pf.render(report, beside="sv", templates=templates)):
        assert "only this" not in docx_text(pf.to_docx(document))
        assert "word.own" not in {problem.code for problem in document.warnings}


def test_notes_at_the_foot_of_a_page_are_filled_too(tmp_path: Path) -> None:
    entries = entries_of(made("{{ title }} NOTE"))
    body = entries["word/document.xml"].decode()
    reference = '</w:t><w:footnoteReference w:id="1"/>'
    entries["word/document.xml"] = body.replace(" NOTE</w:t>", reference).encode()
    words = '<w:p><w:r><w:t xml:space="preserve">Sak {{ case.number }}</w:t></w:r></w:p>'
    entries["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{_W[1:-1]}"><w:footnote w:id="1">{words}</w:footnote></w:footnotes>'
    ).encode()
    types, office = "application/vnd.openxmlformats-officedocument.wordprocessingml", R
    for name, old, new in (
        (
            "[Content_Types].xml",
            "</Types>",
            f'<Override PartName="/word/footnotes.xml" ContentType="{types}.footnotes+xml"/>'
            "</Types>",
        ),
        (
            "word/_rels/document.xml.rels",
            "</Relationships>",
            f'<Relationship Id="n1" Type="{office}/footnotes" Target="footnotes.xml"/>'
            "</Relationships>",
        ),
    ):
        entries[name] = entries[name].decode().replace(old, new).encode()
    document = render_with(templates=folder_with(tmp_path, archive_of(entries)))
    notes = entries_of(pf.to_docx(document))["word/footnotes.xml"].decode()
    assert "Sak 2026/0412" in notes.replace('</w:t></w:r><w:r><w:t xml:space="preserve">', "")


def test_a_section_ends_even_if_its_last_paragraph_prints_nothing(tmp_path: Path) -> None:
    def section(word: WordDocument) -> None:
        word.add_paragraph("{{ case.participant.phone }}")
        word.add_section()
        word.add_paragraph("b")

    word = filled(tmp_path, "a", section, changes={"case.participant.phone": None})
    assert len(word.sections) == 2
    assert [paragraph.text for paragraph in word.paragraphs if paragraph.text] == ["a", "b"]


def test_a_link_keeps_the_words_that_it_holds(tmp_path: Path) -> None:
    def link(word: WordDocument) -> None:
        paragraph = word.add_paragraph("se ")
        around = paragraph._p.makeelement(f"{_W}hyperlink", {f"{_W}anchor": "x"})
        paragraph._p.append(around)
        around.append(paragraph.add_run("{% if title %}{{ case.number }}{% endif %}")._r)

    word = filled(tmp_path, link)
    [found] = word.element.body.iter(f"{_W}hyperlink")
    assert "".join(text.text or "" for text in found.iter(f"{_W}t")) == "2026/0412"
    assert word.paragraphs[0].text == "se 2026/0412"


def test_the_command_line_tells_it_of_word_files_alone(tmp_path: Path) -> None:
    templates = folder_with(tmp_path, made("{{ title }}"))
    for name, told in (("a.docx", True), ("a.html", False)):
        path = tmp_path / name
        found = call("render", COMPLETE, "--templates", templates, "-o", path)
        assert found.returncode == 0
        assert ("word.own" in found.stderr) is told
