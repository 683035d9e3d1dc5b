"""The yearly survey: what participants think of the service, without a name.

Source: Molde's rights document promises one; ViVirk'R and Harstad ask their participants every
year. None publishes its questions: those of the profiles are good practice.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import Period, UnitDocument
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
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


class Step(StrEnum):
    """A step of the scale."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"


class SurveyAnswer(Part):
    """The answer to one question; nothing if it was passed over."""

    item: Annotated[Key, Vocabulary("survey_question")]
    value: Annotated[Step | None, ByHand(), Vocabulary("step")] = None


class Survey(UnitDocument):
    """A form that nobody can be known by: no name, no case number, no day.

    Attributes:
        form: which of the service's forms it is.
        low, high: what the ends of its scale mean; the profile says it.
        period: the year that it asks about.
        comment: what somebody wrote beside; it is read, and never printed again.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = UnitDocument.date_order

    kind: Literal["survey"] = "survey"
    issued_on: Day | None = None
    period: Annotated[Period | None, Needed()] = None
    writer: TeamMember | None = None
    form: Annotated[Key | None, Needed(), Vocabulary("survey")] = None
    low: Line | None = None
    high: Line | None = None
    answers: Annotated[
        tuple[SurveyAnswer, ...],
        Field(max_length=MAX_ITEMS),
        OneEach("item", within="form", ordered=True),
    ] = ()
    comment: Annotated[Prose | None, ByHand(), Lines(5)] = None
