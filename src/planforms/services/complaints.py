"""Who handles a complaint, as a service says it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from planforms.models.complaint import Subject
from planforms.models.fields import Key, Line
from planforms.models.people import Role
from planforms.services.parts import Basis, ProfilePart
from planforms.services.texts import Translated

if TYPE_CHECKING:
    from planforms.services.profiles import ServiceProfile


class ComplaintRoute(ProfilePart):
    """Who handles complaints about one subject.

    Attributes:
        to: the role that the service names.
        otherwise: who does where nobody has that role or where it is the one complained about;
            the first that fits.
        source: where the route stands.
        checked: the day somebody last compared it with its source.
    """

    to: Role
    otherwise: tuple[Role, ...] = ()
    source: Translated
    checked: date | None = None


class ComplaintBody(ProfilePart):
    """Somebody outside of the service who handles complaints.

    Attributes:
        name: the body's own name.
        source: where this stands.
        checked: the day somebody last compared it with its source.
    """

    name: Translated
    source: Translated
    checked: date | None = None


class AppealBody(ProfilePart):
    """Who receives appeals of decisions by a law, as the service knows it.

    Attributes:
        name: the body's own name.
        address: where it is written to.
        basis: whether a source of the service names it, or it is assumed.
    """

    name: Translated
    address: Line
    basis: Basis


class Escalation(ComplaintBody):
    """Who takes a complaint further; ``role`` is whom to ask for there."""

    role: Role | None = None


class ComplaintRouting(ProfilePart):
    """How the service handles complaints.

    Attributes:
        grounds: what a complaint can be about, by key; named in ``terms.po`` (context
            ``complaint_ground``).
        routes: who handles it, by its subject; a subject without a route goes outside.
        others: who handles complaints about people whom another body sends, by their role.
        vacant: the roles that nobody has, by the measure's key.
        outside: who handles what nobody in the service may handle.
        escalation: where to go with a reply that does not satisfy.
        fallback_source: what the routes rest on where a role is vacant or complained about.
    """

    grounds: Annotated[tuple[Key, ...], Field(min_length=1)]
    routes: dict[Subject, ComplaintRoute]
    others: dict[Role, ComplaintBody] = Field(default_factory=dict)
    vacant: dict[Key, tuple[Role, ...]] = Field(default_factory=dict)
    outside: ComplaintBody
    escalation: Escalation
    fallback_source: Translated


def grounds_of(service: ServiceProfile) -> tuple[str, ...]:
    """What a complaint to a service can be about, by key; nothing if it handles none."""
    return service.complaints.grounds if service.complaints else ()
