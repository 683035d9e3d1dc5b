"""A part of a Word file becomes the source of a template, and says what cannot be one."""

from __future__ import annotations

import pytest

from planforms.word_templates.slots import SIGNS, Begin, Kind
from tests.word_templates.making import Making, cut, header, rows, styled, template


def source(*steps: str | Making) -> str:
    """The words and tags of the body, without signs."""
    return SIGNS.sub("", template(*steps).parts[0].text)


def problems(*steps: str | Making) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in template(*steps).problems]


def test_words_are_escaped_and_tags_are_not() -> None:
    assert source("<a> & {{ b|date(“day”) }}") == '&lt;a&gt; &amp; {{ b|date("day") }}'


def test_statements_stand_for_their_paragraph_row_or_cell() -> None:
    table = rows("{%tr for a in activities %}", "{{ a.name }} | b", "{%tr endfor %}")
    assert source("{%p if title %}", table, "{%p endif %}") == (
        "{% if title %}{% for a in activities %}{{ a.name }}b{% endfor %}{% endif %}"
    )
    cells = rows("{%tc for a in activities %} | {{ a.name }} | {%tc endfor %} | x")
    assert source(cells) == "{% for a in activities %}{{ a.name }}{% endfor %}x"


def test_a_letter_of_the_source_leads_back_to_its_paragraph() -> None:
    made = template("one", rows("two | three"), cut("four {{ ca", "se }} five"), header("six"))
    body, head = made.parts
    found = {word: body.place(body.text.index(word)) for word in ("one", "three", "case", "five")}
    assert found == {
        "one": "no/final_report.docx: paragraph 1",
        "three": "no/final_report.docx: table 1, row 1, paragraph 2",
        "case": "no/final_report.docx: paragraph 2",
        "five": "no/final_report.docx: paragraph 2",
    }
    assert head.place(head.text.index("six")) == "no/final_report.docx: header: paragraph 1"
    located = body.locate(body.text.index("se }}"))
    assert located is not None
    assert located.tag is not None
    assert (located.tag.raw, located.offset) == ("{{ case }}", 5)


@pytest.mark.parametrize(
    ("steps", "code", "where"),
    [
        (("a {{ b",), "word.braces", "paragraph 1"),
        (("a {% if b %} c",), "word.unclosed", "paragraph 1"),
        (("a {% endif %} c",), "word.unopened", "paragraph 1"),
        (("{%p for a in b %}", "{%p endif %}", "{%p endfor %}"), "word.unopened", "paragraph 2"),
        (("a {% if b %} c", "d {% endif %}"), "word.apart", "paragraph 2"),
        (("{%p if b %}", rows("{%p endif %}")), "word.apart", "table 1, row 1, paragraph 1"),
        ((rows("{%p if b %} | {%p endif %}"),), "word.apart", "table 1, row 1, paragraph 2"),
        ((rows("{%tr if b %}", "c"), "{%p endif %}"), "word.apart", "paragraph 1"),
        ((rows("{%tr if b %} | c", "{%tr endif %}"),), "word.alone", "table 1, row 1, paragraph 2"),
        ((rows("{%tr if b %} c", "{%tr endif %}"),), "word.alone", "table 1, row 1, paragraph 1"),
        (("{%tr if b %}", "{%p endif %}"), "word.level", "paragraph 1"),
        (("a {%p if b %} c {%p endif %}",), "word.alone", "paragraph 1"),
        (("{% raw %}{% endraw %}",), "template.syntax", "paragraph 1"),
        (("{% set a = b %}",), "template.syntax", "paragraph 1"),
        (('{{ a|box(" }}', '{{ ") }}'), "template.syntax", "paragraph 1"),
        (("{{ a }\u200b} {{ b }}",), "template.syntax", "paragraph 1"),
        (("a \ue0021\ue003",), "template.letters", "paragraph 1"),
    ],
)
def test_what_is_no_template_is_told_with_its_place(
    steps: tuple[str | Making, ...], code: str, where: str
) -> None:
    assert (code, f"no/final_report.docx: {where}") in problems(*steps)


def test_all_problems_are_told_at_once() -> None:
    assert len(problems("{{ a", "b }}", "{%p if c %}")) == 3


def test_the_row_above_repeated_ones_names_the_columns() -> None:
    table = rows(
        "Navn | Frist", "{%tr for a in activities %}", "{{ a.name }} | x", "{%tr endfor %}"
    )
    slots = template(table).parts[0].slots
    heads = [one.is_head for one in slots if isinstance(one, Begin) and one.kind is Kind.ROW]
    assert heads == [True, False]


def items(*steps: str | Making) -> list[int | None]:
    """How many loops are around the list of each paragraph of a list; none if none matters."""
    begun = (one for one in template(*steps).parts[0].slots if isinstance(one, Begin))
    return [
        one.item.depth if one.item else None
        for one in begun
        if one.kind is Kind.PARAGRAPH and "List" in one.xml
    ]


_ITEM, _OTHER = styled("{{ a.name }}", "List Number"), styled("b", "List Number")
_OUTER, _INNER = "{%p for g in goals %}", "{%p for a in activities %}"


@pytest.mark.parametrize(
    ("steps", "depths"),
    [
        ((_ITEM,), [None]),
        ((_INNER, _ITEM, "{%p endfor %}"), [0]),
        ((_OUTER, "x", _INNER, _ITEM, "{%p endfor %}", "{%p endfor %}"), [1]),
        ((_OUTER, "x", _ITEM, _OTHER, "{%p endfor %}"), [1, 1]),
        ((_OUTER, "x", _ITEM, "{%p endfor %}", _INNER, _OTHER, "{%p endfor %}"), [0, 0]),
        ((_OUTER, _ITEM, "{%p endfor %}", _INNER, _OTHER, "{%p endfor %}"), [0, 0]),
        ((_INNER, styled("{{ a.name }}", "List Bullet"), "{%p endfor %}"), [None]),
    ],
)
def test_a_list_begins_anew_with_what_is_around_the_whole_of_it(
    steps: tuple[str | Making, ...], depths: list[int | None]
) -> None:
    assert items(*steps) == depths
