"""What the days of an attendance sheet come to, and what contradicts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from planforms.errors import Problem
from planforms.models.attendance_sheet import AttendanceSheet
from planforms.rules.facts import Fact
from planforms.setting import Setting

RULES = ("planned_hours", "attended_hours")


def sums_of(data: AttendanceSheet | None, setting: Setting) -> Iterator[Fact]:
    """The sums of agreed and attended hours; none for an empty form."""
    for name, hours in _sums(data).items() if data else ():
        yield Fact(name, None, setting.words.number(hours), "")


def _sums(data: AttendanceSheet) -> dict[str, Decimal]:
    """The sums by the names of the fields that may hold them."""
    return {
        "planned_hours": _sum(day.planned for day in data.days),
        "attended_hours": _sum(day.attended for day in data.days),
    }


def _sum(hours: Iterable[Decimal | int | None]) -> Decimal:
    return sum((Decimal(one) for one in hours if one is not None), Decimal(0))


def attendance_problems(data: AttendanceSheet, _setting: Setting) -> Iterator[Problem]:
    """A Problem for each sum that contradicts the days, and each day that stands twice."""
    for name, hours in _sums(data).items():
        told = getattr(data, name)
        if told is not None and told != hours:
            hint = "leave it out: it is reckoned from the days"
            yield Problem("data.attendance_sum", name, "is not the sum of the days", hint)
    seen: set[date] = set()
    for number, day in enumerate(data.days):
        if day.on in seen:
            yield Problem("data.day_twice", f"days[{number}].on", "stands twice", "keep one")
        seen |= {day.on} if day.on else set()
