"""Comparisons in templates that can never hold, whatever the data is like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from planforms.checking.probes import Profile, Wrong, shown
from planforms.errors import Problem, did_you_mean
from planforms.models.shapes import Form
from planforms.templating.environment import Key
from planforms.templating.values import Value

_NEVER = "the two can never be the same"
_NUMBERS = (Form.NUMBER, Form.MONEY)
_BARE = (Form.FLAG, Form.NUMBER, Form.MONEY, Form.DATE, Form.TIME, Form.PART, Form.LIST)


def is_constant(thing: Any) -> bool:
    """Whether something is written in the template itself: words in quotes, a number or none."""
    return thing is None or type(thing) in (str, int, bool)


def fault_of_comparing(
    one: Any, other: Any, options: Callable[[Value], tuple[str, ...]]
) -> Problem | None:
    """Why two things cannot be the same.

    Args:
        one: what stands for the one.
        other: what stands for the other.
        options: the keys of a choice, in any service.

    Raises:
        TemplateError: one of them is a field of a list's items outside of a loop.
    """
    if is_constant(one):
        one, other = other, one
    for thing in (one, other):
        if isinstance(thing, Value):
            thing.refuse_outside_of_loop()
    if isinstance(one, Value) and isinstance(other, Value):
        return _two_fields(one, other)
    if not is_constant(other) or other is None or isinstance(one, Wrong):
        return None
    if isinstance(one, Value):
        return _with_constant(one, other, options(one))
    members = one.members if isinstance(one, Key | Profile) else ()
    return _not_a_member(shown(one), other, members)


def _two_fields(one: Value, other: Value) -> Problem | None:
    kinds = [_kind(value.shape.form) for value in (one, other)]
    if kinds[0] == kinds[1]:
        return None
    what = f"{one.shown} is a {kinds[0]}, {other.shown} a {kinds[1]}"
    return Problem("check.compare", "", what, _NEVER)


def _kind(form: Form) -> str:
    return "text" if form in (Form.LINE, Form.TEXT) else form.value


def _with_constant(value: Value, constant: Any, options: tuple[str, ...]) -> Problem | None:
    form = value.shape.form
    if value.guarded:
        what = f"{value.shown} is withheld for a protected identity"
        hint = "no condition may tell what it is; compare it with none at most"
        return Problem("check.guarded", "", what, hint)
    if options or form is Form.CHOICE:
        return _not_a_member(value.shown, constant, options)
    if form is Form.FLAG:
        if isinstance(constant, bool):
            return None
        hint = f"write {{% if {value.shown} %}} or {{% if not {value.shown} %}}"
        return Problem("check.compare", "", f"{value.shown} is true or false", hint)
    wrong = form in _BARE if isinstance(constant, str) else form not in _NUMBERS
    if wrong or isinstance(constant, bool):
        return Problem("check.compare", "", f"{value.shown} is a {_kind(form)}", _NEVER)
    return None


def _not_a_member(name: str, constant: Any, members: tuple[str, ...]) -> Problem | None:
    if not members or constant in members:
        return None
    hint = did_you_mean(str(constant), members, form='"{}"')
    return Problem("check.choice", "", f"{name} is never {constant!r}", hint)
