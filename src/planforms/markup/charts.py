"""From a table to what is drawn of it: its numbers, by rows and columns.

A number is drawn if it is the only field of its cell and a number in the data too; how it is
printed does not matter. Whatever else stands in a cell leaves a gap.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

from planforms.document import (
    Cell,
    Chart,
    ChartKind,
    Field,
    Place,
    Point,
    Series,
    Table,
    inlines_of,
    lines_of,
)

MOST_SERIES, MOST_STEPS = 12, 12
"""A drawing of more rows or columns has no room on a page; the table says it all the same."""
_NICE = (1, 2, 5)


def chart_of(
    kind: ChartKind,
    table: Table,
    places: Mapping[str, Place],
    scale: tuple[float, float] | None = None,
) -> Chart | None:
    """A table as it is drawn; ``None`` if there is nothing to draw, or too much.

    Lines need two numbers in a row at least; bars are drawn of the first column after the names.

    Args:
        kind: how it is drawn.
        table: the table; the first cell of each row is its name.
        places: what its fields lead to in the data, by path.
        scale: the numbers at the ends of the scale; from 0 to a round number if not given.
    """
    columns = slice(1, None if kind is ChartKind.LINES else 2)
    steps = tuple(_words(cell) for cell in table.head[columns])
    rows = [row for row in table.rows if len(row) == len(table.head)]
    series = tuple(_series(row[0], row[columns], places) for row in rows)
    known = [point.value for one in series for point in one.points if point.value is not None]
    if len(series) > MOST_SERIES or len(steps) > MOST_STEPS or not _is_enough(kind, series):
        return None
    low, high = scale or (min(0, *known), _round_above(max(known)))
    if low >= high or min(known) < low or max(known) > high:
        return None
    return Chart(kind, table, steps, series, low, high)


def _is_enough(kind: ChartKind, series: tuple[Series, ...]) -> bool:
    least = 2 if kind is ChartKind.LINES else 1
    return any(sum(p.value is not None for p in one.points) >= least for one in series)


def _series(name: Cell, cells: tuple[Cell, ...], places: Mapping[str, Place]) -> Series:
    return Series(_words(name), tuple(Point(_words(c), _number(c, places)) for c in cells))


def _words(cell: Cell) -> str:
    return " ".join(line for block in cell.children for line in lines_of(block))


def _number(cell: Cell, places: Mapping[str, Place]) -> float | None:
    fields = [node for node in inlines_of(cell.children) if isinstance(node, Field)]
    place = places.get(fields[0].path) if len(fields) == 1 and fields[0].text else None
    if place is None or not isinstance(place.raw, int | str) or isinstance(place.raw, bool):
        return None
    try:
        value = float(place.raw)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _round_above(value: float) -> float:
    """The least of 1, 2, 5, 10, 20, 50 and so on that is not below a number."""
    if value <= 0:
        return 1
    power = 1
    while True:
        for nice in _NICE:
            if nice * power >= value:
                return nice * power
        power *= 10
