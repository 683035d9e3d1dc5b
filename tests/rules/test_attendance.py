"""The attendance sheet: sums are reckoned, and nothing tells why somebody was away."""

from __future__ import annotations

from typing import Any

import pytest

import planforms as pf
from planforms.models.shapes import shapes_of
from tests.reports import GONE, example_data, problems_of

SHEET = "molde/attendance_sheet_in_may"


def codes(changes: dict[str, Any]) -> set[tuple[str, str]]:
    with pytest.raises(pf.DataError) as raised:
        pf.render(pf.load(example_data(SHEET, changes)))
    return problems_of(raised.value)


def test_sums_are_reckoned_where_nobody_gives_them() -> None:
    without = {"planned_hours": GONE, "attended_hours": GONE}
    words = pf.render(pf.load(example_data(SHEET, without))).text()
    assert words == pf.render(pf.load(example_data(SHEET))).text()
    assert "70" in words and "64,5" in words


@pytest.mark.parametrize("status", ["draft", "final"])
@pytest.mark.parametrize("field", ["planned_hours", "attended_hours"])
def test_a_sum_that_contradicts_the_days_is_a_problem(field: str, status: str) -> None:
    assert codes({field: 71, "status": status}) == {("data.attendance_sum", field)}


def test_a_day_without_hours_counts_for_nothing() -> None:
    changes = {"days.0.attended": GONE, "attended_hours": 59.5}
    assert "59,5" in pf.render(pf.load(example_data(SHEET, changes))).text()


def test_a_day_stands_once_and_lies_within_the_period() -> None:
    assert codes({"days.1.on": "2026-05-04"}) == {("data.day_twice", "days[1].on")}
    assert codes({"days.0.on": "2026-05-01"}) == {("data.date_order", "period.starts_on")}
    assert codes({"days.13.on": "2026-06-01"}) == {("data.date_order", "days[13].on")}


def test_no_day_has_more_than_24_hours() -> None:
    many = {"days.0.attended": 24.5, "attended_hours": 84}
    assert codes(many) == {("data.less_than_equal", "days[0].attended")}
    assert pf.render(
        pf.load(example_data(SHEET, {**many, "days.0.attended": 24} | {"attended_hours": 83.5}))
    )


def test_a_sheet_is_for_a_month_at_most() -> None:
    days = [{"planned": 1}] * 32
    assert codes({"days": days}) == {("data.too_long", "days")}


def test_there_is_no_place_for_reasons_or_money() -> None:
    assert set(shapes_of(pf.AttendedDay)) == {"on", "planned", "attended"}
    assert codes({"days.0.reason": "syk"}) == {("data.unknown_field", "days[0]")}


def test_participant_and_work_leader_sign() -> None:
    alone = {"signatures": [{"role": "participant"}]}
    assert codes(alone) == {("data.signer", "signatures")}


@pytest.mark.parametrize("service", ["molde", "team_work", "vivirk"])
def test_an_empty_sheet_has_a_row_a_day(service: str) -> None:
    places = pf.blank("attendance_sheet", service=service).places
    rows = {f"days[{number}].{name}" for number in range(31) for name in ("on", "attended")}
    assert rows <= places.keys()
