"""Documentation: what a service writes down about a participant, in which system, and who reads it.

To document is a public duty, so the document informs. A service whose own routine asks for a
consent to write down more than that names it in its profile (``documentation.asked``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from planforms.models.documents import CaseDocument, Explanation, Signature, own_day
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Day,
    Line,
    Lines,
    Needed,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.people import Part
from planforms.models.secrecy import Copy, Decision, Information


class DocumentationAnswer(Part):
    """What the participant answered, where the service asks to write down more than it must."""

    decision: Annotated[Decision, Vocabulary("decision")]
    decided_on: Day
    withdrawn_on: Day | None = None


class Documentation(CaseDocument):
    """What is written down in a case system, why, and who can read it.

    ``information`` are the kinds that are written down, ``readers`` those who can read them, by
    their office; ``asked`` is what is written down only with a consent, and ``refusal`` what a no
    to that means. The service's profile says whatever the data does not. An answer was decided on
    the day that the participant signed, if it does not say otherwise.

    Source: Team Work's first meeting asks for a consent to document in Accorda; elsewhere the duty
    to document and article 13 of the data protection regulation.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("explanation.explained_on", "signatures[].signed_on"),
        ("answer.decided_on", "answer.withdrawn_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["documentation"] = "documentation"
    system: Annotated[Line | None, Needed()] = None
    purpose: Annotated[Prose | None, Needed(), Lines(2)] = None
    information: Annotated[
        tuple[Annotated[Information, Vocabulary("information")], ...],
        Needed(),
        Field(max_length=MAX_ITEMS),
    ] = ()
    sources: Annotated[Prose | None, Needed(), Lines(2)] = None
    readers: Annotated[Prose | None, Needed(), Lines(2)] = None
    asked: Annotated[Prose | None, Lines(1)] = None
    refusal: Annotated[Prose | None, Lines(2)] = None
    answer: DocumentationAnswer | None = None
    explanation: Annotated[Explanation | None, ByHand()] = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
    signatures: Annotated[
        tuple[Signature, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)
    ] = ()

    @model_validator(mode="before")
    @classmethod
    def _complete_answer(cls, data: Any) -> Any:
        """An answer as a filled form has it: its day stands beside the signature."""
        if not isinstance(data, Mapping) or not isinstance(data.get("answer"), Mapping):
            return data
        day = own_day(data.get("signatures"))
        return {**data, "answer": {"decided_on": day, **data["answer"]}} if day else data
