"""The mapping: all that a participant and a consultant have found out about the way to work.

One agency keeps it. The action plan carries the current situation in the participant's own words
instead; whoever else is to have the mapping stands in its own list of copies.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import CaseDocument
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Day,
    Key,
    Lines,
    Needed,
    OneEach,
    Prose,
    Vocabulary,
)
from planforms.models.final_report import Basis
from planforms.models.people import Organisation, Part, TeamMember
from planforms.models.secrecy import Copy, Disclosure, Information


class MappingEntry(Part):
    """What was said about one of the service profile's categories, and what that rests on."""

    category: Annotated[Key, Vocabulary("mapping_category")]
    text: Annotated[Prose | None, Needed(), Lines(4)] = None
    basis: Annotated[Basis | None, Vocabulary("basis")] = None


class NeedsMapping(CaseDocument):
    """A mapping in the categories that the service has chosen.

    Source: Team Work, with ten categories that are written in the case system of one agency
    (AME). The participant decides what to tell; a category that was not talked about is left out.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("begun_on", "ended_on"),
        ("ended_on", "issued_on"),
        ("read_on", "issued_on"),
        ("replaces.issued_on", "issued_on"),
    )
    discloses: ClassVar[tuple[tuple[str, Information], ...]] = (
        ("entries", Information.EDUCATION_AND_WORK),
        ("entries", Information.RESOURCES_AND_OBSTACLES),
        ("entries", Information.HEALTH),
        ("entries", Information.SOCIAL_SITUATION),
    )
    """Whoever is to have the whole mapping needs a consent to all of these."""

    kind: Literal["mapping"] = "mapping"
    keeper: Annotated[Organisation | None, Needed()] = None
    begun_on: Annotated[Day | None, Needed()] = None
    ended_on: Day | None = None
    conducted_by: Annotated[TeamMember | None, Needed()] = None
    entries: Annotated[
        tuple[MappingEntry, ...], Needed(), Field(max_length=MAX_ITEMS), OneEach("category")
    ] = ()
    summary: Annotated[Prose | None, Needed(), Lines(5)] = None
    read_on: Annotated[Day | None, ByHand()] = None
    comments: Annotated[Prose | None, ByHand(), Lines(3)] = None
    disclosure: Disclosure | None = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
