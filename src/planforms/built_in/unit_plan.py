"""The unit plan: each measure has a cost, or is within what the unit has."""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.unit_plan import UnitPlan
from planforms.models.values import values_at
from planforms.registry import Kind
from planforms.setting import Setting


def goal_problems(data: UnitPlan, _: Setting) -> Iterator[Problem]:
    """A Problem for a number that two goals have."""
    seen: set[str] = set()
    for number, goal in enumerate(data.goals):
        if goal.number in seen:
            yield Problem("data.key", f"goals[{number}].number", "stands twice", "number it anew")
        seen.add(goal.number)


def cost_problems(data: UnitPlan, _: Setting) -> Iterator[Problem]:
    """A Problem for a measure whose cost nobody has told, or that has one within the frame."""
    for place, measure in values_at(data, "goals[].measures[]"):
        if measure.cost is None and measure.funding is None:
            what, hint = "is needed and missing", "tell the cost, or that it is within the frame"
            yield Problem("data.needed", f"{place}.cost", what, hint)
        if measure.cost and measure.funding:
            what, hint = "has a cost within the frame", "tell one of the two"
            yield Problem("data.cost", f"{place}.cost", what, hint)


KIND = Kind(
    UnitPlan,
    problems=(goal_problems,),
    issue_problems=(cost_problems,),
    landscape=True,
    pages=3,
)
