"""When something is due, as profiles say it."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from planforms.models.fields import Key, Line
from planforms.services.parts import ProfilePart
from planforms.services.texts import Translated

UNITS = ("days", "weeks", "months", "working_days")
"""The units of a deadline's length."""
LEAP_YEAR = 2000
"""A year that has every day of the year."""


class DayOff(StrEnum):
    """What becomes of a deadline whose last day is a Saturday, a Sunday or a public holiday."""

    KEEP = "keep"
    NEXT = "next"
    PREVIOUS = "previous"


class DeadlineCondition(ProfilePart):
    """Holds when the value at ``path`` is one of ``values``; without them, when there is any."""

    path: Line
    values: tuple[Key, ...] = ()


def _as_list(value: object) -> object:
    return (value,) if isinstance(value, str) else value


class Deadline(ProfilePart):
    """A length of time that runs from a date in the data; the day of the trigger does not count.

    Exactly one length is given. No days is a day agreed in the data itself: it is met by ``done``
    on that day or later. What repeats needs ``done`` and a length other than these two.

    Attributes:
        after: path of the triggering date, such as ``measure.ended_on``; ``[]`` for each item.
        days: length in calendar days.
        weeks: length in weeks.
        months: length in calendar months; a month's end stays one (31 August and 6 months is the
            end of February).
        working_days: length in days that are neither Saturday, Sunday nor public holiday.
        month_end: until the last day of the trigger's month.
        repeats: whether it is due again, the same length after each time it was met.
        done: path of the day it was met; of the last time, if it repeats.
        until: path of the date that ends it, met or not, such as ``case.closure.closed_on``; of
            several the first day that comes.
        when: when the rule holds at all; always if absent.
        unless: when the rule does not hold.
        pauses: whether the service's pauses stop the clock.
        on_day_off: what becomes of an end on a day off.
        source: where the rule stands.
        checked: the day somebody last compared it with its source.
    """

    after: Line
    days: Annotated[int | None, Field(ge=0, le=3650)] = None
    weeks: Annotated[int | None, Field(ge=1, le=520)] = None
    months: Annotated[int | None, Field(ge=1, le=120)] = None
    working_days: Annotated[int | None, Field(ge=1, le=1000)] = None
    month_end: bool = False
    repeats: bool = False
    done: Line | None = None
    until: Annotated[tuple[Line, ...], BeforeValidator(_as_list)] = ()
    when: DeadlineCondition | None = None
    unless: DeadlineCondition | None = None
    pauses: bool = False
    on_day_off: DayOff = DayOff.KEEP
    source: Translated
    checked: date | None = None

    @model_validator(mode="after")
    def _check_length(self) -> Self:
        lengths = [getattr(self, unit) for unit in UNITS]
        if sum(length is not None for length in lengths) + self.month_end != 1:
            raise PydanticCustomError("deadline_length", "not one length")
        if self.repeats and (not self.done or not any(lengths)):
            raise PydanticCustomError("deadline_repeats", "cannot repeat")
        return self

    @property
    def length(self) -> tuple[str, int]:
        """The unit, one of :data:`UNITS`, and how many; nought of them for a month's end."""
        return next(
            ((unit, count) for unit in UNITS if (count := getattr(self, unit)) is not None),
            ("days", 0),
        )

    @property
    def is_agreed(self) -> bool:
        """Whether the day itself stands in the data."""
        return self.days == 0

    @property
    def conditions(self) -> dict[str, DeadlineCondition]:
        """What it depends on, by the key that holds each."""
        given = {"when": self.when, "unless": self.unless}
        return {key: condition for key, condition in given.items() if condition}

    @property
    def paths(self) -> dict[str, str]:
        """The paths to dates, by the key that holds each."""
        given = {"after": self.after, "done": self.done}
        numbered = len(self.until) > 1
        given |= {f"until[{n}]" if numbered else "until": path for n, path in enumerate(self.until)}
        return {key: path for key, path in given.items() if path}


def _day_of_year(value: object) -> tuple[int, int]:
    match = re.fullmatch(r"(\d\d)-(\d\d)", str(value))
    try:
        day = date(LEAP_YEAR, int(match[1]), int(match[2])) if match else None
    except ValueError:
        day = None
    if day is None:
        raise PydanticCustomError("day_of_year", "not a day of the year")
    return day.month, day.day


DayOfYear = Annotated[tuple[int, int], BeforeValidator(_day_of_year)]
"""Month and day, written ``MM-DD``."""


YEARLY: dict[str, tuple[tuple[int, int], ...]] = {
    "month": tuple((month, 0) for month in range(1, 13)),
    "quarter": ((3, 0), (6, 0), (9, 0), (12, 0)),
    "third": ((4, 0), (8, 0), (12, 0)),
    "half": ((6, 0), (12, 0)),
    "year": ((12, 0),),
}
"""The last days of the parts of a year; day 0 stands for the last one of the month."""


class PeriodDeadline(ProfilePart):
    """When a paper of the whole service is due: so long after each period of the year.

    Attributes:
        each: the periods: each ``month``, ``quarter``, ``third``, ``half`` or ``year``, or the
            last days of others, written ``MM-DD``.
        days: how many days after the last day of the period.
        on_day_off: what becomes of an end on a day off.
        source: where the rule stands.
        checked: the day somebody last compared it with its source.
    """

    each: (
        Literal["month", "quarter", "third", "half", "year"]
        | Annotated[tuple[DayOfYear, ...], Field(min_length=1, max_length=12)]
    )
    days: Annotated[int, Field(ge=0, le=365)] = 0
    on_day_off: DayOff = DayOff.KEEP
    source: Translated
    checked: date | None = None

    def last_days(self, year: int) -> tuple[date, ...]:
        """The last days of the periods that end in a year, the first one first."""
        days = YEARLY[self.each] if isinstance(self.each, str) else self.each
        return tuple(sorted(_day_in(year, month, day) for month, day in days))


def _day_in(year: int, month: int, day: int) -> date:
    """A day of a year; 0 and 29 February of most years are the last day of the month."""
    last = monthrange(year, month)[1]
    return date(year, month, min(day, last) or last)


class Pause(ProfilePart):
    """A period each year in which deadlines that say so do not run, such as the summer holidays.

    ``first`` and ``last`` are both included; a pause may span the new year.
    """

    first: DayOfYear
    last: DayOfYear
    source: Translated

    def holds(self, day: tuple[int, int]) -> bool:
        """Whether a day of the year, month and day, lies within."""
        if self.first <= self.last:
            return self.first <= day <= self.last
        return day >= self.first or day <= self.last
