"""What an issued document needs, and dates in the wrong order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import planforms as pf
from planforms.models.completeness import contradictions, missing
from planforms.models.final_report import FinalReport
from planforms.models.values import values_at
from tests.reports import GONE, report_data


def places_missing(changes: dict[str, object], also: tuple[str, ...] = ()) -> list[str]:
    report = pf.load(report_data(changes))
    return [problem.place for problem in missing(report, also)]


def test_the_complete_example_lacks_nothing() -> None:
    assert places_missing({}) == []


def test_a_missing_value_is_named() -> None:
    assert places_missing({"conclusion": GONE}) == ["conclusion"]


def test_a_missing_part_is_named_by_the_values_it_needs() -> None:
    assert places_missing({"next_step": GONE}) == ["next_step.direction", "next_step.reasons"]


def test_each_item_of_a_list_is_looked_into() -> None:
    changes = {"assignment.questions.1.answer": GONE}
    assert places_missing(changes) == ["assignment.questions[1].answer"]


def test_an_empty_list_that_is_needed_is_missing() -> None:
    assert places_missing({"signatures": []}) == ["signatures"]


def test_a_service_can_need_more() -> None:
    changes = {"methods": GONE, "activities.0.outcome": GONE}
    assert places_missing(changes, ("methods", "activities[].outcome", "follow_up.manner")) == [
        "methods",
        "activities[0].outcome",
    ]


def test_a_service_can_need_what_has_no_part_yet() -> None:
    assert places_missing({"closing_meeting": GONE}, ("closing_meeting.held_on",)) == [
        "closing_meeting.held_on"
    ]


def test_dates_in_the_right_order_contradict_nothing() -> None:
    assert contradictions(FinalReport, report_data()) == []


def test_dates_in_the_wrong_order_are_found_in_each_item_of_a_list() -> None:
    data = report_data({"activities.2.started_on": "2026-12-01"})
    [problem] = contradictions(FinalReport, data)
    assert problem.place == "activities[2].started_on"
    assert problem.message == "lies after activities[2].ended_on"


def test_dates_are_compared_even_where_the_rest_is_not_valid() -> None:
    data = {"measure": {"started_on": "2026-02-01", "ended_on": "2026-01-01"}, "case": 7}
    [problem] = contradictions(FinalReport, data)
    assert problem.place == "measure.started_on"


def test_a_document_is_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def look(data: Any, path: str) -> Iterator[tuple[str, Any]]:
        looked.append(path)
        yield from values_at(data, path)

    monkeypatch.setattr("planforms.models.completeness.values_at", look)
    data = pf.load(report_data())
    assert looked
    looked.clear()
    pf.render(data)
    assert not looked
    pf.render(data.model_copy(update={"issued_on": data.issued_on}))
    assert looked
