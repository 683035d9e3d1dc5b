"""What a path in the data leads to, told from the models alone.

One resolver for all: validation hints, rendering of values and of blanks, and static checks walk
the same shapes.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache, cached_property
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from planforms.models.fields import Amount, Guarded, Lines, LongText, Rows, Vocabulary
from planforms.models.paths import EACH, PathStep, join, split

M = TypeVar("M")


class Form(StrEnum):
    """What stands at a path."""

    PART = "part"
    LIST = "list"
    LINE = "line"
    TEXT = "text"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    MONEY = "money"
    CHOICE = "choice"
    FLAG = "flag"


@dataclass(frozen=True)
class Shape:
    """One field of a model, seen from outside.

    Attributes:
        owner: name of the model that declares the field; with ``name`` the key of its label.
        name: the field's name in the data.
        form: what stands there.
        model: the model of a part, else ``None``.
        item: the shape of a list's items, else ``None``.
        members: the keys of an enumeration; empty for an open vocabulary.
        marks: the marks of :mod:`planforms.models.fields`.
        type: the type of a single value in Python; ``None`` for parts and lists.
    """

    owner: str
    name: str
    form: Form
    model: type[BaseModel] | None
    item: Shape | None
    members: tuple[str, ...]
    marks: tuple[Any, ...]
    type: Any = None

    @cached_property
    def label_key(self) -> str:
        """The key under which ``terms.po`` names this field."""
        return f"{self.owner}.{self.name}"

    def mark(self, kind: type[M]) -> M | None:
        """The field's mark of this kind, or ``None``; the outermost wins."""
        return self._by_kind.get(kind)

    @cached_property
    def _by_kind(self) -> dict[type, Any]:
        return {type(mark): mark for mark in reversed(self.marks)}

    @cached_property
    def lines(self) -> int:
        """Lines of handwriting for an empty field."""
        mark = self.mark(Lines)
        return mark.count if mark else 1

    @cached_property
    def rows(self) -> int:
        """Empty rows that a blank form offers for a list."""
        mark = self.mark(Rows)
        return mark.count if mark else 1

    @cached_property
    def vocabulary(self) -> str:
        """The vocabulary of a choice, or an empty string."""
        mark = self.mark(Vocabulary)
        return mark.name if mark else ""

    def children(self) -> dict[str, Shape]:
        """The shapes of a part's fields by their names in the data; empty for anything else."""
        return shapes_of(self.model) if self.model else {}

    def fields(self) -> dict[str, Shape]:
        """What a path can name next: a part's fields or, of a list, those of its items."""
        return (self.item or self).children()


@cache
def shapes_of(model: type[BaseModel]) -> dict[str, Shape]:
    """The shapes of all fields of a model, by their names in the data."""
    shapes = {}
    for attribute, info in model.model_fields.items():
        name = info.alias or attribute
        owner = _declaring_class(model, attribute)
        shapes[name] = _shape(owner, name, info.annotation, tuple(reversed(info.metadata)))
    return shapes


def resolve(model: type[BaseModel], path: str) -> Shape | None:
    """The shape at a path such as ``goals[].due`` or ``goals[0].due``, or ``None``."""
    found = shapes_along(model, path)
    return found[-1] if found else None


def shapes_along(model: type[BaseModel], path: str) -> tuple[Shape, ...]:
    """The shape at each step of a path; empty if it leads nowhere."""
    found: list[Shape] = []
    for step in split(path):
        if not isinstance(step, str):
            shape = found[-1].item
        elif found:
            shape = found[-1].children().get(step)
        else:
            shape = shapes_of(model).get(step)
        if shape is None:
            return ()
        found.append(shape)
    return tuple(found)


@cache
def is_guarded(model: type[BaseModel], path: str) -> bool:
    """Whether a path leads to or through what is withheld for a protected identity."""
    return any(shape.mark(Guarded) for shape in shapes_along(model, path))


def with_brackets(model: type[BaseModel], path: str) -> str:
    """The path with ``[]`` behind each list that it goes through; empty if it leads nowhere."""
    shapes = shapes_of(model)
    steps: list[PathStep] = []
    for name in (step for step in split(path) if isinstance(step, str)):
        shape = shapes.get(name)
        if shape is None:
            return ""
        steps += [name, EACH] if shape.item else [name]
        shapes = shape.fields()
    return join(steps[:-1] if steps[-1:] == [EACH] else steps)


def _declaring_class(model: type[BaseModel], attribute: str) -> str:
    for cls in reversed(model.__mro__):
        if attribute in getattr(cls, "__annotations__", {}):
            declared = cls.__name__
            if issubclass(cls, BaseModel):
                return declared
    return model.__name__


def _shape(owner: str, name: str, annotation: Any, marks: tuple[Any, ...]) -> Shape:
    annotation, marks = _unwrap(annotation, marks)
    if get_origin(annotation) is tuple:
        item = _shape(owner, name, get_args(annotation)[0], ())
        return Shape(owner, name, Form.LIST, None, item, (), marks)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return Shape(owner, name, Form.PART, annotation, None, (), marks)
    form, members = _leaf(annotation, marks)
    return Shape(owner, name, form, None, None, members, marks, annotation)


def _unwrap(annotation: Any, marks: tuple[Any, ...]) -> tuple[Any, tuple[Any, ...]]:
    """Strip ``Annotated`` and ``| None``, collecting marks from the outside in."""
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *found = get_args(annotation)
            marks = (*marks, *reversed(found))
        elif origin in (Union, types.UnionType):
            annotation = next(arg for arg in get_args(annotation) if arg is not type(None))
        else:
            return annotation, marks


def _leaf(annotation: Any, marks: tuple[Any, ...]) -> tuple[Form, tuple[str, ...]]:
    if get_origin(annotation) is Literal:
        return Form.LINE, tuple(str(value) for value in get_args(annotation))
    if not isinstance(annotation, type) or get_origin(annotation):
        return Form.LINE, ()  # a table of keys and names, in profiles only
    if issubclass(annotation, Enum):
        return Form.CHOICE, tuple(member.value for member in annotation)
    if any(isinstance(mark, Vocabulary) for mark in marks):
        return Form.CHOICE, ()
    if issubclass(annotation, bool):
        return Form.FLAG, ()
    if issubclass(annotation, date):
        return Form.DATE, ()
    if issubclass(annotation, time):
        return Form.TIME, ()
    if issubclass(annotation, int | Decimal):
        return (Form.MONEY if any(isinstance(mark, Amount) for mark in marks) else Form.NUMBER), ()
    if any(isinstance(mark, LongText) for mark in marks):
        return Form.TEXT, ()
    return Form.LINE, ()
