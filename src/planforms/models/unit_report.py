"""The report of a unit: what it has done, how its goals stand, and what the numbers say.

Which headings a report has stands in the service's profile, by the variant: a month, a third of the
year, a half-year, a year, or a meeting of a steering group. Nobody is told of who could be
recognised: no names, no case, no number of fewer than five people in what goes outside.

Sources: Molde (yearly report), Harstad (reports by month, third and half-year), ViVirk'R (each
half-year), Hjortmossen (steering group, three times a year).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import UnitDocument
from planforms.models.fields import (
    MAX_ITEMS,
    Count,
    Key,
    Line,
    Lines,
    Needed,
    OneEach,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.people import Part


class ReportSection(Part):
    """What is told under one heading of the profile."""

    heading: Annotated[Key, Vocabulary("report_heading")]
    text: Annotated[Prose | None, Needed(), Lines(3)] = None


class UnitGoalState(StrEnum):
    """How a goal of the unit stands."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    NOT_BEGUN = "not_begun"


class ReportedGoal(Part):
    """A goal of the unit's plan by its number, how it stands, and what is done about it."""

    number: Line
    text: Line | None = None
    state: Annotated[UnitGoalState | None, Needed(), Vocabulary("unit_goal_state")] = None
    action: Annotated[Line | None, Lines(1)] = None


class ReportNumber(Part):
    """One number: what was counted, and how many."""

    name: Line
    count: Annotated[Count | None, Needed()] = None


class UnitReport(UnitDocument):
    """A report of a unit about a period.

    Attributes:
        summary: the whole in a few sentences, for whoever reads no further.
        sections: what is told under each heading of the variant.
        goals: how the goals of the unit's plan stand.
        numbers: what was counted.
        survey: what participants answered when they were asked.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *UnitDocument.date_order,
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["unit_report"] = "unit_report"
    summary: Annotated[Prose | None, Needed(), Lines(4)] = None
    sections: Annotated[
        tuple[ReportSection, ...],
        Field(max_length=MAX_ITEMS),
        OneEach("heading", within="variant", ordered=True),
    ] = ()
    goals: Annotated[tuple[ReportedGoal, ...], Field(max_length=MAX_ITEMS), Rows(4)] = ()
    numbers: Annotated[tuple[ReportNumber, ...], Field(max_length=MAX_ITEMS), Rows(5)] = ()
    survey: Annotated[Prose | None, Lines(3)] = None
