"""Times of day, amounts and meetings as the data holds them."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from planforms.models import Meeting, Money, Time
from planforms.models.completeness import contradictions
from planforms.models.documents import UnitDocument
from planforms.models.fields import Guarded
from planforms.models.people import Part
from planforms.models.shapes import Form, shapes_of
from planforms.models.validation import problems_from
from planforms.models.values import typed_values


class Bill(Part):
    """What holds a time and an amount."""

    at: Time | None = None
    paid: Money | None = None


class Meetings(UnitDocument):
    """A document with meetings."""

    meeting: Meeting | None = None
    meetings: tuple[Meeting, ...] = ()


def codes(**data: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Bill(**data)
    return [problem.code for problem in problems_from(caught.value, Bill, code="data")]


def test_a_time_is_hours_and_minutes_there_and_back() -> None:
    for written in ("00:00", "09:30", "23:59"):
        assert Bill(at=written).model_dump(mode="json")["at"] == written  # type: ignore[arg-type]
    assert Bill(at=time(9, 30)).at == Bill(at="09:30:00").at == time(9, 30)  # type: ignore[arg-type]
    assert typed_values(Bill, {"at": "09:30"}) == {"at": time(9, 30)}


@pytest.mark.parametrize("written", ["9:30", "24:00", "09:60", "09:30:15", "09.30", "", 930, True])
def test_what_is_no_time_is_refused_without_being_repeated(written: Any) -> None:
    assert codes(at=written) == ["data.time_form"]


def test_a_time_has_neither_seconds_nor_a_zone() -> None:
    assert codes(at=time(9, 30, 15)) == ["data.time_form"]


def test_an_amount_has_two_decimals_at_most_and_is_not_negative() -> None:
    assert [Bill(paid=one).paid for one in (Decimal("12.50"), 0)] == [Decimal("12.50"), 0]
    assert codes(paid="12.505") == ["data.decimal_max_places"]
    assert codes(paid=-1) == ["data.greater_than_equal"]
    assert codes(paid=1_000_000_001) == ["data.less_than_equal"]
    assert typed_values(Bill, {"paid": 12.5}) == {"paid": Decimal("12.5")}


def test_times_and_amounts_are_told_apart_from_numbers() -> None:
    found = {name: shape.form for name, shape in shapes_of(Bill).items()}
    assert found == {"at": Form.TIME, "paid": Form.MONEY}


@pytest.mark.parametrize(("ends", "wrong"), [("09:59", True), ("10:00", True), ("10:01", False)])
def test_a_meeting_ends_after_it_started(ends: str, *, wrong: bool) -> None:
    meeting = {"starts": "10:00", "ends": ends}
    data = {"meeting": meeting, "meetings": [{"ends": "09:00"}, meeting]}
    found = [(one.code, one.place, one.params) for one in contradictions(Meetings, data)]
    places = ("meeting", "meetings[1]") if wrong else ()
    assert found == [
        ("data.time_order", f"{place}.ends", {"other": f"{place}.starts"}) for place in places
    ]


def test_what_is_no_time_is_left_to_the_model() -> None:
    assert contradictions(Meetings, {"meeting": {"starts": "soon", "ends": 9}}) == []


def test_where_somebody_is_met_is_guarded() -> None:
    guarded = {name for name, shape in shapes_of(Meeting).items() if shape.mark(Guarded)}
    assert guarded == {"place", "link"}
