"""Consent: the form on which a participant lets secrecy areas exchange information, or does not.

A form offers, and holds no answer until it has been signed. Once it has, each line may hold the
answer, which from then on is also one of the case's consents (``Case.consents``).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from planforms.models.documents import CaseDocument, Explanation, Signature
from planforms.models.fields import (
    MAX_ITEMS,
    ByHand,
    Day,
    Key,
    Line,
    Lines,
    Needed,
    OneEach,
    Prose,
    Rows,
    Vocabulary,
)
from planforms.models.people import Part
from planforms.models.secrecy import (
    ConsentGiven,
    Copy,
    DisclosureBasis,
    Exchange,
    Information,
)


class Manner(StrEnum):
    """How information passes from one to the other."""

    MEETING = "meeting"
    PHONE = "phone"
    WRITING = "writing"
    SYSTEM = "system"


class ConsentLine(Part):
    """What the form asks about one secrecy area, and the answer once the form has been signed.

    ``exchange`` and ``information`` are what is asked for: no more than the purpose needs. ``use``
    says what the receiver may do with it. A line whose ``basis`` is law asks nothing: it tells
    that information passes without a consent, and names the ``provision``.
    """

    area: Annotated[Key, Vocabulary("other_area")]
    basis: Annotated[DisclosureBasis, Vocabulary("disclosure")] = DisclosureBasis.CONSENT
    provision: Line | None = None
    exchange: Annotated[Exchange, Vocabulary("exchange")] = Exchange.BOTH
    information: Annotated[
        tuple[Annotated[Information, Vocabulary("information")], ...],
        Needed(),
        Field(max_length=MAX_ITEMS),
    ] = ()
    purpose: Annotated[Prose | None, Needed(), Lines(1)] = None
    use: Annotated[Prose | None, Needed(), Lines(1)] = None
    answer: ConsentGiven | None = None


class Consent(CaseDocument):
    """A form that asks for consent to lift secrecy, one line for each secrecy area.

    ``purpose`` tells what the cooperation is, ``refusal`` what a no means in this case, and
    ``valid_until`` the last day that any answer can hold.

    Sources: forvaltningsloven 13 a no. 1 (Norway): how far the consent reaches. Offentlighets- och
    sekretesslagen 10:1 and 12:2 (Sweden): parties, information, kind of cooperation, duration;
    never general. Retssikkerhedsloven 11 a and 12 (Denmark): types of information, their source,
    the case, and the consequences of a no; articles 4 and 7 of the data protection regulation.
    """

    date_order: ClassVar[tuple[tuple[str, str], ...]] = (
        *CaseDocument.date_order,
        ("issued_on", "valid_until"),
        ("explanation.explained_on", "signatures[].signed_on"),
        ("lines[].answer.valid_from", "lines[].answer.valid_until"),
        ("lines[].answer.decided_on", "lines[].answer.withdrawn_on"),
        ("lines[].answer.valid_until", "valid_until"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["consent"]
    purpose: Annotated[Prose | None, Needed(), Lines(2)] = None
    manners: Annotated[
        tuple[Annotated[Manner, Vocabulary("manner")], ...], Needed(), Field(max_length=MAX_ITEMS)
    ] = ()
    valid_until: Annotated[Day | None, Needed()] = None
    refusal: Annotated[Prose | None, Needed(), Lines(2)] = None
    lines: Annotated[
        tuple[ConsentLine, ...], Needed(), Field(max_length=MAX_ITEMS), OneEach("area")
    ] = ()
    explanation: Annotated[Explanation | None, ByHand()] = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
    signatures: Annotated[
        tuple[Signature, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)
    ] = ()
