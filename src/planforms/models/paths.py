"""How paths in the data are written.

A path is a row of names: ``case.participant.name``. Behind the name of a list stands which item
is meant: ``goals[0].due`` is the first, ``goals[].due`` each. A path that ends with the name of a
list means the whole list, an empty path all the data. One with no ``[]`` in it leads to one place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import Final, Literal


class Each(Enum):
    """The step from a list to each of its items."""

    EACH = "[]"


EACH: Final = Each.EACH
PathStep = str | int | Literal[Each.EACH]
"""The name of a field, the number of a list's item from nought, or each of them."""
PathSteps = tuple[PathStep, ...]

_PART = re.compile(r"([^\[\]]+)((?:\[(?:0|[1-9][0-9]{0,5})?\])*)")
"""A name and what stands in brackets behind it."""
_BRACKET = re.compile(r"\[(\d*)\]")


@lru_cache(maxsize=4096)
def split(path: str) -> PathSteps:
    """The steps of a path. What is not written as paths are stays a name, which no model has."""
    steps: list[PathStep] = []
    for part in path.split(".") if path else ():
        match = _PART.fullmatch(part)
        name, brackets = match.groups() if match else (part, "")
        steps.append(name)
        steps += [int(number) if number else EACH for number in _BRACKET.findall(brackets)]
    return tuple(steps)


def join(steps: Iterable[PathStep]) -> str:
    """The path of some steps: ``("case", "team", 0)`` becomes ``case.team[0]``."""
    path = ""
    for number, step in enumerate(steps):
        if isinstance(step, str):
            path += f".{step}" if number else step
        else:
            path = item(path, step)
    return path


def child(path: str, name: str) -> str:
    """The path of a field of the part at a path; an empty path is the document itself."""
    return f"{path}.{name}" if path else name


def item(path: str, number: int | Literal[Each.EACH]) -> str:
    """The path of an item, or of each, of the list at a path."""
    return f"{path}[]" if number is EACH else f"{path}[{number}]"


def same_item(path: str, place: str) -> str:
    """A path with the numbers of a place, where both go through the same lists."""
    steps = list(split(path))
    for index, (step, other) in enumerate(zip(steps, split(place), strict=False)):
        if step is EACH and isinstance(other, int):
            steps[index] = other
        elif step != other:
            break
    return join(steps)


def is_within(path: str, part: str) -> bool:
    """Whether a path is that of a part or of something inside it; ``[]`` is any item."""
    around = split(part)
    steps = split(path)[: len(around)]
    if EACH in around:
        steps = tuple(
            EACH if other is EACH and isinstance(step, int) else step
            for step, other in zip(steps, around, strict=False)
        )
    return steps == around


@lru_cache(maxsize=4096)
def paths_around(path: str) -> frozenset[str]:
    """The paths of the parts and lists that a path goes through, itself left out."""
    steps = split(path)
    return frozenset(join(steps[:count]) for count in range(1, len(steps)))


def without_items(path: str) -> str:
    """A path as it is spoken of, which names no item of a list: ``goals.due``."""
    return _BRACKET.sub("", path)


def list_around(path: str) -> str:
    """The innermost list whose items a path goes through, with ``[]``; empty if there is none."""
    steps = split(path)
    ends = [index for index, step in enumerate(steps) if step is EACH]
    return join(steps[: ends[-1] + 1]) if ends else ""
