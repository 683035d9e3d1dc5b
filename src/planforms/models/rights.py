"""Rights and duties: what a participant may expect of the service, and the service of them.

The words are the same for every participant of a service: which rights and duties apply stands in
its profile. The data hold who explained them, to whom, and how; a signature means that they were
received and explained, never that anybody agrees.

Source: Molde's description, chapter 2.5, for its eleven rights and five duties; law for the rest.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import CaseDocument, Explanation, Signature
from planforms.models.fields import MAX_ITEMS, ByHand, Lines, Needed, Prose, Rows
from planforms.models.people import TeamMember
from planforms.models.secrecy import Copy


class Rights(CaseDocument):
    """The rights document that every participant receives.

    ``contact`` is whom the participant talks to first, ``comments`` what they asked or want to
    have said.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("explanation.explained_on", "signatures[].signed_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["rights"] = "rights"
    contact: Annotated[TeamMember | None, Needed()] = None
    explanation: Annotated[Explanation | None, ByHand()] = None
    comments: Annotated[Prose | None, ByHand(), Lines(3)] = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
    signatures: Annotated[
        tuple[Signature, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)
    ] = ()
