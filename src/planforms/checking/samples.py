"""Case data made up from the models alone, to try templates with.

Nobody validates it: what counts is that every field can be there and can be missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel

from planforms.checking.demands import Demand, Want
from planforms.checking.probes import plain_type
from planforms.models.documents import DocumentData
from planforms.models.fields import Needed
from planforms.models.shapes import Form, Shape, shapes_of

P = TypeVar("P", bound=BaseModel)

FIRST_DAY = date(2026, 1, 5)
LINE = "Eksempel"
TEXT = "Eksempel."


@dataclass(slots=True)
class Sample:
    """How to make up the data of one document.

    Attributes:
        options: the keys that a choice can have.
        demand: what the data must be like.
        full: whether everything is filled in, or only what an issued document needs.
        items: how many items a list has.
    """

    options: Callable[[Shape], tuple[str, ...]]
    demand: Demand
    full: bool = True
    items: int = 2
    _days: dict[str, date] = field(default_factory=dict)

    def document(self, model: type[DocumentData]) -> DocumentData:
        """The data of a document."""
        document: DocumentData = self._part(model, "", 0)
        return document

    def profile(self, profile: P, path: str) -> P:
        """A profile with what the demand asks of it in place of what it says."""
        changes: dict[str, Any] = {}
        for name in type(profile).model_fields:
            place = f"{path}.{name}"
            if any(one == place or one.startswith(f"{place}.") for one in self.demand):
                changes[name] = self._profile_value(profile, name, place)
        return profile.model_copy(update=changes)

    def _profile_value(self, profile: BaseModel, name: str, place: str) -> Any:
        want, value = self.demand.get(place, Want()), getattr(profile, name)
        type_, _ = plain_type(type(profile).model_fields[name].annotation)
        if want.filled is False:
            return None
        if isinstance(type_, type) and issubclass(type_, BaseModel):
            whole = self._part(type_, f"{place}.", 0) if value is None else value
            return self.profile(whole, place)
        if isinstance(type_, type) and issubclass(type_, Enum):
            return self._member(type_, want)
        if want.shared:
            return want.shared
        if want.equals is not None:
            return want.equals
        return LINE if value is None else value

    def _part(self, model: type[BaseModel], prefix: str, number: int) -> Any:
        values: dict[str, Any] = {}
        shapes = shapes_of(model)
        for attribute, info in model.model_fields.items():
            name = info.alias or attribute
            shape, path = shapes[name], f"{prefix}{name}"
            if get_origin(shape.type) is Literal:
                values[attribute] = get_args(shape.type)[0]
            elif info.is_required() or self._is_filled(shape, path):
                values[attribute] = self._value(shape, path, number)
            else:
                values[attribute] = () if shape.form is Form.LIST else None
        return model.model_construct(**values)

    def _is_filled(self, shape: Shape, path: str) -> bool:
        want = self.demand.get(path, Want())
        if want.filled is not None:
            return want.filled
        if self.full or shape.mark(Needed) is not None:
            return True
        inside = (one for one in self.demand if one.startswith((f"{path}.", f"{path}[")))
        return any(self.demand[one].filled for one in inside)

    def _value(self, shape: Shape, path: str, number: int) -> Any:
        if shape.form is Form.LIST and shape.item:
            item = f"{path}[]"
            count = max(self.items, 1)
            return tuple(self._value(shape.item, item, each) for each in range(count))
        if shape.model:
            return self._part(shape.model, f"{path}.", number)
        return self._single(shape, path, number)

    def _single(self, shape: Shape, path: str, number: int) -> Any:
        want = self.demand.get(path, Want())
        if shape.form is Form.CHOICE:
            return self._choice(shape, want, number)
        if want.equals is not None:
            return want.equals
        match shape.form:
            case Form.FLAG:
                return False
            case Form.DATE:
                key = want.shared or path
                return self._days.setdefault(key, FIRST_DAY + timedelta(days=len(self._days)))
            case Form.NUMBER:
                return Decimal(2) if shape.type is Decimal else 2
            case Form.TEXT:
                return TEXT
        return LINE

    def _choice(self, shape: Shape, want: Want, number: int) -> Any:
        options = [one for one in self.options(shape) if one not in want.differs]
        if want.equals is not None:
            options = [want.equals]
        key = options[number % len(options)] if options else None
        is_enum = isinstance(shape.type, type) and issubclass(shape.type, Enum)
        return shape.type(key) if is_enum and key is not None else key

    def _member(self, type_: type[Enum], want: Want) -> Enum:
        free = [member for member in type_ if member.value not in want.differs]
        return free[0] if want.equals is None else type_(want.equals)
