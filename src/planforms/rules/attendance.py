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
HOURS_A_DAY = 24


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
    """A Problem for each sum that contradicts the days, and each day that cannot be."""
    for name, hours in _sums(data).items():
        told = getattr(data, name)
        if told is not None and told != hours:
            hint = "leave it out: it is reckoned from the days"
            yield Problem("data.attendance_sum", name, "is not the sum of the days", hint)
    seen: set[date] = set()
    for number, day in enumerate(data.days):
        place = f"days[{number}]"
        if day.on in seen:
            yield Problem("data.day_twice", f"{place}.on", "stands twice", "keep one")
        seen |= {day.on} if day.on else set()
        for name in ("planned", "attended"):
            hours_told = getattr(day, name)
            if hours_told is not None and hours_told > HOURS_A_DAY:
                what, hint = "is more than a day has", "at most {hours} hours"
                yield Problem.of("data.day_hours", f"{place}.{name}", what, hint, hours=HOURS_A_DAY)
