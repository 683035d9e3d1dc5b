"""What a template can do with a field: one table, for rendering and for the check of templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from planforms.errors import TemplateError, did_you_mean
from planforms.models.fields import MAX_ITEMS
from planforms.models.secrecy import Copy
from planforms.models.shapes import Form
from planforms.templating.values import Value

DATE_STYLES = ("long", "short", "day")
MOST_LINES = 30
"""How many lines of handwriting a template can ask for: nearly a page."""


def _refusal(message: str, hint: str) -> TemplateError:
    return TemplateError.of("template.filter", "", message, hint)


def _field_only(value: Any) -> None:
    if not isinstance(value, Value):
        raise _refusal("a field belongs into the brackets", "name a field of the document")


def _style_only(value: Any) -> None:
    if not (isinstance(value, str) and value in DATE_STYLES):
        hint = " or ".join(f'|date("{style}")' for style in DATE_STYLES)
        raise _refusal("no such style of date", f"write {hint}")


def _count_only(value: Any) -> None:
    if not (type(value) is int and 0 < value <= MOST_LINES):
        hint = f"write a number from 1 to {MOST_LINES}, such as |lines(4)"
        raise _refusal("no such number of lines", hint)


def _position_only(value: Any) -> None:
    if not (type(value) is int and 0 < value <= MAX_ITEMS):
        hint = f"write a number from 1 to {MAX_ITEMS}, such as |first(16)"
        raise _refusal("no such number of items", hint)


def _option_only(value: Any) -> None:
    if not isinstance(value, str | Value):
        hint = 'write its key, such as |box("given"), or what a loop over |options gives'
        raise _refusal("box takes one option", hint)


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of templates.

    Attributes:
        name: how a template calls it.
        gives: what it makes of a field, and of the values in its brackets.
        accepts: refuses, with a template error, a field that it can do nothing with.
        values: how many values it takes in brackets, at least and at most.
        takes: refuses, with a template error, a value in brackets that it cannot use.
        loops: whether a field of a list's items needs a loop around it.
        of_key: whether what it gives follows from the key that is chosen, whatever key that is.
    """

    name: str
    gives: Callable[..., Any]
    accepts: Callable[[Value], None] = lambda _: None
    values: tuple[int, int] = (0, 0)
    takes: Callable[[Any], None] = _field_only
    loops: bool = True
    of_key: bool = False

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
            self.takes(value)


def _date_only(value: Value) -> None:
    if value.shape.form is not Form.DATE:
        raise _refusal(f"{value.shown} is not a date", "take away the filter date")


def _choice_only(value: Value) -> None:
    if (value.shape.item or value.shape).form is not Form.CHOICE:
        hint = "boxes are for fields where one chooses"
        raise _refusal(f"{value.shown} offers no options", hint)


def _choices_only(value: Any) -> None:
    item = value.shape.item if isinstance(value, Value) else None
    if not item or item.form is not Form.CHOICE:
        hint = "name the field in which what is ticked is chosen"
        raise _refusal("tick takes a list of choices", hint)


def _list_only(value: Value) -> None:
    if value.shape.item is None:
        raise _refusal(f"{value.shown} is no list", "write it with a list, in a loop")


def _copies_only(value: Value) -> None:
    if not value.shape.item or value.shape.item.model is not Copy:
        raise _refusal(f"{value.shown} is no list of copies", "write copies")


FILTERS: dict[str, Filter] = {
    one.name: one
    for one in (
        Filter("after", Value.after, _list_only, (1, 1), _position_only),
        Filter("beyond", Value.beyond, _copies_only, (1, 1)),
        Filter("box", Value.box, _choice_only, (1, 2), _option_only),
        Filter("boxes", Value.boxes, _choice_only, (0, 1)),
        Filter("box_of", Value.box_of, _copies_only, (1, 2)),
        Filter("date", Value.styled, _date_only, (0, 1), _style_only),
        Filter("demands", Value.demands, _choice_only),
        Filter("doer", Value.doer, _choice_only, of_key=True),
        Filter("first", Value.first, _list_only, (1, 1), _position_only),
        Filter("gate", Value.gate, _choice_only, of_key=True),
        Filter("heading", Value.heading, _choice_only, of_key=True),
        Filter("label", lambda value: value.label, loops=False),
        Filter("legend", Value.legend, _choice_only),
        Filter("line", Value.line, loops=False),
        Filter("lines", Value.with_lines, Value.refuse_whole_part, (1, 1), _count_only),
        Filter("options", Value.options, _choice_only, (0, 1), loops=False),
        Filter("text", lambda value: value.text() or "", Value.refuse_whole_part),
        Filter("tick", Value.tick, _choice_only, (1, 1), _choices_only),
    )
}
"""Every filter: ``after``, a list from the item that follows so many; ``beyond``, the copies of
others than a team's members; ``box``, the box of one option, whose name the heads of its row and
column say, if another field names it; ``box_of``, whether a member of a team has a copy;
``boxes``, every option of a choice to tick, or those that a field names; ``date``, a date in a
style; ``demands``, what the steps of demands beside a chosen instrument mean; ``doer``, who sees
to a point of a checklist; ``first``, a list as far as an item; ``gate``, whether that point must
hold first; ``heading``, what stands above one that begins a group; ``label``, the field's name;
``legend``, what the steps of a chosen instrument mean; ``line``, a place to write by hand;
``lines``, so many lines where there is no value; ``options``, every option of a choice to loop
over, or those that the items of a list name; ``text``, the bare words, where a field would be
wrong; ``tick``, a box before the value's words, ticked where a list of choices names it."""


def filter_of(name: str) -> Filter:
    """The filter of a name.

    Raises:
        TemplateError: there is none.
    """
    if name not in FILTERS:
        raise _refusal(f"{name} is no filter", did_you_mean(name, FILTERS))
    return FILTERS[name]
