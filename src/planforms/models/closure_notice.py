"""The closure notice: that a case closes, told inside the service or to the participant.

The two say different things. Inside, nobody needs more than the case number, the day and the
category: no name, no reason. The participant is told why, what was tried, who decided and where to
turn.

Sources: Team Work, pages 23 and 24 (by the end of the month, with number and category; who tells
whom); Molde 2.5 and 2.7 (the end of a place).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from planforms.models.documents import CaseDocument, Signature
from planforms.models.fields import MAX_ITEMS, ByHand, Day, Line, Lines, Prose, Rows, Vocabulary
from planforms.models.people import Part, Role, TeamMember

TO_PARTICIPANT = "to_participant"
"""The variant that is written to the participant; any other one stays inside the service."""


class ToldOf(Part):
    """Who is told that a case closes; a role is enough."""

    role: Annotated[Role, Vocabulary("role")]
    told_on: Annotated[Day | None, ByHand()] = None


class ClosureNotice(CaseDocument):
    """That a case closes.

    ``chain`` is who is told, in this order. ``reason``, ``tried``, ``heard_on`` (the day the
    participant could say what they think), ``view`` and ``decided_by`` are for the participant
    alone; ``contact`` is whom they can ask.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("heard_on", "issued_on"),
        ("replaces.issued_on", "issued_on"),
    )
    needed: ClassVar[tuple[str, ...]] = ("case.closure.category", "case.closure.closed_on")

    kind: Literal["closure_notice"] = "closure_notice"
    chain: Annotated[tuple[ToldOf, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()
    reason: Annotated[Prose | None, Lines(3)] = None
    tried: Annotated[Prose | None, Lines(3)] = None
    heard_on: Day | None = None
    view: Annotated[Prose | None, Lines(2)] = None
    decided_by: Line | None = None
    contact: TeamMember | None = None
    signatures: Annotated[tuple[Signature, ...], Field(max_length=MAX_ITEMS)] = ()

    @model_validator(mode="before")
    @classmethod
    def _without_a_name(cls, data: Any) -> Any:
        """Inside the service the case needs no participant: its number stands for the name."""
        case = data.get("case") if isinstance(data, Mapping) else None
        if not isinstance(case, Mapping) or data.get("variant") == TO_PARTICIPANT:
            return data
        if case.get("participant") or not case.get("number"):
            return data
        return {**data, "case": {**case, "participant": {"name": case["number"]}}}
