"""Values are read by their paths, and put there."""

from __future__ import annotations

import copy

import pytest

import planforms as pf
from planforms.models.action_plan import ActionPlan
from planforms.models.fields import MAX_ITEMS
from planforms.models.migration import CURRENT
from planforms.models.values import put, value_at, values_at
from tests.reports import report_data

GOALS = {"goals": [{"text": "Work"}, {"text": "Walk", "due": "2026-05-01"}]}


def test_a_value_is_read_from_a_model_and_from_plain_data() -> None:
    data = report_data()
    for holder in (data, pf.load(data)):
        assert value_at(holder, "workplaces[0].tasks[1]") == data["workplaces"][0]["tasks"][1]
        assert value_at(holder, "schema") == (CURRENT if holder is not data else 1)
        assert value_at(holder, "schema_version") is None
        assert value_at(holder, "workplaces[9].tasks[1]") is None
        assert value_at(holder, "conclusion.words") is None
        assert value_at(holder, "model_config") is None


def test_all_values_at_a_path_come_with_their_places() -> None:
    assert list(values_at(GOALS, "goals[].text")) == [
        ("goals[0].text", "Work"),
        ("goals[1].text", "Walk"),
    ]
    assert list(values_at(GOALS, "goals[].due")) == [("goals[1].due", "2026-05-01")]
    assert list(values_at(GOALS, "goals[0].text")) == [("goals[0].text", "Work")]
    assert list(values_at(GOALS, "goals.text")) == []
    assert list(values_at(GOALS, "goals[].text[]")) == []


def test_parts_and_items_are_made_where_a_value_is_put() -> None:
    data = put(ActionPlan, {}, "goals[1].sub_goals[0].text", "Walk")
    assert data == {"goals": [{}, {"sub_goals": [{"text": "Walk"}]}]}
    data = put(ActionPlan, data, "case.participant.name", "Ola Eksempel")
    assert data["case"] == {"participant": {"name": "Ola Eksempel"}}
    assert put(ActionPlan, {}, "workplaces[0].tasks[1]", "Paint") == {
        "workplaces": [{"tasks": [None, "Paint"]}]
    }
    assert put(ActionPlan, {"review": None}, "review.place", "Here") == {
        "review": {"place": "Here"}
    }


def test_a_list_or_part_can_be_put_as_a_whole() -> None:
    assert put(ActionPlan, GOALS, "goals", []) == {"goals": []}
    assert put(ActionPlan, GOALS, "goals[0]", {"text": "Rest"})["goals"][0] == {"text": "Rest"}


def test_a_value_takes_the_place_of_another_and_what_is_beside_it_stays() -> None:
    data = put(ActionPlan, GOALS, "goals[1].text", "Run")
    assert data == {"goals": [{"text": "Work"}, {"text": "Run", "due": "2026-05-01"}]}


def test_what_is_given_stays_as_it_is() -> None:
    before = copy.deepcopy(GOALS)
    data = put(ActionPlan, GOALS, "goals[0].due", "2026-06-01")
    put(ActionPlan, data, "goals[0].due", "2026-07-01")
    assert before == GOALS
    assert value_at(data, "goals[0].due") == "2026-06-01"


def test_no_two_items_are_made_as_one() -> None:
    data = put(ActionPlan, {}, "goals[2].text", "Work")
    assert put(ActionPlan, data, "goals[0].text", "Rest")["goals"][1] == {}


@pytest.mark.parametrize(
    "path",
    [
        "",
        "gaols[0].text",
        "goals.text",
        "goals[].text",
        "goals[0]text",
        "goals[-1].text",
        "goals[0].text[0]",
        "case[0].number",
        "schema_version",
        f"goals[{MAX_ITEMS}].text",
        "goals[99999999].text",
    ],
)
def test_a_path_that_leads_to_no_place_is_refused(path: str) -> None:
    with pytest.raises(pf.UsageError) as caught:
        put(ActionPlan, GOALS, path, "x")
    assert [problem.code for problem in caught.value.problems] == ["data.path"]


@pytest.mark.parametrize("data", [{"goals": "Ola"}, {"goals": ["Ola"]}, {"goals": {"0": "Ola"}}])
def test_what_stands_in_the_way_is_not_overwritten(data: dict[str, object]) -> None:
    with pytest.raises(pf.UsageError) as caught:
        put(ActionPlan, data, "goals[0].text", "x")
    assert "Ola" not in str(caught.value)
