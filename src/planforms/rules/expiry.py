"""Whether it still matters that a consent expires."""

from __future__ import annotations

from planforms.models.case import Case
from planforms.models.secrecy import ConsentGiven, Decision


def is_spent(consent: ConsentGiven, case: Case) -> bool:
    """Whether a consent was refused or withdrawn, has lapsed, or a later answer has replaced it."""
    return (
        consent.decision is Decision.REFUSED
        or consent.withdrawn_on is not None
        or (case.reentered_on is not None and consent.decided_on < case.reentered_on)
        or _is_replaced(consent, case)
    )


def _is_replaced(consent: ConsentGiven, case: Case) -> bool:
    """Whether later answers about the same area concern all that the consent covers."""
    order = case.consents.index(consent)
    later = [
        other
        for number, other in enumerate(case.consents)
        if other.area == consent.area and (other.decided_on, number) > (consent.decided_on, order)
    ]
    return all(any(_concerns(other, kind) for other in later) for kind in consent.information)


def _concerns(consent: ConsentGiven, kind: object) -> bool:
    refuses_all = consent.decision is Decision.REFUSED and not consent.information
    return refuses_all or kind in consent.information
