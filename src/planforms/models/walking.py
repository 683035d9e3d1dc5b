"""One walk through the data of a document, and one through its model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from planforms.models.paths import EACH, child, item
from planforms.models.shapes import Shape, shapes_of
from planforms.models.values import member


def walk(model: type[BaseModel], data: Any, path: str = "") -> Iterator[tuple[str, Shape, Any]]:
    """Every field with its path, shape and value, in the order of the model.

    After a part come its fields, after a list its items; what is missing is not walked into.

    Args:
        model: the model of the data.
        data: the model's own data or plain data, valid or not; ``None`` if there is none.
        path: where it stands.
    """
    for name, shape in shapes_of(model).items():
        yield from _walk(shape, member(data, name), child(path, name))


def _walk(shape: Shape, value: Any, path: str) -> Iterator[tuple[str, Shape, Any]]:
    yield path, shape, value
    if shape.model and value is not None:
        yield from walk(shape.model, value, path)
    elif shape.item and isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from _walk(shape.item, one, item(path, number))


def walk_shapes(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, Shape]]:
    """Every field that data of a model can have, with its path and shape; ``[]`` is each item."""
    for name, shape in shapes_of(model).items():
        yield from _walk_shape(shape, child(path, name))


def _walk_shape(shape: Shape, path: str) -> Iterator[tuple[str, Shape]]:
    yield path, shape
    if shape.model:
        yield from walk_shapes(shape.model, path)
    elif shape.item:
        yield from _walk_shape(shape.item, item(path, EACH))
