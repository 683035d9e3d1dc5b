"""What an expression of a template stands for, told from the models alone.

Paths go through the same shapes as those of rendering, so that both know the same fields.
"""

from __future__ import annotations

import types
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin

from jinja2 import nodes
from pydantic import BaseModel

from planforms.checking.parsing import Parsed
from planforms.models.fields import Guarded
from planforms.models.shapes import Form, Shape
from planforms.templating.environment import FACT, LOOP


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What an expression stands for.

    Attributes:
        argument: number of the macro call's value that it comes from, if it comes from one.
    """

    argument: int | None = field(default=None, compare=False)

    @property
    def shown(self) -> str:
        """What messages call it."""
        return "this"

    def names(self) -> tuple[str, ...]:
        """What can be asked of it."""
        return ()

    def child(self, name: str) -> Meaning:
        """What one of its names stands for."""
        raise KeyError(name)


@dataclass(frozen=True, kw_only=True)
class Unknown(Meaning):
    """Something that was found wrong already."""


@dataclass(frozen=True, kw_only=True)
class Datum(Meaning):
    """A field of the case data.

    Attributes:
        shape: what the models say about it.
        path: where it stands; ``[]`` is an item that a loop runs over.
        guarded: whether it is withheld for a protected identity.
        unlooped: whether it is asked of a list as a whole, outside of a loop.
    """

    shape: Shape
    path: str
    guarded: bool = False
    unlooped: bool = False

    @property
    def shown(self) -> str:
        """Its path as somebody would say it."""
        return self.path.replace("[]", "")

    def names(self) -> tuple[str, ...]:
        """The fields of a part, or of a list's items."""
        return tuple(self.shape.fields())

    def child(self, name: str) -> Datum:
        """One of the fields."""
        shape = self.shape.fields()[name]
        return Datum(
            shape=shape,
            path=f"{self.path}.{name}",
            guarded=self.guarded or shape.mark(Guarded) is not None,
            unlooped=self.unlooped or self.shape.item is not None,
            argument=self.argument,
        )

    def item(self) -> Datum | None:
        """What a loop over it gives; ``None`` if it is no list."""
        if self.shape.item is None:
            return None
        return replace(self, shape=self.shape.item, path=f"{self.path}[]")

    @property
    def is_part(self) -> bool:
        """Whether it has fields of its own and cannot be printed as a whole."""
        return (self.shape.item or self.shape).form is Form.PART


@dataclass(frozen=True, kw_only=True)
class ProfilePart(Meaning):
    """A part of the service's or the country's profile.

    Attributes:
        model: its model.
        path: how a template names it.
        optional: whether a profile may lack it.
    """

    model: type[BaseModel]
    path: str
    optional: bool = False

    @property
    def shown(self) -> str:
        """Its path."""
        return self.path

    def names(self) -> tuple[str, ...]:
        """What stands in this part of the profile."""
        return tuple(self.model.model_fields)

    def child(self, name: str) -> Meaning:
        """One part or value of the profile."""
        type_, optional = plain_type(self.model.model_fields[name].annotation)
        path = f"{self.path}.{name}"
        if isinstance(type_, type) and issubclass(type_, BaseModel):
            return ProfilePart(model=type_, path=path, optional=optional, argument=self.argument)
        return ProfileValue(type=type_, path=path, optional=optional, argument=self.argument)


@dataclass(frozen=True, kw_only=True)
class ProfileValue(Meaning):
    """A single value of a profile.

    Attributes:
        type: its type in Python.
        path: how a template names it.
        optional: whether a profile may lack it.
    """

    type: Any
    path: str
    optional: bool = False

    @property
    def shown(self) -> str:
        """Its path."""
        return self.path

    @property
    def members(self) -> tuple[str, ...]:
        """The keys that it can be; empty if it is no key."""
        is_key = isinstance(self.type, type) and issubclass(self.type, Enum)
        return tuple(member.value for member in self.type) if is_key else ()

    @property
    def printable(self) -> bool:
        """Whether printing it gives words or a number."""
        return self.type in (str, int) and not self.members


@dataclass(frozen=True, kw_only=True)
class Words(Meaning):
    """Words that planforms or a filter gives.

    Attributes:
        name: how a template names them.
        members: the keys that they can be; empty if they are words to print.
    """

    name: str
    members: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """Their name."""
        return self.name


@dataclass(frozen=True, kw_only=True)
class Facts(Meaning):
    """The facts of a document, by the names of their rules."""

    rules: tuple[str, ...]

    @property
    def shown(self) -> str:
        """How a template names them."""
        return "facts"

    def names(self) -> tuple[str, ...]:
        """The rules."""
        return self.rules

    def child(self, name: str) -> Meaning:
        """The fact of a rule."""
        return OneFact(rule=name)


@dataclass(frozen=True, kw_only=True)
class OneFact(Meaning):
    """What a rule says about the document."""

    rule: str

    @property
    def shown(self) -> str:
        """How a template names it."""
        return f"facts.{self.rule}"

    def names(self) -> tuple[str, ...]:
        """What a fact tells."""
        return FACT

    def child(self, name: str) -> Meaning:
        """Its words, its source, or a day that can only be asked for."""
        path = f"{self.shown}.{name}"
        return Other(name=path) if name == "date" else Words(name=path)


@dataclass(frozen=True, kw_only=True)
class Loop(Meaning):
    """The word ``loop`` inside a loop."""

    @property
    def shown(self) -> str:
        """How a template names it."""
        return "loop"

    def names(self) -> tuple[str, ...]:
        """What a loop tells."""
        return LOOP

    def child(self, name: str) -> Meaning:
        """A number, or whether this is the first or the last round."""
        path = f"loop.{name}"
        return Words(name=path) if name in ("index", "length") else Other(name=path)


@dataclass(frozen=True, kw_only=True)
class Constant(Meaning):
    """A text in quotes, a number, or true, false and none."""

    value: Any


@dataclass(frozen=True, kw_only=True)
class Printed(Meaning):
    """What a macro or a filter has made ready to print."""


@dataclass(frozen=True, kw_only=True)
class Other(Meaning):
    """Something that can be asked for with ``if`` and not be printed."""

    name: str = "this"

    @property
    def shown(self) -> str:
        """Its name."""
        return self.name


@dataclass(frozen=True, kw_only=True)
class MacroName(Meaning):
    """A macro.

    Attributes:
        parsed: the template that defines it.
        node: its definition.
    """

    parsed: Parsed = field(compare=False)
    node: nodes.Macro = field(compare=False)

    @property
    def shown(self) -> str:
        """Its name."""
        return self.node.name


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
