"""From values by their paths to the data of one document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planforms.document import Place
from planforms.models.documents import DocumentData
from planforms.models.paths import PathSteps, split
from planforms.models.values import plain, put

Data = dict[str, Any]


def assemble(
    model: type[DocumentData],
    values: Mapping[str, Any],
    places: Mapping[str, Place],
    *,
    whole: bool,
) -> Data:
    """The data that some values make, with what the form says by itself.

    Rows in which nothing was written are left out, but for those that ask for more than their key:
    what was asked is part of an answer.

    Args:
        model: the model of the document.
        values: what was written, as JSON has it, by path.
        places: the places of an empty form of that kind and service.
        whole: whether the form that came back had all rows of the empty one.
    """
    data: Data = {}
    for path, value in {**_said(values, places, whole=whole), **values}.items():
        data = put(model, data, path, value)
    tidy: Data = _without_gaps(data)
    return tidy


def _said(values: Mapping[str, Any], places: Mapping[str, Place], *, whole: bool) -> Data:
    """What the form says by itself, where that belongs to what was written."""
    rows: dict[PathSteps, Data] = {}
    for path, place in places.items():
        if place.fixed:
            rows.setdefault(_row(path), {})[path] = _as_json(place.raw)
    parts = {split(path)[:length] for path in values for length in range(len(split(path)))}
    said: Data = {}
    for row, fixed in rows.items():
        if any(values.get(path, value) != value for path, value in fixed.items()):
            continue  # the row is another one: what was known had rows of its own
        if row in parts or not row or (whole and len(fixed) > 1):
            said |= fixed
    return said


def _row(path: str) -> PathSteps:
    """The item of a list that a path goes through first; nothing if it goes through none."""
    steps = split(path)
    numbers = [index for index, step in enumerate(steps) if isinstance(step, int)]
    return steps[: numbers[-1] + 1] if numbers and numbers[-1] + 1 < len(steps) else ()


def _as_json(value: Any) -> Any:
    """A value of a place as JSON has it."""
    value = plain(value)
    return list(value) if isinstance(value, tuple) else value


def _without_gaps(part: Any) -> Any:
    """The same without rows and parts in which nothing stands."""
    if isinstance(part, Mapping):
        kept = ((name, _without_gaps(one)) for name, one in part.items())
        return {name: one for name, one in kept if not _is_empty(one)}
    if isinstance(part, list):
        return [one for one in map(_without_gaps, part) if not _is_empty(one)]
    return part


def _is_empty(value: Any) -> bool:
    return value is None or value in ({}, [])
