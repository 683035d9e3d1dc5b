"""The meetings that the documents of cases tell of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache

from planforms.models.documents import DocumentData, Status
from planforms.models.letters import folded
from planforms.models.meetings import Meeting
from planforms.models.values import values_at
from planforms.models.walking import walk_shapes
from planforms.setting import Setting


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """A meeting, without anything personal: neither who meets, nor where.

    Attributes:
        day: its day.
        starts: when it starts, by the clock of the place; ``None`` if nobody has said.
        ends: when it ends.
        case: the case number.
        service: the key of the service.
        language: the language of the service.
        time_zone: whose clock it is, such as ``Europe/Oslo``.
    """

    day: date
    starts: time | None
    ends: time | None
    case: str
    service: str
    language: str
    time_zone: str


class Meetings:
    """The meetings of all documents so far, each once."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], ComingMeeting] = {}

    def add(self, data: DocumentData, setting: Setting) -> None:
        """Add those of a final document; of a protected identity nobody is told any."""
        if data.status is Status.DRAFT or data.is_protected:
            return
        for path in _paths(type(data)):
            for _, meeting in values_at(data, path):
                if meeting.day is not None:
                    self._add(meeting, meeting.day, data, setting)

    def _add(self, meeting: Meeting, day: date, data: DocumentData, setting: Setting) -> None:
        key = data.service_key, folded(data.reference), day
        known = self._found.get(key)
        if known is None or (known.ends is None and meeting.starts is not None):
            self._found[key] = ComingMeeting(
                day=day,
                starts=meeting.starts,
                ends=meeting.ends,
                case=data.reference,
                service=data.service_key,
                language=setting.words.code,
                time_zone=setting.country.time_zone,
            )

    def from_day(self, day: date) -> Iterator[ComingMeeting]:
        """Those of a day and later ones, the first one first."""
        coming = (one for one in self._found.values() if one.day >= day)
        yield from sorted(coming, key=lambda one: (one.day, str(one.starts), one.case))


@cache
def _paths(model: type[DocumentData]) -> tuple[str, ...]:
    return tuple(path for path, shape in walk_shapes(model) if shape.model is Meeting)
