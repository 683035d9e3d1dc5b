"""Periods that are counted: a year, a quarter or a month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from planforms.errors import UsageError
from planforms.models.fields import FIRST_YEAR, LAST_YEAR

_PERIOD = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?")
YEAR, QUARTER, MONTH = 12, 3, 1


@dataclass(frozen=True, slots=True)
class Span:
    """Some months on end.

    Attributes:
        first, last: its first and its last day.
        months: how many months it has.
    """

    first: date
    last: date
    months: int

    def holds(self, day: date | None) -> bool:
        """Whether a day lies within."""
        return day is not None and self.first <= day <= self.last


def span(first: date, months: int) -> Span:
    """So many months from a day on."""
    return Span(first, first + relativedelta(months=months) - timedelta(days=1), months)


def year_of(year: int) -> Span:
    """A calendar year."""
    return span(date(year, 1, 1), YEAR)


def quarters_of(year: int) -> tuple[Span, ...]:
    """The four quarters of a calendar year."""
    return tuple(span(date(year, month, 1), QUARTER) for month in (1, 4, 7, 10))


def parse_period(text: str) -> Span:
    """A period as it is written: ``2026``, ``2026-Q1`` or ``2026-03``.

    Raises:
        UsageError: it is none of these.
    """
    found = _PERIOD.fullmatch(text)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        hint = "write a year, a quarter or a month: 2026, 2026-Q1, 2026-03"
        raise UsageError.of("count.period", "period", "is no period", hint)
    year = int(found[1])
    if found[2]:
        return quarters_of(year)[int(found[2]) - 1]
    return span(date(year, int(found[3]), 1), MONTH) if found[3] else year_of(year)


def months_between(first: date, last: date) -> int | None:
    """How many months a period has that is a calendar year, quarter or month; else ``None``."""
    for months in (YEAR, QUARTER, MONTH):
        whole = span(first, months)
        if first.day == 1 and (first.month - 1) % months == 0 and whole.last == last:
            return months
    return None
