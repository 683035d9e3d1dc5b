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

from dateutil.relativedelta import relativedelta

from planforms.models.case import Case
from planforms.models.secrecy import ConsentGiven, Decision, Exchange, Information
from planforms.services.consents import ConsentProfile


class Standing(StrEnum):
    """How the consents of a case stand on a day, for one area and one kind of information."""

    COVERED = "covered"
    MISSING = "missing"
    REFUSED = "refused"
    NOT_RENEWED = "not_renewed"
    WITHDRAWN = "withdrawn"
    NOT_YET_VALID = "not_yet_valid"
    ENDED = "ended"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Passing:
    """What passes between the service and a secrecy area, and which way.

    Attributes:
        area: the key of the secrecy area.
        information: the kind of information.
        way: whether the service gives it or obtains it.
    """

    area: str
    information: Information
    way: Exchange = Exchange.GIVE


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a case's consents say about passing on one kind of information.

    Attributes:
        standing: whether a consent covers it and, if not, why none does.
        consent: the consent that covers it, or ``None``.
    """

    standing: Standing
    consent: ConsentGiven | None = None


def covering(case: Case, passing: Passing, day: date, profile: ConsentProfile) -> Coverage:
    """The consent that lets one kind of information pass between the service and an area on a day.

    The latest decision about area, kind and way counts; of two on one day, the later in the data.
    A consent that names no kind of information covers none, since there is no general consent; a
    refusal that names none refuses all.

    Args:
        case: the case whose consents count.
        passing: what passes, to or from whom.
        day: the day on which it passes.
        profile: what the service says of its receivers; a statute can let a consent lapse.
    """
    latest = _latest(case, passing, day)
    if latest is None:
        later = _latest(case, passing, date.max)
        return Coverage(Standing.NOT_YET_VALID if later else Standing.MISSING)
    standing = _standing(latest, case, day, last_day(latest, profile))
    return Coverage(standing, latest if standing is Standing.COVERED else None)


def last_day(consent: ConsentGiven, profile: ConsentProfile) -> date | None:
    """The last day on which a consent holds: its own, or the one on which a statute ends it.

    Source of such an end: sundhedsloven 44 (Denmark), a year from the day it was given.
    """
    receiver = profile.receivers.get(consent.area)
    if receiver is None or receiver.months is None:
        return consent.valid_until
    lapses = consent.decided_on + relativedelta(months=receiver.months)
    return min(lapses, consent.valid_until or lapses)


def is_spent(consent: ConsentGiven, case: Case) -> bool:
    """Whether it no longer matters that a consent of the case expires.

    It was refused or withdrawn, it has lapsed, or later decisions have replaced all that it covers.
    """
    ended = consent.decision is Decision.REFUSED or consent.withdrawn_on is not None
    return (
        ended
        or report_sent_under(consent, case) is not None
        or _has_lapsed(consent, case.reentered_on)
        or not any(
            _latest(case, Passing(consent.area, information, way), date.max) is consent
            for information, way in product(consent.information, Exchange)
        )
    )


def report_sent_under(consent: ConsentGiven, case: Case) -> date | None:
    """The day the final report was sent, if that ended a consent of the case."""
    sent_on = case.milestones.final_report_sent_on if case.milestones else None
    return sent_on if sent_on and consent.decided_on <= sent_on else None


def _latest(case: Case, passing: Passing, day: date) -> ConsentGiven | None:
    """The latest decision up to a day that concerns what passes."""
    concerning = (
        consent
        for consent in case.consents
        if consent.area == passing.area
        and consent.decided_on <= day
        and _concerns(consent, passing)
    )
    found = max(enumerate(concerning), key=lambda item: (item[1].decided_on, item[0]), default=None)
    return found[1] if found else None


def _concerns(consent: ConsentGiven, passing: Passing) -> bool:
    if consent.decision is Decision.REFUSED and not consent.information:
        return True
    return passing.information in consent.information and passing.way in consent.exchange


def _has_lapsed(consent: ConsentGiven, reentered_on: date | None) -> bool:
    """Whether a consent is from before the participant came back."""
    return reentered_on is not None and consent.decided_on < reentered_on


def _standing(consent: ConsentGiven, case: Case, day: date, last: date | None) -> Standing:
    back, sent_on = case.reentered_on, report_sent_under(consent, case)
    if consent.decision is Decision.REFUSED:
        return Standing.REFUSED
    if consent.withdrawn_on and consent.withdrawn_on <= day:
        return Standing.WITHDRAWN
    if back and back <= day and _has_lapsed(consent, back):
        return Standing.NOT_RENEWED
    if consent.valid_from and day < consent.valid_from:
        return Standing.NOT_YET_VALID
    if sent_on and sent_on < day:
        return Standing.ENDED
    if last and last < day:
        return Standing.EXPIRED
    return Standing.COVERED
