"""The plan for a placement at a company: what the participant, the mentor and the service agreed.

It answers the seven questions of a company-placement plan: why, what, with whom, where and when,
with what support, towards which goals, and how it is followed up (ViVirk'R, 8.6). Who is called
in case of illness, what the company may know, and the safety instruction are good practice.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import CaseDocument, Signature
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Day,
    Guarded,
    Hours,
    Line,
    Lines,
    Needed,
    Prose,
    Rows,
    Time,
    Vocabulary,
)
from planforms.models.people import Part, TeamMember
from planforms.models.secrecy import Copy, Disclosure, Information


class HostCompany(Part):
    """Where the placement is. ``trade`` tells what they do without the name.

    Attributes:
        trade: what kind of place it is.
        name: the company's name.
        place: the address, and where to go in.
        mentor: who shows the participant how things are done there.
        phone: how the participant reaches them.
    """

    trade: Annotated[Line | None, Needed()] = None
    name: Annotated[Line | None, Guarded()] = None
    place: Annotated[Line | None, Needed(), Guarded()] = None
    mentor: Annotated[Line | None, Needed(), Guarded()] = None
    phone: Annotated[Line | None, Guarded()] = None


class PlacementGoal(Part):
    """What the participant is to learn or find out, and the smaller steps on the way."""

    text: Annotated[Prose, Lines(1)]
    sub_goals: Annotated[Prose | None, Needed(), Lines(1)] = None
    due: Annotated[Day | None, Needed()] = None


class PlacementTalk(Part):
    """How the placement is followed up.

    Attributes:
        first_on: the day of the first talk.
        rhythm: how often after that.
        manner: how: at the company, by telephone.
        responsible: who does it.
    """

    first_on: Annotated[Day | None, Needed(), Guarded()] = None
    rhythm: Annotated[Line | None, Needed()] = None
    manner: Annotated[Line | None, Needed()] = None
    responsible: Annotated[TeamMember | None, Needed()] = None


class IllnessCall(Part):
    """Whom the participant calls who cannot come.

    Attributes:
        who: the person to call.
        phone: their number.
        before: by when on that day.
    """

    who: Annotated[Line | None, Needed(), Guarded()] = None
    phone: Annotated[Line | None, Needed(), Guarded()] = None
    before: Time | None = None


class CompanyKnowledge(StrEnum):
    """What the participant lets the company know beyond this plan."""

    PLAN_ONLY = "plan_only"
    TOLD_HERE = "told_here"
    TOLD_MYSELF = "told_myself"


class SafetyInstruction(Part):
    """The instruction on safety at the company.

    Attributes:
        given_by: who gives it.
        on: the day, the first one at the latest.
        equipment: what the participant wears or uses, and who provides it.
    """

    given_by: Annotated[Line | None, Needed(), Guarded()] = None
    on: Annotated[Day | None, Needed()] = None
    equipment: Line | None = None


class PlacementPlan(CaseDocument):
    """A plan for one placement, signed by the participant, the service and the company's mentor.

    Whoever signs has a copy; ``copies`` are those of others. The company has no more from the
    service than what stands here and in ``may_know``.

    Attributes:
        together_with: whom the participant works with.
        schedule: days of the week, and from when to when.
        may_know: the participant's choice of what the company may know.
        known: what that is, in the words that the company is told.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("starts_on", "ends_on"),
        ("starts_on", "follow_up.first_on"),
        ("follow_up.first_on", "ends_on"),
        ("goals[].due", "ends_on"),
        ("safety.on", "starts_on"),
        ("replaces.issued_on", "issued_on"),
    )
    discloses: ClassVar[tuple[tuple[str, Information], ...]] = (("goals", Information.PLAN),)

    kind: Literal["placement_plan"] = "placement_plan"
    company: Annotated[HostCompany | None, Needed()] = None
    purpose: Annotated[Prose | None, Needed(), Lines(2)] = None
    tasks: Annotated[Prose | None, Needed(), Lines(3)] = None
    together_with: Annotated[Line | None, Needed(), Guarded()] = None
    starts_on: Annotated[Day | None, Needed()] = None
    ends_on: Annotated[Day | None, Needed()] = None
    schedule: Annotated[Line | None, Needed(), Guarded()] = None
    hours: Annotated[Hours | None, Needed()] = None
    support: Annotated[Prose | None, Needed(), Lines(2)] = None
    goals: Annotated[tuple[PlacementGoal, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)] = ()
    follow_up: Annotated[PlacementTalk | None, Needed()] = None
    illness: Annotated[IllnessCall | None, Needed()] = None
    may_know: Annotated[CompanyKnowledge | None, Needed(), Vocabulary("company_knowledge")] = None
    known: Annotated[Prose | None, Lines(2)] = None
    safety: Annotated[SafetyInstruction | None, Needed()] = None
    comments: Annotated[Prose | None, ByHand(), Lines(2)] = None
    disclosure: Disclosure | None = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
    signatures: Annotated[
        tuple[Signature, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(3)
    ] = ()
