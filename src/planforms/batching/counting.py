"""From many cases to the numbers of a period: what began, what ended and how, and complaints.

A case may have several documents; of each fact the one that was issued last tells. Numbers for
outside are suppressed here already: what is hidden does not reach the document's data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from planforms.batching.records import Input, Records
from planforms.batching.working import problems_from_error
from planforms.errors import DataError, Problem, UsageError
from planforms.loading import load_for, looked_at
from planforms.models.case import Case
from planforms.models.complaint import Complaint, ComplaintReply, Receipt
from planforms.models.documents import CaseDocument, DocumentData, Period
from planforms.models.letters import folded
from planforms.models.statistics import (
    Audience,
    ClosureFigure,
    Figure,
    GoalFigure,
    Hiding,
    Statistics,
    SurveyFigure,
)
from planforms.models.survey import Survey
from planforms.rules.deadlines import dues_of
from planforms.rules.questions import survey_problems
from planforms.rules.spans import MONTH, YEAR, Span, parse_period, quarters_of, year_of
from planforms.rules.suppression import (
    THRESHOLD,
    TOTAL,
    Counts,
    Printed,
    is_few,
    printed_alone,
    printed_year,
)
from planforms.services.counting import ServiceGoal
from planforms.setting import Folders, Setting, read_setting, service_finder

ANSWER_BY = "answer_by"
LOW, MIDDLE, HIGH = "low", "middle", "high"
_MIDDLE_STEP = 3
IN_TIME, LATE, STARTED = "in_time", "late", "started"


def count(
    cases: Input,
    *,
    service: str,
    period: str,
    internal: bool = False,
    language: str | None = None,
    services: Folders = None,
) -> Statistics:
    """The numbers of a service in a period, as a draft that its unit completes.

    What is not of the service is passed over. Surveys about just this period are counted too: by
    question, and nothing of what somebody wrote.

    Args:
        cases: a folder of JSON files, a file or an open binary stream of JSON Lines or of one
            document, or documents as dicts or models.
        service: the service whose cases are counted.
        period: a year or a quarter, ``2026`` or ``2026-Q1``; inside of the house also a month,
            ``2026-03``.
        internal: whether all numbers are told; such a document is for the unit alone.
        language: the language of the document; the service's own if not given.
        services: folders that come before the built-in service and country profiles.

    Raises:
        UsageError: the input cannot be read or holds nothing, there is no such service, or numbers
            of such a period are not for outside.
        DataError: some records cannot be counted; all problems are told, each with its record.
    """
    span = parse_period(period)
    if span.months == MONTH and not internal:
        hint = "count a quarter or a year, or for the unit alone (internal)"
        raise UsageError.of("count.outward", "period", "is too short for outside", hint)
    setting = read_setting(service, language, services=services)
    book = _read(cases, setting, service_finder(services))
    tables = (_InternalTables if internal else _OutwardTables)(book, span)
    figures = _Figures(tables, setting)
    return looked_at(
        Statistics(
            language=setting.words.code,
            service=service,
            period=Period(starts_on=span.first, ends_on=span.last),
            audience=Audience.INTERNAL if internal else Audience.OUTWARD,
            **figures.all(),
        )
    )


# --- reading ----------------------------------------------------------------------------------


@dataclass
class _CountedCase:
    """What is known of a case, from the document that was issued last."""

    begun: frozenset[date] = frozenset()
    ended: tuple[date, str] | None = None
    told_on: date = date.min


@dataclass
class _Book:
    """All that is counted.

    Attributes:
        cases: the cases by number.
        surveys: the answers of surveys, with the days that they are about.
        complaints: whether each complaint was answered in time, by case and day of receipt.
        closures: what a case can end as: categories, and forms of them.
    """

    closures: tuple[str, ...]
    cases: dict[str, _CountedCase] = field(default_factory=dict)
    complaints: dict[tuple[str, date], bool] = field(default_factory=dict)
    surveys: list[tuple[Period, dict[str, int]]] = field(default_factory=list)

    @cached_property
    def begun(self) -> tuple[date, ...]:
        """The days on which somebody began."""
        return tuple(day for case in self.cases.values() for day in case.begun)

    @cached_property
    def ended(self) -> tuple[tuple[date, str], ...]:
        """The days on which a case ended, and how."""
        return tuple(case.ended for case in self.cases.values() if case.ended)

    def running(self, day: date) -> int:
        """How many cases run at the end of a day."""
        began = sum(one <= day for one in self.begun)
        return began - sum(one <= day for one, _ in self.ended)

    def years(self, last: int) -> range:
        """All years of which something is known, up to one of them."""
        days = [*self.begun, *(day for day, _ in self.ended)]
        return range(min((day.year for day in days), default=last), last + 1)


def _read(source: Input, setting: Setting, find: Callable[[str], object]) -> _Book:
    book = _Book(tuple(_closure_names(setting)))
    problems: list[Problem] = []
    with Records(source) as records:
        for record in records.all:
            try:
                data = load_for(records.read(record), find)
                if data.service_key == setting.service.id:
                    _add(data, book, setting)
            except Exception as error:
                problems += [_at(record.place, one) for one in problems_from_error(error)]
    if problems:
        raise DataError(problems)
    return book


def _at(record: str, problem: Problem) -> Problem:
    """A problem with the record that it is in."""
    place = f"{record}: {problem.place}"
    return Problem(problem.code, place, problem.message, problem.hint, problem.severity)


def _closure_names(setting: Setting) -> Iterator[str]:
    for category, profile in setting.service.closures.items():
        yield category
        yield from (f"{category}.{form}" for form in profile.forms)


def _add(data: DocumentData, book: _Book, setting: Setting) -> None:
    if isinstance(data, CaseDocument):
        _add_case(data, book, setting)
    elif isinstance(data, Survey):
        _add_survey(data, book, setting)


def _add_survey(data: Survey, book: _Book, setting: Setting) -> None:
    """Keep the numbers of a survey, and nothing that somebody wrote."""
    if problems := [*survey_problems(data, setting)]:
        raise DataError(problems)
    if data.period:
        answers = {one.item: int(one.value) for one in data.answers if one.value}
        book.surveys.append((data.period, answers))


def _add_case(data: CaseDocument, book: _Book, setting: Setting) -> None:
    number = folded(data.reference)
    case = book.cases.setdefault(number, _CountedCase())
    told_on = data.issued_on or date.min
    ended = _ending(data.case, book.closures)
    case.begun |= {day for day in (data.case.enrolled_on, data.case.reentered_on) if day}
    if ended and (case.ended is None or told_on >= case.told_on):
        case.ended, case.told_on = ended, told_on
    if isinstance(data, Complaint | ComplaintReply) and data.receipt:
        _add_complaint(data, data.receipt, number, book, setting)


def _ending(case: Case, known: tuple[str, ...]) -> tuple[date, str] | None:
    """When and how a case ended.

    Raises:
        DataError: it ended, and how is not told or is not known in the service.
    """
    closure = case.closure
    if closure is None or closure.closed_on is None:
        return None
    name = ".".join(filter(None, (closure.category, closure.form)))
    if name not in known:
        place, what = "case.closure.category", "does not tell how the case ended"
        hint = "choose one of the service's categories, and one of its forms if there are any"
        raise DataError.of("count.closure", place, what, hint)
    return closure.closed_on, name


def _add_complaint(
    data: Complaint | ComplaintReply, receipt: Receipt, case: str, book: _Book, setting: Setting
) -> None:
    if receipt.received_on is None:
        return
    dues = [due for due in dues_of(data, setting) if due.rule == ANSWER_BY]
    in_time = any(due.done and due.day and due.done <= due.day for due in dues)
    key = case, receipt.received_on
    book.complaints[key] = book.complaints.get(key, False) or in_time


# --- tables -----------------------------------------------------------------------------------


class _InternalTables:
    """All numbers of a period as they are."""

    def __init__(self, book: _Book, span: Span) -> None:
        self._book = book
        self._span = span

    @cached_property
    def started(self) -> Printed:
        """How many began."""
        return self._told(self._started)

    @cached_property
    def closures(self) -> Printed:
        """How many cases ended, by how."""
        return self._told(self._closures)

    @cached_property
    def complaints(self) -> Printed:
        """How many complaints came in, by whether they were answered in time."""
        return self._told(self._complaints)

    def answers(self, item: str) -> Printed:
        """How many answered a question of surveys about just this period, and how."""
        span = self._span
        found = Counter(
            _answer(answers[item])
            for period, answers in self._book.surveys
            if item in answers and (period.starts_on, period.ends_on) == (span.first, span.last)
        )
        return self._told_alone({name: found[name] for name in (LOW, MIDDLE, HIGH)})

    def _told_alone(self, counts: Counts) -> Printed:
        return {**counts, TOTAL: sum(counts.values())}

    @property
    def running(self) -> int | Hiding | None:
        """How many cases run on the last day; ``None`` if that is not told of such a period."""
        return self._book.running(self._span.last)

    def _told(self, table: Callable[[Span], Counts]) -> Printed:
        counts = table(self._span)
        return {**counts, TOTAL: sum(counts.values())}

    def _started(self, span: Span) -> Counts:
        return {STARTED: sum(span.holds(day) for day in self._book.begun)}

    def _closures(self, span: Span) -> Counts:
        found = Counter(name for day, name in self._book.ended if span.holds(day))
        return {name: found[name] for name in self._book.closures}

    def _complaints(self, span: Span) -> Counts:
        answers = self._book.complaints.items()
        found = Counter(in_time for (_, day), in_time in answers if span.holds(day))
        return {IN_TIME: found[True], LATE: found[False]}


class _OutwardTables(_InternalTables):
    """The numbers of a period that may be told outside.

    How many cases run is told of a year only, and only if it follows from what is told of all years
    before: else the next year's number would give back what is hidden in between.
    """

    @property
    def running(self) -> int | Hiding | None:
        """How many cases run on the last day; ``None`` if that is not told of such a period."""
        if self._span.months != YEAR:
            return None
        running = self._book.running(self._span.last)
        years = [year_of(year) for year in self._book.years(self._span.last.year)]
        flows = (
            self._of(year, table) for year in years for table in (self._started, self._closures)
        )
        hidden = is_few(running) or any(isinstance(told[TOTAL], Hiding) for told in flows)
        return Hiding.WITHHELD if hidden else running

    def _told(self, table: Callable[[Span], Counts]) -> Printed:
        return self._of(self._span, table)

    def _told_alone(self, counts: Counts) -> Printed:
        return printed_alone(counts)

    def _of(self, span: Span, table: Callable[[Span], Counts]) -> Printed:
        nothing = is_few(self._book.running(span.last))
        if span.months != YEAR:
            return printed_alone(table(span), nothing=nothing)
        quarters = [(table(one), self._of(one, table)) for one in quarters_of(span.first.year)]
        return printed_year(table(span), quarters, nothing=nothing)


# --- figures ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Figures:
    """The parts of the document, made from its tables."""

    tables: _InternalTables
    setting: Setting

    def all(self) -> dict[str, Any]:
        """The fields of the document by name."""
        tables, running = self.tables, self.tables.running
        complaints = tables.complaints
        found = {
            "running": running,
            "free_places": self._free(running),
            "started": tables.started[TOTAL],
            "closed": tables.closures[TOTAL],
            "complaints": complaints[TOTAL],
            "answered_in_time": complaints[IN_TIME],
            "answered_late": complaints[LATE],
        }
        figures = {name: Figure(**_one(told)) for name, told in found.items() if told is not None}
        goals = self.setting.service.counting.goals.items()
        return {
            **figures,
            "closures": tuple(self._closures()),
            "survey": tuple(self._survey()),
            "goals": tuple(self._goal(name, goal) for name, goal in goals),
        }

    def _free(self, running: int | Hiding | None) -> int | Hiding | None:
        places = self.setting.service.counting.places
        if places is None or not isinstance(running, int):
            return None if places is None else running
        return max(0, places - running)

    def _closures(self) -> Iterator[ClosureFigure]:
        """A row for each category; those that have forms have one for each form.

        One without a form has a row as well if the service tells no forms apart, or if some case
        has none.
        """
        for name, told in self.tables.closures.items():
            category, _, form = name.partition(".")
            has_forms = bool(category) and self.setting.service.closures[category].forms
            if name != TOTAL and (form or not has_forms or told != 0):
                yield ClosureFigure(category=category, form=form or None, **_one(told))

    def _survey(self) -> Iterator[SurveyFigure]:
        """A row for each question that somebody has answered."""
        for form in self.setting.service.surveys.values():
            for item in form.items:
                told = self.tables.answers(item)
                if told[TOTAL] != 0:
                    names = {"answered": TOTAL, LOW: LOW, MIDDLE: MIDDLE, HIGH: HIGH}
                    figures = {name: Figure(**_one(told[key])) for name, key in names.items()}
                    yield SurveyFigure(item=item, **figures)

    def _goal(self, name: str, goal: ServiceGoal) -> GoalFigure:
        """A goal, with the share reached if that follows from numbers that are told."""
        closures = self.tables.closures
        part = _sum(closures, goal.closures)
        whole = _sum(closures, goal.among) if goal.among else closures[TOTAL]
        if isinstance(part, int) and isinstance(whole, int) and self._is_enough(part, whole):
            return GoalFigure(goal=name, aim=goal.share, reached=round(100 * part / whole))
        return GoalFigure(goal=name, aim=goal.share, hidden=Hiding.WITHHELD)

    def _is_enough(self, part: int, whole: int) -> bool:
        if isinstance(self.tables, _OutwardTables):
            return min(part, whole) >= THRESHOLD
        return whole > 0


def _answer(step: int) -> str:
    return LOW if step < _MIDDLE_STEP else MIDDLE if step == _MIDDLE_STEP else HIGH


def _one(told: int | Hiding) -> dict[str, Any]:
    return {"hidden": told} if isinstance(told, Hiding) else {"count": told}


def _sum(told: Printed, names: Iterable[str]) -> int | Hiding:
    """The sum of some categories and forms; a category counts all its forms."""
    found = [
        one
        for key, one in told.items()
        for name in names
        if key == name or key.startswith(f"{name}.")
    ]
    numbers = [one for one in found if isinstance(one, int)]
    return sum(numbers) if len(numbers) == len(found) else Hiding.WITHHELD
