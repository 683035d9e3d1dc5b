"""The description of a service: for whom it is, what one does there, and how one gets in.

Nearly all of it stands in the service's profile, in ``[description]``. The data hold what changes:
the free places and the day on which they were counted.

Sources: Molde, chapter 2.3 (places); Team Work, page 3; Harstad's plan.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import Period, UnitDocument
from planforms.models.fields import (
    MAX_ITEMS,
    Count,
    Day,
    Key,
    Line,
    Lines,
    Needed,
    OneEach,
    Prose,
    Vocabulary,
)
from planforms.models.people import Part, TeamMember


class FreePlaces(Part):
    """How many places a measure has and has left, and how many people wait for one.

    ``next_on`` is the day on which a place is free again, where there is none now.
    """

    measure: Annotated[Key, Vocabulary("measure")]
    total: Count | None = None
    free: Annotated[Count | None, Needed()] = None
    waiting: Count | None = None
    next_on: Day | None = None


class DescriptionContact(Part):
    """Whom to ask about a place; the service's own telephone and mail stand there anyway."""

    name: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    reached: Line | None = None


class ServiceDescription(UnitDocument):
    """What a service tells of itself; it has neither period nor writer.

    The profile says whatever the data does not.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *UnitDocument.date_order,
        ("counted_on", "issued_on"),
        ("counted_on", "places[].next_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["service_description"] = "service_description"
    period: Period | None = None
    writer: TeamMember | None = None
    for_whom: Annotated[Prose | None, Needed(), Lines(3)] = None
    doing: Annotated[tuple[Line, ...], Needed(), Field(max_length=MAX_ITEMS)] = ()
    hours: Annotated[Prose | None, Needed(), Lines(2)] = None
    way_in: Annotated[tuple[Line, ...], Needed(), Field(max_length=MAX_ITEMS)] = ()
    visit: Annotated[Prose | None, Lines(1)] = None
    places: Annotated[
        tuple[FreePlaces, ...], Needed(), Field(max_length=MAX_ITEMS), OneEach("measure")
    ] = ()
    counted_on: Annotated[Day | None, Needed()] = None
    contact: DescriptionContact | None = None
