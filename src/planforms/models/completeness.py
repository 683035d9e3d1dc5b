"""What an issued document still lacks, and dates that contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any
from weakref import WeakValueDictionary

from pydantic import BaseModel

from planforms.errors import Problem
from planforms.models.documents import DocumentData
from planforms.models.fields import Needed
from planforms.models.paths import PathSteps, join, same_item, split
from planforms.models.shapes import Shape
from planforms.models.values import follow, values_at
from planforms.models.walking import walk

MAX_PRINTED_LINES = 10_000
LETTERS_A_LINE = 75
UNBROKEN_A_LINE = 8
"""Letters without a space that take as long to lay out as a line."""
_UNBROKEN = re.compile(r"\S{41,}")
_consistent: WeakValueDictionary[int, DocumentData] = WeakValueDictionary()
"""The documents without contradictions, as long as somebody holds them."""


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


def contradictions(
    model: type[DocumentData], data: Mapping[str, Any] | DocumentData
) -> list[Problem]:
    """A Problem for each pair of dates in the wrong order.

    Looks at whatever is valid, so that these problems come together with all others. A document
    cannot change: what loading has found without contradictions, rendering does not look at again.
    """
    if _consistent.get(id(data)) is data:
        return []
    problems = []
    for first, second in model.date_order:
        for place, earlier in values_at(data, first):
            for other, later in values_at(data, same_item(second, place)):
                start, end = _as_date(earlier), _as_date(later)
                if start and end and start > end:
                    message = f"lies after {other}"
                    problems.append(
                        Problem("data.date_order", place, message, "one of the two dates is wrong")
                    )
    if isinstance(data, DocumentData) and not problems:
        _consistent[id(data)] = data
    return problems


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
    hint = f"at most {MAX_PRINTED_LINES} printed lines in all"
    return [Problem("data.length", "the data", "makes too long a document", hint)]


def _printed_lines(text: str) -> int:
    unbroken = sum(map(len, _UNBROKEN.findall(text)))
    return text.count("\n") + 1 + len(text) // LETTERS_A_LINE + unbroken // UNBROKEN_A_LINE


def _as_date(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
