"""What an issued document still lacks, and days and numbers that contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache
from itertools import chain
from typing import Any

from pydantic import BaseModel

from planforms.errors import Problem
from planforms.models.documents import DocumentData
from planforms.models.fields import FIRST_YEAR, LAST_YEAR, After, Needed
from planforms.models.paths import PathSteps, join, same_item, split
from planforms.models.shapes import Form, Shape
from planforms.models.values import follow, value_at, values_at
from planforms.models.walking import walk, walk_shapes

MAX_PRINTED_LINES = 10_000
LETTERS_A_LINE = 75
UNBROKEN_A_LINE = 8
"""Letters without a space that take as long to lay out as a line."""
_Data = Mapping[str, Any] | DocumentData
_ONE_DATE = "one of the two dates is wrong"
_UNBROKEN = re.compile("(?:\\S|[\u00a0\u2007\u202f]){41,}")
"""Letters between which no line ends but by force; no-break spaces are among them."""


def missing(data: DocumentData, also: tuple[str, ...] = ()) -> list[Problem]:
    """A Problem for each value that an issued document needs and this one lacks.

    Args:
        data: the document's data.
        also: further paths that the service needs; ``[]`` stands for each item of a list.
    """
    paths = (_missing_at(data, (), split(path)) for path in (*data.needed, *also))
    lacking = dict.fromkeys((*_missing_in(type(data), data), *chain.from_iterable(paths)))
    hint = "an issued document must have it; a draft may go without"
    return [Problem("data.needed", place, "is needed and missing", hint) for place in lacking]


def _missing_in(model: type[BaseModel], part: Any, path: str = "") -> Iterator[str]:
    for place, shape, value in walk(model, part, path):
        if shape.mark(Needed) and _is_empty(value):
            yield from _missing_part(shape, place)


def _missing_part(shape: Shape, place: str) -> Iterator[str]:
    """A missing part is told by the values it needs, so that all are known at once."""
    needed = list(_missing_in(shape.model, None, place)) if shape.model else []
    yield from needed or [place]


def _missing_at(value: Any, place: PathSteps, rest: PathSteps) -> Iterator[str]:
    """The places at a path that lack a value; of a list that lacks items, the path itself."""
    if _is_empty(value):
        yield join((*place, *rest))
    elif rest:
        for step, inner in follow(value, rest[0]):
            yield from _missing_at(inner, (*place, step), rest[1:])


def _is_empty(value: Any) -> bool:
    return value is None or value == ()


def contradictions(model: type[DocumentData], data: _Data) -> list[Problem]:
    """A Problem for each pair of days or numbers that contradict one another.

    Looks at whatever is valid, so that these problems come together with all others.
    """
    return [
        *_wrong_order(model, data),
        *_early_days(model, data),
        *_wrong_numbers(model, data),
        *_wrong_times(model, data),
    ]


def _wrong_order(model: type[DocumentData], data: _Data) -> Iterator[Problem]:
    for place, earlier, other, later in _pairs(model.date_order, data):
        start, end = _as_date(earlier), _as_date(later)
        if start and end and start > end:
            yield Problem.of("data.date_order", place, "lies after {other}", _ONE_DATE, other=other)


def _early_days(model: type[DocumentData], data: _Data) -> Iterator[Problem]:
    """A Problem if a day does not lie after the birth; the earliest tells for all."""
    birth = _as_date(value_at(data, model.birth)) if model.birth else None
    if birth is None:
        return
    days = [
        (day, place)
        for path in _paths_of_days(model)
        for place, value in values_at(data, path)
        if (day := _as_date(value))
    ]
    day, other = min(days, default=(date.max, ""))
    if day <= birth:
        what = "does not lie before {other}"
        yield Problem.of("data.date_order", model.birth, what, _ONE_DATE, other=other)


@cache
def _paths_of_days(model: type[DocumentData]) -> tuple[str, ...]:
    """Where days other than the birth can stand in the data of a model."""
    found = ((path, shape.item or shape) for path, shape in walk_shapes(model))
    return tuple(p for p, shape in found if shape.form is Form.DATE and p != model.birth)


def _wrong_numbers(model: type[DocumentData], data: _Data) -> Iterator[Problem]:
    for place, less, other, more in _pairs(model.number_order, data):
        if isinstance(less, int | Decimal) and isinstance(more, int | Decimal) and less > more:
            hint = "one of the two numbers is wrong"
            yield Problem.of("data.number_order", place, "is more than {other}", hint, other=other)


def _wrong_times(model: type[DocumentData], data: _Data) -> Iterator[Problem]:
    for place, end, other, start in _pairs(_pairs_of_times(model), data):
        first, last = _as_time(start), _as_time(end)
        if first and last and last <= first:
            what, hint = "does not come after {other}", "one of the two times is wrong"
            yield Problem.of("data.time_order", place, what, hint, other=other)


@cache
def _pairs_of_times(model: type[DocumentData]) -> tuple[tuple[str, str], ...]:
    """The paths of times of day that come after others, each with that other's."""
    pairs: list[tuple[str, str]] = []
    for path, shape in walk_shapes(model):
        if after := shape.mark(After):
            pairs.append((path, join((*split(path)[:-1], after.field))))
    return tuple(pairs)


def _pairs(
    paths: Iterable[tuple[str, str]], data: _Data
) -> Iterator[tuple[str, object, str, object]]:
    """Each two values at a pair of paths, with their places; of a list, those of one item."""
    for first, second in paths:
        for place, value in values_at(data, first):
            for other, compared in values_at(data, same_item(second, place)):
                yield place, value, other, compared


def too_long(data: BaseModel) -> list[Problem]:
    """A Problem if the document would have more lines than anybody reads.

    The limit bounds the time of the layout: 10,000 lines are some 250 pages. Letters without a
    space count for more, since a line may end after each of them.
    """
    values = (value for _, _, value in walk(type(data), data))
    if (
        sum(_printed_lines(value) for value in values if isinstance(value, str))
        <= MAX_PRINTED_LINES
    ):
        return []
    what, hint = "makes too long a document", "at most {lines} printed lines in all"
    return [Problem.of("data.length", "the data", what, hint, lines=MAX_PRINTED_LINES)]


def _printed_lines(text: str) -> int:
    unbroken = sum(map(len, _UNBROKEN.findall(text)))
    return text.count("\n") + 1 + len(text) // LETTERS_A_LINE + unbroken // UNBROKEN_A_LINE


def _as_date(value: Any) -> date | None:
    """A day that can be meant; ``None`` for anything else."""
    try:
        day = value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _as_time(value: Any) -> time | None:
    """A time of day; ``None`` for anything else."""
    try:
        return value if isinstance(value, time) else time.fromisoformat(value)
    except (TypeError, ValueError):
        return None
