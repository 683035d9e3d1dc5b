"""Reading: the closed subset becomes the tree, anything else is a Problem at its line."""

from __future__ import annotations

from dataclasses import replace

import pytest

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
    Description,
    DescriptionList,
    Field,
    Fields,
    FieldType,
    Heading,
    Inline,
    Letterhead,
    List,
    Logo,
    Paragraph,
    Pictogram,
    Pictured,
    Quote,
    Section,
    SectionKind,
    Strong,
    Table,
    Text,
    Window,
    lines_of,
)
from planforms.errors import TemplateError
from planforms.markup import Given, read
from planforms.templating.marks import mark

NAME = Field("name", FieldType.LINE, "Navn", "Ada")
EMPTY = Field("name", FieldType.LINE, "Navn", None)
MARK = mark(0)
WINDOW = Window(25, 45, 85, 40)


def blocks_of(html: str, *marks: tuple[Inline, ...]) -> tuple[Block, ...]:
    return read(html, "no", given(*marks))


def given(*marks: tuple[Inline, ...], logo: Logo | None = None) -> Given:
    return Given(marks, logo, WINDOW)


def problems_in(html: str) -> list[tuple[str, str]]:
    with pytest.raises(TemplateError) as caught:
        blocks_of(html)
    return [(problem.code, problem.place) for problem in caught.value.problems]


def words(text: str) -> tuple[Paragraph]:
    return (Paragraph((Text(text),)),)


def test_paragraphs_and_headings() -> None:
    assert blocks_of("<h1>A</h1>\n<h2>B</h2><p> C\n  D </p>") == (
        Heading(1, (Text("A"),)),
        Heading(2, (Text("B"),)),
        Paragraph((Text("C D"),)),
    )


def test_a_field_takes_the_place_of_its_mark() -> None:
    [paragraph] = blocks_of(f"<p>Navn: <strong>{MARK}</strong></p>", (NAME,))
    assert paragraph == Paragraph((Text("Navn: "), Strong((NAME,))))


def test_a_value_of_several_paragraphs_stays_one_field_in_one_paragraph() -> None:
    value = Field("text", FieldType.TEXT, "Tekst", "one\ntwo\n \n three")
    [paragraph] = blocks_of(f"<p>Svar: {MARK} .</p>", (value,))
    assert paragraph == Paragraph((Text("Svar: "), value, Text(" .")))


def test_a_value_in_a_heading_stays_on_one_line() -> None:
    value = Field("text", FieldType.TEXT, "Tekst", "one\n\ntwo")
    assert blocks_of(f"<h1>{MARK}</h1>", (value,)) == (
        Heading(1, (Field("text", FieldType.TEXT, "Tekst", "one two"),)),
    )


def test_line_breaks_lose_the_space_beside_them_and_at_the_ends() -> None:
    [paragraph] = blocks_of("<p><br>a <br> b<br></p>")
    assert paragraph == Paragraph((Text("a"), Break(), Text("b")))


def test_a_paragraph_without_anything_in_it_disappears() -> None:
    assert blocks_of(f"<p> {MARK} </p>", ()) == ()


def test_lists_leave_out_empty_items() -> None:
    assert blocks_of("<ol><li>a</li><li></li><li><p>b</p><ul><li>c</li></ul></li></ol>") == (
        List(True, (words("a"), (*words("b"), List(False, (words("c"),))))),
    )


def test_a_label_without_a_value_disappears_with_it() -> None:
    html = f"<dl><dt>A</dt><dd>{MARK}</dd><dt>B</dt><dd></dd></dl>"
    assert blocks_of(html, (EMPTY,)) == (
        DescriptionList((Description((Text("A"),), (Paragraph((EMPTY,)),)),)),
    )


def test_a_table_has_caption_widths_head_and_rows() -> None:
    html = (
        '<table><caption>C</caption><thead><tr><th scope="col" width="40%">A</th>'
        '<th scope="col" width="60%">B</th></tr></thead><tbody>'
        '<tr><th scope="row">a</th><td></td></tr></tbody></table>'
    )
    [table] = blocks_of(html)
    assert isinstance(table, Table)
    assert table.caption == (Text("C"),)
    assert table.widths == (40, 60)
    assert [cell.header for cell in table.rows[0]] == [True, False]


def test_a_table_without_rows_disappears() -> None:
    html = (
        '<table><caption>C</caption><thead><tr><th scope="col" width="100%">A</th></tr>'
        "</thead><tbody></tbody></table>"
    )
    assert blocks_of(html) == ()


def test_boxes_and_quotes() -> None:
    html = '<aside class="sign"><p>a</p></aside><blockquote><p>b</p></blockquote>'
    assert blocks_of(html, (EMPTY,)) == (
        Box(BoxKind.SIGN, words("a")),
        Quote(words("b")),
    )


def test_fields_stand_side_by_side_each_with_its_share_of_the_line() -> None:
    html = '<dl class="fields"><dt width="8">A</dt><dd>a</dd><dt>B</dt><dd>b</dd></dl>'
    assert blocks_of(html) == (
        Fields(
            (Description((Text("A"),), words("a")), Description((Text("B"),), words("b"))),
            (8, 6),
        ),
    )


def test_what_stands_before_the_first_box_is_the_question() -> None:
    boxes = (CheckBox("x", "a", "A", False), Break(), CheckBox("x", "b", "B", True))
    html = f'<p class="choices" columns="2">Hva? {MARK} (vet ikke)</p>'
    assert blocks_of(html, boxes) == (
        Choices((Text("Hva?"),), ((boxes[0],), (boxes[2], Text(" (vet ikke)"))), 2),
    )
    assert blocks_of(f'<p class="choices">{MARK}</p>', ()) == ()


def table_of(head: str, body: str, attributes: str = "") -> str:
    return (
        f"<table {attributes}><caption>C</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>"
    )


def test_columns_without_a_width_share_what_is_left() -> None:
    head = '<th scope="col" width="30%">A</th>' + '<th scope="col">B</th>' * 3
    [table] = blocks_of(table_of(head, "<tr><td>a</td><td>b</td><td>c</td><td>d</td></tr>"))
    assert isinstance(table, Table)
    assert table.widths == (30, 23, 23, 24)


def test_a_row_may_name_the_rows_below_it_and_have_room_to_write() -> None:
    head = '<th scope="col">A</th><th scope="col">B</th>'
    body = '<tr><th scope="rowgroup">G</th></tr><tr lines="3"><th scope="row">a</th><td></td></tr>'
    [table] = blocks_of(table_of(head, body))
    assert isinstance(table, Table)
    assert table.rows == (
        (Cell(words("G"), header=True),),
        (Cell(words("a"), header=True, lines=3), Cell((), lines=3)),
    )


def test_a_matrix_that_is_too_wide_for_a_page_becomes_several() -> None:
    head = "".join(f'<th scope="col">{n}</th>' for n in range(9))
    body = f'<tr><th scope="rowgroup">G</th></tr><tr><th scope="row">a</th>{"<td>x</td>" * 8}</tr>'
    first, second = blocks_of(table_of(head, body, 'class="matrix"'))
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert [len(table.head) for table in (first, second)] == [7, 3]
    assert [sum(table.widths) for table in (first, second)] == [100, 100]
    assert second.head[0] == first.head[0]
    assert second.rows[0] == first.rows[0]
    assert len(second.rows[1]) == 3


@pytest.mark.parametrize("count", [0, 1, 6, 7, 70])
def test_a_matrix_may_have_any_number_of_columns(count: int) -> None:
    head = "".join(f'<th scope="col">{n}</th>' for n in range(count + 1))
    body = f'<tr><th scope="row">a</th>{"<td>x</td>" * count}</tr>'
    tables = blocks_of(table_of(head, body, 'class="matrix"'))
    assert all(isinstance(table, Table) and sum(table.widths) == 100 for table in tables)
    columns = [len(table.head) - 1 for table in tables if isinstance(table, Table)]
    assert sum(columns) == count


def test_parts_that_stand_apart() -> None:
    html = (
        '<section class="beside"><div><p>a</p></div><div><p>b</p></div></section>'
        '<section class="staff"><p>c</p></section>'
        '<section class="sheet"><address>d<br>e</address></section>'
        '<section class="sheet" for="staff"><p>f</p></section>'
    )
    assert blocks_of(html) == (
        Beside((words("a"), words("b"))),
        Section(SectionKind.STAFF, words("c")),
        Section(SectionKind.SHEET, (AddressWindow((Text("d"), Break(), Text("e")), WINDOW),)),
        Section(SectionKind.SHEET, words("f"), internal=True),
    )


def test_a_part_has_a_pictogram_beside_it_with_what_that_shows() -> None:
    html = '<h1>a</h1><section pictogram="pen"><h2>b</h2><p>c</p></section>'
    described = replace(given(), described=lambda pictogram: f"drawn {pictogram}")
    _, part = read(html, "no", described)
    assert part == Pictured(Pictogram.PEN, "drawn pen", (Heading(2, (Text("b"),)), *words("c")))
    assert [*lines_of(part)] == ["drawn pen", "b", "c"]


def test_nothing_beside_a_pictogram_draws_none() -> None:
    assert blocks_of('<section pictogram="pen"></section>') == ()


def test_of_two_parts_beside_each_other_one_may_be_empty() -> None:
    html = '<section class="beside"><div><p>a</p></div><div></div></section>'
    assert blocks_of(html) == words("a")


def test_the_letterhead_prints_the_services_logo_with_the_templates_words() -> None:
    logo = Logo(b"png", "", 10, 10)
    html = '<header><img src="logo" alt="Logo for X"><p>X</p></header>'
    [letterhead] = read(html, "no", given(logo=logo))
    assert letterhead == Letterhead(Logo(b"png", "Logo for X", 10, 10), words("X"))
    assert read(html, "no", given()) == (Letterhead(None, words("X")),)


def test_boxes_to_tick_stay_one_below_the_other() -> None:
    yes, no = CheckBox("x", "yes", "Ja", False), CheckBox("x", "no", "Nei", False)
    [paragraph] = blocks_of(f"<p>{MARK}</p>", (yes, Break(), no))
    assert paragraph == Paragraph((yes, Break(), no))


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<p><script>x</script></p>", "template.tag"),
        ('<p onclick="x">a</p>', "template.attribute"),
        ('<p style="x">a</p>', "template.attribute"),
        ("<p><p>a</p></p>", "template.nesting"),
        ("<li>a</li>", "template.nesting"),
        ("<ul><p>a</p></ul>", "template.nesting"),
        ("loose", "template.text"),
        ("<ul>loose</ul>", "template.text"),
        ("<p>a", "template.unclosed"),
        ("<p>a</p></p>", "template.end_tag"),
        ("<h1></h1>", "template.empty"),
        ("<h2>a</h2>", "template.outline"),
        ("<h1>a</h1><h3>b</h3>", "template.outline"),
        ("<h1>a</h1><h1>b</h1>", "template.outline"),
        ("<dl><dt>a</dt></dl>", "template.pairs"),
        ("<dl><dd>a</dd><dt>b</dt></dl>", "template.pairs"),
        ("<section><p>a</p></section>", "template.attribute"),
        ('<section pictogram="x"><p>a</p></section>', "template.attribute"),
        ('<section class="staff" pictogram="pen"><p>a</p></section>', "template.attribute"),
        ('<section pictogram="pen"><div><p>a</p></div></section>', "template.nesting"),
        ("<aside><p>a</p></aside>", "template.attribute"),
        ('<aside class="x"><p>a</p></aside>', "template.attribute"),
        ('<header><img src="logo" alt=""></header>', "template.image"),
        ('<header><img src="file:///etc/passwd" alt="x"></header>', "template.attribute"),
        ("<table><tbody></tbody></table>", "template.table"),
        ("<section><p>a</p></section>", "template.attribute"),
        ('<section class="staff"><div><p>a</p></div></section>', "template.nesting"),
        ('<section class="beside"><div><p>a</p></div></section>', "template.pairs"),
        ('<section class="beside"><div></div><div></div><p>a</p></section>', "template.pairs"),
        ('<p class="big">a</p>', "template.attribute"),
        ('<p class="choices" columns="4">a</p>', "template.attribute"),
        ('<dl class="fields"><dt width="13">a</dt><dd>b</dd></dl>', "template.attribute"),
        ('<dl class="fields"><dt width="٤">a</dt><dd>b</dd></dl>', "template.attribute"),
        ("<!DOCTYPE html>", "template.tag"),
        ("<?php x ?>", "template.tag"),
        ("<![CDATA[x]]>", "template.tag"),
        ("<p>a <!-- b --></p>", "template.tag"),
    ],
)
def test_what_is_not_of_the_subset_is_a_problem(html: str, code: str) -> None:
    assert code in {found for found, _ in problems_in(html)}


@pytest.mark.parametrize(
    "table",
    [
        '<thead><tr><th scope="col" width="50%">A</th></tr></thead><tbody><tr><td>a</td></tr>',
        '<thead><tr><th scope="col" width="1oo%">A</th></tr></thead><tbody><tr><td>a</td></tr>',
        '<thead><tr><th scope="col" width="97%">A</th><th scope="col">B</th></tr></thead>'
        "<tbody><tr><td>a</td><td>b</td></tr>",
        '<thead><tr><th scope="col" width="100%">A</th></tr></thead><tbody><tr></tr>',
    ],
)
def test_a_table_that_does_not_add_up_is_a_problem(table: str) -> None:
    found = problems_in(f"<table><caption>C</caption>{table}</tbody></table>")
    assert {code for code, _ in found} == {"template.table"}


def test_all_problems_come_at_once_each_with_its_line() -> None:
    html = (
        '<p data-at="x.html:3" onclick="a">a</p><b data-at="x.html:7">b</b>'
        '<em data-at="x.html:9">c</em>'
    )
    assert problems_in(html) == [
        ("template.attribute", "no/x.html:3"),
        ("template.tag", "no/x.html:7"),
        ("template.nesting", "no/x.html:9"),
    ]


@pytest.mark.parametrize(
    ("html", "code", "place"),
    [
        ('<p data-at="x:1">a<p data-at="x:2">b</p><p data-at="x:3">c</p>', "unclosed", "x:1"),
        ('<p data-at="x:1">a<p data-at="x:2">', "unclosed", "x:2"),
        ('<ul><li data-at="x:1">a<li data-at="x:2">b</li></ul>', "unclosed", "x:1"),
        ('<dl><dt>a</dt><dd data-at="x:1">b<dt>c</dt><dd>d</dd></dl>', "unclosed", "x:1"),
        ('<p>a <strong data-at="x:1"><em data-at="x:2">b</strong></em></p>', "unclosed", "x:2"),
        ('<p data-at="x:1">a <storng data-at="x:2">b</strong></p>', "tag", "x:2"),
        ('<p data-at="x:1">a <strong data-at="x:2">b</storng></p>', "tag", "x:2"),
        ('<span data-at="x:1"><em data-at="x:2">a</em></span>', "tag", "x:1"),
        ('<dl data-at="x:1"><dt>a</dt><dt data-at="x:2">b</dt></dl>', "pairs", "x:1"),
    ],
)
def test_one_mistake_is_one_problem(html: str, code: str, place: str) -> None:
    assert problems_in(html) == [(f"template.{code}", f"no/{place}")]


def test_a_heading_of_the_wrong_level_is_named_at_its_line() -> None:
    html = '<h1>a</h1><h3 data-at="x.html:2">b</h3><h1 data-at="x.html:3">c</h1>'
    assert problems_in(html) == [
        ("template.outline", "no/x.html:2"),
        ("template.outline", "no/x.html:3"),
    ]


def test_an_unclosed_tag_is_named_where_it_was_opened() -> None:
    found = problems_in('<p data-at="x.html:3">a <strong data-at="x.html:4">b</p>')
    assert found == [("template.unclosed", "no/x.html:4")]
