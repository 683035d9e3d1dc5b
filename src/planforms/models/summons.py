"""The summons: when and where people meet, what about, and who comes."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import CaseDocument
from planforms.models.fields import (
    MAX_ITEMS,
    Day,
    Guarded,
    Key,
    Line,
    Lines,
    Needed,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.meetings import Meeting
from planforms.models.people import Part, Recipient, Role
from planforms.models.secrecy import Copy, Disclosure, Information


class Invitee(Part):
    """Somebody who is invited beside the participant.

    ``secrecy_area`` tells whether others may learn that they are: a summons to another area names
    only those whose part the participant has agreed to.
    """

    role: Annotated[Role, Vocabulary("role")]
    name: Line | None = None
    organisation: Annotated[Line | None, Guarded()] = None
    secrecy_area: Annotated[Key | None, Vocabulary("area")] = None


class MeetingContact(Part):
    """Whom to call about a meeting: always somebody with a name."""

    name: Annotated[Line | None, Needed()] = None
    role: Annotated[Role | None, Vocabulary("role")] = None
    phone: Annotated[Line | None, Needed()] = None


class SpokenSummons(Part):
    """When the participant was also told by word of mouth, and by whom."""

    told_on: Annotated[Day | None, Needed()] = None
    told_by: Annotated[Line | None, Needed()] = None


class Summons(CaseDocument):
    """A letter that asks somebody to come to a meeting.

    It goes to the participant or, with ``recipient``, to somebody else. ``missed_on`` is the day of
    a meeting that did not come about; ``rules`` is what holds for those who do not come.

    Source: Team Work, pages 17-18: day, time, place and a named consultant, told and written;
    ViVirk'R, chapter 7: agenda, host and leader of network meetings.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("issued_on", "meeting.day"),
        ("missed_on", "issued_on"),
        ("replaces.issued_on", "issued_on"),
    )
    needed: ClassVar[tuple[str, ...]] = ("meeting.starts",)
    discloses: ClassVar[tuple[tuple[str, Information], ...]] = (
        ("purpose", Information.PLAN),
        ("invited", Information.PLAN),
    )

    kind: Literal["summons"] = "summons"
    recipient: Recipient | None = None
    meeting: Annotated[Meeting | None, Needed()] = None
    purpose: Annotated[Prose | None, Needed(), Lines(2)] = None
    contact: Annotated[MeetingContact | None, Needed()] = None
    invited: Annotated[tuple[Invitee, ...], Field(max_length=MAX_ITEMS), Rows(2)] = ()
    bring: Annotated[Prose | None, Lines(1)] = None
    interpreter: Line | None = None
    missed_on: Day | None = None
    rules: Annotated[Prose | None, Lines(2)] = None
    spoken: SpokenSummons | None = None
    disclosure: Disclosure | None = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
