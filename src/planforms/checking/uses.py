"""What can be done with a field and what cannot: printing, looping, comparing and filters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from planforms.checking.meanings import (
    Constant,
    Datum,
    Facts,
    Loop,
    MacroName,
    Meaning,
    OneFact,
    Other,
    Printed,
    ProfilePart,
    ProfileValue,
    Unknown,
    Words,
)
from planforms.errors import did_you_mean
from planforms.models.shapes import Form
from planforms.templating.environment import DATE_STYLES, FILTERS, WORDS_IN_BRACES

_OUTSIDE = "write the words outside of the braces, as a reader is to see them"
_NEVER = "the two can never be the same"
_BARE = (Form.FLAG, Form.NUMBER, Form.DATE, Form.PART, Form.LIST)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something cannot be done: a code, a message and a hint."""

    code: str
    message: str
    hint: str


def fault_of_printing(meaning: Meaning, *, in_tag: bool) -> Fault | None:
    """Why something cannot stand in ``{{ }}``.

    Args:
        meaning: what is to be printed.
        in_tag: whether it stands inside of a tag, where no field can be.
    """
    match meaning:
        case Datum():
            return _fault_of_datum(meaning, in_tag=in_tag)
        case ProfilePart():
            hint = f"print one of: {', '.join(meaning.names())}"
            return Fault("template.part", f"{meaning.shown} has parts", hint)
        case ProfileValue():
            return _fault_of_profile_value(meaning)
        case Words(members=(_, *_)):
            return _key(meaning.shown)
        case Constant(value=str()):
            return Fault("check.words", WORDS_IN_BRACES, _OUTSIDE)
        case OneFact():
            hint = f"write {meaning.shown}.words"
            return Fault("template.nothing", "a fact is printed by its words", hint)
        case MacroName():
            hint = f"write {{{{ {meaning.shown}(…) }}}}"
            return Fault("template.call", f"{meaning.shown} is a macro", hint)
        case Facts() | Loop() | Other() | Constant():
            return Fault("template.nothing", "prints nothing that a reader could see", _ASK)
    return None


def _fault_of_datum(datum: Datum, *, in_tag: bool) -> Fault | None:
    if datum.is_part:
        return part_as_a_whole(datum)
    if datum.unlooped:
        return outside_of_loop(datum)
    if in_tag:
        hint = f"write {{{{ {datum.shown}|text }}}}"
        return Fault("check.attribute", "a field cannot stand inside of a tag", hint)
    is_key = datum.shape.members and datum.shape.form is Form.LINE
    return _key(datum.shown) if is_key else None


def _fault_of_profile_value(value: ProfileValue) -> Fault | None:
    if value.members:
        return _key(value.shown)
    if not value.printable:
        return Fault("template.nothing", f"{value.shown} is not for printing", _ASK)
    if value.optional:
        hint = f"ask first: {{% if {value.shown} %}} … {{% endif %}}"
        return Fault("check.unasked", f"{value.shown} may be missing", hint)
    return None


_ASK = "it can be asked for with {% if … %}"


def _key(path: str) -> Fault:
    hint = "ask with {% if … == … %}, and write the words for each"
    return Fault("check.key", f"{path} is a key of the program, not words", hint)


def part_as_a_whole(datum: Datum) -> Fault:
    """Why a part, or a list of parts, is not printed as it is."""
    what = f"{datum.shown} has parts and cannot be printed as a whole"
    fields = ", ".join(datum.shape.fields())
    hint = f"print one of its fields: {fields}"
    if datum.shape.item:
        hint = f"loop over it with {{% for … in {datum.shown} %}} and print: {fields}"
    return Fault("template.part", what, hint)


def outside_of_loop(datum: Datum) -> Fault:
    """Why a field of a list's items is not there without a loop."""
    name = datum.shown.rpartition(".")[0]
    what = f"{name} is a list: outside of a loop this is always empty"
    return Fault("check.list", what, f"write it inside of {{% for … in {name} %}}")


def fault_of_looping(meaning: Meaning) -> Fault | None:
    """Why something cannot be looped over."""
    if isinstance(meaning, Unknown) or (isinstance(meaning, Datum) and meaning.item()):
        return None
    what = f"{meaning.shown} is not a list"
    return Fault("template.loop", what, "only lists can be looped over")


# --- filters --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Filter:
    """What a filter needs and gives.

    Attributes:
        gives: what comes out of a field.
        refuses: why a field cannot be given to it; ``None`` if it can.
        values: how many values it takes in brackets, at least and at most.
        fields: whether these are fields; otherwise they are words in quotes.
    """

    gives: Callable[[Datum], Meaning]
    refuses: Callable[[Datum], Fault | None]
    values: tuple[int, int] = (0, 0)
    fields: bool = True


def _any(_: Datum) -> None:
    return None


def _not_a_date(datum: Datum) -> Fault | None:
    if datum.shape.form is Form.DATE:
        return None
    return Fault("template.filter", f"{datum.shown} is not a date", "take away the filter date")


def _no_choice(datum: Datum) -> Fault | None:
    if (datum.shape.item or datum.shape).form is Form.CHOICE:
        return None
    what = f"{datum.shown} offers no options"
    return Fault("template.filter", what, "boxes are for fields where one chooses")


def _no_words(datum: Datum) -> Fault | None:
    return part_as_a_whole(datum) if datum.is_part else None


def _words(datum: Datum) -> Words:
    return Words(name=datum.path, argument=datum.argument)


def _printed(datum: Datum) -> Printed:
    return Printed(argument=datum.argument)


RULES: dict[str, _Filter] = {
    "boxes": _Filter(_printed, _no_choice, (0, 1)),
    "date": _Filter(lambda datum: datum, _not_a_date, (0, 1), fields=False),
    "label": _Filter(_words, _any),
    "line": _Filter(_printed, _any),
    "text": _Filter(_words, _no_words),
    "tick": _Filter(_printed, _any, (1, 1)),
}
"""What the check knows of each filter of :data:`planforms.templating.environment.FILTERS`."""


def apply_filter(name: str, meaning: Meaning) -> Meaning | Fault:
    """What a filter makes of something, or why it cannot."""
    if isinstance(meaning, Unknown):
        return meaning
    if not isinstance(meaning, Datum):
        what = f"{name} needs a field of the document"
        return Fault("template.filter", what, f"take away the filter {name}")
    if meaning.unlooped and name not in ("label", "line"):
        return outside_of_loop(meaning)
    return RULES[name].refuses(meaning) or RULES[name].gives(meaning)


def fault_of_filter_name(name: str) -> Fault | None:
    """Why there is no such filter."""
    if name in RULES:
        return None
    return Fault("template.filter", f"{name} is no filter", did_you_mean(name, FILTERS))


def fault_of_values(name: str, values: list[Meaning]) -> Fault | None:
    """Why a filter cannot take these values in brackets."""
    rule = RULES[name]
    least, most = rule.values
    if not least <= len(values) <= most:
        how = f"write |{name} alone" if most == 0 else f"write |{name}(…) with one value"
        return Fault("template.filter", f"{name} does not take {len(values)} values", how)
    for value in values:
        if isinstance(value, Unknown):
            continue
        if rule.fields and not isinstance(value, Datum):
            return Fault("template.filter", f"{name} takes a field", "name a field of the document")
        if not rule.fields and not (isinstance(value, Constant) and value.value in DATE_STYLES):
            hint = " or ".join(f'|{name}("{style}")' for style in DATE_STYLES)
            return Fault("template.filter", "no such style of date", f"write {hint}")
    return None


# --- comparing ------------------------------------------------------------------------------


def fault_of_comparing(
    meaning: Meaning, other: Meaning, options: Callable[[Datum], tuple[str, ...]]
) -> Fault | None:
    """Why two things cannot be the same.

    Args:
        meaning: the one.
        other: the other.
        options: the keys of a choice, in any service.
    """
    if isinstance(meaning, Constant) and not isinstance(other, Constant):
        meaning, other = other, meaning
    for one in (meaning, other):
        if isinstance(one, Datum) and one.unlooped:
            return outside_of_loop(one)
    if isinstance(meaning, Datum) and isinstance(other, Datum):
        return _two_fields(meaning, other)
    if not isinstance(other, Constant) or other.value is None:
        return None
    if isinstance(meaning, Datum):
        return _with_constant(meaning, other.value, options(meaning))
    members = getattr(meaning, "members", ())
    return _not_a_member(meaning.shown, other.value, members)


def _two_fields(one: Datum, other: Datum) -> Fault | None:
    kinds = [_kind(datum.shape.form) for datum in (one, other)]
    if kinds[0] == kinds[1]:
        return None
    what = f"{one.shown} is a {kinds[0]}, {other.shown} a {kinds[1]}"
    return Fault("check.compare", what, _NEVER)


def _kind(form: Form) -> str:
    return "text" if form in (Form.LINE, Form.TEXT) else form.value


def _with_constant(datum: Datum, value: Any, options: tuple[str, ...]) -> Fault | None:
    form = datum.shape.form
    if datum.guarded:
        what = f"{datum.shown} is withheld for a protected identity"
        hint = "no condition may tell what it is; compare it with none at most"
        return Fault("check.guarded", what, hint)
    if options or form is Form.CHOICE:
        return _not_a_member(datum.shown, value, options)
    if form is Form.FLAG:
        if isinstance(value, bool):
            return None
        hint = f"write {{% if {datum.shown} %}} or {{% if not {datum.shown} %}}"
        return Fault("check.compare", f"{datum.shown} is true or false", hint)
    wrong = form in _BARE if isinstance(value, str) else form is not Form.NUMBER
    if wrong or isinstance(value, bool):
        return Fault("check.compare", f"{datum.shown} is a {_kind(form)}", _NEVER)
    return None


def _not_a_member(path: str, value: Any, members: tuple[str, ...]) -> Fault | None:
    if not members or value in members:
        return None
    hint = did_you_mean(str(value), members, form='"{}"')
    return Fault("check.choice", f"{path} is never {value!r}", hint)
