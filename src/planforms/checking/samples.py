"""Case data made up from the models alone, to try templates with.

Nobody validates it: what counts is that every field can be there and can be missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel

from planforms.checking.demands import ANYTHING, Demand, Want
from planforms.checking.probes import plain_type
from planforms.models.documents import DocumentData
from planforms.models.fields import Needed
from planforms.models.paths import EACH, child, item, paths_around
from planforms.models.shapes import Form, Shape, shapes_of

P = TypeVar("P", bound=BaseModel)

FIRST_DAY = date(2026, 1, 5)
FIRST_HOUR, HOURS = 9, 12
LINE = "Eksempel"
TEXT = "Eksempel."


@dataclass(slots=True)
class Sample:
    """How to make up the data of one document.

    Attributes:
        options: the keys that a choice can have.
        demands: what each item of a list must be like, in turn; what they say outside of lists is
            the same.
        full: whether everything is filled in, or only what an issued document needs.
        items: how many items a list has at least.
    """

    options: Callable[[Shape], tuple[str, ...]]
    demands: Sequence[Demand] = (ANYTHING,)
    full: bool = True
    items: int = 2
    _days: dict[str, date] = field(default_factory=dict)
    _item: int = 0

    def document(self, model: type[DocumentData]) -> DocumentData:
        """The data of a document."""
        document: DocumentData = self._part(model, "", 0)
        return document

    def profile(self, profile: P, path: str) -> P:
        """A profile with what the demands ask of it in place of what it says."""
        changes: dict[str, Any] = {}
        asked = {place for one in self.demands[0] for place in (one, *paths_around(one))}
        for name in type(profile).model_fields:
            place = child(path, name)
            if place in asked:
                changes[name] = self._profile_value(profile, name, place)
        return profile.model_copy(update=changes)

    def _profile_value(self, profile: BaseModel, name: str, place: str) -> Any:
        want, value = self._want(place), getattr(profile, name)
        type_, _ = plain_type(type(profile).model_fields[name].annotation)
        if want.is_empty:
            return None
        if isinstance(type_, type) and issubclass(type_, BaseModel):
            whole = self._part(type_, place, 0) if value is None else value
            return self.profile(whole, place)
        if isinstance(type_, type) and issubclass(type_, Enum):
            return next(member for member in type_ if want.allows(member.value))
        return want.shared or want.value_or(LINE if value is None else value)

    def _want(self, path: str) -> Want:
        return self.demands[self._item].get(path, Want())

    def _part(self, model: type[BaseModel], part: str, number: int) -> Any:
        values: dict[str, Any] = {}
        shapes = shapes_of(model)
        for attribute, info in model.model_fields.items():
            name = info.alias or attribute
            shape, path = shapes[name], child(part, name)
            if get_origin(shape.type) is Literal:
                values[attribute] = get_args(shape.type)[0]
            elif info.is_required() or self._is_filled(shape, path):
                values[attribute] = self._value(shape, path, number)
            else:
                values[attribute] = () if shape.form is Form.LIST else None
        return model.model_construct(**values)

    def _is_filled(self, shape: Shape, path: str) -> bool:
        want = self._want(path)
        if want.is_empty or want.is_filled:
            return want.is_filled
        if self.full or shape.mark(Needed) is not None:
            return True
        demand = self.demands[self._item]
        return any(one.is_filled and path in paths_around(inner) for inner, one in demand.items())

    def _value(self, shape: Shape, path: str, number: int) -> Any:
        if shape.form is Form.LIST and shape.item:
            return tuple(self._items(shape.item, item(path, EACH)))
        if shape.model:
            return self._part(shape.model, path, number)
        return self._single(shape, path, number)

    def _items(self, shape: Shape, path: str) -> Iterator[Any]:
        """The items of a list; those of an outermost one meet the demands in turn."""
        outermost = path.count("[]") == 1
        for number in range(max(self.items, 1, len(self.demands) if outermost else 1)):
            if outermost:
                self._item = number % len(self.demands)
            yield self._value(shape, path, number)
        if outermost:
            self._item = 0

    def _single(self, shape: Shape, path: str, number: int) -> Any:
        want = self._want(path)
        match shape.form:
            case Form.CHOICE:
                return self._choice(shape, want, number)
            case Form.FLAG:
                return want.value_or(False)
            case Form.DATE:
                key = want.shared or path
                return self._days.setdefault(key, FIRST_DAY + timedelta(days=len(self._days)))
            case Form.TIME:
                return time(FIRST_HOUR + number % HOURS)
            case Form.NUMBER | Form.MONEY:
                return want.value_or(Decimal(2) if shape.type is Decimal else 2)
            case Form.TEXT:
                return want.value_or(TEXT)
        return want.value_or(LINE)

    def _choice(self, shape: Shape, want: Want, number: int) -> Any:
        options = [one for one in self.options(shape) if want.allows(one)] or [*(want.only or ())]
        key = options[number % len(options)] if options else None
        is_enum = isinstance(shape.type, type) and issubclass(shape.type, Enum)
        return shape.type(key) if is_enum and key is not None else key
