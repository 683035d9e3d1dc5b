"""What an issued document still lacks, and dates that contradict one another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel

from planforms.errors import Problem
from planforms.models.documents import DocumentData
from planforms.models.fields import Needed
from planforms.models.shapes import Form, Shape, shapes_of
from planforms.models.values import member, same_item, values_at

MAX_PRINTED_LINES = 10_000
LETTERS_A_LINE = 75
UNBROKEN_A_LINE = 8
"""Letters without a space that take as long to lay out as a line."""
_UNBROKEN = re.compile(r"\S{41,}")


def missing(data: DocumentData, also: tuple[str, ...] = ()) -> list[Problem]:
    """A Problem for each value that an issued document needs and this one lacks.

    Args:
        data: the document's data.
        also: further paths that the service needs; ``[]`` stands for each item of a list.
    """
    lacking = dict.fromkeys(_missing_in(type(data), data, ""))
    for path in (*data.needed, *also):
        lacking.update(dict.fromkeys(_missing_at(data, path.replace("[]", ""), "")))
    hint = "an issued document must have it; a draft may go without"
    return [Problem("data.needed", place, "is needed and missing", hint) for place in lacking]


def _missing_in(model: type[BaseModel], part: Any, prefix: str) -> Iterator[str]:
    for name, shape in shapes_of(model).items():
        place = f"{prefix}{name}"
        value = member(part, name)
        if shape.mark(Needed) and _is_empty(value):
            yield from _missing_part(shape, place)
        elif shape.form is Form.PART and value is not None:
            yield from _missing_in(type(value), value, f"{place}.")
        elif shape.form is Form.LIST and shape.item and shape.item.model:
            for index, item in enumerate(value or ()):
                yield from _missing_in(shape.item.model, item, f"{place}[{index}].")


def _missing_part(shape: Shape, place: str) -> Iterator[str]:
    """A missing part is told by the values it needs, so that all are known at once."""
    needed = list(_missing_in(shape.model, None, f"{place}.")) if shape.model else []
    yield from needed or [place]


def _missing_at(part: Any, path: str, prefix: str) -> Iterator[str]:
    name, _, rest = path.partition(".")
    value = member(part, name)
    place = f"{prefix}{name}"
    if _is_empty(value):
        yield f"{place}.{rest}" if rest else place
    elif rest:
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                yield from _missing_at(item, rest, f"{place}[{index}].")
        else:
            yield from _missing_at(value, rest, f"{place}.")


def _is_empty(value: Any) -> bool:
    return value is None or value == ()


def contradictions(
    model: type[DocumentData], data: Mapping[str, Any] | DocumentData
) -> list[Problem]:
    """A Problem for each pair of dates in the wrong order.

    Looks at whatever is valid, so that these problems come together with all others.
    """
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
    return problems


def too_long(data: BaseModel) -> list[Problem]:
    """A Problem if the document would have more lines than anybody reads.

    The limit bounds the time of the layout: 10,000 lines are some 250 pages. Letters without a
    space count for more, since a line may end after each of them.
    """
    if sum(_printed_lines(data)) <= MAX_PRINTED_LINES:
        return []
    hint = f"at most {MAX_PRINTED_LINES} printed lines in all"
    return [Problem("data.length", "the data", "makes too long a document", hint)]


def _printed_lines(value: Any) -> Iterator[int]:
    if isinstance(value, str):
        unbroken = sum(map(len, _UNBROKEN.findall(value)))
        yield value.count("\n") + 1 + len(value) // LETTERS_A_LINE + unbroken // UNBROKEN_A_LINE
    elif isinstance(value, tuple):
        for item in value:
            yield from _printed_lines(item)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _printed_lines(getattr(value, name))


def _as_date(value: Any) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
