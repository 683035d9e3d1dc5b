"""Documentation: what a service writes down about a participant, in which system, and who reads it.

To document is a public duty, so the document is information in most services; the profile of a
service whose own routine asks for a consent words it as one (``documents.documentation.wording``).
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import CaseDocument, Explanation, Signature
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
    """What the participant answered, where documentation is worded as a consent."""

    decision: Annotated[Decision, Vocabulary("decision")]
    decided_on: Day
    withdrawn_on: Day | None = None


class Documentation(CaseDocument):
    """What is written down in a case system, why, and who can read it.

    ``information`` are the kinds that are written down, ``readers`` those who can read them, by
    their office, ``refusal`` what a no means (in a service that words it as a consent).

    Source: Team Work's first meeting asks for a consent to document in Accorda; elsewhere the duty
    to document and article 13 of the data protection regulation.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("explanation.explained_on", "signatures[].signed_on"),
        ("answer.decided_on", "answer.withdrawn_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["documentation"]
    system: Annotated[Line | None, Needed()] = None
    purpose: Annotated[Prose | None, Needed(), Lines(2)] = None
    information: Annotated[
        tuple[Annotated[Information, Vocabulary("information")], ...],
        Needed(),
        Field(max_length=MAX_ITEMS),
    ] = ()
    sources: Annotated[Prose | None, Needed(), Lines(2)] = None
    readers: Annotated[Prose | None, Needed(), Lines(2)] = None
    refusal: Annotated[Prose | None, Lines(2)] = None
    answer: DocumentationAnswer | None = None
    explanation: Annotated[Explanation | None, ByHand()] = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
    signatures: Annotated[
        tuple[Signature, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)
    ] = ()
