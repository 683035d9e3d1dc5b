"""The status note: how it goes, in the middle of a measure.

Its variants say what it is for: a meeting, the office that pays, a workplace, or an extension.

Sources: ViVirk'R 4.4 (period, goals, activities, progression) and 7.5 (every third month);
Hjortmossen, "Tid" (four months, and at need two more).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.action_plan import ActionPlan
from planforms.models.documents import CaseDocument, Period, Signature
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Day,
    Lines,
    Needed,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.final_report import Activity, Attendance, ParticipantView, Statement
from planforms.models.people import Part, Recipient, TeamMember
from planforms.models.secrecy import Copy, Disclosure, Information


class GoalState(StrEnum):
    """How far somebody has come with a goal; a goal may be given up without blame."""

    REACHED = "reached"
    UNDER_WAY = "under_way"
    NOT_BEGUN = "not_begun"
    CHANGED = "changed"


class GoalStatus(Part):
    """A goal of the plan, and how it goes with it."""

    goal: Annotated[Prose, Lines(2)]
    state: Annotated[GoalState | None, Needed(), Vocabulary("goal_state")] = None
    comment: Annotated[Prose | None, Lines(2)] = None


class WorkSeen(Part):
    """How the participant works: a statement about the work, not about the person."""

    tasks: Annotated[Prose | None, Needed(), Lines(2)] = None
    pace: Annotated[Prose | None, Needed(), Lines(2)] = None
    quality: Annotated[Prose | None, Needed(), Lines(2)] = None
    support: Annotated[Prose | None, Needed(), Lines(2)] = None


class StatusNote(CaseDocument):
    """How it goes, over a period.

    ``reasons`` and ``extended_until`` are for a proposal to go on longer; whoever ordered the
    measure decides on it.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("period.starts_on", "period.ends_on"),
        ("case.enrolled_on", "period.starts_on"),
        ("period.starts_on", "issued_on"),
        ("activities[].started_on", "activities[].ended_on"),
        ("period.ends_on", "extended_until"),
        ("replaces.issued_on", "issued_on"),
    )
    number_order: ClassVar[tuple[tuple[str, str], ...]] = (
        ("attendance.attended_days", "attendance.planned_days"),
    )
    discloses: ClassVar[tuple[tuple[str, Information], ...]] = (
        ("goals", Information.PLAN),
        ("progression", Information.ASSESSMENT),
        ("attendance", Information.ATTENDANCE),
    )

    kind: Literal["status_note"] = "status_note"
    recipient: Recipient | None = None
    period: Annotated[Period | None, Needed()] = None
    written_by: Annotated[TeamMember | None, Needed()] = None
    goals: Annotated[tuple[GoalStatus, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(3)] = ()
    activities: Annotated[tuple[Activity, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)] = ()
    progression: Annotated[Prose | None, Needed(), Lines(3)] = None
    attendance: Attendance | None = None
    statements: Annotated[tuple[Statement, ...], Field(max_length=MAX_ITEMS)] = ()
    work: WorkSeen | None = None
    view: Annotated[ParticipantView | None, ByHand()] = None
    reasons: Annotated[Prose | None, Lines(3)] = None
    extended_until: Day | None = None
    disclosure: Disclosure | None = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
    signatures: Annotated[tuple[Signature, ...], Field(max_length=MAX_ITEMS)] = ()

    @staticmethod
    def goals_of(plan: ActionPlan) -> tuple[GoalStatus, ...]:
        """The goals of a plan in its order, to say how it goes with each."""
        return tuple(GoalStatus(goal=one.text) for one in plan.goals)
