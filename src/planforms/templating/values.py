"""Values that know where they come from.

A template never receives a bare string of the case: it receives a :class:`Value`, which carries
its path, its shape and the rendering it belongs to. Printing one leaves a mark in the HTML that
reading turns into a field of the document tree, so that one template serves the filled and
the blank document.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from decimal import Decimal
from enum import Enum
from itertools import islice
from typing import Any

from markupsafe import Markup
from pydantic import BaseModel, StringConstraints

from planforms.document import (
    Break,
    CheckBox,
    Field,
    FieldType,
    Inline,
    Place,
    Plain,
    State,
    Stroke,
    Text,
)
from planforms.errors import Problem, TemplateError, did_you_mean
from planforms.forms.names import option_of_row
from planforms.models import paths
from planforms.models.copies import members_with_copies
from planforms.models.fields import ByHand, Guarded, Needed, OneEach, write_time
from planforms.models.people import Role
from planforms.models.shapes import Form, Shape, shapes_of
from planforms.models.values import member, value_at, values_at
from planforms.services.checklists import ChecklistForm
from planforms.setting import Setting
from planforms.templating.limits import Account
from planforms.templating.marks import mark
from planforms.templating.rows import FormRow, asked, filled_in

MAX_BOXES = 10
DEEP_STEPS = 500
"""What it costs to compare a list or a part with another, field by field."""
REPLACEMENT = "\ufffd"

Mark = tuple[Inline, ...]


@dataclass(slots=True)
class Rendering:
    """What the values of one rendering share.

    Attributes:
        setting: the language, and the profiles whose names and vocabularies hold.
        state: blank, draft or final.
        protected: whether guarded fields are withheld.
        discreet: whether nothing may tell that something is withheld, since the participant and
            those around them read it.
        covered: the characters that the document's fonts can print.
        left_out: paths that the service's empty forms do not offer.
        roles: whose rows an empty list begins with, by the list's path.
        marks: what each mark in the HTML stands for.
        places: what the paths of fields and check boxes lead to.
        warnings: what could not be printed as it stands in the data.
        account: what it has taken of the machine so far.
        known: what stands in an empty form already, as plain data.
        said: the fields that the service's profile says on an empty form.
        names: what choices are called, by vocabulary and key, as far as somebody has asked.
    """

    setting: Setting
    state: State
    protected: bool
    covered: frozenset[str]
    left_out: tuple[str, ...] = ()
    roles: Mapping[str, tuple[Role, ...]] = field(default_factory=dict)
    discreet: bool = False
    marks: list[Mark] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)
    account: Account = field(default_factory=Account)
    known: Mapping[str, Any] = field(default_factory=dict)
    said: Mapping[str, Any] = field(default_factory=dict)
    names: dict[tuple[str, str], str] = field(default_factory=dict)

    def count(self, steps: int = 1, letters: int = 0) -> None:
        """Count work that is about to be done.

        Raises:
            TemplateError: the template repeats more, or prints more, than any document needs.
        """
        self.account.count(steps, letters)

    def mark(self, content: Mark) -> Markup:
        """Leave a mark in the HTML that stands for some inline nodes."""
        self.count(len(content) + 1)
        self.marks.append(content)
        return mark(len(self.marks) - 1)

    def printable(self, text: str, path: str) -> str:
        """The text as the document's fonts can print it; what they cannot is warned about.

        Letters are composed (Unicode NFC): in a PDF one glyph can stand for one spelling only.
        """
        self.count(letters=len(text))
        text = unicodedata.normalize("NFC", text)
        lacking = set(text) - self.covered
        if not lacking:
            return text
        count = sum(character in lacking for character in text)
        self.warnings.append(
            Problem.of(
                "data.glyph",
                path,
                "the document's fonts lack {count} of its characters",
                "they are printed as a replacement mark; write them in another way",
                count=count,
            ).as_warning()
        )
        return "".join(REPLACEMENT if c in lacking else c for c in text)

    def name_of(self, shape: Shape, key: str) -> str:
        """The name of a choice: a proper name of the profile, or the language's word."""
        asked = shape.vocabulary or shape.label_key, key
        if asked not in self.names:
            self.names[asked] = self.setting.name(*asked)
        return self.names[asked]

    def options_of(self, shape: Shape) -> tuple[str, ...]:
        """The keys that a choice offers here; an empty form offers no ended measure."""
        return self.setting.options(shape, ended=self.state is not State.BLANK)


@dataclass(slots=True, eq=False)
class Value:
    """A value of the case data, or the place of one, on its way into a template.

    Attributes:
        shape: what the models say about it.
        path: where it stands in the data.
        raw: the value itself; ``None`` if there is none.
        rendering: the rendering it belongs to.
        in_blank: whether it is part of something that is not in the data at all.
        in_guarded: whether it is part of something that is guarded.
        style: how a date is printed.
        unlooped: whether it is asked of a list as a whole, outside of a loop.
        room: how many lines of handwriting it offers while it is empty; 0 for its shape's own.
        is_option: whether it is no value of the data, but an option that somebody can choose.
        hidden: which items of a list are not looped over.
        span: from which item of a list to which one a loop goes, counted from nought; the last one
            is not included, and ``None`` is the end of the list.
        holder: the part that it is a field of.
        known_as: where it stands in what is known already; ``None`` if that has no place for it.
        key: the field that tells the rows of a list apart, if this is such a row.
        in_place: whether an empty form has such a row at the same number.
        is_key: whether it is the field that tells its row from others.
    """

    shape: Shape
    path: str
    raw: Any
    rendering: Rendering
    in_blank: bool = False
    in_guarded: bool = False
    style: str = "long"
    unlooped: bool = False
    room: int = 0
    is_option: bool = False
    hidden: frozenset[int] = frozenset()
    span: tuple[int, int | None] = (0, None)
    holder: Any = None
    known_as: str | None = None
    key: str = ""
    in_place: bool = True
    is_key: bool = False

    @property
    def shown(self) -> str:
        """Its path as a template has it, which names no item of a list."""
        return paths.without_items(self.path)

    @property
    def guarded(self) -> bool:
        """Whether the value, or something it is part of, is withheld for a protected identity."""
        return self.in_guarded or self.shape.mark(Guarded) is not None

    @property
    def withheld(self) -> bool:
        """Whether the value is not printed because it could tell where a person is found."""
        return self.rendering.protected and self.guarded and not self.is_option

    @property
    def empty(self) -> bool:
        """Whether the data holds no value here."""
        return self.raw is None or self.raw == ()

    @property
    def wanted(self) -> bool:
        """Whether a place to write is offered where the value is missing."""
        if self.withheld or self._left_out():
            return False
        if self.rendering.state is State.BLANK or self.shape.mark(ByHand) is not None:
            return True
        if self.rendering.state is State.FINAL:
            return False
        return self.in_blank or self.shape.mark(Needed) is not None

    def _left_out(self) -> bool:
        if self.rendering.state is not State.BLANK:
            return False
        return any(paths.is_within(self.path, part) for part in self.rendering.left_out)

    def __bool__(self) -> bool:
        """Whether there is something to show: a value, or a place to write one."""
        if self.shape.form is Form.FLAG:
            return bool(self.raw) and not self.withheld
        if self.withheld and (self.rendering.discreet or self.shape.form in (Form.PART, Form.LIST)):
            return False
        if self.shape.item is not None:
            return bool(self._rows(self.shape.item))
        return not self.empty or self.wanted

    def __eq__(self, other: object) -> bool:
        """Compare with a plain value of a template, such as an enumeration's key.

        A withheld value equals nothing, so that no condition tells what it is; nor do parts and
        lists of somebody protected, whatever is withheld inside them.
        """
        if self._untold(other):
            return False
        other = other.raw if isinstance(other, Value) else other
        raw = self.raw.value if isinstance(self.raw, Enum) else self.raw
        return bool(raw == other)

    def _untold(self, other: object) -> bool:
        """Whether comparing with something else could tell what is withheld."""
        if other is None:
            return False
        whole = self.shape.form in (Form.PART, Form.LIST)
        if whole:
            self.rendering.count(DEEP_STEPS)
        hidden = isinstance(other, Value) and other.withheld
        return self.withheld or hidden or (whole and self.rendering.protected)

    def __hash__(self) -> int:
        """Two values at the same path are the same value."""
        return hash(self.path)

    def __iter__(self) -> Iterator[Value]:
        """The items of a list; empty ones to write on where the list is wanted and empty."""
        if self.shape.item is None:
            raise loop_refusal(self.shown)
        rows = self._in_order(self._numbered(self._rows(self.shape.item)))
        for index, row in islice(rows, *self.span):
            number = row.number if self._is_known else index
            if number in self.hidden:
                continue
            self.rendering.count()
            yield self._item(index, row)

    def _numbered(self, rows: tuple[FormRow, ...]) -> Iterator[tuple[int, FormRow]]:
        """The rows with the numbers that they have in paths: those of the empty form."""
        further = len(self.rendering.said.get(self.path, ()))
        for position, row in enumerate(rows):
            number = position
            if self.path in self.rendering.said and self._is_known:
                number, further = (
                    (further, further + 1) if row.index is None else (row.index, further)
                )
            yield number, row

    def _in_order(self, rows: Iterator[tuple[int, FormRow]]) -> Iterator[tuple[int, FormRow]]:
        """The rows in the order of their keys, where the list is printed so."""
        each = self.shape.mark(OneEach)
        if self.shape.item is None or each is None or not each.ordered:
            return rows
        keys = self._keys_offered(self.shape.item.children()[each.field], each.within)
        order = {key: number for number, key in enumerate(keys)}
        last = len(order)
        return iter(sorted(rows, key=lambda row: order.get(member(row[1].raw, each.field), last)))

    def _item(self, index: int, row: FormRow) -> Value:
        assert self.shape.item is not None
        number = None if self.known_as is None else row.number
        return Value(
            self.shape.item,
            paths.item(self.path, index),
            row.raw,
            self.rendering,
            self.in_blank or not self.raw,
            in_guarded=self.guarded,
            is_option=self.is_option,
            known_as=None if number is None else paths.item(self.known_as or "", number),
            key=row.key,
            in_place=row.number is None or row.index is not None,
        )

    @property
    def _is_known(self) -> bool:
        """Whether an empty form holds this value because the case does, not its service."""
        known = self.rendering.known
        if not known or self.known_as is None:
            return False
        return value_at(known, self.known_as) not in (None, ())

    def _rows(self, item: Shape) -> tuple[FormRow, ...]:
        """The rows of a list; those that are known stand where the empty form has such a row.

        A withheld list has a single row, which tells not how many there are.
        """
        if self.raw and self._is_known:
            each, said = self.shape.mark(OneEach), self.rendering.said.get(self.path, ())
            if each and said:
                return asked(said, self.raw, each.field)
            offered = self.wanted and item.model is not None and not said
            return filled_in(self._offered(item) if offered else (), self.raw)
        rows = self.raw or (self._offered(item) if self.wanted else ())
        return tuple(map(FormRow, rows[:1] if self.withheld else rows))

    def _offered(self, item: Shape) -> tuple[Any, ...]:
        """What an empty list offers to write on: a row for each key or role, or empty rows.

        Where several rows are offered, one at least is for somebody whom no role is named for.
        """
        each = self.shape.mark(OneEach)
        keys = self._keys_offered(item.children()[each.field], each.within) if each else ()
        if each and (keys or each.within):
            return tuple({each.field: key} for key in keys)
        rows = tuple({"role": role.value} for role in self.rendering.roles.get(self.path, ()))
        spare = 1 if self.shape.rows > 1 else 0
        return (*rows, *(None,) * max(self.shape.rows - len(rows), spare))

    def _keys_offered(self, shape: Shape, within: str) -> tuple[str, ...]:
        if not within:
            return self.rendering.options_of(shape)
        around = member(self.holder, within)
        return self.rendering.setting.keys_within(shape.vocabulary, around) if around else ()

    def __len__(self) -> int:
        """How many items a loop over a list has."""
        if self.shape.item is None:
            return 0
        return len(self._rows(self.shape.item)[slice(*self.span)]) - len(self.hidden)

    def child(self, name: str) -> Value:
        """The value of one field of a part; of a list, the field as every item has it.

        Raises:
            TemplateError: the part has no such field.
        """
        path = paths.item(self.path, paths.EACH) if self.shape.item else self.path
        shapes = self.shape.fields()
        if name not in shapes:
            raise unknown_field(path, name, list(shapes))
        of_list = self.shape.item is not None
        return Value(
            shapes[name],
            paths.child(path, name),
            member(self.raw, name),
            self.rendering,
            in_blank=self.in_blank or self.raw is None or of_list,
            in_guarded=self.guarded,
            unlooped=self.unlooped or of_list,
            holder=self.raw,
            known_as=None if self.known_as is None else paths.child(self.known_as, name),
            in_place=self.in_place,
            is_key=name == self.key,
        )

    def styled(self, style: str = "long") -> Value:
        """The same date, printed in another style."""
        return replace(self, style=style)

    def refuse_printing(self) -> None:
        """Refuse what a reader could not see as words.

        Raises:
            TemplateError: it is a part, of a list's items outside of a loop, or a key.
        """
        self.refuse_whole_part()
        self.refuse_outside_of_loop()
        if self.shape.members and self.shape.form is Form.LINE:
            raise key_refusal(self.shown)

    def refuse_whole_part(self) -> None:
        """Refuse a part, or a list of parts, where a single value is wanted.

        Raises:
            TemplateError: it is one.
        """
        if (self.shape.item or self.shape).form is not Form.PART:
            return
        what = f"{self.shown} has parts and cannot be printed as a whole"
        fields = ", ".join(self.shape.fields())
        hint = f"print one of its fields: {fields}"
        if self.shape.item:
            hint = f"loop over it with {{% for … in {self.shown} %}} and print: {fields}"
        raise TemplateError.of("template.part", "", what, hint)

    def refuse_outside_of_loop(self) -> None:
        """Refuse a field of a list's items outside of a loop, where it is always empty.

        Raises:
            TemplateError: it is one.
        """
        if self.unlooped:
            name = self.shown.rpartition(".")[0]
            what = f"{name} is a list: outside of a loop this is always empty"
            hint = f"write it inside of {{% for … in {name} %}}"
            raise TemplateError.of("check.list", "", what, hint)

    @property
    def label(self) -> str:
        """The field's name in the document's language."""
        return self.rendering.setting.words.term("field", self.shape.label_key)

    def text(self) -> str | None:
        """The value in words, or ``None`` if the data holds none."""
        if self.empty:
            return None
        if self.withheld:
            discreet = self.rendering.discreet
            return None if discreet else self.rendering.setting.words.term("note", "withheld")
        return self.rendering.printable(self._words(), self.path)

    def _words(self) -> str:
        words = self.rendering.setting.words
        match self.raw:
            case Enum():
                return self.rendering.name_of(self.shape, self.raw.value)
            case bool():
                return words.term("flag", "yes" if self.raw else "no")
            case date():
                return words.date(self.raw, self.style)
            case time():
                return words.time(self.raw)
            case int() | Decimal() if self.shape.form is Form.MONEY:
                return words.money(self.raw, self.rendering.setting.country.currency)
            case int() | Decimal():
                return words.number(self.raw)
            case str() if self.shape.form is Form.CHOICE:
                return self.rendering.name_of(self.shape, self.raw)
            case str():
                return self.raw
            case tuple() if self._options():
                return "\n".join(str(item.text()) for item in self)
        return words.join(str(item.text()) for item in self)

    def nodes(self) -> Mark:
        """What printing this value puts into the document: a field, boxes to tick, or nothing."""
        if self.is_option:
            return (Text(self._words()),)
        text = self.text()
        if text is None and not self.wanted:
            return ()
        shows_boxes = text is None or (self._is_known and not self.is_key)
        if shows_boxes and 0 < len(self._options()) <= MAX_BOXES:
            return tuple(self._boxes(self._options()))
        return (self._field(text, self.room or self.shape.lines),)

    def with_lines(self, count: int) -> Value:
        """The same, with room for so many lines of handwriting where it is empty."""
        return replace(self, room=count)

    def line(self) -> Markup:
        """A place to write by hand here, whatever the data holds; on a form what is known.

        It is a stroke, and no field, where no single value belongs: on a part as a whole, such as
        a signature, or on a list's items outside of a loop.
        """
        if self.shape.form in (Form.PART, Form.LIST) or "[]" in self.path:
            signed = self.shape.form is Form.PART
            return self.rendering.mark((Stroke(self.label, 1, _field_type(self.shape), signed),))
        text = self.text() if self._is_known else None
        return self.rendering.mark((self._field(text, 1),))

    def _field(self, text: str | None, lines: int) -> Field:
        self._note_place()
        return Field(self.path, _field_type(self.shape), self.label, text, lines)

    def _note_place(self) -> None:
        """Tell what the path leads to, if nobody has yet."""
        places = self.rendering.places
        if self.path not in places:
            places[self.path] = self._place()

    def _place(self) -> Place:
        shape = self.shape.item or self.shape
        names = ((key, self.rendering.name_of(shape, key)) for key in self._options())
        limit = shape.mark(StringConstraints)
        return Place(
            type=_field_type(shape),
            label=self.label,
            options=tuple(names),
            many=self.shape.item is not None,
            needed=self.shape.mark(Needed) is not None,
            limit=limit.max_length if limit else None,
            raw=None if self.withheld or self.empty else _plain(self.raw),
            fixed=self._is_fixed,
        )

    @property
    def _is_fixed(self) -> bool:
        """Whether an empty form says this value by itself."""
        if not self.in_blank or self.empty:
            return False
        return (self.is_key and self.in_place) or not self._is_known

    def boxes(self, offered: Value | None = None) -> Markup:
        """A box for each option of a choice, or of a list of choices; what is chosen is ticked.

        Args:
            offered: a field that holds the only options there are; all of them if it is empty.
        """
        options = (offered._chosen() if offered is not None else ()) or self._options()
        return self.rendering.mark(() if self.withheld else tuple(self._boxes(options)))

    def box(self, option: str | Value, offered: Value | None = None) -> Markup:
        """The box of one option of a choice, without its name.

        Args:
            option: its key, or what a loop over :meth:`options` gives.
            offered: a field that holds the only options there are; no box for any other one.

        Raises:
            TemplateError: the choice has no such option.
        """
        keys = option._chosen() if isinstance(option, Value) else (option,)
        members = (self.shape.item or self.shape).members
        if members and isinstance(option, str) and option not in members:
            what, hint = f"{self.shown} has no such option", did_you_mean(option, members)
            raise TemplateError.of("check.choice", "", what, hint)
        only = offered._chosen() if offered is not None else ()
        keys = tuple(key for key in keys if not only or key in only)
        boxes = (replace(box, bare=True) for box in self._boxes(keys) if isinstance(box, CheckBox))
        return self.rendering.mark(() if self.withheld else tuple(boxes))

    def options(self, within: Value | None = None) -> Value:
        """Every option of a choice as a list to loop over; none is a value of the data.

        Args:
            within: a list whose items have this choice; only what one of them chose is an option,
                if any of them chose anything.
        """
        item = self.shape.item or self.shape
        shape = replace(item, form=Form.LIST, item=item)
        keys = self._options()
        if within is not None and (chosen := self._chosen_in(within)):
            keys = tuple(key for key in keys if key in chosen)
        return replace(
            self, shape=shape, raw=keys, is_option=True, unlooped=False, in_guarded=False
        )

    def _chosen_in(self, within: Value) -> frozenset[str]:
        """The keys that the items of a list have where this choice stands in them."""
        if within.withheld:
            return frozenset()
        self.rendering.count(len(within.raw or ()))
        steps = paths.split(self.path)[len(paths.split(within.path)) :]
        found = values_at({"items": within.raw}, paths.join(("items", *steps)))
        return frozenset(key for _, raw in found for key in _keys(raw))

    def beyond(self, members: Value) -> Value:
        """The same list of copies, looped over without those of some members of a team."""
        return replace(self, hidden=frozenset(self._copies_of(members).values()))

    def first(self, count: int) -> Value:
        """The same list, looped over as far as an item."""
        return replace(self, span=(0, count))

    def after(self, count: int) -> Value:
        """The same list, looped over from the item that follows so many."""
        return replace(self, span=(count, None))

    def _copies_of(self, team: Value) -> dict[int, int]:
        self.rendering.count(len(team.raw or ()) * (len(self.raw or ()) + 1))
        return members_with_copies(team.raw or (), self.raw or ())

    def box_of(self, holder: Value, team: Value | None = None) -> Markup:
        """A box without words, ticked if somebody has one of these copies.

        It stands for the copy's recipient, whom it names as the member that stands in its row; for
        a copy more if there is none yet.

        Args:
            holder: one of the copies, or a member of a team.
            team: the team, if the holder is a member of one.
        """
        last = paths.split(holder.path)[-1]
        position = last if isinstance(last, int) else 0
        number = position if team is None else self._copies_of(team).get(position)
        given = number is not None and number < len(self.raw or ())
        index = len(self) + position if number is None else number
        rows = self._rows(self.shape.item) if given and self.shape.item else ()
        if self._is_known:
            index = next((n for n, row in enumerate(rows) if row.number == number), index)
        copy = self._item(index, rows[index] if given else FormRow(None))
        recipient = copy.child("recipient")
        recipient._note_place()
        role = holder.child("role")
        row = "" if team is None else option_of_row(holder.path)
        box = CheckBox(recipient.path, row, role.text() or recipient.label, given, bare=True)
        return self.rendering.mark((box,))

    def legend(self) -> str:
        """What the steps of the instrument mean that is chosen here; empty if nothing says so."""
        key, *_ = self._chosen() or ("",)
        return self.rendering.setting.service.instrument_files.legend(key)

    def demands(self) -> str:
        """What the steps of demands beside the chosen instrument mean; empty if none are rated."""
        key, *_ = self._chosen() or ("",)
        return self.rendering.setting.service.instrument_files.demands_legend(key)

    def heading(self) -> str:
        """What stands above a point of a checklist that begins a group; empty for others."""
        found = (one.heading(key) for key in self._chosen() for one in self._checklists())
        return next(filter(None, found), "")

    def gate(self) -> bool:
        """Whether it is a point of a checklist that must hold before those that come after it."""
        return any(key in one.gates for key in self._chosen() for one in self._checklists())

    def doer(self) -> str:
        """Who sees to a point of a checklist; empty if the profile does not say."""
        items = (one.items.get(key) for key in self._chosen() for one in self._checklists())
        setting = self.rendering.setting
        return next((setting.role(item.role) for item in items if item and item.role), "")

    def _checklists(self) -> tuple[ChecklistForm, ...]:
        return tuple(self.rendering.setting.service.checklists.values())

    def tick(self, chosen: Value) -> Markup:
        """A box before the words of this value, ticked if a list of choices names it."""
        key, *_ = self._chosen() or ("",)
        chosen._note_place()
        box = CheckBox(chosen.path, key, self.text() or self.label, key in chosen._chosen())
        return self.rendering.mark((box,))

    def _chosen(self) -> tuple[str, ...]:
        """The keys that a choice or a list of choices holds; none if it is withheld."""
        return () if self.withheld else _keys(self.raw)

    def _options(self) -> tuple[str, ...]:
        shape = self.shape.item or self.shape
        return self.rendering.options_of(shape) if shape.form is Form.CHOICE else ()

    def _boxes(self, options: tuple[str, ...]) -> Iterator[Inline]:
        self._note_place()
        shape, chosen = self.shape.item or self.shape, _keys(self.raw)
        for index, option in enumerate(options):
            if index:
                yield Break()
            name = self.rendering.name_of(shape, option)
            yield CheckBox(self.path, option, name, option in chosen)


def _keys(raw: Any) -> tuple[str, ...]:
    """The keys that a choice or a list of choices holds."""
    items = raw if isinstance(raw, tuple) else () if raw is None else (raw,)
    return tuple(item.value if isinstance(item, Enum) else item for item in items)


def _plain(raw: Any) -> Plain:
    """A value as plain data."""
    match raw:
        case tuple():
            return tuple(str(_plain(item)) for item in raw)
        case Enum():
            return str(raw.value)
        case date():
            return raw.isoformat()
        case time():
            return write_time(raw)
        case Decimal():
            return str(raw)
        case str() | int() | None:  # a flag is a number too
            return raw
    return None


_FIELD_TYPES = {form: FieldType(form.value) for form in set(Form) - {Form.LIST, Form.PART}}


def _field_type(shape: Shape) -> FieldType:
    return _FIELD_TYPES.get(shape.form, FieldType.LINE)


def roots(
    model: type[BaseModel], data: BaseModel | Mapping[str, Any] | None, rendering: Rendering
) -> dict[str, Value]:
    """The values that a template starts from: one for each field of the document's model.

    Args:
        model: the model of the document.
        data: its data; for an empty form what its service prints on it, by field.
        rendering: the rendering that they belong to.
    """
    blank = not isinstance(data, BaseModel)
    return {
        name: Value(
            shape, name, member(data, name), rendering, in_blank=blank, holder=data, known_as=name
        )
        for name, shape in shapes_of(model).items()
    }


def key_refusal(name: str) -> TemplateError:
    """The error for a key of the program that is printed."""
    hint = "ask with {% if … == … %}, and write the words for each"
    return TemplateError.of("check.key", "", f"{name} is a key of the program, not words", hint)


def loop_refusal(name: str) -> TemplateError:
    """The error for a loop over something that is no list."""
    hint = "only lists can be looped over"
    return TemplateError.of("template.loop", "", f"{name} is not a list", hint)


def unknown_field(path: str, name: str, known: list[str]) -> TemplateError:
    """The error for a field that no model has."""
    hint = did_you_mean(name, known)
    return TemplateError.of("template.path", "", f"{path}.{name}: no such field", hint)
