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
    same: bool,
) -> Data:
    """The data that some values make, with what the form says by itself.

    Rows in which nothing was written are left out, but for those that ask for more than their key:
    what was asked is part of an answer.

    Args:
        model: the model of the document.
        values: what was written, as JSON has it, by path.
        places: the places of an empty form of that kind and service.
        same: whether it has the same fields as the form that came back.
    """
    data: Data = {}
    for path, value in {**_said(values, places, same=same), **values}.items():
        data = put(model, data, path, value)
    tidy: Data = _without_gaps(data)
    return tidy


def _said(values: Mapping[str, Any], places: Mapping[str, Place], *, same: bool) -> Data:
    """What the form says by itself, where that belongs to what was written."""
    fixed = {path: place.raw for path, place in places.items() if place.fixed}
    rows: dict[PathSteps, set[str]] = {}
    for path in fixed:
        rows.setdefault(_row(path), set()).add(path)
    kept = (
        path
        for row, paths in rows.items()
        if _belongs(row, paths, values, fixed, same=same)
        for path in paths
    )
    return {path: _as_json(fixed[path]) for path in kept}


def _belongs(
    row: PathSteps,
    paths: set[str],
    values: Mapping[str, Any],
    fixed: Mapping[str, Any],
    *,
    same: bool,
) -> bool:
    """Whether what the form says in a row belongs to the data."""
    if any(path in values and values[path] != _as_json(fixed[path]) for path in paths):
        return False  # the row is somebody else's: what was known had rows of its own
    if not row or (same and len(paths) > 1):
        return True
    return any(split(path)[: len(row)] == row for path in values)


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
