"""The plan of a unit for a year: goals, how they are measured, and what is done for them.

Sources: Harstad's operating plan, whose table of action has all these columns; Molde's yearly plan.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import UnitDocument
from planforms.models.fields import (
    MAX_ITEMS,
    Day,
    Line,
    Lines,
    Money,
    Needed,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.people import Part


class Perspective(StrEnum):
    """For whom or what a goal is."""

    SOCIETY = "society"
    ORGANISATION = "organisation"
    SERVICES = "services"
    ECONOMY = "economy"


class Funding(StrEnum):
    """That a measure costs nothing beyond what the unit has; else its cost is told."""

    WITHIN_FRAME = "within_frame"


class UnitMeasure(Part):
    """Something the unit does to reach a goal."""

    text: Annotated[Prose, Lines(1)]
    funding: Annotated[Funding | None, Vocabulary("funding")] = None
    cost: Money | None = None
    responsible: Annotated[Line | None, Needed()] = None
    due: Annotated[Day | None, Needed()] = None


class Deviation(Part):
    """What is done, and by whom, when a goal is not reached."""

    text: Annotated[Prose | None, Needed(), Lines(1)] = None
    responsible: Annotated[Line | None, Needed()] = None


class UnitGoal(Part):
    """A goal of the unit.

    Attributes:
        number: as the plan above this one has it, such as 2.1.
        perspective: for whom or what it is.
        text: the goal.
        indicator: what is counted or looked at, with the figure that is aimed at.
        measured_when: how often, or in which months.
        measured_by: who does it.
        measures: what is done.
        on_deviation: what is done if it is not reached.
    """

    number: Line
    perspective: Annotated[Perspective | None, Needed(), Vocabulary("perspective")] = None
    text: Annotated[Prose | None, Needed(), Lines(1)] = None
    indicator: Annotated[Line | None, Needed()] = None
    measured_when: Annotated[Line | None, Needed()] = None
    measured_by: Annotated[Line | None, Needed()] = None
    measures: Annotated[
        tuple[UnitMeasure, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)
    ] = ()
    on_deviation: Annotated[Deviation | None, Needed()] = None


class CalendarEntry(Part):
    """What happens on a day of the year, or by then."""

    on: Day
    what: Annotated[Line | None, Needed()] = None
    responsible: Line | None = None


class PlanAdoption(Part):
    """Who adopted the plan, and when."""

    by: Annotated[Line | None, Needed()] = None
    on: Annotated[Day | None, Needed()] = None


class UnitPlan(UnitDocument):
    """A unit's plan for a year, adopted by its head or by a board."""

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *UnitDocument.date_order,
        ("adopted.on", "issued_on"),
        ("goals[].measures[].due", "period.ends_on"),
        ("period.starts_on", "calendar[].on"),
        ("calendar[].on", "period.ends_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["unit_plan"] = "unit_plan"
    goals: Annotated[tuple[UnitGoal, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)] = ()
    calendar: Annotated[tuple[CalendarEntry, ...], Field(max_length=MAX_ITEMS), Rows(4)] = ()
    adopted: Annotated[PlanAdoption | None, Needed()] = None
