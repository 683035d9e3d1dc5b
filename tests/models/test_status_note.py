"""The status note: goals of the plan, what a proposal for more time needs, and when one is due."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import planforms as pf
from planforms.rules.deadlines import dues_of
from planforms.rules.milestones import with_milestones
from tests.reports import GONE, case_of, example_data, setting_of

NOTE = "vivirk/status_note_before_the_network_meeting"
EXTENSION = "hjortmossen/proposal_for_two_more_months"
BEFORE_MONTH_FOUR = "hjortmossen/status_note_before_month_four"


def lacking(place: str, changes: dict[str, Any]) -> set[tuple[str, str]]:
    found = pf.validate(pf.load(example_data(place, changes)))
    return {(problem.code, problem.place) for problem in found}


def test_the_goals_are_those_of_the_plan_in_its_order() -> None:
    plan = pf.load(example_data("team_work/action_plan_member_declines_to_sign"))
    assert isinstance(plan, pf.ActionPlan)
    goals = pf.StatusNote.goals_of(plan)
    assert [one.goal for one in goals] == [one.text for one in plan.goals] != []
    assert all(one.state is None and one.comment is None for one in goals)


def test_every_goal_says_how_it_goes() -> None:
    assert lacking(NOTE, {}) == set()
    assert lacking(NOTE, {"goals.1.state": GONE}) == {("data.needed", "goals[1].state")}


@pytest.mark.parametrize("path", ["reasons", "extended_until"])
def test_a_proposal_for_more_time_gives_its_reasons_and_its_end(path: str) -> None:
    assert lacking(EXTENSION, {}) == set()
    assert lacking(EXTENSION, {path: GONE}) == {("data.needed", path)}
    as_a_note = {"variant": GONE, "reasons": GONE, "extended_until": GONE}
    assert lacking(EXTENSION, as_a_note) == set()


def test_a_statement_about_work_tells_of_tasks_pace_quality_and_support() -> None:
    statement = "vivirk/work_statement_from_a_supermarket"
    parts = ("tasks", "pace", "quality", "support")
    assert lacking(statement, {"work": GONE}) == {("data.needed", "work")}
    for part in parts:
        assert lacking(statement, {f"work.{part}": GONE}) == {("data.needed", f"work.{part}")}


def test_nobody_attends_on_more_days_than_were_agreed() -> None:
    with pytest.raises(pf.DataError) as raised:
        pf.load(example_data(NOTE, {"attendance.attended_days": 25}))
    assert [problem.code for problem in raised.value.problems] == ["data.number_order"]


def test_a_note_beyond_what_the_consent_covers_is_not_sent() -> None:
    narrower = {"case.consents.0.information": ["plan", "attendance"]}
    assert lacking(NOTE, narrower) == {("data.consent_missing", "recipient.organisation")}


@pytest.mark.parametrize(
    ("changes", "day"),
    [
        ({"issued_on": "2024-11-01"}, date(2025, 2, 1)),
        ({"status": "draft"}, date(2024, 11, 2)),
    ],
)
def test_a_final_note_is_the_last_one_and_the_next_is_due_three_months_later(
    changes: dict[str, Any], day: date
) -> None:
    note = case_of(example_data(NOTE, changes))
    setting = setting_of(note)
    due = {one.rule: one.day for one in dues_of(with_milestones(note, setting), setting)}
    assert due["status_note"] == day


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [
        ({"status": "draft"}, True),
        ({}, False),
        ({"status": "draft", "case.milestones": {"extension_agreed_on": "2026-08-14"}}, False),
    ],
)
def test_a_note_is_due_before_the_four_months_are_over(
    changes: dict[str, Any], is_open: bool
) -> None:
    note = case_of(example_data(BEFORE_MONTH_FOUR, changes))
    setting = setting_of(note)
    dues = dues_of(with_milestones(note, setting), setting)
    [due] = [one for one in dues if one.rule == "status_note"]
    assert due.day == date(2026, 8, 20)
    assert due.is_open(date(2026, 8, 17)) is is_open


def test_aktiv_has_no_such_note() -> None:
    note = case_of(example_data(BEFORE_MONTH_FOUR, {"case.measure": "aktiv"}))
    assert "status_note" not in {one.rule for one in dues_of(note, setting_of(note))}
