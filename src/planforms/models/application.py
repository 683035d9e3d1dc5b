"""The application: what a participant and their caseworker ask of a service, after a visit.

Both write it and both sign it. The caseworker passes on what they know, so it needs a consent that
lifts secrecy between them and the service.

Sources: Hjortmossen, "Ansökan" (after a visit, with background and lifted secrecy); Molde 2.7 (the
order that the final report answers).
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
    Hours,
    Key,
    Line,
    Lines,
    Needed,
    OneEach,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.final_report import Assignment, Question
from planforms.models.people import Organisation, Part, Role


class Referrer(Part):
    """Who refers the participant: the office, and the caseworker who signs.

    The office's ``secrecy_area`` decides which consent the application needs.
    """

    organisation: Annotated[Organisation | None, Needed()] = None
    role: Annotated[Role | None, Vocabulary("role")] = None
    name: Line | None = None
    phone: Line | None = None
    reference: Line | None = None


class Visit(Part):
    """The visit before the application."""

    visited_on: Day | None = None
    met: Line | None = None


class Background(Part):
    """What is known about one of the headings in the service's profile."""

    heading: Annotated[Key, Vocabulary("application_heading")]
    text: Annotated[Prose | None, Needed(), Lines(2)] = None


class AskedQuestion(Part):
    """Something that the referrer wants to know when the measure has ended."""

    question: Annotated[Prose, Lines(1)]


class Cooperation(Part):
    """Somebody whom the service needs to work with, and on what."""

    who: Line
    about: Line | None = None


class ApplicationAnswer(StrEnum):
    """What the service answers; ``gentle_start`` is a place with fewer hours, such as AKTIV."""

    PLACE = "place"
    WAITING = "waiting"
    GENTLE_START = "gentle_start"
    OTHER = "other"


class ApplicationReceipt(Part):
    """When the service received an application, and its answer."""

    received_on: Annotated[Day | None, ByHand()] = None
    received_by: Annotated[Line | None, ByHand()] = None
    answer: Annotated[ApplicationAnswer | None, ByHand(), Vocabulary("application_answer")] = None
    starts_on: Annotated[Day | None, ByHand()] = None
    note: Annotated[Prose | None, ByHand(), Lines(1)] = None


class Application(CaseDocument):
    """An application for a place.

    ``expectations`` are the referrer's, ``own_words`` the participant's. The questions become the
    assignment of the final report (:meth:`assignment`).
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("visit.visited_on", "issued_on"),
        ("issued_on", "receipt.received_on"),
        ("receipt.received_on", "receipt.starts_on"),
        ("issued_on", "wanted_start"),
        ("replaces.issued_on", "issued_on"),
    )
    needed: ClassVar[tuple[str, ...]] = ("case.measure",)

    kind: Literal["application"] = "application"
    referrer: Annotated[Referrer | None, Needed()] = None
    visit: Visit | None = None
    expectations: Annotated[Prose | None, Needed(), Lines(2)] = None
    needs: Annotated[Prose | None, Needed(), Lines(2)] = None
    background: Annotated[
        tuple[Background, ...], Needed(), Field(max_length=MAX_ITEMS), OneEach("heading")
    ] = ()
    own_words: Annotated[Prose | None, ByHand(), Lines(3)] = None
    questions: Annotated[tuple[AskedQuestion, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()
    hours: Annotated[Hours | None, Needed()] = None
    cooperation: Annotated[tuple[Cooperation, ...], Field(max_length=MAX_ITEMS)] = ()
    wanted_start: Day | None = None
    receipt: ApplicationReceipt | None = None
    signatures: Annotated[
        tuple[Signature, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)
    ] = ()

    def assignment(self) -> Assignment:
        """The assignment of a final report: what the referrer expects and asks."""
        return Assignment(
            ordered_on=self.issued_on,
            reference=self.referrer.reference if self.referrer else None,
            description=self.expectations,
            questions=tuple(Question(question=one.question) for one in self.questions),
        )
