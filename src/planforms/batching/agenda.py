"""What is due in many cases, most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from planforms.batching.coming import ComingMeeting, Meetings
from planforms.batching.records import Input, Records
from planforms.batching.working import problems_from_error
from planforms.errors import PlanformsError, Problem
from planforms.loading import load_for
from planforms.models.case import CLOSED_ON, MILESTONES
from planforms.models.documents import DocumentData, Status, UnitDocument
from planforms.models.letters import folded
from planforms.models.shapes import is_guarded
from planforms.models.values import value_at
from planforms.rendering import printable_characters
from planforms.rules.deadlines import SEND_BY, Due, dues_of
from planforms.rules.milestones import milestones_set_by, with_milestones
from planforms.rules.periods import Issued, issued, open_periods
from planforms.rules.release import DRAFT, hindrances
from planforms.setting import Folders, Setting, folder_paths, naming, read_setting, service_finder


class Group(StrEnum):
    """How a deadline stands on a day, most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"
    BLOCKED = "blocked"
    """The document it is about needs somebody's hand before it may leave the house, or its day
    must not be told."""
    LATER = "later"


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """A deadline that waits to be met, without anything personal.

    Attributes:
        group: how it stands.
        due: the last day; ``None`` if it could tell where a protected person is to be met.
        case: the case number; of a paper about a whole service what it is about, such as
            ``molde 2026-06-30``.
        service: the key of the service.
        rule: the rule's key.
        kind: the kind of document it belongs to; empty if it belongs to the case.
        language: the language of the service.
        place: where its trigger stands in the data; what is alike but for this is told once.
    """

    group: Group
    due: date | None
    case: str
    service: str
    rule: str
    kind: str
    language: str
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Agenda:
    """All open deadlines of many cases.

    Attributes:
        deadlines: the deadlines, most urgent first.
        problems: the problems of records, each with the record's place.
        records: how many records the input holds.
        meetings: the meetings from that day on which final documents tell of.
    """

    deadlines: tuple[OpenDeadline, ...]
    problems: tuple[tuple[str, Problem], ...]
    records: int
    meetings: tuple[ComingMeeting, ...] = ()


def agenda(
    source: Input,
    *,
    as_of: date,
    within: timedelta,
    services: Folders = None,
    units: Sequence[str] = (),
) -> Agenda:
    """The open deadlines of all cases of an input.

    A case may have several documents: what belongs to the case is told once, and what one of them
    knows to be met, or meets by being issued, is met; when the case closed, all of them are told. A
    document that has been replaced has no deadlines any more.

    Args:
        source: a folder of JSON files, a file or an open binary stream of JSON Lines or of one
            document, or documents as dicts or models.
        as_of: the day to reckon from.
        within: what is due by then is due, what is due after it comes later.
        services: folders that come before the built-in service and country profiles.
        units: services whose own papers are told too, such as statistics of each month; those of
            which the input holds such papers are told in any case.

    Raises:
        UsageError: the input cannot be read or holds nothing, or there is no such service.
        ProfileError: the profile of one of the units has mistakes.
    """
    found = _OpenDeadlines(as_of)
    settings = _Settings(folder_paths(services))
    owed = _OwedPapers([settings.of(unit) for unit in units])
    meetings = Meetings()
    find = service_finder(services)
    problems = []
    with Records(source) as records:
        count = len(records.all)
        for record in records.all:
            try:
                data = load_for(records.read(record), find)
                with naming(data):
                    setting = settings.of(data.service_key)
                found.add(data, setting)
                owed.add(data, setting)
                meetings.add(data, setting)
            except Exception as error:
                problems += [(record.place, problem) for problem in problems_from_error(error)]
    last = as_of + min(within, date.max - as_of)
    deadlines = {_open_deadline(doc, due, as_of, last) for doc, due in found.open()}
    deadlines |= set(owed.open(as_of, last))
    found_meetings = tuple(meetings.from_day(as_of))
    return Agenda(tuple(sorted(deadlines, key=_urgency)), tuple(problems), count, found_meetings)


class _Settings:
    """The setting of each service, read once; so are the mistakes of profiles."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders
        self._known: dict[str, Setting | PlanformsError] = {}

    def of(self, service: str) -> Setting:
        """The setting of a service, in its own language.

        Raises:
            PlanformsError: there is none, or it has mistakes.
        """
        if service not in self._known:
            self._known[service] = self._load(service)
        known = self._known[service]
        if isinstance(known, PlanformsError):
            raise known
        return known

    def _load(self, service: str) -> Setting | PlanformsError:
        try:
            return read_setting(service, services=self._folders)
        except PlanformsError as error:
            return error


@dataclass(frozen=True, slots=True)
class _KnownDocument:
    """What is kept of a document while the others are read."""

    case: str
    service: str
    language: str
    kind: str
    model: type[DocumentData]
    issued_on: date | None
    reentered_on: date | None
    protected: bool
    blocked: bool

    @property
    def issue(self) -> tuple[str, str, str, date | None]:
        """What a document that replaces this one names."""
        return self.service, folded(self.case), self.kind, self.issued_on


class _OpenDeadlines:
    """The deadlines of all documents so far, those of one case brought together."""

    def __init__(self, as_of: date) -> None:
        self._as_of = as_of
        self._dues: dict[tuple[object, ...], list[tuple[_KnownDocument, Due]]] = {}
        self._replaced: set[tuple[str, str, str, date | None]] = set()
        self._milestones: dict[tuple[str, str, str], date] = {}
        self._closed: dict[tuple[str, str], date] = {}

    def add(self, data: DocumentData, setting: Setting) -> None:
        """Add a document."""
        document = _KnownDocument(
            case=data.reference,
            service=setting.service.id,
            language=setting.words.code,
            kind=data.kind,
            model=type(data),
            issued_on=data.issued_on,
            reentered_on=_day_at(data, "case.reentered_on"),
            protected=data.is_protected,
            blocked=_is_blocked(data, setting),
        )
        if data.replaces and data.status is Status.FINAL:
            self._replaced.add((*document.issue[:3], data.replaces.issued_on))
        if (closed := _day_at(data, CLOSED_ON)) is not None and closed <= self._as_of:
            case = document.service, folded(document.case)
            self._closed[case] = max(closed, self._closed.get(case, closed))
        for name, day in milestones_set_by(data, setting):
            if day > self._as_of:
                continue
            met = (document.service, folded(document.case), MILESTONES + name)
            self._milestones[met] = max(day, self._milestones.get(met, day))
        data = with_milestones(data, setting)
        for due in dues_of(data, setting, statutory=True):
            owner = id(document) if due.kind else 0
            key = (document.service, folded(document.case), owner, due.rule, due.place)
            self._dues.setdefault(key, []).append((document, due))

    def open(self) -> Iterator[tuple[_KnownDocument, Due]]:
        """What is still to be met; where documents differ, the one that knows of more is right."""
        for found in self._dues.values():
            document, due = max(found, key=lambda one: one[1].day or date.min)
            replaced = due.kind and document.issue in self._replaced
            if replaced or self._is_met(document, due) or self._has_ended(document, due):
                continue
            if all(other.is_open(self._as_of) for _, other in found):
                yield document, due

    def _is_met(self, document: _KnownDocument, due: Due) -> bool:
        """Whether another issued document of the case has met it."""
        day = self._milestones.get((document.service, folded(document.case), due.met_by))
        return day is not None and due.is_met_on(day)

    def _has_ended(self, document: _KnownDocument, due: Due) -> bool:
        """Whether another document tells that the case has closed since it was last begun."""
        closed = self._closed.get((document.service, folded(document.case)))
        begun = document.reentered_on or date.min
        return CLOSED_ON in due.ended_by and closed is not None and closed >= begun


class _OwedPapers:
    """What whole services owe by the calendar."""

    def __init__(self, units: Sequence[Setting]) -> None:
        self._units = {setting.service.id: setting for setting in units}
        self._issued: dict[str, set[Issued]] = {}

    def add(self, data: DocumentData, setting: Setting) -> None:
        """Add a document; one about a whole service names its unit, and may show one as done."""
        if isinstance(data, UnitDocument):
            self._units.setdefault(setting.service.id, setting)
            if (done := issued(data)) is not None:
                self._issued.setdefault(setting.service.id, set()).add(done)

    def open(self, as_of: date, last: date) -> Iterator[OpenDeadline]:
        """The papers that are still owed."""
        for service, setting in self._units.items():
            for due in open_periods(setting, self._issued.get(service, ()), as_of):
                yield OpenDeadline(
                    group=_group_of(due.day, as_of, last),
                    due=due.day,
                    case=f"{service} {due.ends_on}",
                    service=service,
                    rule=due.rule,
                    kind=due.kind,
                    language=setting.words.code,
                    place=str(due.ends_on),
                )


def _day_at(data: DocumentData, path: str) -> date | None:
    """The day at a path, where a kind has one there."""
    value = value_at(data, path)
    return value if isinstance(value, date) else None


def _is_blocked(data: DocumentData, setting: Setting) -> bool:
    """Whether a document may not leave by itself; that a draft is not ready is no such reason."""
    found = hindrances(data, setting, printable_characters())
    return any(problem.code != DRAFT for problem in found)


def _open_deadline(document: _KnownDocument, due: Due, as_of: date, last: date) -> OpenDeadline:
    withheld = document.protected and is_guarded(document.model, due.path)
    return OpenDeadline(
        group=_group(document, due, as_of, last, withheld=withheld),
        due=None if withheld else due.day,
        case=document.case,
        service=document.service,
        rule=due.rule,
        kind=due.kind,
        language=document.language,
        place=due.place,
    )


def _group(document: _KnownDocument, due: Due, as_of: date, last: date, *, withheld: bool) -> Group:
    if withheld or (document.blocked and due.rule == SEND_BY) or due.day is None:
        return Group.BLOCKED
    return _group_of(due.day, as_of, last)


def _group_of(day: date, as_of: date, last: date) -> Group:
    if day < as_of:
        return Group.OVERDUE
    return Group.DUE if day <= last else Group.LATER


def _urgency(deadline: OpenDeadline) -> tuple[object, ...]:
    order = list(Group).index(deadline.group)
    return (
        order,
        deadline.due or date.max,
        deadline.case,
        deadline.service,
        deadline.kind,
        deadline.rule,
    )
