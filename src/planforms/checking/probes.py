"""Stand-ins for what a template can name, by which its expressions run through the real code.

A field is a :class:`Value` without data, a fact is a fact, the loop is Jinja's own. Only profiles
are told by their types, since each service has another one.
"""

from __future__ import annotations

import types
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin

from jinja2 import nodes
from jinja2.runtime import LoopContext
from pydantic import BaseModel

from planforms.checking.parsing import Parsed
from planforms.models.shapes import Form, Shape, shapes_of
from planforms.rules.facts import Fact
from planforms.templating.environment import FACT, LOOP, Facts, Key
from planforms.templating.values import Value

A_DAY = date(2026, 1, 5)
A_TIME = time(9)
A_TEXT = "Eksempel"


class Wrong:
    """Stands for something that was found wrong already."""


class NamedText(str):
    """Words that planforms gives, and how a template names them."""

    path: str

    def __new__(cls, path: str, text: str = "") -> NamedText:
        """The text of something that a template names."""
        named = super().__new__(cls, text or path)
        named.path = path
        return named


@dataclass(frozen=True, slots=True)
class Profile:
    """A part or a value of a service's or a country's profile.

    Attributes:
        type: its type.
        path: how a template names it.
        optional: whether a profile may lack it.
    """

    type: Any
    path: str
    optional: bool = False

    @property
    def fields(self) -> dict[str, Any]:
        """The annotations of what stands in it; empty for a single value."""
        is_part = isinstance(self.type, type) and issubclass(self.type, BaseModel)
        fields = self.type.model_fields if is_part else {}
        return {name: info.annotation for name, info in fields.items()}

    @property
    def members(self) -> tuple[str, ...]:
        """The keys that it can be; empty if it is no key."""
        is_key = isinstance(self.type, type) and issubclass(self.type, Enum)
        return tuple(member.value for member in self.type) if is_key else ()

    def child(self, name: str) -> Profile:
        """One part or value of it."""
        type_, optional = plain_type(self.fields[name])
        return Profile(type_, f"{self.path}.{name}", optional)


@dataclass(frozen=True, slots=True)
class Template:
    """A macro, with the template that defines it."""

    parsed: Parsed = field(compare=False)
    macro: nodes.Macro = field(compare=False)


@dataclass(frozen=True, slots=True)
class Probe:
    """One thing that an expression can stand for.

    Attributes:
        thing: what stands for it.
        argument: number of the macro call's value that it comes from, if it comes from one.
    """

    thing: Any
    argument: int | None = None

    @property
    def shown(self) -> str:
        """What messages call it."""
        return shown(self.thing)


Probes = tuple[Probe, ...]
"""What an expression can stand for; more than one thing after branches."""
WRONG: Probes = (Probe(Wrong()),)


def unique(probes: Iterable[Probe]) -> Probes:
    """Each thing once; two fields are the same if they stand at the same path."""
    found: dict[object, Probe] = {}
    for probe in probes:
        thing = probe.thing
        key = (thing.path, thing.style, thing.unlooped) if isinstance(thing, Value) else thing
        found.setdefault(key if key.__hash__ else id(key), probe)
    return tuple(found.values())


def shown(thing: Any) -> str:
    """How a template names something."""
    match thing:
        case Value():
            return thing.shown
        case Profile() | NamedText():
            return thing.path
        case Fact():
            return f"facts.{thing.rule}"
        case Facts():
            return "facts"
        case Key():
            return thing.name
        case LoopContext():
            return "loop"
        case Template():
            return str(thing.macro.name)
    return "this"


def names_of(thing: Any) -> tuple[str, ...]:
    """What can be asked of something."""
    match thing:
        case Value():
            return tuple(thing.shape.fields())
        case Profile():
            return tuple(thing.fields)
        case Facts():
            return thing.rules
        case Fact():
            return FACT
        case LoopContext():
            return LOOP
    return ()


def item_of(value: Value) -> Value:
    """What a loop over a list gives."""
    item = value.shape.item or value.shape
    return replace(
        value,
        shape=item,
        path=f"{value.path}[]",
        raw=least(item.model) if item.model else A_TEXT,
        in_guarded=value.guarded,
        unlooped=False,
    )


def least(model: type[BaseModel]) -> Any:
    """Data that holds what can never be missing, and nothing else."""
    shapes = shapes_of(model)
    values = {
        attribute: _least_value(shapes[info.alias or attribute])
        for attribute, info in model.model_fields.items()
        if info.is_required()
    }
    return model.model_construct(**values)


def _least_value(shape: Shape) -> Any:
    if shape.model:
        return least(shape.model)
    if isinstance(shape.type, type) and issubclass(shape.type, Enum):
        return next(iter(shape.type))
    return {Form.DATE: A_DAY, Form.TIME: A_TIME}.get(shape.form, A_TEXT)


def facts_of(rules: Iterable[str]) -> Facts:
    """A fact for each rule."""
    names = tuple(rules)
    facts = (
        Fact(
            NamedText(f"facts.{rule}.rule", rule),
            A_DAY,
            NamedText(f"facts.{rule}.words"),
            NamedText(f"facts.{rule}.source"),
        )
        for rule in names
    )
    return Facts(tuple(facts), names)


def plain_type(annotation: Any) -> tuple[Any, bool]:
    """A type without ``Annotated`` and ``| None``, and whether it had the latter."""
    optional = False
    while get_origin(annotation) in (Annotated, Union, types.UnionType):
        choices = get_args(annotation)
        if get_origin(annotation) is Annotated:
            annotation = choices[0]
        else:
            optional = type(None) in choices
            annotation = next(choice for choice in choices if choice is not type(None))
    return annotation, optional
