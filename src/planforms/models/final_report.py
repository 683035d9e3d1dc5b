"""The final report: what a service tells the referrer when a measure has ended.

Least data: there is no field for a diagnosis, for reasons of absence, or for names where a role
will do. A provider describes work capacity; the authority decides on benefits.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import CaseDocument, Signature
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Count,
    Day,
    Guarded,
    Hours,
    Key,
    Line,
    Lines,
    Needed,
    OneEach,
    Prose,
    RatingStep,
    Rows,
    Vocabulary,
)
from planforms.models.people import Part, Recipient, Role
from planforms.models.secrecy import Copy, Disclosure, Information

MAX_STEPS = 8
"""More columns of hours do not fit into one row."""


class Question(Part):
    """One question of the referrer, and the answer to it."""

    question: Annotated[Prose, Lines(2)]
    answer: Annotated[Prose | None, Needed(), Lines(4)] = None


class Assignment(Part):
    """What the referrer asked for."""

    ordered_on: Day | None = None
    reference: Line | None = None
    description: Annotated[Prose | None, Needed(), Lines(3)] = None
    questions: Annotated[tuple[Question, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()


class Measure(Part):
    """The measure that has ended; ``key`` is one of the service profile's measures."""

    key: Annotated[Key | None, Needed(), Vocabulary("measure")] = None
    started_on: Annotated[Day | None, Needed()] = None
    ended_on: Annotated[Day | None, Needed()] = None


class HoursFrom(Part):
    """Hours a week from a day on."""

    starts_on: Day
    hours: Hours


class Extent(Part):
    """How much the participant took part, in hours a week, and how it was stepped up.

    ``steps`` tells each change of hours by its day; they are printed in one row.
    """

    planned: Annotated[Hours | None, Needed()] = None
    at_start: Hours | None = None
    at_end: Hours | None = None
    steps: Annotated[tuple[HoursFrom, ...], Field(max_length=MAX_STEPS), Rows(3)] = ()
    step_up: Annotated[Prose | None, Lines(2)] = None


class Attendance(Part):
    """Days agreed and days present. Reasons of absence do not belong in a final report."""

    planned_days: Annotated[Count | None, Needed()] = None
    attended_days: Annotated[Count | None, Needed()] = None


class Workplace(Part):
    """A place where the participant worked. ``kind`` tells the trade without the name."""

    kind: Line
    name: Annotated[Line | None, Guarded()] = None
    started_on: Day | None = None
    ended_on: Day | None = None
    hours: Hours | None = None
    tasks: Annotated[tuple[Line, ...], Field(max_length=MAX_ITEMS)] = ()


class Activity(Part):
    """Something done within the measure, and what came of it."""

    name: Line
    started_on: Day | None = None
    ended_on: Day | None = None
    outcome: Annotated[Prose | None, Lines(1)] = None


class RatedItem(Part):
    """One item of an instrument as somebody rated it.

    ``rating_again`` is the rating of the second time. ``demand`` is what the work demands here, by
    an instrument made for that: AWC beside AWP.
    """

    item: Annotated[Key, Vocabulary("instrument_item")]
    rating: Annotated[RatingStep | None, Vocabulary("rating")] = None
    rating_again: Annotated[RatingStep | None, Vocabulary("rating")] = None
    demand: Annotated[RatingStep | None, Vocabulary("rating")] = None
    comment: Line | None = None


class RatedArea(Part):
    """The items of one area of an instrument."""

    area: Annotated[Key, Vocabulary("instrument_area")]
    items: Annotated[
        tuple[RatedItem, ...],
        Needed(),
        Field(max_length=MAX_ITEMS),
        OneEach("item", within="area"),
    ] = ()


class InstrumentUse(Part):
    """One use of an assessment instrument.

    ``instrument`` is a key of the service profile's instruments (such as ``awp``) or, for one
    that the profile does not know, its name in ``other_instrument``. An assessment tells date,
    assessor, setting and limits, so that nobody reads more into it than it can bear. Its items
    and scale stand in the instrument's file.

    Attributes:
        version: of the instrument, as its manual names it.
        assessed_on: the day; of several observations, the day of the rating.
        assessed_again_on: the day of the second time, rated beside the first.
        observations: how many observations the rating rests on.
        assessor_title: the profession, such as one with a licence.
        demands_by: the instrument that rates what the work demands of each item.
        areas: the ratings; without them ``results`` tell all.
    """

    instrument: Annotated[Key | None, Vocabulary("instrument")] = None
    other_instrument: Line | None = None
    version: Line | None = None
    assessed_on: Annotated[Day | None, Needed()] = None
    assessed_again_on: Day | None = None
    observations: Count | None = None
    assessor: Annotated[Role | None, Needed(), Vocabulary("role")] = None
    assessor_name: Line | None = None
    assessor_title: Line | None = None
    setting: Annotated[Line | None, Needed()] = None
    results: Annotated[Prose | None, Needed()] = None
    limits: Annotated[Prose | None, Needed(), Lines(2)] = None
    demands_by: Annotated[Key | None, Vocabulary("instrument")] = None
    areas: Annotated[
        tuple[RatedArea, ...],
        Field(max_length=MAX_ITEMS),
        OneEach("area", within="instrument"),
    ] = ()


class Development(Part):
    """How things were at the start, how they are at the end, and what happened between."""

    at_start: Annotated[Prose | None, Needed()] = None
    course: Prose | None = None
    at_end: Annotated[Prose | None, Needed()] = None


class Basis(StrEnum):
    """How the writer knows what a statement says."""

    OBSERVED = "observed"
    TOLD = "told"
    DOCUMENTED = "documented"


class Statement(Part):
    """One statement and what it rests on."""

    basis: Annotated[Basis, Vocabulary("basis")]
    text: Annotated[Prose, Lines(2)]
    source: Annotated[Role | None, Vocabulary("role")] = None
    stated_on: Day | None = None


class Agreement(StrEnum):
    """What the participant thinks of the report."""

    AGREES = "agrees"
    PARTLY = "partly"
    DISAGREES = "disagrees"


class ParticipantView(Part):
    """The participant's own side: they read the report before it is sent and may disagree."""

    own_words: Annotated[Prose | None, Lines(4)] = None
    read_on: Annotated[Day | None, ByHand()] = None
    agreement: Annotated[Agreement | None, ByHand(), Vocabulary("agreement")] = None
    comments: Annotated[Prose | None, ByHand(), Lines(4)] = None


class Direction(StrEnum):
    """What the service recommends next. Benefits are the authority's to decide."""

    EMPLOYMENT = "employment"
    SUPPORTED_EMPLOYMENT = "supported_employment"
    SUBSIDISED_EMPLOYMENT = "subsidised_employment"
    WORK_TRAINING = "work_training"
    WORK_PLACEMENT = "work_placement"
    STUDIES = "studies"
    OTHER_MEASURE = "other_measure"
    HEALTH_CARE = "health_care"
    AUTHORITY_ASSESSMENT = "authority_assessment"
    OTHER = "other"


class PlanStep(Part):
    """One step of the plan for the time after the measure."""

    action: Annotated[Prose, Lines(1)]
    responsible: Annotated[Role | None, Needed(), Vocabulary("role")] = None
    due: Annotated[Day | None, Needed()] = None


class NextStep(Part):
    """The recommended next step, why, and the plan for it."""

    direction: Annotated[Direction | None, Needed(), Vocabulary("direction")] = None
    reasons: Annotated[Prose | None, Needed()] = None
    plan: Annotated[tuple[PlanStep, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()


class Attendee(Part):
    """Who took part in a meeting, by role."""

    role: Annotated[Role, Vocabulary("role")]
    organisation: Line | None = None


class ClosingMeeting(Part):
    """The meeting in which the measure was summed up."""

    held_on: Annotated[Day | None, Needed()] = None
    place: Annotated[Line | None, Guarded()] = None
    attendees: Annotated[tuple[Attendee, ...], Field(max_length=MAX_ITEMS)] = ()


class FollowUp(Part):
    """The planned follow-up after the end."""

    planned_on: Annotated[Day | None, Guarded()] = None
    manner: Annotated[Line | None, Needed()] = None
    responsible: Annotated[Role | None, Needed(), Vocabulary("role")] = None


class FinalReport(CaseDocument):
    """The final report of a measure.

    Source: the services' own routines; Hjortmossen sends it within 14 days after the measure
    ended, answers the referrer's questions and sums up the period.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("assignment.ordered_on", "measure.ended_on"),
        ("measure.started_on", "measure.ended_on"),
        ("measure.started_on", "closing_meeting.held_on"),
        ("measure.ended_on", "follow_up.planned_on"),
        ("measure.ended_on", "issued_on"),
        ("workplaces[].started_on", "workplaces[].ended_on"),
        ("activities[].started_on", "activities[].ended_on"),
        ("instruments[].assessed_on", "instruments[].assessed_again_on"),
        ("instruments[].assessed_on", "issued_on"),
        ("instruments[].assessed_again_on", "issued_on"),
        ("participant_view.read_on", "issued_on"),
        ("replaces.issued_on", "issued_on"),
    )

    number_order: ClassVar[tuple[tuple[str, str], ...]] = (
        ("attendance.attended_days", "attendance.planned_days"),
    )

    discloses: ClassVar[tuple[tuple[str, Information], ...]] = (
        ("conclusion", Information.ASSESSMENT),
        ("attendance", Information.ATTENDANCE),
    )
    needed: ClassVar[tuple[str, ...]] = ("case.closure.category", "case.closure.closed_on")
    told_by: ClassVar[tuple[tuple[str, str], ...]] = (("case.measure", "measure.key"),)

    kind: Literal["final_report"] = "final_report"
    recipient: Annotated[Recipient | None, Needed()] = None
    assignment: Annotated[Assignment | None, Needed()] = None
    measure: Annotated[Measure | None, Needed()] = None
    extent: Annotated[Extent | None, Needed()] = None
    attendance: Attendance | None = None
    workplaces: Annotated[tuple[Workplace, ...], Field(max_length=MAX_ITEMS), Rows(2)] = ()
    activities: Annotated[tuple[Activity, ...], Field(max_length=MAX_ITEMS), Rows(4)] = ()
    methods: Annotated[Prose | None, Lines(3)] = None
    instruments: Annotated[
        tuple[InstrumentUse, ...], Field(max_length=MAX_ITEMS), OneEach("instrument")
    ] = ()
    development: Annotated[Development | None, Needed()] = None
    statements: Annotated[tuple[Statement, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()
    resources: Annotated[Prose | None, Needed()] = None
    obstacles: Prose | None = None
    activity_limitations: Prose | None = None
    self_rated_ability: Prose | None = None
    adaptation: Annotated[Prose | None, Needed()] = None
    participant_view: Annotated[ParticipantView | None, ByHand()] = None
    conclusion: Annotated[Prose | None, Needed(), Lines(6)] = None
    next_step: Annotated[NextStep | None, Needed()] = None
    closing_meeting: ClosingMeeting | None = None
    follow_up: FollowUp | None = None
    disclosure: Disclosure | None = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
    signatures: Annotated[
        tuple[Signature, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)
    ] = ()
