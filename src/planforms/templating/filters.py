"""What a template can do with a field: one table, for rendering and for the check of templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from planforms.errors import TemplateError, did_you_mean
from planforms.models.shapes import Form
from planforms.templating.values import Value

DATE_STYLES = ("long", "short")


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of templates.

    Attributes:
        name: how a template calls it.
        gives: what it makes of a field, and of the values in its brackets.
        accepts: refuses, with a template error, a field that it can do nothing with.
        values: how many values it takes in brackets, at least and at most.
        styles: the words that such a value can be; empty if it is a field.
        loops: whether a field of a list's items needs a loop around it.
    """

    name: str
    gives: Callable[..., Any]
    accepts: Callable[[Value], None] = lambda _: None
    values: tuple[int, int] = (0, 0)
    styles: tuple[str, ...] = ()
    loops: bool = True

    def __call__(self, value: Any, *given: Any) -> Any:
        """What it makes of a field.

        Raises:
            TemplateError: it is no field, or not one for this filter, or the values do not fit.
        """
        self.check_values(given)
        if not isinstance(value, Value):
            hint = f"take away the filter {self.name}"
            raise _refusal(f"{self.name} needs a field of the document", hint)
        if self.loops:
            value.refuse_outside_of_loop()
        self.accepts(value)
        return self.gives(value, *given)

    def check_values(self, given: Sequence[Any]) -> None:
        """Refuse values in brackets that it does not take.

        Raises:
            TemplateError: there are too few or too many of them, or they are of the wrong kind.
        """
        least, most = self.values
        if not least <= len(given) <= most:
            how = f"|{self.name} alone" if most == 0 else f"|{self.name}(…) with one value"
            raise _refusal(f"{self.name} does not take {len(given)} values", f"write {how}")
        for value in given:
            if self.styles and not (isinstance(value, str) and value in self.styles):
                hint = " or ".join(f'|{self.name}("{style}")' for style in self.styles)
                raise _refusal("no such style of date", f"write {hint}")
            if not self.styles and not isinstance(value, Value):
                raise _refusal(f"{self.name} takes a field", "name a field of the document")


def _refusal(message: str, hint: str) -> TemplateError:
    return TemplateError.of("template.filter", "", message, hint)


def _date_only(value: Value) -> None:
    if value.shape.form is not Form.DATE:
        raise _refusal(f"{value.shown} is not a date", "take away the filter date")


def _choice_only(value: Value) -> None:
    if (value.shape.item or value.shape).form is not Form.CHOICE:
        hint = "boxes are for fields where one chooses"
        raise _refusal(f"{value.shown} offers no options", hint)


FILTERS: dict[str, Filter] = {
    one.name: one
    for one in (
        Filter("boxes", Value.boxes, _choice_only, (0, 1)),
        Filter("date", Value.styled, _date_only, (0, 1), DATE_STYLES),
        Filter("label", lambda value: value.label, loops=False),
        Filter("line", Value.line, loops=False),
        Filter("text", lambda value: value.text() or "", Value.refuse_whole_part),
        Filter("tick", Value.tick, values=(1, 1)),
    )
}
"""Every filter: ``boxes``, every option of a choice to tick, or those that a field names; ``date``,
a date in a style; ``label``, the field's name; ``line``, a place to write by hand; ``text``, the
bare words, where a field would be wrong; ``tick``, a box before the value's words, ticked where
another field is given."""


def filter_of(name: str) -> Filter:
    """The filter of a name.

    Raises:
        TemplateError: there is none.
    """
    if name not in FILTERS:
        raise _refusal(f"{name} is no filter", did_you_mean(name, FILTERS))
    return FILTERS[name]
