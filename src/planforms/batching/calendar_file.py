"""What is due, and when people meet, as a file that calendars read (iCalendar, RFC 5545)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planforms.batching.agenda import Agenda, OpenDeadline
from planforms.batching.coming import ComingMeeting
from planforms.batching.wording import DeadlineNames
from planforms.errors import UsageError
from planforms.setting import Folders, folder_paths

if TYPE_CHECKING:
    from icalendar import Event

LIBRARY = "icalendar"
AN_HOUR = timedelta(hours=1)
"""How long a meeting is that does not say when it ends."""


def to_ics(
    agenda: Agenda,
    *,
    as_of: date,
    language: str | None = None,
    templates: Folders = None,
    services: Folders = None,
) -> bytes:
    """The open deadlines and the coming meetings of many cases as one calendar.

    A deadline is a whole day that blocks nothing, a meeting has its hours. Both say the case number
    and what it is, and name neither people nor places; whatever is withheld for a protected
    identity is left out. What is known already keeps its identifier, so that a calendar that reads
    the file again moves it. The same agenda and day give the same bytes.

    Args:
        agenda: what :func:`agenda` found.
        as_of: the day it was reckoned from, which stamps every entry.
        language: the language of names; each service's own if not given.
        templates: folders that come before the built-in templates.
        services: folders that come before the built-in profiles.

    Raises:
        UsageError: the library ``icalendar`` is not installed, or there is no such language.
    """
    try:
        from icalendar import Calendar
    except ModuleNotFoundError as error:
        if error.name != LIBRARY:
            raise
        hint = "pip install 'planforms[calendar]'"
        raise UsageError.of("calendar.missing", "icalendar", "is not installed", hint) from None
    names = DeadlineNames(language, folder_paths(templates), folder_paths(services))
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//planforms//planforms//EN")
    stamp = datetime.combine(as_of, time(), UTC)
    for event in _events(agenda, names):
        event.add("dtstamp", stamp)
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _events(agenda: Agenda, names: DeadlineNames) -> Iterator[Event]:
    known: Counter[str] = Counter()
    for deadline in agenda.deadlines:
        if deadline.due is None:
            continue
        own = deadline.service, deadline.case, deadline.kind, deadline.rule, deadline.place
        known[_uid(*own)] += 1
        uid = _uid(*own, str(known[_uid(*own)]))
        yield _day_of(deadline, deadline.due, names(deadline), uid)
    for meeting in agenda.meetings:
        yield _hours_of(meeting, names.word("calendar", "meeting", meeting.language))


def _day_of(deadline: OpenDeadline, due: date, name: str, uid: str) -> Event:
    event = _event(deadline.case, name)
    event.add("uid", uid)
    event.add("dtstart", due)
    event.add("transp", "TRANSPARENT")
    return event


def _hours_of(meeting: ComingMeeting, name: str) -> Event:
    event = _event(meeting.case, name)
    event.add("uid", _uid(meeting.service, meeting.case, "meeting", str(meeting.day)))
    if meeting.starts is None:
        event.add("dtstart", meeting.day)
        return event
    starts = _instant(meeting, meeting.starts)
    event.add("dtstart", starts)
    event.add("dtend", _instant(meeting, meeting.ends) if meeting.ends else starts + AN_HOUR)
    return event


def _event(case: str, name: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("summary", f"{case}: {name}")
    return event


def _instant(meeting: ComingMeeting, clock: time) -> datetime:
    """The time of a clock in universal time, which every calendar shows by its own clock."""
    return datetime.combine(meeting.day, clock, ZoneInfo(meeting.time_zone)).astimezone(UTC)


def _uid(*parts: str) -> str:
    return f"{sha256(chr(0).join(parts).encode()).hexdigest()[:32]}@planforms"
