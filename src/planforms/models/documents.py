"""What all kinds of document share."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from planforms.models.case import Case
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Day,
    Key,
    LanguageName,
    Line,
    Lines,
    Needed,
    Prose,
    Vocabulary,
)
from planforms.models.people import Part, Recipient, Role, TeamMember
from planforms.models.secrecy import Information


class Status(StrEnum):
    """Whether a document is still being written or is issued."""

    DRAFT = "draft"
    FINAL = "final"


class Replacement(Part):
    """The earlier issue that this document replaces, and why."""

    issued_on: Day
    reason: Line | None = None


class Additional(Part):
    """A labelled text that a municipality adds to a document."""

    label: Line
    text: Prose


class SignatureState(StrEnum):
    """What has become of a signature."""

    TO_SIGN = "to_sign"
    SIGNED = "signed"
    REFUSED = "refused"


class Signature(Part):
    """One signature: to be signed on paper, signed elsewhere, or declined.

    A participant may decline; ``note`` may say so in their words. ``method`` names how a
    signature was given, such as an electronic identification.
    """

    role: Annotated[Role, Vocabulary("role")]
    name: Annotated[Line | None, ByHand()] = None
    state: Annotated[SignatureState, Vocabulary("signature_state")] = SignatureState.TO_SIGN
    signed_on: Annotated[Day | None, ByHand()] = None
    method: Line | None = None
    note: Annotated[Prose | None, Lines(2)] = None


def own_day(signatures: Any) -> Any:
    """The day beside the participant's signature, in plain data of any form; ``None`` without."""
    rows = signatures if isinstance(signatures, list | tuple) else ()
    own = (row for row in rows if isinstance(row, Mapping) and row.get("role") == Role.PARTICIPANT)
    return next((row.get("signed_on") for row in own), None)


class Explanation(Part):
    """Who explained a document to the participant before it was signed, and how.

    ``interpreter`` is a name, a number or the agency; children never interpret.
    """

    explained_on: Annotated[Day | None, ByHand()] = None
    explained_by: Annotated[Line | None, ByHand()] = None
    role: Annotated[Role | None, Vocabulary("role")] = None
    read_aloud_by: Annotated[Line | None, ByHand()] = None
    interpreter: Annotated[Line | None, ByHand()] = None


Additions = Annotated[tuple[Additional, ...], Field(max_length=MAX_ITEMS)]


class DocumentData(Part):
    """What every kind of document holds: its identity and its status.

    Kinds derive from :class:`CaseDocument` or :class:`UnitDocument`. ``schema`` is the version of
    the data's form. Files of an older version will go on loading: a change that is not an addition
    gets a new number and a migration. ``variant`` is one of the service profile's variants of the
    kind.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of paths whose first date must not come after the second; ``[]`` is each item."""

    number_order: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of paths whose first number must not be greater than the second."""

    birth: ClassVar[str] = ""
    """The path of a day of birth, which lies before every other day; empty if there is none."""

    told_by: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of paths whose second tells the first, where that one is not given."""

    needed: ClassVar[tuple[str, ...]] = ()
    """Paths within shared parts that an issued document of this kind needs."""

    service_path: ClassVar[str] = "service"
    """Where the data names the service."""

    discloses: ClassVar[tuple[tuple[str, Information], ...]] = ()
    """Paths whose values are confidential, each with the kind of information it is."""

    schema_version: Annotated[Literal[2], Field(alias="schema")] = 2
    kind: str
    variant: Key | None = None
    language: LanguageName
    status: Annotated[Status, Vocabulary("status")] = Status.DRAFT
    issued_on: Annotated[Day | None, Needed()] = None
    replaces: Replacement | None = None
    additional: Additions = ()

    @property
    def service_key(self) -> str:
        """The service whose document it is."""
        raise NotImplementedError

    @property
    def reference(self) -> str:
        """What identifies it to its readers: the only datum that file names and logs repeat."""
        raise NotImplementedError

    @property
    def is_protected(self) -> bool:
        """Whether it is about somebody whose identity is protected."""
        return False


PROTECTED = "case.participant.protected_identity"
"""Where the data says that the participant's identity is protected."""


class CaseDocument(DocumentData):
    """A document about one participant's case."""

    service_path: ClassVar[str] = "case.service"

    birth: ClassVar[str] = "case.participant.birth_date"

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        ("case.referred_on", "case.enrolled_on"),
        ("case.enrolled_on", "case.closure.closed_on"),
    )

    case: Case

    @property
    def service_key(self) -> str:
        """The service that the case is in."""
        return self.case.service

    @property
    def reference(self) -> str:
        """The case number."""
        return self.case.number

    @property
    def is_protected(self) -> bool:
        """Whether the participant's identity is protected."""
        return self.case.participant.protected_identity


class Period(Part):
    """The days that a document of a unit is about, both included."""

    starts_on: Day
    ends_on: Day


class UnitDocument(DocumentData):
    """A document about a whole service and a period, such as its statistics; about no case."""

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (("period.starts_on", "period.ends_on"),)

    service: Key
    period: Annotated[Period | None, Needed()] = None
    writer: Annotated[TeamMember | None, Needed()] = None
    recipient: Recipient | None = None

    @property
    def service_key(self) -> str:
        """The service that it is about."""
        return self.service

    @property
    def reference(self) -> str:
        """The service and, once there is one, the last day of the period."""
        return f"{self.service} {self.period.ends_on}" if self.period else self.service
