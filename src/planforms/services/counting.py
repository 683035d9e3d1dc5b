"""What a service counts: how many places it has, and which shares it aims at."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planforms.services.parts import Basis, ProfilePart
from planforms.services.texts import Translated

ClosureName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,49}(\.[a-z][a-z0-9_]{0,49})?$")]
"""A closure category, or a form of one: ``work``, ``work.flex_job``."""


class ServiceGoal(ProfilePart):
    """A share of the cases that ended, which a service aims at.

    Attributes:
        share: the share in per cent.
        closures: what is counted: closure categories, or forms of them.
        among: what it is a share of; all cases that ended if empty.
        basis: ``source`` if the service itself has the goal, ``practice`` if not.
        source: where it stands.
    """

    share: Annotated[int, Field(ge=1, le=100)]
    closures: Annotated[tuple[ClosureName, ...], Field(min_length=1)]
    among: tuple[ClosureName, ...] = ()
    basis: Basis = "source"
    source: Translated


class CountingProfile(ProfilePart):
    """What a service's numbers rest on.

    Attributes:
        places: how many participants it has room for; absent if that is not counted.
        goals: the shares that it aims at, by key; named in ``terms.po`` (context ``goal``).
    """

    places: Annotated[int | None, Field(ge=1, le=10_000)] = None
    goals: dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,49}$")], ServiceGoal] = Field(
        default_factory=dict
    )
