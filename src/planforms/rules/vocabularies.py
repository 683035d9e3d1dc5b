"""Keys that a service or country profile must know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from planforms.errors import Problem
from planforms.models.shapes import Form, Shape, shapes_of
from planforms.models.values import member
from planforms.setting import Setting


def unknown_keys(data: BaseModel, setting: Setting) -> list[Problem]:
    """A Problem for each key, such as a measure's, that the profiles do not have."""
    return list(_unknown(data, setting, ""))


def _unknown(part: BaseModel, setting: Setting, prefix: str) -> Iterator[Problem]:
    for name, shape in shapes_of(type(part)).items():
        value = member(part, name)
        place = f"{prefix}{name}"
        if isinstance(value, BaseModel):
            yield from _unknown(value, setting, f"{place}.")
        elif shape.form is Form.LIST and shape.item and shape.item.model:
            for index, item in enumerate(value or ()):
                yield from _unknown(item, setting, f"{place}[{index}].")
        else:
            known = setting.keys((shape.item or shape).vocabulary)
            yield from _unlisted(shape, value, place, known)


def _unlisted(shape: Shape, value: Any, place: str, known: tuple[str, ...]) -> Iterator[Problem]:
    """A Problem for a key, or each of several, that is not among those known."""
    choice = shape.item or shape
    if choice.form is not Form.CHOICE or choice.members or value is None:
        return
    hint = f"known: {', '.join(known)}"
    message = "is not a key of the profiles"
    for index, key in enumerate(value if shape.item else (value,)):
        if key not in known:
            where = f"{place}[{index}]" if shape.item else place
            yield Problem("data.key", where, message, hint)
