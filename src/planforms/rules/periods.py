"""What a whole service owes by the calendar: papers that are due after each month or half-year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planforms.models.documents import DocumentData, Status, UnitDocument
from planforms.rules.calendars import Calendar
from planforms.rules.facts import Fact
from planforms.services.timing import PeriodDeadline
from planforms.setting import Setting


@dataclass(frozen=True, slots=True)
class PeriodDue:
    """One paper about one period.

    Attributes:
        kind: the kind of document.
        variant: its variant; empty if it has none.
        rule: the rule's key.
        ends_on: the last day of the period.
        day: the last day on which it is in time.
    """

    kind: str
    variant: str
    rule: str
    ends_on: date
    day: date


@dataclass(frozen=True, slots=True)
class Issued:
    """A final document about a period.

    Attributes:
        kind: its kind.
        variant: its variant; empty if it has none.
        ends_on: the last day of its period.
    """

    kind: str
    variant: str
    ends_on: date


def issued(data: DocumentData) -> Issued | None:
    """What a document shows to be done; ``None`` for a draft, and for one about a case."""
    if not isinstance(data, UnitDocument) or data.period is None or data.status is Status.DRAFT:
        return None
    return Issued(data.kind, data.variant or "", data.period.ends_on)


def last_days(deadline: PeriodDeadline, first: date, last: date) -> Iterator[date]:
    """The last days of its periods, from one day to another, both included."""
    for year in range(first.year, last.year + 1):
        for ends_on in deadline.last_days(year):
            if first <= ends_on <= last:
                yield ends_on


def open_periods(setting: Setting, done: Iterable[Issued], as_of: date) -> Iterator[PeriodDue]:
    """The papers that a service still owes on a day, and the next of each sort.

    They are reckoned from the first period that a document was issued about; where there is none,
    from the last one that has ended, since nobody can tell when the service began.
    """
    known = set(done)
    calendar = Calendar(setting.country, setting.service.pauses)
    for kind, variant, rule, deadline in _rules(setting):
        made = {one.ends_on for one in known if (one.kind, one.variant) == (kind, variant)}
        for ends_on in _owed(deadline, made, as_of):
            yield PeriodDue(kind, variant, rule, ends_on, due_day(deadline, ends_on, calendar))


def due_day(deadline: PeriodDeadline, ends_on: date, calendar: Calendar) -> date:
    """The day by which the paper about a period is due."""
    return calendar.move(ends_on + timedelta(days=deadline.days), deadline.on_day_off)


def period_facts(data: DocumentData | None, setting: Setting) -> tuple[Fact, ...]:
    """By when a document about a period is due, for each rule that has such periods."""
    if not isinstance(data, UnitDocument) or data.period is None:
        return ()
    ends_on, words = data.period.ends_on, setting.words
    calendar = Calendar(setting.country, setting.service.pauses)
    facts = []
    for rule, deadline in setting.document(data.kind, data.variant).periods.items():
        if ends_on in deadline.last_days(ends_on.year):
            day = due_day(deadline, ends_on, calendar)
            facts.append(Fact(rule, day, words.date(day), deadline.source, deadline.checked))
    return tuple(facts)


def _owed(deadline: PeriodDeadline, made: set[date], as_of: date) -> Iterator[date]:
    year = timedelta(days=366)
    ended = list(last_days(deadline, min(made, default=as_of - year), as_of))
    yield from (day for day in (ended if made else ended[-1:]) if day not in made)
    coming = last_days(deadline, as_of + timedelta(days=1), as_of + year)
    yield from (day for day in [next(coming, None)] if day and day not in made)


def _rules(setting: Setting) -> Iterator[tuple[str, str, str, PeriodDeadline]]:
    for kind, document in setting.service.documents.items():
        for variant, one in (("", document), *document.variants.items()):
            for rule, deadline in one.periods.items():
                yield kind, variant, rule, deadline
