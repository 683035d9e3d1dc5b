"""People, organisations and the roles they have in a case."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from planforms.models.fields import (
    MAX_ITEMS,
    Day,
    Guarded,
    Key,
    Line,
    Lines,
    Needed,
    Prose,
    Vocabulary,
)


class Part(BaseModel):
    """What all parts of a document share: they are frozen and know no other fields."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        validate_by_name=True,
        serialize_by_alias=True,
    )


class Role(StrEnum):
    """What somebody is in a case; the words for it are the language's own."""

    PARTICIPANT = "participant"
    REFERRER = "referrer"
    CASEWORKER = "caseworker"
    ADVISER = "adviser"
    SOCIAL_WORKER = "social_worker"
    COACH = "coach"
    CONTACT_PERSON = "contact_person"
    COORDINATOR = "coordinator"
    WORK_LEADER = "work_leader"
    COURSE_LEADER = "course_leader"
    MANAGER = "manager"
    UNIT_HEAD = "unit_head"
    MENTOR = "mentor"
    SUPERVISOR = "supervisor"
    OCCUPATIONAL_THERAPIST = "occupational_therapist"
    HEALTH_EDUCATOR = "health_educator"
    PSYCHOLOGIST = "psychologist"
    YOUTH_COORDINATOR = "youth_coordinator"
    INTERPRETER = "interpreter"
    REPRESENTATIVE = "representative"
    SUPPORT_PERSON = "support_person"
    GUARDIAN = "guardian"
    PARENT = "parent"
    TRUSTEE = "trustee"
    FUTURE_PROXY = "future_proxy"


class Address(Part):
    """A postal address, printed as given."""

    street: Annotated[Line, Guarded()]
    postal_code: Annotated[Line, Guarded()]
    town: Annotated[Line, Guarded()]


class Organisation(Part):
    """An authority, a provider or a workplace.

    ``secrecy_area`` tells where confidential information may flow without further grounds: two
    organisations of one municipality can be two areas.
    """

    name: Line
    unit: Line | None = None
    secrecy_area: Annotated[Key | None, Vocabulary("area")] = None


class TeamMember(Part):
    """Somebody who works in the case. A role where a role will do; a name where one is needed."""

    role: Annotated[Role, Vocabulary("role")]
    name: Line | None = None
    organisation: Line | None = None


class RepresentativeKind(StrEnum):
    """In what capacity somebody stands beside the participant; a country knows some of them.

    A ``parent`` has custody. A ``guardian`` was appointed, such as verge, förvaltare or værge; a
    ``trustee`` too, who decides nothing against the participant's will (god man). A
    ``future_proxy`` acts by a power of attorney for the future once it is in force.
    """

    REPRESENTATIVE = "representative"
    SUPPORT_PERSON = "support_person"
    PARENT = "parent"
    GUARDIAN = "guardian"
    TRUSTEE = "trustee"
    FUTURE_PROXY = "future_proxy"


class Representative(Part):
    """Somebody who acts for the participant or supports them.

    ``scope`` says what the mandate covers; a guardian's copy is a disclosure too.
    """

    kind: Annotated[RepresentativeKind, Vocabulary("representative")]
    name: Annotated[Line, Guarded()]
    scope: Annotated[Prose | None, Lines(1)] = None


class Participant(Part):
    """The person the document is about.

    A birth date or the case number identifies; a national number is optional everywhere and is
    never refused by a checksum. ``protected_identity`` withholds every guarded field.
    """

    name: Line
    birth_date: Day | None = None
    national_id: Annotated[Line | None, Guarded()] = None
    address: Annotated[Address | None, Guarded()] = None
    phone: Annotated[Line | None, Guarded()] = None
    email: Annotated[Line | None, Guarded()] = None
    interpreter_language: Line | None = None
    format_needs: Line | None = None
    protected_identity: bool = False
    representatives: Annotated[tuple[Representative, ...], Field(max_length=MAX_ITEMS)] = ()


class Recipient(Part):
    """Who the document is sent to; ``address`` shows in the window of an envelope."""

    organisation: Annotated[Organisation | None, Needed()] = None
    address: Annotated[Address | None, Guarded()] = None
    name: Line | None = None
    role: Annotated[Role | None, Vocabulary("role")] = None
    reference: Line | None = None
