"""What the drawing of a table consists of: lines, bars, dots and words, in mm from its upper left.

Each row of the table has a strip of its own, with its name before it, so that nothing has to be
told apart by colour; each number stands in words where it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from planforms.document import ChartKind, Point, Series
from planforms.placement.blocks import PlacedChart
from planforms.writers import fonts

INK, FILL, RULE = "#1a1a1a", "#4d4d4d", "#b8b8b8"
NAME_SHARE, NAME_GAP = 0.36, 4
"""How much of the width the names of rows take, and what is between them and the drawing, in mm."""
STRIP = {ChartKind.LINES: 11.5, ChartKind.BARS: 7.6}
"""How high the strip of a row is, in mm: two lines of its name have room."""
SIZE, PITCH = 3.2, 3.7
"""How large letters are, and from one line to the next, in mm."""
MOST_LINES = 2
STROKE, HAIR, DOT = 0.5, 0.2, 0.85
_BAR_HEIGHT = 4.2
_ROOM_FOR_NUMBER = 0.22
"""How much of the width beside the longest bar is kept for words in place of a number."""
_ABOVE, _BELOW = 4.6, 1.9
"""What is above and below the scale in a strip of a line: numbers stand above their dots."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    colour: str


@dataclass(frozen=True, slots=True)
class Label:
    """Words in one line, which begin at ``x``, or whose middle is there; ``y`` is their foot."""

    x: float
    y: float
    text: str
    middle: bool = False


Shape = Line | Bar | Dot | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn of a table.

    Attributes:
        width, height: how large it is, in mm.
        shapes: what it consists of; what is later is above.
    """

    width: float
    height: float
    shapes: tuple[Shape, ...]


def height_of(chart: PlacedChart) -> float:
    """How high a drawing is, in mm; that does not depend on its width."""
    head = MOST_LINES * PITCH + 1 if chart.kind is ChartKind.LINES else 0
    return head + len(chart.series) * STRIP[chart.kind] + 1


def drawing_of(chart: PlacedChart, width: float) -> Drawing:
    """The drawing of a table, so many mm wide."""
    canvas = _Canvas(chart, width)
    shapes = canvas.lines() if chart.kind is ChartKind.LINES else canvas.bars()
    return Drawing(width, height_of(chart), tuple(shapes))


class _Canvas:
    def __init__(self, chart: PlacedChart, width: float) -> None:
        self._chart = chart
        self._names = width * NAME_SHARE
        self._left = self._names + NAME_GAP
        self._width = width - self._left
        self._strip = STRIP[chart.kind]

    def _share(self, value: float) -> float:
        return (value - self._chart.low) / (self._chart.high - self._chart.low)

    # --- lines ---

    def lines(self) -> Iterator[Shape]:
        """The names of the columns, and a strip for each row."""
        column = self._width / len(self._chart.steps)
        for number, step in enumerate(self._chart.steps):
            middle = self._left + (number + 0.5) * column
            lines = broken(step, column - 2)
            top = (MOST_LINES - len(lines) + 1) * PITCH - 0.8
            for offset, line in enumerate(lines):
                yield Label(middle, top + offset * PITCH, line, middle=True)
        top = MOST_LINES * PITCH + 1
        for series in self._chart.series:
            yield from self._strip_of_line(series, top, column)
            top += self._strip

    def _strip_of_line(self, series: Series, top: float, column: float) -> Iterator[Shape]:
        right, foot = self._left + self._width, top + self._strip - _BELOW
        yield Line(0, top, right, top, HAIR, RULE)
        yield Line(self._left, foot, right, foot, HAIR, RULE)
        yield from self._name(series.name, top)
        places = [
            (self._left + (number + 0.5) * column, self._height_in(point, top), point)
            for number, point in enumerate(series.points)
        ]
        for (x1, y1, one), (x2, y2, next_) in pairwise(places):
            if one.value is not None and next_.value is not None:
                yield Line(x1, y1, x2, y2, STROKE, INK)
        for x, y, point in places:
            if point.value is not None:
                yield Dot(x, y, DOT, INK)
                yield Label(x, y - 1.5, point.text, middle=True)

    def _height_in(self, point: Point, top: float) -> float:
        room = self._strip - _ABOVE - _BELOW
        share = 0 if point.value is None else self._share(point.value)
        return top + _ABOVE + room * (1 - share)

    # --- bars ---

    def bars(self) -> Iterator[Shape]:
        """A bar for each row, and its number behind it; words stand where there is no number."""
        longest = self._width * (1 - _ROOM_FOR_NUMBER)
        zero = self._left + longest * self._share(0 if self._chart.low < 0 else self._chart.low)
        top = 0.5
        for series in self._chart.series:
            yield from self._name(series.name, top)
            point, middle = series.points[0], top + self._strip / 2
            end = zero if point.value is None else self._left + longest * self._share(point.value)
            if end != zero:
                start, length = min(zero, end), abs(end - zero)
                yield Bar(start, middle - _BAR_HEIGHT / 2, length, _BAR_HEIGHT, FILL)
            room = self._left + self._width - max(zero, end) - 1.5
            for line in broken(point.text, room)[:1]:
                yield Label(max(zero, end) + 1.5, middle + 0.36 * SIZE, line)
            top += self._strip
        yield Line(zero, 0.5, zero, top, 2 * HAIR, INK)

    # --- names ---

    def _name(self, name: str, top: float) -> Iterator[Shape]:
        lines = broken(name, self._names)
        first = top + self._strip / 2 - (len(lines) - 1) * PITCH / 2 + 0.36 * SIZE
        for number, line in enumerate(lines):
            yield Label(0, first + number * PITCH, line)


def broken(text: str, width: float) -> list[str]:
    """Words in two lines at most, none wider than so many mm; what is too long ends in dots."""
    lines: list[str] = []
    for word in text.split():
        if lines and _fits(f"{lines[-1]} {word}", width):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if len(lines) > MOST_LINES:
        lines = [*lines[: MOST_LINES - 1], " ".join(lines[MOST_LINES - 1 :])]
    return [line if _fits(line, width) else _cut(line, width) for line in lines]


def _cut(line: str, width: float) -> str:
    kept = line[: int(width / (SIZE * 0.2)) + 1]
    while kept and not _fits(f"{kept}…", width):
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _fits(text: str, width: float) -> bool:
    return fonts.width(text) * SIZE <= width
