"""The complaint and the reply to it.

Least data: no national number, no diagnosis, no compulsory signature. Of the participant the
documents print the name, the needs of language and format, and who stands beside them; whoever
complains tells how they wish to be reached. A complaint that is made without a name is a case of
its own: its number is the complaint's, and ``case.participant.name`` says what the person wants to
be called.
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
    Guarded,
    Key,
    Line,
    Lines,
    Needed,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.people import Address, Part, Role


class Answer(StrEnum):
    """An answer to a question that must not be guessed at."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class Matter(StrEnum):
    """Whether the service is complained about, or a decision is appealed.

    The two have different bodies and deadlines. Nobody needs to know which it is: ``unsure`` asks
    for help to find out.
    """

    SERVICE = "service"
    DECISION = "decision"
    UNSURE = "unsure"


class Subject(StrEnum):
    """About whom or what the service is complained about; it decides who handles the complaint.

    ``decision`` is something that the service decided and that cannot be appealed, such as which
    tasks somebody has.
    """

    PARTICIPANT = "participant"
    STAFF = "staff"
    MANAGER = "manager"
    UNIT_HEAD = "unit_head"
    SERVICE = "service"
    DECISION = "decision"
    OTHER = "other"


class Capacity(StrEnum):
    """Who complains: the participant, or somebody for them or on their own account."""

    PARTICIPANT = "participant"
    REPRESENTATIVE = "representative"
    GUARDIAN = "guardian"
    RELATIVE = "relative"
    OTHER = "other"


class Complainant(Part):
    """Who complains, and how they wish to be reached.

    ``name`` is of somebody else than the participant; ``address`` is where a reply goes, if not by
    hand. ``participant_agrees`` tells whether the
    participant knows and wants it; without that the reply cannot tell about the participant.
    ``name_may_be_told`` is the answer to whether the one it is about may know who complained.
    """

    capacity: Annotated[Capacity | None, Vocabulary("complaint_capacity")] = None
    name: Annotated[Line | None, Guarded()] = None
    contact: Annotated[Line | None, Guarded()] = None
    address: Annotated[Address | None, Guarded()] = None
    participant_agrees: Annotated[Answer | None, Vocabulary("answer")] = None
    name_may_be_told: Annotated[Answer | None, Vocabulary("answer")] = None
    helped_by: Annotated[Line | None, Guarded()] = None


class ComplaintAbout(Part):
    """About whom or what somebody complains.

    Of a person the role is enough; role or name keep that person from handling the complaint.
    """

    subject: Annotated[Subject | None, Vocabulary("complaint_subject")] = None
    role: Annotated[Role | None, Vocabulary("role")] = None
    name: Annotated[Line | None, Guarded()] = None


class Incident(Part):
    """What happened, in the complainant's words; ``when`` may be as vague as they remember it."""

    account: Annotated[Prose | None, ByHand(), Lines(7)] = None
    when: Line | None = None
    place: Annotated[Line | None, Guarded()] = None


class AppealedDecision(Part):
    """The decision that is appealed.

    ``statute`` is a key of the country's statutes: it decides body and deadline, so it is never
    guessed. The deadline runs from ``told_on``, the day the participant was told. On
    ``forwarded_on`` the appeal came to those who made the decision.
    """

    authority: Line | None = None
    reference: Line | None = None
    made_on: Day | None = None
    told_on: Annotated[Day | None, ByHand()] = None
    statute: Annotated[Key | None, ByHand(), Vocabulary("statute")] = None
    forwarded_on: Day | None = None
    late_reason: Annotated[Prose | None, Lines(1)] = None


class ReceiptManner(StrEnum):
    """How a complaint reached the service."""

    WRITTEN = "written"
    ORAL = "oral"
    TELEPHONE = "telephone"


class Receipt(Part):
    """When, how and by whom a complaint was received.

    What was told by word of mouth is read back to the complainant on ``read_back_on``;
    ``answered_on`` is the day of the reply.
    """

    received_on: Annotated[Day | None, ByHand()] = None
    manner: Annotated[ReceiptManner | None, ByHand(), Vocabulary("complaint_manner")] = None
    received_by: Annotated[Role | None, ByHand(), Vocabulary("role")] = None
    name: Line | None = None
    read_back_on: Day | None = None
    answered_on: Day | None = None


class Complaint(CaseDocument):
    """A complaint about the service.

    Who is not sure whether a decision is meant tells of it in ``decision``; an appeal is a paper of
    its own (:class:`planforms.Appeal`).

    Sources: Molde 2.11 (routes, grounds, help to word it, answer within two weeks); for the other
    services law and good practice. No form is compulsory, so little is needed of an issued one.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("decision.made_on", "decision.told_on"),
        ("decision.told_on", "receipt.received_on"),
        ("decision.told_on", "decision.forwarded_on"),
        ("receipt.received_on", "receipt.read_back_on"),
        ("receipt.received_on", "receipt.answered_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["complaint"] = "complaint"
    danger: Annotated[Answer | None, Needed(), Vocabulary("answer")] = None
    danger_action: Annotated[Prose | None, Lines(1)] = None
    matter: Annotated[Matter | None, Needed(), Vocabulary("complaint_matter")] = None
    complainant: Annotated[Complainant | None, Needed()] = None
    about: ComplaintAbout | None = None
    grounds: Annotated[
        tuple[Annotated[Key, Vocabulary("complaint_ground")], ...], Field(max_length=MAX_ITEMS)
    ] = ()
    other_ground: Line | None = None
    incident: Incident | None = None
    wish: Annotated[Prose | None, ByHand(), Lines(2)] = None
    decision: AppealedDecision | None = None
    receipt: Receipt | None = None
    signatures: Annotated[tuple[Signature, ...], Field(max_length=MAX_ITEMS), Rows(1)] = ()


class ComplaintOutcome(StrEnum):
    """Whether the service agrees with the complaint."""

    UPHELD = "upheld"
    PARTLY = "partly"
    NOT_UPHELD = "not_upheld"


class ReplyAction(Part):
    """Something the service does because of the complaint."""

    action: Annotated[Prose, Lines(1)]
    responsible: Annotated[Role | None, Needed(), Vocabulary("role")] = None
    due: Annotated[Day | None, Needed()] = None


class AnsweredBy(Part):
    """Who answers: never the one it was about; ``organisation`` if from outside the service."""

    name: Annotated[Line | None, Needed()] = None
    role: Annotated[Role | None, Vocabulary("role")] = None
    organisation: Line | None = None
    phone: Line | None = None


class ComplaintReply(CaseDocument):
    """The reply to a complaint about the service.

    It goes to the complainant alone. Whoever is not the participant, and has no say from them,
    learns nothing about the participant from it. Source: Molde 2.11 (within two weeks).
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("receipt.received_on", "issued_on"),
        ("replaces.issued_on", "issued_on"),
    )
    needed: ClassVar[tuple[str, ...]] = (
        "complainant.capacity",
        "about.subject",
        "receipt.received_on",
    )

    kind: Literal["complaint_reply"] = "complaint_reply"
    complainant: Annotated[Complainant | None, Needed()] = None
    about: Annotated[ComplaintAbout | None, Needed()] = None
    receipt: Annotated[Receipt | None, Needed()] = None
    summary: Annotated[Prose | None, Needed(), Lines(3)] = None
    looked_into: Annotated[Prose | None, Needed(), Lines(3)] = None
    findings: Annotated[Prose | None, Needed(), Lines(4)] = None
    outcome: Annotated[ComplaintOutcome | None, Needed(), Vocabulary("complaint_outcome")] = None
    apology: Annotated[Prose | None, Lines(2)] = None
    actions: Annotated[tuple[ReplyAction, ...], Field(max_length=MAX_ITEMS), Rows(2)] = ()
    answered_by: Annotated[AnsweredBy | None, Needed()] = None
