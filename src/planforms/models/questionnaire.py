"""The questionnaire: how somebody sees their own way, several times over.

Source: ViVirk'R, whose progression form is filled in at the start and every half year as a tool for
talking; Hjortmossen, which asks again six months after the end. Neither publishes its questions:
those of the profiles are good practice.
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
    Lines,
    Needed,
    OneEach,
    Prose,
    Vocabulary,
)
from planforms.models.people import Part
from planforms.models.secrecy import Copy

MOST_EARLIER = 8
"""How many earlier times are told beside today: four years of half years."""


class Rating(StrEnum):
    """The answer to a question; to decline it is as good an answer as a number."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"
    FIVE = "5"
    DECLINED = "declined"


class Occasion(StrEnum):
    """When a form is filled in."""

    START = "start"
    ON_THE_WAY = "on_the_way"
    END = "end"
    AFTER = "after"
    """Some months after the end, when the service has no consents of the participant any more."""


class RatedAnswer(Part):
    """The answer to one question."""

    item: Annotated[Key, Vocabulary("question")]
    value: Annotated[Rating | None, ByHand(), Vocabulary("step")] = None


class EarlierAnswers(Part):
    """What was answered another time."""

    answered_on: Day
    answers: Annotated[tuple[RatedAnswer, ...], Field(max_length=MAX_ITEMS)] = ()


class CoursePoint(Part):
    """The answer of one time; nothing if there was none."""

    answered_on: Day | None = None
    value: Annotated[Rating | None, Vocabulary("step")] = None


class Course(Part):
    """The answers to one question, time after time."""

    item: Annotated[Key, Vocabulary("question")]
    points: Annotated[tuple[CoursePoint, ...], Field(max_length=MOST_EARLIER + 1)] = ()


class Questionnaire(CaseDocument):
    """A form of questions about the participant, answered by the participant.

    Nothing is added up: the numbers are something to talk about, not a measure of anybody.

    Attributes:
        form: which of the service's forms it is.
        low, high: what the ends of its scale mean; the profile says it.
        course: the answers of all times, question by question; made from the others.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("earlier[].answered_on", "answered_on"),
        ("answered_on", "issued_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["questionnaire"] = "questionnaire"
    form: Annotated[Key | None, Needed(), Vocabulary("questionnaire")] = None
    low: Line | None = None
    high: Line | None = None
    occasion: Annotated[Occasion | None, Needed(), Vocabulary("occasion")] = None
    answered_on: Annotated[Day | None, Needed(), ByHand()] = None
    answers: Annotated[
        tuple[RatedAnswer, ...],
        Needed(),
        Field(max_length=MAX_ITEMS),
        OneEach("item", within="form", ordered=True),
    ] = ()
    reflection: Annotated[Prose | None, ByHand(), Lines(4)] = None
    earlier: Annotated[tuple[EarlierAnswers, ...], Field(max_length=MOST_EARLIER)] = ()
    course: Annotated[tuple[Course, ...], Field(max_length=MAX_ITEMS)] = ()
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
