"""The appeal of a decision: a paper of its own, since a law sets its form, its body and its time.

It goes first to those who made the decision. Whoever decides must be able to reach the person, a
protected identity included: ``appellant.safe_contact`` is a way that tells nobody where they are.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.complaint import AppealedDecision, Capacity, Receipt
from planforms.models.documents import CaseDocument, Signature
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Day,
    Guarded,
    Line,
    Lines,
    Needed,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.people import Part


class Appellant(Part):
    """Who appeals, and how they can be reached.

    ``name`` is of somebody else than the participant; on ``authorised_on`` the participant signed
    what lets them appeal. ``safe_contact`` is how whoever decides reaches somebody whose identity
    is protected, such as through the office: it is printed, so it must tell nobody where they are.
    """

    capacity: Annotated[Capacity | None, Vocabulary("complaint_capacity")] = None
    name: Annotated[Line | None, Guarded()] = None
    authorised_on: Day | None = None
    contact: Annotated[Line | None, Guarded()] = None
    safe_contact: Line | None = None
    helped_by: Annotated[Line | None, Guarded()] = None


class Appeal(CaseDocument):
    """An appeal of a decision, or where a law says so the request to have it looked at again.

    Sources: forvaltningsloven § 32, förvaltningslagen (2017:900) §§ 43-45, socialförsäkringsbalken
    113:7, retssikkerhedsloven §§ 60-67. ``change`` is how the decision should be instead.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("decision.made_on", "decision.told_on"),
        ("decision.told_on", "receipt.received_on"),
        ("decision.told_on", "decision.forwarded_on"),
        ("receipt.received_on", "receipt.read_back_on"),
        ("replaces.issued_on", "issued_on"),
    )
    needed: ClassVar[tuple[str, ...]] = ("appellant.capacity", "decision.authority")

    kind: Literal["appeal"] = "appeal"
    appellant: Annotated[Appellant | None, Needed()] = None
    decision: Annotated[AppealedDecision | None, Needed()] = None
    change: Annotated[Prose | None, ByHand(), Lines(3)] = None
    reasons: Annotated[Prose | None, ByHand(), Lines(8)] = None
    receipt: Receipt | None = None
    signatures: Annotated[tuple[Signature, ...], Field(max_length=MAX_ITEMS), Rows(1)] = ()
