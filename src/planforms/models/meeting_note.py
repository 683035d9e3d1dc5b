"""The note of a meeting: what was said and agreed, and who decides what is not agreed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from planforms.models.documents import CaseDocument
from planforms.models.fields import MAX_ITEMS, ByHand, Day, Line, Lines, Needed, Prose, Rows
from planforms.models.meetings import Meeting
from planforms.models.people import Part, Recipient, TeamMember
from planforms.models.secrecy import Copy, Disclosure, Information

JOINT = "joint"
"""The variant of a note that names a case by its number alone."""


class AgreedStep(Part):
    """What somebody is to do until when."""

    what: Annotated[Prose, Lines(1)]
    responsible: Annotated[Line | None, Needed()] = None
    due: Day | None = None


class OpenMatter(Part):
    """What somebody else is to decide: who does, and never what the decision is."""

    what: Annotated[Prose, Lines(1)]
    decided_by: Annotated[Line | None, Needed()] = None


class MeetingNote(CaseDocument):
    """The note of a meeting or a talk, or a short account of it for somebody who was not there.

    With ``recipient`` it goes to a party that was absent, which learns no more than consents cover.
    ``reasons`` are why something that was agreed was not done. A note of a joint meeting names a
    case by its number alone: its data needs no name of the participant.

    Source: Team Work, pages 5, 21 and 22; ViVirk'R, chapters 3 and 7; Molde 2.3.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("meeting.day", "issued_on"),
        ("meeting.day", "next_meeting.day"),
        ("meeting.day", "agreed[].due"),
        ("replaces.issued_on", "issued_on"),
    )
    discloses: ClassVar[tuple[tuple[str, Information], ...]] = (
        ("done", Information.PLAN),
        ("changes", Information.PLAN),
        ("discussed", Information.PLAN),
        ("agreed", Information.PLAN),
        ("open_matters", Information.PLAN),
        ("reasons", Information.SOCIAL_SITUATION),
    )

    kind: Literal["meeting_note"] = "meeting_note"
    recipient: Recipient | None = None
    meeting: Annotated[Meeting | None, Needed()] = None
    present: Annotated[tuple[TeamMember, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(3)] = ()
    absent: Annotated[tuple[TeamMember, ...], Field(max_length=MAX_ITEMS), Rows(2)] = ()
    done: Annotated[Prose | None, Lines(3)] = None
    changes: Annotated[Prose | None, Lines(2)] = None
    discussed: Annotated[Prose | None, Needed(), Lines(5)] = None
    agreed: Annotated[tuple[AgreedStep, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()
    reasons: Annotated[Prose | None, Lines(2)] = None
    open_matters: Annotated[tuple[OpenMatter, ...], Field(max_length=MAX_ITEMS), Rows(2)] = ()
    next_meeting: Meeting | None = None
    remarks: Annotated[Prose | None, ByHand(), Lines(2)] = None
    written_by: Annotated[TeamMember | None, Needed()] = None
    disclosure: Disclosure | None = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()

    @model_validator(mode="before")
    @classmethod
    def _without_name(cls, data: Any) -> Any:
        """The data of a joint note, in which the case number stands for the participant's name."""
        case = data.get("case") if isinstance(data, Mapping) else None
        if not isinstance(case, Mapping) or data.get("variant") != JOINT:
            return data
        participant = case.get("participant") or {"name": case.get("number")}
        return {**data, "case": {**case, "participant": participant}}
