"""What is due when: in a document, and in its case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import chain

from dateutil.relativedelta import relativedelta

from planforms.languages import Words
from planforms.models.documents import CaseDocument, DocumentData, Status
from planforms.models.paths import same_item, split
from planforms.models.shapes import is_guarded
from planforms.models.values import values_at
from planforms.registry import KINDS
from planforms.rules.calendars import Calendar
from planforms.rules.consents import is_spent
from planforms.rules.facts import Fact
from planforms.services.profiles import ServiceProfile
from planforms.services.timing import Deadline, DeadlineCondition
from planforms.setting import Setting

SEND_BY = "send_by"
"""The rule that says by when a document must be sent."""
LAST_TRIGGER = date(9900, 1, 1)
"""Nothing is reckoned from later days, since the calendar ends with the year 9999."""


@dataclass(frozen=True, slots=True)
class Due:
    """One deadline, reckoned from the data of one document.

    Attributes:
        rule: the rule's key.
        kind: the kind of document it belongs to; empty if it belongs to the case.
        path: the path of its trigger, as the profile has it.
        place: where exactly its trigger stands in the data.
        day: the last day; ``None`` for a trigger thousands of years ahead.
        done: the day it was met, if it was; of the last time, if it repeats.
        met_by: the path of that day.
        agreed_on: the day that was agreed, on which or after which it is met; ``None`` for others.
        until: the day that ends it, met or not.
        ended_by: the paths of the days that can end it.
        repeats: whether it is due again after each time it was met.
        spent: whether it no longer matters.
    """

    rule: str
    kind: str
    path: str
    place: str
    day: date | None
    done: date | None = None
    met_by: str = ""
    agreed_on: date | None = None
    until: date | None = None
    ended_by: tuple[str, ...] = ()
    repeats: bool = False
    spent: bool = False

    @property
    def is_void(self) -> bool:
        """Whether it never falls due, since it ended before."""
        ended_before = self.day is not None and self.until is not None and self.until < self.day
        return self.spent or ended_before

    def is_open(self, today: date) -> bool:
        """Whether it still waits to be met on a day."""
        ended = self.until is not None and self.until <= today
        if self.day is None or self.is_void or ended:
            return False
        return self.repeats or self.done is None or self.done > today

    def is_met_on(self, day: date) -> bool:
        """Whether what happened on a day, as another document tells, meets it once and for all."""
        return not self.repeats and (self.agreed_on is None or day >= self.agreed_on)


def due_date(deadline: Deadline, trigger: date, calendar: Calendar) -> date | None:
    """The last day of a deadline; the day of the trigger does not count.

    Pauses make it longer by the days on which the clock stands still. ``None`` if the calendar
    may end before.
    """
    if trigger > LAST_TRIGGER:
        return None
    end = _plain_end(deadline, trigger)
    if deadline.working_days or deadline.pauses:
        days = deadline.working_days or (end - trigger).days
        working = deadline.working_days is not None
        end = calendar.count(trigger, days, working=working, pauses=deadline.pauses)
    return calendar.move(end, deadline.on_day_off)


def _plain_end(deadline: Deadline, trigger: date) -> date:
    if deadline.month_end:
        return trigger + relativedelta(day=31)
    if deadline.months:
        return trigger + relativedelta(months=deadline.months)
    return trigger + timedelta(days=deadline.days or 0, weeks=deadline.weeks or 0)


# --- reckoning --------------------------------------------------------------------------------


def dues_of(data: DocumentData, setting: Setting, *, statutory: bool = False) -> Iterator[Due]:
    """Every deadline whose trigger stands in the data: the document's own, then the case's.

    Args:
        data: one document.
        setting: the service's rules and the country's days off.
        statutory: whether the deadlines that a law sets for its kind come too, before all others.
    """
    calendar = Calendar(setting.country, setting.service.pauses)
    days = _Days(data)
    by_law = _statutory(data, setting) if statutory else ()
    for kind, rule, deadline in chain(by_law, _rules(data.kind, data.variant, setting)):
        for place, trigger in days.triggers(deadline):
            done = days.done(deadline, place, trigger)
            start = max(trigger, done) if deadline.repeats and done else trigger
            yield Due(
                rule=rule,
                kind=kind,
                path=deadline.after,
                place=place,
                day=due_date(deadline, start, calendar),
                done=done,
                met_by=deadline.done or "",
                agreed_on=trigger if deadline.is_agreed else None,
                until=days.until(deadline, place),
                ended_by=deadline.until,
                repeats=deadline.repeats,
                spent=days.is_spent(place),
            )


def _statutory(data: DocumentData, setting: Setting) -> Iterator[tuple[str, str, Deadline]]:
    ask = KINDS[data.kind].statutory
    for rule, deadline in ask(data, setting).items() if ask else ():
        yield data.kind, rule, deadline


def _rules(kind: str, variant: str | None, setting: Setting) -> Iterator[tuple[str, str, Deadline]]:
    for rule, deadline in setting.document(kind, variant).deadlines.items():
        yield kind, rule, deadline
    if issubclass(KINDS[kind].model, CaseDocument):
        for rule, deadline in setting.service.deadlines.items():
            yield "", rule, deadline


class _Days:
    """The days that deadlines ask for in one document's data.

    Days of the case from before the participant came back are of the past and are passed over.
    """

    def __init__(self, data: DocumentData) -> None:
        self._data = data
        case = data.case if isinstance(data, CaseDocument) else None
        self._case = case
        self._back = (case.reentered_on if case else None) or date.min

    def triggers(self, deadline: Deadline) -> Iterator[tuple[str, date]]:
        """The days that a deadline runs from, each with its place."""
        for place, value in values_at(self._data, deadline.after):
            if not isinstance(value, date) or not self._holds(deadline, place):
                continue
            if not self._is_past(place, value):
                yield place, value
            elif place == "case.enrolled_on":
                yield place, self._back

    def done(self, deadline: Deadline, place: str, trigger: date) -> date | None:
        """The day a deadline was met; a draft is not issued, whatever day it bears."""
        if deadline.done == "issued_on" and self._data.status is Status.DRAFT:
            return None
        day = self.day(deadline.done, place)
        too_early = deadline.is_agreed and day is not None and day < trigger
        return None if too_early else day

    def day(self, path: str | None, place: str) -> date | None:
        """The day at a path, of the same items of lists as a place."""
        value = self._value(path, place) if path else None
        return value if isinstance(value, date) and not self._is_past(path or "", value) else None

    def until(self, deadline: Deadline, place: str) -> date | None:
        """The day that ends a deadline, met or not: the first of those it may end by."""
        days = (self.day(path, place) for path in deadline.until)
        return min((day for day in days if day), default=None)

    def is_spent(self, place: str) -> bool:
        """Whether a deadline no longer matters because a consent's answer has changed."""
        match split(place):
            case ("case", "consents", int(number), *_) if self._case:
                return is_spent(self._case.consents[number], self._case)
        return False

    def _is_past(self, place: str, day: date) -> bool:
        return place.startswith("case.") and day < self._back

    def _holds(self, deadline: Deadline, place: str) -> bool:
        if deadline.unless and is_met(self._data, deadline.unless, place):
            return False
        return deadline.when is None or is_met(self._data, deadline.when, place)

    def _value(self, path: str, place: str) -> object:
        return _value_beside(self._data, path, place)


def is_met(data: DocumentData, condition: DeadlineCondition, place: str) -> bool:
    """Whether a condition of a profile holds, of the same items of lists as a place."""
    value = _value_beside(data, condition.path, place)
    other = dict(data.told_by).get(condition.path)
    if value is None and other:
        value = _value_beside(data, other, place)
    return value is not None and (not condition.values or value in condition.values)


def _value_beside(data: DocumentData, path: str, place: str) -> object:
    found = next(values_at(data, same_item(path, place)), ("", None))[1]
    return found.value if isinstance(found, Enum) else found


def send_by(data: DocumentData, setting: Setting) -> date | None:
    """The day by which a document must be sent, if a rule says so."""
    dues = dues_of(data, setting)
    return next((due.day for due in dues if due.rule == SEND_BY and due.kind), None)


# --- in words ---------------------------------------------------------------------------------


def deadlines_of(kind: str, data: DocumentData | None, setting: Setting) -> tuple[Fact, ...]:
    """The deadlines of one document and its case, in the words of a language.

    A rule that runs from several days has a fact for each, the first day first. One whose day is
    not known speaks without a date, and so does one whose day follows from what is withheld; one
    that does not hold, or has ended, is silent.

    Args:
        kind: the kind of document.
        data: its data, or ``None`` for a blank form.
        setting: the rules, the days off and the language to say it in.
    """
    dues: dict[tuple[str, str], list[Due]] = {}
    for due in dues_of(data, setting) if data else ():
        dues.setdefault((due.kind, due.rule), []).append(due)
    facts = []
    words = setting.words
    for owner, rule, deadline in _rules(kind, data.variant if data else None, setting):
        found = () if _tells_what_is_withheld(deadline, data) else dues.get((owner, rule), ())
        days = sorted(due.day for due in found if due.day and not due.is_void)
        facts += [_fact(rule, deadline, words.date(day), day) for day in days]
        if not found and _speaks_without_date(deadline, data):
            facts.append(_fact(rule, deadline, phrase(deadline, words), None))
    return tuple(facts)


def _tells_what_is_withheld(deadline: Deadline, data: DocumentData | None) -> bool:
    """Whether its day follows from a value that is withheld for a protected identity."""
    if data is None or not data.is_protected:
        return False
    paths = (deadline.after, deadline.done or "", *deadline.until)
    return any(is_guarded(type(data), path) for path in paths)


def _fact(rule: str, deadline: Deadline, said: str, day: date | None) -> Fact:
    return Fact(rule, day, said, deadline.source, deadline.checked)


def _speaks_without_date(deadline: Deadline, data: DocumentData | None) -> bool:
    """Whether a rule has something to say though its trigger is missing."""
    return deadline.when is None and (data is None or "[]" not in deadline.after)


def phrase(deadline: Deadline, words: Words) -> str:
    """When it is due, seen from the event: ``two weeks after the measure ended``."""
    context, event = term_of(deadline)
    unit, count = deadline.length
    said = words.term(context, event)
    return said.replace("{length}", words.plural("length", unit, count)) if count else said


def term_of(deadline: Deadline) -> tuple[str, str]:
    """Context and key of the phrase in ``terms.po`` that tells when a deadline is due."""
    if deadline.month_end:
        return "month_end", deadline.after
    if deadline.is_agreed:
        return "on", deadline.after
    return "after", deadline.done if deadline.repeats and deadline.done else deadline.after


def terms_of(service: ServiceProfile) -> list[tuple[str, str]]:
    """Context and key of everything that ``terms.po`` must name for a service's deadlines."""
    tables = (table.items() for table in service.deadline_tables())
    terms: dict[tuple[str, str], None] = {}
    for rule, deadline in chain.from_iterable(tables):
        terms |= {("deadline", rule): None, term_of(deadline): None}
    terms |= {("deadline", rule): None for rule in service.period_rules()}
    return list(terms)
