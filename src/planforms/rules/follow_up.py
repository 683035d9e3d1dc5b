"""Each step of a plan is followed up; who adds it where nobody is named.

Source: Team Work, action plan: where nobody follows up an activity, the consultant adds it. Other
services name the role in their profile.
"""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.action_plan import ActionPlan, PlanFollowUp
from planforms.rules.facts import Fact
from planforms.setting import Setting

RULES = ("adds_follow_up",)


def follow_up_of(_data: ActionPlan | None, setting: Setting) -> tuple[Fact, ...]:
    """The fact ``adds_follow_up``: the role that adds a follow-up which a plan lacks."""
    role = setting.document("action_plan").adds_follow_up
    return (Fact("adds_follow_up", None, setting.role(role), ""),)


def unfollowed(data: ActionPlan, setting: Setting) -> list[Problem]:
    """A Problem for each step of a plan that does not say who follows it up, and by when."""
    role = setting.role(setting.document(data.kind).adds_follow_up)
    message, hint = "does not say who follows up, and by when", "the {role} adds it"
    return [
        Problem.of("data.follow_up", f"{place}.follow_up", message, hint, role=role)
        for place, found in _follow_ups(data)
        if found is None or found.role is None or found.due is None
    ]


def _follow_ups(plan: ActionPlan) -> Iterator[tuple[str, PlanFollowUp | None]]:
    for index, goal in enumerate(plan.goals):
        place = f"goals[{index}]"
        yield place, goal.follow_up
        for number, step in enumerate(goal.sub_goals):
            yield f"{place}.sub_goals[{number}]", step.follow_up
        for number, activity in enumerate(goal.activities):
            yield f"{place}.activities[{number}]", activity.follow_up
    for index, workplace in enumerate(plan.workplaces):
        yield f"workplaces[{index}]", workplace.follow_up
