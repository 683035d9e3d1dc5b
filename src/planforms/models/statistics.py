"""What a unit did in a period, in numbers: how many began, ended, waited and complained.

Source: Team Work, whose coordinator counts running and ended cases every month, by category; other
services report to their owners; Hjortmossen and ViVirk'R have goals in shares. What goes outside
tells no number of few people; ``rules.suppression`` decides which.
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
    Lines,
    Needed,
    OneEach,
    Prose,
    Vocabulary,
)
from planforms.models.people import Part

Percent = Annotated[int, Field(ge=0, le=100, strict=True)]
"""A share in whole per cent."""


class Audience(StrEnum):
    """For whom numbers are: the unit itself, or anybody outside of it."""

    INTERNAL = "internal"
    OUTWARD = "outward"


class Hiding(StrEnum):
    """Why a number is not told: it is from 1 to 4, or it would give back another that is."""

    FEW = "few"
    WITHHELD = "withheld"


class Figure(Part):
    """One number, or why it is not told."""

    count: Count | None = None
    hidden: Annotated[Hiding | None, Vocabulary("hiding")] = None


class ClosureFigure(Figure):
    """How many cases ended in a category, and in a form of it if the service tells forms apart."""

    category: Annotated[Key, Vocabulary("closure")]
    form: Annotated[Key | None, Vocabulary("closure_form")] = None


class GoalFigure(Part):
    """A goal of the service: the share it aims at, and the one it has reached, in per cent."""

    goal: Annotated[Key, Vocabulary("goal")]
    aim: Percent | None = None
    reached: Percent | None = None
    hidden: Annotated[Hiding | None, Vocabulary("hiding")] = None


class SurveyFigure(Part):
    """How many answered a question of the survey, and how: with 1 or 2, with 3, with 4 or 5."""

    item: Annotated[Key, Vocabulary("survey_question")]
    answered: Figure | None = None
    low: Figure | None = None
    middle: Figure | None = None
    high: Figure | None = None


class Statistics(UnitDocument):
    """The numbers of a unit in a period; ``planforms count`` makes them from its cases.

    ``running`` and ``free_places`` are those of the last day of the period. A complaint is counted
    in the period in which it was received; it was answered in time or it was not, by now or at all.
    """

    kind: Literal["statistics"] = "statistics"
    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *UnitDocument.date_order,
        ("period.ends_on", "issued_on"),
    )

    audience: Annotated[Audience | None, Needed(), Vocabulary("audience")] = None
    running: Figure | None = None
    free_places: Figure | None = None
    started: Annotated[Figure | None, Needed()] = None
    closed: Annotated[Figure | None, Needed()] = None
    closures: Annotated[
        tuple[ClosureFigure, ...], Field(max_length=MAX_ITEMS), OneEach("category")
    ] = ()
    complaints: Figure | None = None
    answered_in_time: Figure | None = None
    answered_late: Figure | None = None
    goals: Annotated[tuple[GoalFigure, ...], Field(max_length=MAX_ITEMS), OneEach("goal")] = ()
    survey: Annotated[tuple[SurveyFigure, ...], Field(max_length=MAX_ITEMS)] = ()
    remarks: Annotated[Prose | None, Lines(4)] = None
