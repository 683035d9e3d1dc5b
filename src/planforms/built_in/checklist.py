"""The checklist, and what its ticks must agree with: the list itself and what the case shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from planforms.errors import Problem, did_you_mean
from planforms.models.checklist import Checklist, Tick, TickState
from planforms.models.values import values_at
from planforms.registry import Kind
from planforms.rules.deadlines import is_met
from planforms.services.checklists import ChecklistForm, ChecklistItem
from planforms.setting import Setting


def checklist_values(data: Checklist | None, setting: Setting) -> Mapping[str, Any]:
    """What a profile says of a checklist: of an empty form which list it is, else its points.

    An empty form that names no list is the first one of the service.
    """
    if data is None:
        return {"list": key} if (key := next(iter(setting.service.checklists), None)) else {}
    form = _form_of(data, setting)
    if form is None:
        return {}
    given = {tick.item for tick in data.ticks}
    whole = (*data.ticks, *(Tick(item=key) for key in form.items if key not in given))
    return {"ticks": tuple(_told(tick, form.items.get(tick.item), data) for tick in whole)}


def _told(tick: Tick, item: ChecklistItem | None, data: Checklist) -> Tick:
    """A tick with what the case shows and the profile says where it says nothing itself."""
    if item is None:
        return tick
    shown = evidence_of(item, data)
    state = tick.state or (TickState.DONE if shown else None)
    on = tick.on or (shown if state is TickState.DONE else None)
    return tick.model_copy(update={"state": state, "on": on, "role": tick.role or item.role})


def evidence_of(item: ChecklistItem, data: Checklist) -> date | None:
    """The latest day in the case that shows that a point was seen to.

    Days from before the participant came back show nothing of today.
    """
    back = data.case.reentered_on or date.min
    days = (
        value
        for place, value in values_at(data, item.evidence or "")
        if item.evidence and isinstance(value, date) and value >= back
        if all(is_met(data, condition, place) for condition in item.when)
    )
    return max(days, default=None)


def _form_of(data: Checklist, setting: Setting) -> ChecklistForm | None:
    return setting.service.checklists.get(data.list or "")


# --- what is wrong ----------------------------------------------------------------------------


def tick_problems(data: Checklist, setting: Setting) -> Iterator[Problem]:
    """A Problem for each tick that is no point of the list, or that the case contradicts."""
    form = _form_of(data, setting)
    if form is None:
        return
    seen: set[str] = set()
    for number, tick in enumerate(data.ticks):
        item = form.items.get(tick.item)
        if item is None:
            hint, place = did_you_mean(tick.item, form.items), f"ticks[{number}].item"
            yield Problem("data.key", place, "does not belong to the list", hint)
        elif tick.item in seen:
            yield Problem("data.key", f"ticks[{number}].item", "stands twice", "keep one")
        else:
            yield from _contradictions(tick, item, number, data)
            yield from _waived_gate(tick, number, form)
        seen.add(tick.item)


def _contradictions(
    tick: Tick, item: ChecklistItem, number: int, data: Checklist
) -> Iterator[Problem]:
    if tick.state is TickState.NOT_NEEDED and evidence_of(item, data):
        what, hint = "says otherwise than {path}", "leave out the state: the case ticks it"
        place = f"ticks[{number}].state"
        yield Problem.of("data.evidence", place, what, hint, path=item.evidence or "")


def _waived_gate(tick: Tick, number: int, form: ChecklistForm) -> Iterator[Problem]:
    if tick.state is TickState.NOT_NEEDED and tick.item in form.gates:
        what, hint = "is a condition that nobody can waive", "it holds, or it is open"
        yield Problem("data.gate", f"ticks[{number}].state", what, hint)


def open_problems(data: Checklist, setting: Setting) -> Iterator[Problem]:
    """A Problem for each tick that an issued list cannot bear.

    One that the case does not show, one without its day, and one beyond an open condition.
    """
    form = _form_of(data, setting)
    if form is None:
        return
    states = {tick.item: tick.state for tick in data.ticks}
    unmet = any(states.get(key) is not TickState.DONE for key in form.gates)
    for number, tick in enumerate(data.ticks):
        item = form.items.get(tick.item)
        if item is None or tick.state is not TickState.DONE:
            continue
        place = f"ticks[{number}].state"
        if item.evidence and not evidence_of(item, data):
            what, hint = "is ticked, but the case has nothing at {path}", "enter it there first"
            yield Problem.of("data.evidence", place, what, hint, path=item.evidence)
        if tick.on is None:
            what, hint = "is needed and missing", "tell the day on which it was done"
            yield Problem("data.needed", f"ticks[{number}].on", what, hint)
        if unmet and tick.item not in form.gates:
            what, hint = "is ticked before the conditions hold", "assess those first"
            yield Problem("data.gate", place, what, hint)


KIND = Kind(
    Checklist,
    problems=(tick_problems,),
    issue_problems=(open_problems,),
    preprinted=checklist_values,
    form_by="list",
    pages=1,
)
