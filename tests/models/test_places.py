"""Every place of every model: from its shape to a path, to a value, and back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from itertools import product
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import ValidationError

from planforms.models.documents import DocumentData
from planforms.models.fields import write_time
from planforms.models.paths import EACH, PathStep, join, split
from planforms.models.shapes import Form, Shape, resolve
from planforms.models.validation import problems_from
from planforms.models.values import put, value_at
from planforms.models.walking import walk, walk_shapes
from planforms.registry import KINDS

ITEMS = 2
"""How many items each list has."""
FIXED = {"Case.number": "A1", "Case.service": "molde"}


def leaves(model: type[DocumentData]) -> list[tuple[str, Shape]]:
    """The path and shape of every single value, in the first items of lists and in the second."""
    return [
        (place, shape)
        for path, shape in walk_shapes(model)
        if not shape.model and not shape.item
        for place in numbered(path)
    ]


def numbered(path: str) -> Iterator[str]:
    """A path with every combination of the numbers of items."""
    steps = split(path)
    for numbers in product(range(ITEMS), repeat=steps.count(EACH)):
        left = iter(numbers)
        yield join(next(left) if step is EACH else step for step in steps)


def value_for(shape: Shape, place: str, number: int) -> Any:
    """A value of the type of a place, different from its neighbours' where the type allows."""
    if shape.label_key in FIXED:
        return FIXED[shape.label_key]
    if get_origin(shape.type) is Literal:
        return get_args(shape.type)[0]
    match shape.form:
        case Form.CHOICE:
            return shape.members[number % len(shape.members)] if shape.members else f"key_{number}"
        case Form.DATE:
            return (date(2026, 1, 1) + timedelta(days=number)).isoformat()
        case Form.TIME:
            return f"{number % 24:02}:30"
        case Form.NUMBER | Form.MONEY:
            return number % 24  # hours of a day, too
        case Form.FLAG:
            return number % 2 == 0
    return place


def filled(model: type[DocumentData]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Data with a value at every place, put there one by one; and the values by their places."""
    values = {
        place: value_for(shape, place, number)
        for number, (place, shape) in enumerate(leaves(model))
    }
    data: dict[str, Any] = {}
    for place, value in values.items():
        data = put(model, data, place, value)
    return data, values


def plain(value: Any) -> Any:
    """A value of a model as JSON has it."""
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case time():
            return write_time(value)
        case Decimal():
            return int(value)
    return value


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_is_put_and_read_back_through_the_model(kind: str) -> None:
    model = KINDS[kind].model
    data, values = filled(model)
    document = model.model_validate(data)
    for place, shape in leaves(model):
        assert resolve(model, place) is shape
        assert value_at(data, place) == values[place], place
        assert plain(value_at(document, place)) == values[place], place
    found = {place: plain(value) for place, _, value in walk(model, document)}
    assert {place: found[place] for place in values} == values
    inner = {place for place, shape, _ in walk(model, document) if shape.model or shape.item}
    assert found.keys() - inner == values.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_problem_names_the_place_where_a_wrong_value_was_put(kind: str) -> None:
    model = KINDS[kind].model
    data, values = filled(model)
    for place in values:
        with pytest.raises(ValidationError) as caught:
            model.model_validate(put(model, data, place, {}))
        problems = problems_from(caught.value, model, code="data")
        assert {problem.place for problem in problems} == {place}


@pytest.mark.parametrize("kind", KINDS)
def test_no_place_is_reached_by_another_spelling(kind: str) -> None:
    model = KINDS[kind].model
    for place, _ in leaves(model):
        for wrong in misspelt(split(place)):
            assert resolve(model, wrong) is None, wrong


def misspelt(steps: tuple[PathStep, ...]) -> Iterator[str]:
    """A path that has a bracket too many or too few, or goes on behind its end."""
    for index, step in enumerate(steps):
        if not isinstance(step, str):
            yield join((*steps[:index], step, *steps[index:]))
            if index + 1 < len(steps):
                yield join((*steps[:index], *steps[index + 1 :]))
    yield join((*steps, 0))
    yield join((*steps, EACH))
    yield join((*steps, "text"))
