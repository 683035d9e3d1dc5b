"""The action plan: what the participant wants, what is to be done, by whom, and who follows up.

Least data: the current situation stands here in the participant's own words. The full mapping is
a document of its own (:mod:`planforms.models.mapping`), kept by one agency.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import CaseDocument, Signature
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Day,
    Guarded,
    Hours,
    Key,
    Line,
    Lines,
    Needed,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.final_report import Agreement
from planforms.models.people import Part, Role, TeamMember
from planforms.models.secrecy import Copy, Disclosure, Information


class CurrentSituation(Part):
    """How things are now.

    ``own_words`` are the participant's; ``team_adds`` is what others in the team see. Of the
    mapping the plan tells only the day and who keeps it.
    """

    own_words: Annotated[Prose | None, Needed(), Lines(4)] = None
    team_adds: Annotated[Prose | None, Lines(2)] = None
    mapped_on: Day | None = None
    mapping_kept_by: Line | None = None


class StartGoal(Part):
    """What the participant wants to begin with, agreed in talk and in writing (ViVirk'R, 3.2)."""

    text: Annotated[Prose, Lines(2)]
    spoken_on: Day | None = None
    written_on: Day | None = None


class PlanFollowUp(Part):
    """Who looks at how a step went, and by when: a last day, not a time to meet.

    An issued plan has both for every step; who adds them is told by
    :mod:`planforms.rules.follow_up`.
    """

    role: Annotated[Role | None, Vocabulary("role")] = None
    name: Line | None = None
    due: Day | None = None


class PlanItem(Part):
    """What a goal, a sub-goal and an activity have in common."""

    text: Annotated[Prose, Lines(2)]
    due: Annotated[Day | None, Needed()] = None
    responsible: Annotated[TeamMember | None, Needed()] = None
    follow_up: PlanFollowUp | None = None


class SubGoal(PlanItem):
    """A step on the way to a goal."""


class PlanActivity(PlanItem):
    """Something that somebody does; ``schedule`` tells its days and times."""

    schedule: Annotated[Line | None, Guarded()] = None


class PlanGoal(PlanItem):
    """A goal that the participant has set."""

    sub_goals: Annotated[tuple[SubGoal, ...], Field(max_length=MAX_ITEMS), Rows(2)] = ()
    activities: Annotated[tuple[PlanActivity, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()


class HourStep(Part):
    """From a day on, so many hours a week."""

    starts_on: Day
    hours: Annotated[Hours | None, Needed()] = None


class PlanHours(Part):
    """How much the participant takes part, in hours a week, and how it is stepped up."""

    at_start: Annotated[Hours | None, Needed()] = None
    aim: Hours | None = None
    schedule: Annotated[Line | None, Guarded()] = None
    steps: Annotated[tuple[HourStep, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()
    step_up: Annotated[Prose | None, Lines(2)] = None


class PlannedWorkplace(Part):
    """A place where the participant is to work.

    The fields answer the seven questions of a company-placement plan (ViVirk'R, 8.6): purpose,
    tasks, with whom, where and when, support, goals, follow-up. ``kind`` tells the trade without
    the name.
    """

    kind: Line
    name: Annotated[Line | None, Guarded()] = None
    place: Annotated[Line | None, Guarded()] = None
    starts_on: Day | None = None
    ends_on: Day | None = None
    hours: Hours | None = None
    schedule: Annotated[Line | None, Guarded()] = None
    purpose: Annotated[Prose | None, Lines(2)] = None
    tasks: Annotated[tuple[Line, ...], Field(max_length=MAX_ITEMS)] = ()
    together_with: Annotated[Line | None, Guarded()] = None
    support: Annotated[Prose | None, Lines(2)] = None
    learning: Annotated[Prose | None, Lines(2)] = None
    follow_up: PlanFollowUp | None = None


class LinkedPlan(Part):
    """Another plan that the participant has; ``plan`` is one of the service profile's plans.

    What stands in the other plan stays there: ``bearing`` says only what it means for this one.
    """

    plan: Annotated[Key | None, Needed(), Vocabulary("plan")] = None
    coordinator: Line | None = None
    dated_on: Day | None = None
    bearing: Annotated[Prose | None, Lines(2)] = None


class PlanReview(Part):
    """When the team meets about the plan, and when the plan is written anew."""

    meets_on: Annotated[Day | None, Needed(), Guarded()] = None
    place: Annotated[Line | None, Guarded()] = None
    rhythm: Line | None = None
    called_by: TeamMember | None = None
    revise_by: Annotated[Day | None, Needed()] = None


class PlanView(Part):
    """What the participant thinks of the plan, and what the others in the team see differently."""

    agreement: Annotated[Agreement | None, ByHand(), Vocabulary("agreement")] = None
    disagreement: Annotated[Prose | None, ByHand(), Lines(2)] = None
    team_disagreement: Annotated[Prose | None, Lines(2)] = None


class ActionPlan(CaseDocument):
    """The participant's plan; where the service says so, the participant leads and all sign.

    Sources: Team Work (the team signs within five weeks, one copy each), Hjortmossen (at the
    start, with referrer and network), Molde 2.3 and 2.5 (occupational goal, resources, obstacles,
    goals; right and duty to co-write), ViVirk'R 3.2 and 8.6. A refusal to sign is a signature
    with that state and a note.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("situation.mapped_on", "issued_on"),
        ("replaces.issued_on", "issued_on"),
        ("goals[].sub_goals[].due", "goals[].due"),
        ("goals[].activities[].due", "goals[].due"),
        ("workplaces[].starts_on", "workplaces[].ends_on"),
        ("review.meets_on", "review.revise_by"),
    )
    needed: ClassVar[tuple[str, ...]] = ("case.team",)
    discloses: ClassVar[tuple[tuple[str, Information], ...]] = (
        ("goals", Information.PLAN),
        ("situation", Information.SOCIAL_SITUATION),
        ("resources", Information.RESOURCES_AND_OBSTACLES),
    )

    kind: Literal["action_plan"] = "action_plan"
    situation: Annotated[CurrentSituation | None, Needed()] = None
    resources: Annotated[Prose | None, Needed(), Lines(3)] = None
    obstacles: Annotated[Prose | None, Lines(3)] = None
    dream: Annotated[Prose | None, Lines(2)] = None
    occupational_goal: Annotated[Prose | None, Lines(2)] = None
    overall_plan: Annotated[Prose | None, Lines(2)] = None
    start_goal: StartGoal | None = None
    goals: Annotated[tuple[PlanGoal, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)] = ()
    working_hours: PlanHours | None = None
    workplaces: Annotated[tuple[PlannedWorkplace, ...], Field(max_length=MAX_ITEMS)] = ()
    adaptation: Annotated[Prose | None, Lines(2)] = None
    linked_plans: Annotated[tuple[LinkedPlan, ...], Field(max_length=MAX_ITEMS), Rows(1)] = ()
    review: Annotated[PlanReview | None, Needed()] = None
    view: Annotated[PlanView | None, ByHand()] = None
    disclosure: Disclosure | None = None
    copies: Annotated[tuple[Copy, ...], Needed(), Field(max_length=MAX_ITEMS)] = ()
    signatures: Annotated[
        tuple[Signature, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(3)
    ] = ()
