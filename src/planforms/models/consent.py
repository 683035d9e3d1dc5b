"""Consent: the form on which a participant lets secrecy areas exchange information, or does not.

A form offers, and holds no answer until it has been signed. Once it has, each line may hold the
answer, which from then on is also one of the case's consents (``Case.consents``).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from planforms.models.documents import CaseDocument, Explanation, Signature, own_day
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
    Decision,
    DisclosureBasis,
    Information,
    Ways,
)


class Manner(StrEnum):
    """How information passes from one to the other."""

    MEETING = "meeting"
    PHONE = "phone"
    WRITING = "writing"
    SYSTEM = "system"


class ConsentLine(Part):
    """What the form asks about one secrecy area, and the answer once the form has been signed.

    ``name`` says who it is, where the area alone does not: which doctor, which school; ``which``
    has the form ask for it. ``exchange`` and ``information`` are what is asked for: no more than is
    needed. ``use`` says what it is used for, ``purpose`` whatever else there is to say in this
    case, ``refusal`` what a no to this receiver means. ``telling`` and ``asking`` are the
    provisions that bind the service towards this receiver, and the receiver, to secrecy, and from
    which a yes releases them. A line whose ``basis`` is law asks nothing: it tells that information
    passes without a consent, and names the ``provision``. The service's profile says whatever the
    line does not.
    """

    area: Annotated[Key, Vocabulary("other_area")]
    name: Annotated[Line | None, ByHand()] = None
    which: bool = False
    basis: Annotated[DisclosureBasis | None, Vocabulary("disclosure")] = None
    provision: Line | None = None
    telling: Line | None = None
    asking: Line | None = None
    exchange: Ways = ()
    information: Annotated[
        tuple[Annotated[Information, Vocabulary("information")], ...],
        Needed(),
        Field(max_length=MAX_ITEMS),
    ] = ()
    purpose: Annotated[Prose | None, Lines(1)] = None
    use: Annotated[Prose | None, Needed(), Lines(1)] = None
    refusal: Annotated[Prose | None, Lines(1)] = None
    answer: ConsentGiven | None = None


class Withdrawal(Part):
    """What the slip says with which a participant takes a yes back.

    It holds from the day the service has it, for all that was agreed to with the ``areas`` that are
    ticked. ``part`` is what was written where only some of it is taken back, for whoever reads it;
    a tick beside it still takes back the whole, since sharing less does no harm. ``told_on`` is the
    day on which the receivers were told.
    """

    areas: Annotated[
        tuple[Annotated[Key, Vocabulary("other_area")], ...], Field(max_length=MAX_ITEMS)
    ] = ()
    part: Annotated[Prose | None, Lines(1)] = None
    received_on: Annotated[Day, ByHand()]
    received_by: Annotated[Line | None, ByHand()] = None
    told_on: Annotated[Day | None, ByHand()] = None


class Consent(CaseDocument):
    """A form that asks for consent to lift secrecy, one line for each secrecy area.

    ``purpose`` tells what the cooperation is, ``refusal`` what a no means, and ``valid_until`` the
    last day that any answer can hold. ``exclusions`` is what the participant does not want to be
    told, and to whom. An answer is about its line's area, was decided on the day that the
    participant signed, and holds until the form's last day, if it does not say otherwise itself. A
    ``withdrawal`` withdraws the answers of its areas.

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
        ("lines[].answer.decided_on", "withdrawal.received_on"),
        ("withdrawal.received_on", "withdrawal.told_on"),
        ("replaces.issued_on", "issued_on"),
    )

    kind: Literal["consent"] = "consent"
    purpose: Annotated[Prose | None, Needed(), Lines(2)] = None
    manners: Annotated[
        tuple[Annotated[Manner, Vocabulary("manner")], ...], Needed(), Field(max_length=MAX_ITEMS)
    ] = ()
    valid_until: Annotated[Day | None, Needed()] = None
    refusal: Annotated[Prose | None, Needed(), Lines(2)] = None
    lines: Annotated[
        tuple[ConsentLine, ...], Needed(), Field(max_length=MAX_ITEMS), OneEach("area")
    ] = ()
    exclusions: Annotated[Prose | None, ByHand(), Lines(2)] = None
    explanation: Annotated[Explanation | None, ByHand()] = None
    withdrawal: Withdrawal | None = None
    copies: Annotated[tuple[Copy, ...], Field(max_length=MAX_ITEMS)] = ()
    signatures: Annotated[
        tuple[Signature, ...], Needed(), Field(max_length=MAX_ITEMS), Rows(2)
    ] = ()

    @model_validator(mode="before")
    @classmethod
    def _complete_answers(cls, data: Any) -> Any:
        """Answers as a filled form has them: area, days and end stand elsewhere on it."""
        if not isinstance(data, Mapping) or not isinstance(data.get("lines"), list | tuple):
            return data
        day = own_day(data.get("signatures"))
        lines = [_with_answer(line, day, data.get("valid_until")) for line in data["lines"]]
        taken_back = data.get("withdrawal")
        if isinstance(taken_back, Mapping):
            lines = [_without_answer(line, taken_back) for line in lines]
        return {**data, "lines": lines}


def _with_answer(line: Any, day: Any, until: Any) -> Any:
    """A line of plain data whose answer says what only the form as a whole does."""
    answer = line.get("answer") if isinstance(line, Mapping) else None
    if not isinstance(answer, Mapping):
        return line
    said = {"area": line.get("area"), "decided_on": day, "exchange": (), **answer}
    if said.get("decision") == "given":
        said = {"valid_until": until, **said}
    return {**line, "answer": {name: value for name, value in said.items() if value is not None}}


def _without_answer(line: Any, withdrawal: Mapping[str, Any]) -> Any:
    """A line of plain data whose yes is withdrawn if the slip names its area."""
    answer = line.get("answer") if isinstance(line, Mapping) else None
    areas = withdrawal.get("areas")
    is_named = isinstance(areas, list | tuple) and line.get("area") in areas if answer else False
    if not is_named or not isinstance(answer, Mapping) or answer.get("decision") != Decision.GIVEN:
        return line
    days = {"withdrawn_on": withdrawal.get("received_on"), **answer}
    return {**line, "answer": {name: value for name, value in days.items() if value is not None}}
