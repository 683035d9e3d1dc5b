"""Reading values of models and of plain data by their path, and putting them there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel

from planforms.errors import UsageError
from planforms.models.fields import MAX_ITEMS, OneEach
from planforms.models.letters import clean
from planforms.models.paths import EACH, PathStep, PathSteps, join, split
from planforms.models.shapes import Form, Shape, resolve, shapes_of


def member(part: Any, name: str) -> Any:
    """The value of one field of a part, by its name in the data; ``None`` if there is none."""
    if isinstance(part, BaseModel):
        return vars(part).get(_attributes(type(part)).get(name, ""))
    return part.get(name) if isinstance(part, Mapping) else None


@cache
def _attributes(model: type[BaseModel]) -> dict[str, str]:
    """The attributes of a model, the fields and nothing else, by their names in the data."""
    return {info.alias or attribute: attribute for attribute, info in model.model_fields.items()}


def own_values(model: BaseModel) -> dict[str, Any]:
    """All that was ever put into a model, by the names in the data; its parts are as they are."""
    names = {attribute: name for name, attribute in _attributes(type(model)).items()}
    found = {**vars(model), **(model.model_extra or {})}
    return {names.get(name, name): one for name, one in found.items()}


def plain(value: Any) -> Any:
    """Models, mappings and lists as mappings and tuples, by the names in the data.

    All that was ever put into a model is there; single values stay what they are.
    """
    if isinstance(value, BaseModel):
        value = own_values(value)
    if isinstance(value, Mapping):
        return {name: plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return tuple(plain(one) for one in value)
    return value


def typed_values(model: type[BaseModel], data: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data of a model, as JSON has it, with values of the model's types.

    The data may lack anything, but holds nothing that the model would refuse.
    """
    shapes = shapes_of(model)
    return {name: _typed(shapes[name], one) for name, one in data.items() if one is not None}


def beside(
    model: type[BaseModel], data: Mapping[str, Any], said: Mapping[str, Any]
) -> dict[str, Any]:
    """Plain data whose rows also have what is said otherwise of the same key.

    Args:
        model: the model of both.
        data: the data.
        said: what is said of a document by its fields; it may hold parts of the model.
    """
    shapes = shapes_of(model)
    return {
        name: _rows_beside(shapes[name].mark(OneEach), value, plain(said.get(name)))
        for name, value in _given(data).items()
    }


def _rows_beside(each: OneEach | None, rows: Any, said: Any) -> Any:
    if each is None or not said:
        return rows
    others = {one[each.field]: one for one in said}
    return tuple({**others.get(row.get(each.field), {}), **_given(row)} for row in rows)


def _given(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value not in (None, ())}


def _typed(shape: Shape, value: Any) -> Any:
    if shape.model:
        return typed_values(shape.model, plain(value))
    if shape.item:
        return tuple(_typed(shape.item, one) for one in value)
    if isinstance(value, str) and shape.form is Form.DATE:
        return date.fromisoformat(value)
    if isinstance(value, str) and shape.form is Form.TIME:
        return time.fromisoformat(value)
    if shape.form in (Form.NUMBER, Form.MONEY) and shape.type is not int:
        return Decimal(str(value))
    if isinstance(value, str) and shape.form in (Form.LINE, Form.TEXT):
        return clean(value).strip()
    return value


def value_at(part: Any, path: str) -> Any:
    """The value at the path of one place; ``None`` where it ends early."""
    for step in split(path):
        _, part = next(follow(part, step), (step, None))
    return part


def values_at(part: Any, path: str) -> Iterator[tuple[str, Any]]:
    """All values at a path, each with its full place.

    Works on models and on plain data, so that rules can speak about whatever part is valid.
    """
    return _values(part, (), split(path))


def _values(value: Any, place: PathSteps, rest: PathSteps) -> Iterator[tuple[str, Any]]:
    if value is None:
        return
    if not rest:
        yield join(place), value
        return
    for step, inner in follow(value, rest[0]):
        yield from _values(inner, (*place, step), rest[1:])


def follow(value: Any, step: PathStep) -> Iterator[tuple[PathStep, Any]]:
    """What one step leads to: a field, an item of a list, or each item with its number."""
    if isinstance(step, str):
        yield step, member(value, step)
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            if step in (EACH, number):
                yield number, item


def put(model: type[BaseModel], data: Mapping[str, Any], path: str, value: Any) -> dict[str, Any]:
    """Plain data with a value at the path of one place; what it is given stays as it is.

    Parts and items of lists on the way are made where there are none.

    Args:
        model: the model whose paths hold.
        data: plain data of that model, as JSON has it, complete or not.
        path: where to put the value, such as ``goals[0].due``.
        value: the value, as plain data.

    Raises:
        UsageError: the model has no such place, or the data holds something else on the way.
    """
    steps = split(path)
    beyond = any(isinstance(step, int) and step >= MAX_ITEMS for step in steps)
    if resolve(model, path) is None or EACH in steps or beyond:
        raise UsageError.of("data.path", path, "is no place of such a document")
    try:
        whole: dict[str, Any] = _changed(data, steps, value)
    except TypeError:
        what = "cannot be reached: the data holds something else on the way"
        raise UsageError.of("data.path", path, what) from None
    return whole


def _changed(part: Any, steps: PathSteps, value: Any) -> Any:
    """A part or list with a value at the end of some steps."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, int):
        return _changed_list(part, step, rest, value)
    if not isinstance(part, Mapping | None):
        raise TypeError
    return {**(part or {}), step: _changed((part or {}).get(step), rest, value)}


def _changed_list(part: Any, number: int, rest: PathSteps, value: Any) -> list[Any]:
    if not isinstance(part, list | tuple | None):
        raise TypeError
    items = list(part or ())
    items += ({} if rest else None for _ in range(len(items), number + 1))
    items[number] = _changed(items[number], rest, value)
    return items
