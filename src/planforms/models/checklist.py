"""The checklist: what staff see to at one stage of a case, point by point.

Lists and their points stand in the service's profile, so that data name them by their keys. A tick
is the note of whoever made it, never a decision.

Source: Team Work's plan of implementation, which has six lists with 68 points.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import CaseDocument
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Day,
    Key,
    Line,
    Needed,
    OneEach,
    Rows,
    Vocabulary,
)
from planforms.models.people import Part, Role


class TickState(StrEnum):
    """What has become of a point: seen to, or not needed in this case; else it is open."""

    DONE = "done"
    NOT_NEEDED = "not_needed"


class Tick(Part):
    """One point of the list.

    Attributes:
        item: the point, by its key in the profile.
        state: what has become of it; it is open if nothing is said and the case shows nothing.
        on: the day it was seen to.
        role: who sees to it, if not whom the profile names.
    """

    item: Annotated[Key, Vocabulary("checklist_item")]
    state: Annotated[TickState | None, ByHand(), Vocabulary("tick")] = None
    on: Annotated[Day | None, ByHand()] = None
    role: Annotated[Role | None, Vocabulary("role")] = None


class OwnPoint(Part):
    """A point that somebody added for one case."""

    text: Annotated[Line | None, ByHand()] = None
    state: Annotated[TickState | None, ByHand(), Vocabulary("tick")] = None
    on: Annotated[Day | None, ByHand()] = None


class Checklist(CaseDocument):
    """A checklist of the service, as far as it has come in one case.

    A point whose evidence stands in the case ticks itself.

    Attributes:
        list: which of the service's lists it is.
        waiting_until: the day before which nothing more is done, such as the end of the three
            months in which a participant may come back.
        own_points: what the list does not have, and this case needs.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("ticks[].on", "issued_on"),
        ("own_points[].on", "issued_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["checklist"] = "checklist"
    list: Annotated[Key | None, Needed(), Vocabulary("checklist")] = None
    ticks: Annotated[
        tuple[Tick, ...],
        Field(max_length=MAX_ITEMS),
        OneEach("item", within="list", ordered=True),
    ] = ()
    own_points: Annotated[tuple[OwnPoint, ...], Field(max_length=MAX_ITEMS), Rows(2)] = ()
    waiting_until: Day | None = None
