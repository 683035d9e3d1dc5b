"""Each step of a plan is followed up, and the problem names the role that adds it."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from planforms.rules.collection import problems_of_issue
from planforms.rules.follow_up import unfollowed
from tests.reports import GONE, example_data, setting_of

PLANS = {
    "molde/action_plan_workshop_and_bike_shop": "contact_person",
    "team_work/action_plan_member_declines_to_sign": "coach",
    "hjortmossen/action_plan_protected_identity": "coordinator",
    "vivirk/action_plan_with_interpreter_and_support_person": "youth_coordinator",
}
STEPS = ("goals.0", "goals.0.sub_goals.0", "goals.0.activities.1")


def problems(path: str, changes: dict[str, Any]) -> list[pf.Problem]:
    data = pf.load(example_data(path, changes))
    assert isinstance(data, pf.ActionPlan)
    return unfollowed(data, setting_of(data))


def placed(step: str) -> str:
    return step.replace(".0", "[0]").replace(".1", "[1]")


@pytest.mark.parametrize("path", PLANS)
def test_the_examples_lack_no_follow_up(path: str) -> None:
    assert problems(path, {}) == []


@pytest.mark.parametrize("part", ["", ".role", ".due"])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("path", PLANS)
def test_a_follow_up_without_a_person_or_a_day_names_the_role_that_adds_it(
    path: str, step: str, part: str
) -> None:
    [problem] = problems(path, {f"{step}.follow_up{part}": GONE})
    assert problem.code == "data.follow_up"
    assert problem.place == f"{placed(step)}.follow_up"
    role = setting_of(pf.load(example_data(path))).words.term("role", PLANS[path])
    assert problem.hint == f"the {role} adds it"


def test_a_company_placement_is_followed_up_too() -> None:
    path = "vivirk/action_plan_with_interpreter_and_support_person"
    [problem] = problems(path, {"workplaces.0.follow_up": GONE})
    assert problem.place == "workplaces[0].follow_up"


def test_a_final_plan_is_refused_for_it_and_a_draft_is_not() -> None:
    path = "team_work/action_plan_member_declines_to_sign"
    changes = {"goals.0.activities.0.follow_up": GONE}
    with pytest.raises(pf.PlanformsError) as caught:
        pf.render(pf.load(example_data(path, changes)))
    assert [problem.code for problem in caught.value.problems] == ["data.follow_up"]
    assert pf.render(pf.load(example_data(path, {**changes, "status": "draft"}))).text()


def test_other_kinds_have_no_steps_to_follow_up() -> None:
    mapping = pf.load(example_data("team_work/mapping_in_ten_categories"))
    assert problems_of_issue(mapping, setting_of(mapping)) == []
