"""The whole team signs a plan or declines with a note, and each has a copy."""

from __future__ import annotations

from typing import Any

import planforms as pf
from planforms.models.action_plan import ActionPlan
from planforms.rules.team import team_problems
from tests.reports import GONE, example_data, setting_of

PLAN = "team_work/action_plan_member_declines_to_sign"


def problems(changes: dict[str, Any], path: str = PLAN) -> list[tuple[str, str]]:
    plan = pf.load(example_data(path, changes))
    assert isinstance(plan, ActionPlan)
    found = team_problems(plan, setting_of(plan))
    return [(problem.code, problem.place) for problem in found]


def test_the_whole_team_of_the_example_signs_or_declines() -> None:
    assert problems({}) == []


def test_a_member_of_the_team_without_a_place_to_sign_is_a_problem() -> None:
    assert problems({"signatures.3": GONE}) == [("data.signer", "case.team[2]")]


def test_a_member_of_the_team_without_a_copy_is_a_problem() -> None:
    assert problems({"copies.1": GONE}) == [("data.copy", "case.team[0]")]


def test_two_members_with_one_role_need_two_places_and_two_copies() -> None:
    team = [*example_data(PLAN)["case"]["team"], {"role": "coach"}]
    assert problems({"case.team": team}) == [
        ("data.signer", "case.team[3]"),
        ("data.copy", "case.team[3]"),
    ]


def test_where_no_profile_says_so_the_team_need_not_sign_and_has_no_copies() -> None:
    path = "vivirk/action_plan_with_interpreter_and_support_person"
    team = [*example_data(path)["case"]["team"], {"role": "psychologist", "name": "Bo Prøve"}]
    assert problems({"case.team": team}, path) == []


def test_an_interpreter_is_not_of_the_team() -> None:
    team = [*example_data(PLAN)["case"]["team"], {"role": "interpreter"}]
    assert problems({"case.team": team}) == []


def test_staff_who_decline_say_why() -> None:
    assert problems({"signatures.3.note": GONE}) == [("data.refusal_note", "signatures[3].note")]


def test_a_participant_who_declines_need_not_say_why() -> None:
    assert problems({"signatures.0.state": "refused"}) == []
