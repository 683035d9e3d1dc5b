"""When and where people meet."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planforms.models.fields import MAX_ITEMS, After, Day, Guarded, Line, Needed, Rows, Time
from planforms.models.people import Part, TeamMember


class Meeting(Part):
    """A meeting that is to be, or that was.

    Attributes:
        day: the day.
        starts: when it starts, by the clock of the place.
        ends: when it ends, on the same day.
        place: where: address, building and room.
        link: where one joins it from elsewhere.
        host: who invites to it and has the room.
        leader: who leads it.
        agenda: what it is about, in order.
    """

    day: Annotated[Day | None, Needed()] = None
    starts: Time | None = None
    ends: Annotated[Time | None, After("starts")] = None
    place: Annotated[Line | None, Guarded()] = None
    link: Annotated[Line | None, Guarded()] = None
    host: TeamMember | None = None
    leader: TeamMember | None = None
    agenda: Annotated[tuple[Line, ...], Field(max_length=MAX_ITEMS), Rows(2)] = ()
