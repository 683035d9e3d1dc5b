"""Which consent covers what: the one place that reads the consents of a case.

Whoever asks whether something may be passed on, what that rests on, or whether it still matters
that a consent expires, asks here.

Sources: offentlighets- och sekretesslagen 10:1 and 12:2 (Sweden), forvaltningsloven 13 a no. 1
(Norway), retssikkerhedsloven 11 a and the data protection regulation (Denmark).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product

from planforms.models.case import Case
from planforms.models.secrecy import ConsentGiven, Decision, Exchange, Information


class Standing(StrEnum):
    """How the consents of a case stand on a day, for one area and one kind of information."""

    COVERED = "covered"
    MISSING = "missing"
    REFUSED = "refused"
    NOT_RENEWED = "not_renewed"
    WITHDRAWN = "withdrawn"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a case's consents say about passing on one kind of information.

    Attributes:
        standing: whether a consent covers it and, if not, why none does.
        consent: the consent that covers it, or ``None``.
    """

    standing: Standing
    consent: ConsentGiven | None = None


def covering(
    case: Case,
    area: str,
    information: Information,
    day: date,
    way: Exchange = Exchange.GIVE,
) -> Coverage:
    """The consent that lets one kind of information pass between the service and an area on a day.

    The latest decision about area, kind and way counts; of two on one day, the later in the data.
    A consent that names no kind of information covers none, since there is no general consent; a
    refusal that names none refuses all.

    Args:
        case: the case whose consents count.
        area: the key of the secrecy area.
        information: the kind of information.
        day: the day on which it passes.
        way: whether the service gives it or obtains it.
    """
    latest = _latest(case, area, information, way, day)
    if latest is None:
        later = _latest(case, area, information, way, date.max)
        return Coverage(Standing.NOT_YET_VALID if later else Standing.MISSING)
    standing = _standing(latest, case.reentered_on, day)
    return Coverage(standing, latest if standing is Standing.COVERED else None)


def is_spent(consent: ConsentGiven, case: Case) -> bool:
    """Whether it no longer matters that a consent of the case expires.

    It was refused or withdrawn, it has lapsed, or later decisions have replaced all that it covers.
    """
    ended = consent.decision is Decision.REFUSED or consent.withdrawn_on is not None
    return (
        ended
        or _has_lapsed(consent, case.reentered_on)
        or not any(
            _latest(case, consent.area, information, way, date.max) is consent
            for information, way in product(consent.information, (Exchange.GIVE, Exchange.OBTAIN))
        )
    )


def _latest(
    case: Case, area: str, information: Information, way: Exchange, day: date
) -> ConsentGiven | None:
    """The latest decision up to a day that concerns an area, a kind of information and a way."""
    concerning = (
        consent
        for consent in case.consents
        if consent.area == area
        and consent.decided_on <= day
        and _concerns(consent, information, way)
    )
    found = max(enumerate(concerning), key=lambda item: (item[1].decided_on, item[0]), default=None)
    return found[1] if found else None


def _concerns(consent: ConsentGiven, information: Information, way: Exchange) -> bool:
    if consent.decision is Decision.REFUSED and not consent.information:
        return True
    return information in consent.information and consent.exchange in (way, Exchange.BOTH)


def _has_lapsed(consent: ConsentGiven, reentered_on: date | None) -> bool:
    """Whether a consent is from before the participant came back."""
    return reentered_on is not None and consent.decided_on < reentered_on


def _standing(consent: ConsentGiven, reentered_on: date | None, day: date) -> Standing:
    if consent.decision is Decision.REFUSED:
        return Standing.REFUSED
    if consent.withdrawn_on and consent.withdrawn_on <= day:
        return Standing.WITHDRAWN
    if reentered_on and reentered_on <= day and _has_lapsed(consent, reentered_on):
        return Standing.NOT_RENEWED
    if consent.valid_from and day < consent.valid_from:
        return Standing.NOT_YET_VALID
    if consent.valid_until and consent.valid_until < day:
        return Standing.EXPIRED
    return Standing.COVERED
