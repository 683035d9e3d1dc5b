"""The case a document belongs to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from planforms.models.fields import MAX_ITEMS, CaseNumber, Day, Key, Needed, Rows, Vocabulary
from planforms.models.people import Part, Participant, TeamMember


class Closure(Part):
    """How the case ended.

    ``category`` is one of the service profile's closure categories. Reasons below the category
    (treatment, prison, illness) have no place here.
    """

    category: Annotated[Key | None, Needed(), Vocabulary("closure")] = None
    closed_on: Annotated[Day | None, Needed()] = None


class Case(Part):
    """What identifies a case and who takes part in it."""

    number: CaseNumber
    service: Key
    participant: Participant
    team: Annotated[tuple[TeamMember, ...], Field(max_length=MAX_ITEMS), Rows(3)] = ()
    referred_on: Day | None = None
    enrolled_on: Day | None = None
    closure: Annotated[Closure | None, Needed()] = None
