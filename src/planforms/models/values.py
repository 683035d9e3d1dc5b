"""Reading values of models by their path."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel


def member(part: Any, name: str) -> Any:
    """The value of one field of a part, by its name in the data; ``None`` if there is none."""
    if isinstance(part, BaseModel):
        return vars(part).get(name)  # the fields and nothing else
    return part.get(name) if isinstance(part, Mapping) else None


def value_at(part: Any, path: str) -> Any:
    """The value at a dotted path without lists; ``None`` where it ends early."""
    for name in path.split("."):
        part = member(part, name)
    return part


def values_at(part: Any, path: str, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """All values at a path, each with its full place.

    ``[]`` stands for every item of a list, ``[2]`` for the third.

    Works on models and on plain data, so that rules can speak about whatever part is valid.
    """
    if "[" not in path:
        value = value_at(part, path)
        if value is not None:
            yield f"{prefix}.{path}" if prefix else path, value
        return
    step, _, rest = path.partition(".")
    name, bracket, index = step.partition("[")
    place = f"{prefix}.{name}" if prefix else name
    value = member(part, name)
    if value is None:
        return
    if not bracket:
        yield from _descend(value, rest, place)
        return
    wanted = index.rstrip("]")
    for number, item in enumerate(value if isinstance(value, list | tuple) else ()):
        if wanted in ("", str(number)):
            yield from _descend(item, rest, f"{place}[{number}]")


def same_item(path: str, place: str) -> str:
    """A path with the list indices of a place, so that both are about the same items."""
    for index in re.findall(r"\[\d+\]", place) if "[]" in path else ():
        path = path.replace("[]", index, 1)
    return path


def _descend(value: Any, rest: str, place: str) -> Iterator[tuple[str, Any]]:
    if rest:
        yield from values_at(value, rest, place)
    else:
        yield place, value
