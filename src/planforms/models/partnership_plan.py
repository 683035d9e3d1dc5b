"""The partnership plan: what several organisations do together, and how they know that it works.

Sources: ViVirk'R, four local partnerships; Molde and Harstad, agreements on cooperation. Between
authorities information is passed on by a provision of law or with each participant's own consent;
an agreement among organisations is no ground for it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from planforms.models.documents import UnitDocument
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Day,
    Line,
    Lines,
    Needed,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.people import Part

Share = Annotated[int, Field(ge=1, le=100, strict=True)]
"""So many of a hundred."""


class PartnerParty(Part):
    """An organisation that takes part, what it does, and who signs for it."""

    organisation: Line
    tasks: Annotated[Prose | None, Needed(), Lines(2)] = None
    signer: Annotated[Line | None, ByHand()] = None
    signed_on: Annotated[Day | None, ByHand()] = None


class PartnershipTrack(Part):
    """One way through the course: for whom it is, and what happens in it."""

    name: Line
    content: Annotated[Prose | None, Needed(), Lines(1)] = None


class ParticipantGoal(Part):
    """What participants are to reach, how many of a hundred, and how that is measured."""

    text: Annotated[Prose, Lines(1)]
    share: Annotated[Share | None, Needed()] = None
    measured: Annotated[Line | None, Needed()] = None


class ProcessGoal(Part):
    """What the parties are to reach in working together."""

    text: Annotated[Prose, Lines(1)]
    measured: Line | None = None


class PartnershipRole(Part):
    """Who does what across the organisations."""

    role: Line
    tasks: Annotated[Line | None, Needed()] = None


class PartnershipMeeting(Part):
    """A meeting of the partnership: which, how often, and who calls it."""

    name: Line
    rhythm: Annotated[Line | None, Needed()] = None
    called_by: Annotated[Line | None, Needed()] = None


class ExchangeGround(StrEnum):
    """What an exchange of information rests on."""

    PROVISION = "provision"
    EACH_CONSENT = "each_consent"


_GENERAL = frozenset({"general_consent", "general", "consent"})


def _refuse_general(value: Any) -> Any:
    if isinstance(value, str) and value in _GENERAL:
        raise PydanticCustomError("general_consent", "a general consent")
    return value


class PartnershipExchange(Part):
    """What information passes, between whom, and on what ground.

    ``general_consent`` is refused as a ground: whoever agrees for all at once agrees for nobody.
    """

    information: Line
    between: Annotated[Line | None, Needed()] = None
    ground: Annotated[
        ExchangeGround | None,
        Needed(),
        Vocabulary("exchange_ground"),
        BeforeValidator(_refuse_general),
    ] = None
    provision: Line | None = None


class PartnershipPlan(UnitDocument):
    """A plan that several organisations sign, one copy each.

    Attributes:
        development_group: who leads the cooperation, and what they decide.
        tracks: ways through the course.
        documentation: what is written down, where, and who can read it.
        review_on: the day on which the parties look at the plan together.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *UnitDocument.date_order,
        ("period.starts_on", "review_on"),
        ("review_on", "period.ends_on"),
        ("issued_on", "parties[].signed_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["partnership_plan"] = "partnership_plan"
    parties: Annotated[
        tuple[PartnerParty, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(4)
    ] = ()
    purpose: Annotated[Prose | None, Needed(), Lines(3)] = None
    development_group: Annotated[Prose | None, Needed(), Lines(2)] = None
    tracks: Annotated[tuple[PartnershipTrack, ...], Field(max_length=MAX_ITEMS), Rows(2)] = ()
    participant_goals: Annotated[
        tuple[ParticipantGoal, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(3)
    ] = ()
    process_goals: Annotated[tuple[ProcessGoal, ...], Field(max_length=MAX_ITEMS), Rows(2)] = ()
    roles: Annotated[tuple[PartnershipRole, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()
    meetings: Annotated[
        tuple[PartnershipMeeting, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)
    ] = ()
    documentation: Annotated[Prose | None, Needed(), Lines(2)] = None
    exchange: Annotated[
        tuple[PartnershipExchange, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(4)
    ] = ()
    review_on: Annotated[Day | None, Needed()] = None
