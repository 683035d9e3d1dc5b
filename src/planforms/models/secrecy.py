"""What may be passed on, to whom, and on what ground.

Secrecy areas decide, not organisations: two offices of one municipality can be two areas (Sweden:
offentlighets- och sekretesslagen 8:1-2).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BeforeValidator, Field

from planforms.models.fields import MAX_ITEMS, Day, Guarded, Key, Line, Needed, Prose, Vocabulary
from planforms.models.people import Part, Role


class Information(StrEnum):
    """Kinds of information, so coarse that a participant can choose among them."""

    CONTACT = "contact"
    EDUCATION_AND_WORK = "education_and_work"
    RESOURCES_AND_OBSTACLES = "resources_and_obstacles"
    HEALTH = "health"
    SOCIAL_SITUATION = "social_situation"
    FINANCES = "finances"
    ATTENDANCE = "attendance"
    PLAN = "plan"
    ASSESSMENT = "assessment"


class Exchange(StrEnum):
    """Which way information goes, seen from the service; each is agreed to apart."""

    GIVE = "give"
    OBTAIN = "obtain"


def _as_ways(value: object) -> object:
    """One way alone, or ``both``, as the ways that they are."""
    if isinstance(value, str):
        return tuple(Exchange) if value == "both" else (value,)
    return value


Ways = Annotated[
    tuple[Annotated[Exchange, Vocabulary("exchange")], ...],
    Field(max_length=2),
    BeforeValidator(_as_ways),
]
"""The ways in which information may go; data can name one way alone, or write ``both``."""


class Decision(StrEnum):
    """A participant's answer; an explicit no is as good an answer as a yes."""

    GIVEN = "given"
    REFUSED = "refused"


class ConsentGiven(Part):
    """What the participant decided about one secrecy area.

    It holds from ``valid_from`` (or the day it was given) to ``valid_until``, both included, and no
    longer than until the final report has been sent, or until it is withdrawn; a withdrawal does
    not undo what was passed on before. Whoever comes back decides anew (``Case.reentered_on``).
    """

    area: Annotated[Key, Vocabulary("area")]
    decision: Annotated[Decision, Vocabulary("decision")]
    decided_on: Day
    exchange: Ways = tuple(Exchange)
    information: Annotated[
        tuple[Annotated[Information, Vocabulary("information")], ...], Field(max_length=MAX_ITEMS)
    ] = ()
    exclusions: Prose | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    withdrawn_on: Day | None = None


class DisclosureBasis(StrEnum):
    """On what ground a document is passed on."""

    CONSENT = "consent"
    LAW = "law"


class Disclosure(Part):
    """What the passing on of this document rests on.

    With ``consent`` the consents given stand in the case; with ``law``, ``provision`` names the
    provision as it is to be printed.
    """

    basis: Annotated[DisclosureBasis | None, Needed(), Vocabulary("disclosure")] = None
    provision: Line | None = None


class Copy(Part):
    """Who else receives the document, and whose copy it is.

    ``secrecy_area`` tells whether passing it on needs a ground; the participant's own copy
    (``role`` participant) never does.
    """

    recipient: Annotated[Line, Guarded()]
    role: Annotated[Role | None, Vocabulary("role")] = None
    secrecy_area: Annotated[Key | None, Vocabulary("area")] = None
