"""What a Word template to begin with is drawn like."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.document import Document as WordDocument
from lxml import etree

from planforms.document import Window
from planforms.markup.subset import INLINE, TAGS
from planforms.word_templates.starting import Paper, start
from planforms.word_templates.starting_words import pieces_of_words
from planforms.word_templates.tree import Branch, Governed, Node, Printing, Said, Tagged
from planforms.writers._word_xml import WORD

PAPER = Paper(
    kind="rights",
    language="nb",
    locale="nb-NO",
    title="Rettigheter",
    author="",
    page="Side {page} av {pages}",
    window=Window(25, 45, 85, 40),
    described=lambda pictogram: f"shows {pictogram}",
)


def tagged(tag: str, *parts: Node | str, **attributes: str) -> Tagged:
    """An element; its class is written ``class_``."""
    named = {name.rstrip("_"): value for name, value in attributes.items()}
    return Tagged(tag, named, tuple(Said(p) if isinstance(p, str) else p for p in parts))


def governed(statement: str, *parts: Node | str, other: Iterable[Node] = ()) -> Governed:
    inside = tuple(Said(p) if isinstance(p, str) else p for p in parts)
    branches = [Branch(statement, inside)]
    if other:
        branches.append(Branch("else", tuple(other)))
    return Governed(tuple(branches), f"end{statement.split()[0]}")


def drawn(*parts: Node, paper: Paper = PAPER) -> WordDocument:
    return docx.Document(BytesIO(start(parts, paper)))


def lines(parent: etree._Element) -> list[str]:
    """The words of all paragraphs, in order; those without any are left out."""
    paragraphs = ("".join(map(str, p.itertext(f"{WORD}t"))) for p in parent.iter(f"{WORD}p"))
    return [words for words in paragraphs if words]


def rows(word: WordDocument, number: int = 0) -> list[list[list[str]]]:
    """The words of the cells of each row of a table."""
    table = word.tables[number]._tbl
    found = (row.findall(f"{WORD}tc") for row in table.findall(f"{WORD}tr"))
    return [[lines(cell) for cell in cells] for cells in found]


# --- words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([Said(" A  b\n c ")], "A b c"),
        ([Said("a "), Printing("title"), Said(" b")], "a {{ title }} b"),
        ([Said("a "), governed("if x", " b "), Said("c")], "a {% if x %}b {% endif %}c"),
        ([governed("for x in y", " b "), Said(" ")], "{% for x in y %} b {% endfor %}"),
        ([Said("a "), Tagged("br"), Said(" b")], "a\nb"),
        ([Said("a\u00a0"), Said(" b")], "a\u00a0 b"),
        ([governed("if x", "a ", other=[Said(" b")])], "{% if x %}a {% else %}b{% endif %}"),
    ],
)
def test_spaces_stand_where_a_reader_of_the_other_template_sees_them(
    parts: list[Node], words: str
) -> None:
    assert "".join(piece.text for piece in pieces_of_words(parts)) == words


def test_what_matters_is_bold_and_statements_around_it_are_not() -> None:
    parts = [governed("if x", tagged("strong", "a ", tagged("em", "b")))]
    looks = [(piece.text, piece.bold, piece.italic) for piece in pieces_of_words(parts)]
    assert looks == [
        ("{% if x %}", False, False),
        ("a ", True, False),
        ("b", True, True),
        ("{% endif %}", False, False),
    ]


def test_options_of_a_choice_stand_in_a_row() -> None:
    option = governed("for x in y", Printing("x|tick"), Tagged("br"))
    word = drawn(tagged("p", "Ask: ", option, class_="choices"))
    [paragraph] = word.paragraphs
    assert paragraph.text == "Ask: {% for x in y %}{{ x|tick }}\u2003\u2003{% endfor %}"
    assert paragraph.style is not None
    assert paragraph.style.name == "planforms choices"


# --- blocks ---------------------------------------------------------------------------------


def test_a_statement_around_paragraphs_has_one_of_its_own() -> None:
    word = drawn(governed("if x", tagged("p", "a"), tagged("h2", "b")), tagged("p", "c"))
    assert lines(word.element.body) == ["{%p if x %}", "a", "b", "{%p endif %}", "c"]
    names = [p.style.name for p in word.paragraphs if p.style]
    statement = "planforms statement"
    assert names == [statement, "Body Text", "Heading 2", statement, "Body Text"]


def test_loose_words_beside_paragraphs_are_a_paragraph() -> None:
    word = drawn(tagged("blockquote", governed("if x", "a"), tagged("p", "b"), " "))
    assert lines(word.element.body) == ["{% if x %}a{% endif %}", "b"]


def test_the_number_of_an_item_stands_before_its_first_paragraph() -> None:
    label = governed("if x", tagged("p", "Label:"))
    word = drawn(tagged("ol", tagged("li", label, tagged("p", "a"), tagged("p", "b"))))
    first, second = word.paragraphs
    assert first.text == "{% if x %}Label:\n{% endif %}a"
    numbered = [p._p.find(f"{WORD}pPr/{WORD}numPr") is not None for p in (first, second)]
    assert numbered == [True, False]
    assert second.text == "b"


def test_each_numbered_list_counts_from_one() -> None:
    items = tagged("ol", governed("for x in y", tagged("li", Printing("x"))))
    word = drawn(items, items)
    numbers = [n.get(f"{WORD}val") for n in word.element.body.iter(f"{WORD}numId")]
    assert len(set(numbers)) == len(numbers) == 2


def test_labels_stand_above_their_values_as_wide_as_they_are() -> None:
    fields = tagged(
        "dl",
        tagged("dt", "A", width="8"),
        tagged("dd", Printing("a")),
        tagged("dt", "B", width="3"),
        tagged("dd", Printing("b")),
        governed("if x", tagged("dt", "C"), tagged("dd", Printing("c"))),
        class_="fields",
    )
    word = drawn(fields)
    assert rows(word) == [
        [["A", "{{ a }}"], ["B", "{{ b }}"]],
        [["{%tr if x %}"]],
        [["C", "{{ c }}"]],
        [["{%tr endif %}"]],
    ]
    spans = [s.get(f"{WORD}val") for s in word.tables[0]._tbl.iter(f"{WORD}gridSpan")]
    assert spans == ["8", "4", "12", "12", "12"]


def test_a_label_that_a_condition_chooses_is_one_label() -> None:
    label = governed("if x", tagged("dt", "A"), other=[tagged("dt", "B")])
    word = drawn(tagged("dl", label, tagged("dd", Printing("a"))))
    assert rows(word) == [[["{% if x %}A{% else %}B{% endif %}", "{{ a }}"]]]


def table(*body: Node, head: Iterable[Node] = (), class_: str = "") -> Tagged:
    columns = [*head] or [tagged("th", "One", scope="col"), tagged("th", "Two", scope="col")]
    parts = (
        tagged("caption", "Caption"),
        tagged("thead", tagged("tr", *columns)),
        tagged("tbody", *body),
    )
    return tagged("table", *parts, **({"class_": class_} if class_ else {}))


def test_rows_and_cells_have_statements_of_their_own() -> None:
    head: list[Node] = [
        tagged("th", "A"),
        governed("for x in y", governed("if x", tagged("th", "B"))),
    ]
    cells: list[Node] = [
        tagged("th", "a"),
        governed("for x in y", governed("if x", tagged("td", "b"))),
    ]
    word = drawn(table(governed("for z in y", tagged("tr", *cells)), head=head, class_="matrix"))
    begin, end = "{%tc for x in y %}{%tc if x %}", "{%tc endif %}{%tc endfor %}"
    assert rows(word) == [
        [["A"], [begin], ["B"], [end]],
        [["{%tr for z in y %}"]],
        [["a"], [begin], ["b"], [end]],
        [["{%tr endfor %}"]],
    ]


def test_a_condition_that_chooses_among_as_many_cells_stands_in_each() -> None:
    one, other = ([tagged("td", words), tagged("td", "same")] for words in ("a", "b"))
    word = drawn(table(tagged("tr", governed("if x", *one, other=other))))
    assert rows(word)[1] == [["{% if x %}a{% else %}b{% endif %}"], ["same"]]


def test_a_table_that_is_drawn_says_so() -> None:
    chart = table(tagged("tr", tagged("th", "a"), tagged("td", "1")), class_="lines")
    chart.attributes.update({"from": "1", "to": "5"})
    described = drawn(chart).tables[0]._tbl.find(f"{WORD}tblPr/{WORD}tblDescription")
    assert described is not None
    assert described.get(f"{WORD}val") == "lines from=1 to=5"


def test_every_tag_of_the_templates_can_be_drawn() -> None:
    inner = {"li", "dt", "dd", "caption", "thead", "tbody", "tr", "th", "td", "div", "img"}
    words = tagged("p", "x")
    shown = {
        "aside": tagged("aside", words, class_="law"),
        "section": tagged("section", words, class_="staff"),
        "table": table(tagged("tr", tagged("th", "x"), tagged("td", "x"))),
        "ul": tagged("ul", tagged("li", "x")),
        "ol": tagged("ol", tagged("li", "x")),
        "dl": tagged("dl", tagged("dt", "y"), tagged("dd", "x")),
        "header": tagged("header", words),
    }
    for tag in TAGS - INLINE - inner:
        assert "x" in lines(drawn(shown.get(tag, tagged(tag, "x"))).element.body), tag


def test_frames_are_tables_of_one_cell_with_a_style() -> None:
    boxes = [tagged("aside", tagged("p", "a"), class_=name) for name in ("summary", "note")]
    staff = tagged("section", tagged("h2", "b"), class_="staff")
    word = drawn(*boxes, staff)
    names = [one.style.name for one in word.tables if one.style]
    assert names == ["planforms summary", "planforms note", "planforms staff"]
    assert [rows(word, number) for number in range(3)] == [[[["a"]]], [[["a"]]], [[["b"]]]]


def test_a_pictogram_stands_beside_its_words_and_says_what_it_shows() -> None:
    word = drawn(tagged("section", tagged("h2", "When?"), pictogram="calendar"))
    assert rows(word) == [[[], ["When?"]]]
    [shown] = word.tables[0]._tbl.iter("{*}docPr")
    assert shown.get("descr") == "shows calendar"


def test_a_sheet_begins_a_page_and_its_address_is_in_the_window() -> None:
    sheet = tagged("section", tagged("address", "Name", Tagged("br"), "Town"), class_="sheet")
    word = drawn(tagged("p", "before"), sheet)
    _, page, address = word.paragraphs
    assert page.style is not None
    assert page.style.paragraph_format.page_break_before
    assert address.text == "Name\nTown"
    top = word.sections[0].top_margin
    assert top is not None
    assert address.paragraph_format.space_before is not None
    assert round(top.mm + address.paragraph_format.space_before.mm) == 45


def test_the_foot_of_a_page_prints_what_each_document_says() -> None:
    words = drawn(tagged("p", "a")).sections[0].footer._element
    [line] = lines(words)
    assert line == '{% if state != "blank" %}{{ case.number }} · {% endif %}{{ title }}Side 1 av 1'
    unit = replace(PAPER, of_case=False)
    [line] = lines(drawn(tagged("p", "a"), paper=unit).sections[0].footer._element)
    assert line.startswith("{{ title }}Side")
