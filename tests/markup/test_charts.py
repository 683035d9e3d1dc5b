"""Tables that are also drawn: what of them is drawn, and what is not."""

from __future__ import annotations

import pytest

from planforms.document import Block, Chart, ChartKind, Field, FieldType, Place, Table, lines_of
from planforms.errors import TemplateError
from planforms.markup import Given, read
from planforms.markup.charts import MOST_SERIES, MOST_STEPS
from planforms.templating.marks import mark
from tests.markup.test_reading import WINDOW

Raw = int | str | bool | None


def drawn(kind: str, *rows: tuple[Raw, ...], attributes: str = "") -> Block:
    """The table of some rows of values; a value that is no number is printed as words."""
    places: dict[str, Place] = {}
    marks: list[tuple[Field]] = []
    lines: list[str] = []
    for row in rows:
        cells = ""
        for value in row:
            path = f"values.{len(marks)}"
            places[path] = Place(FieldType.NUMBER, "Verdi", raw=value)
            text = None if value is None else f"{value} stk"
            cells += f"<td>{mark(len(marks))}</td>"
            marks.append((Field(path, FieldType.NUMBER, "Verdi", text),))
        lines.append(f'<tr><th scope="row">Rad {len(lines)}</th>{cells}</tr>')
    head = "".join(f'<th scope="col">K{number}</th>' for number in range(len(rows[0]) + 1))
    html = (
        f'<table class="{kind}" {attributes}><caption>C</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )
    [block] = read(html, "no", Given(marks, None, WINDOW, places))
    return block


def values(block: Block) -> list[list[float | None]]:
    assert isinstance(block, Chart)
    return [[point.value for point in series.points] for series in block.series]


def test_numbers_are_those_of_the_data_however_they_are_printed() -> None:
    chart = drawn("lines", (1, "2.5"), (3, None))
    assert values(chart) == [[1, 2.5], [3, None]]
    assert isinstance(chart, Chart)
    assert (chart.kind, chart.steps, chart.low, chart.high) == (
        ChartKind.LINES,
        ("K1", "K2"),
        0,
        5,
    )
    assert [series.name for series in chart.series] == ["Rad 0", "Rad 1"]
    assert [point.text for point in chart.series[0].points] == ["1 stk", "2.5 stk"]


def test_its_text_is_that_of_its_table() -> None:
    chart = drawn("lines", (1, 2))
    assert isinstance(chart, Chart)
    assert [*lines_of(chart)] == [*lines_of(chart.table)]
    assert [*lines_of(chart)] == ["C", "K0", "K1", "K2", "Rad 0", "1 stk", "2 stk"]


def test_bars_are_drawn_of_the_first_column() -> None:
    assert values(drawn("bars", (7, 1), ("few", 2), (12, 3))) == [[7], [None], [12]]


@pytest.mark.parametrize(("most", "high"), [(1, 1), (3, 5), (6, 10), (11, 20), (51, 100)])
def test_a_scale_ends_at_a_round_number(most: int, high: int) -> None:
    chart = drawn("bars", (most,))
    assert isinstance(chart, Chart)
    assert (chart.low, chart.high) == (0, high)


def test_a_template_can_say_where_the_scale_ends() -> None:
    chart = drawn("lines", (2, 3), attributes='from="1" to="5"')
    assert isinstance(chart, Chart)
    assert (chart.low, chart.high) == (1, 5)


@pytest.mark.parametrize(
    "rows",
    [
        ((None, None), (None, None)),
        ((1, None), (None, 2)),
        (("few", "few"),),
        ((True, False),),
        (("nan", "inf"), (None, 1)),
        tuple((1, 2) for _ in range(MOST_SERIES + 1)),
        (tuple(range(MOST_STEPS + 1)),),
    ],
)
def test_without_enough_to_draw_or_with_too_much_it_is_a_table(
    rows: tuple[tuple[Raw, ...]],
) -> None:
    assert isinstance(drawn("lines", *rows), Table)


def test_a_number_outside_of_the_scale_is_not_drawn_in_a_wrong_place() -> None:
    assert isinstance(drawn("lines", (2, 9), attributes='from="1" to="5"'), Table)


@pytest.mark.parametrize("ends", ['from="1"', 'from="a" to="5"', 'from="1" to=""', 'to="1e3"'])
def test_a_scale_has_two_ends_that_are_numbers(ends: str) -> None:
    with pytest.raises(TemplateError) as caught:
        drawn("lines", (1, 2), attributes=ends)
    assert [problem.code for problem in caught.value.problems] == ["template.chart"]
