"""Whether a document may be passed on, and what that rests on.

A document to another secrecy area needs a consent that covers the receiver, the kinds of
information and the day, or a provision of law. The participant's own copy never does.

Sources: offentlighets- och sekretesslagen 8:1-2, 10:1 and 12:2 (Sweden), forvaltningsloven 13 a
no. 1 (Norway), retssikkerhedsloven 11 a and 11 b and the data protection regulation (Denmark).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import product

from planforms.errors import Problem
from planforms.models.documents import CaseDocument, DocumentData
from planforms.models.people import RepresentativeKind, Role
from planforms.models.secrecy import Disclosure, DisclosureBasis, Information
from planforms.models.values import value_at, values_at
from planforms.rules.consents import Passing, Standing, covering
from planforms.rules.copies import Receiver, receivers_of
from planforms.rules.facts import Fact
from planforms.setting import Setting

_SAID = {
    Standing.MISSING: (
        "data.consent_missing",
        "no consent covers this: {information}",
        "ask for one, or name a provision of law",
    ),
    Standing.REFUSED: (
        "data.consent_refused",
        "the participant has said no: {information}",
        "leave this receiver out",
    ),
    Standing.NOT_RENEWED: (
        "data.consent_not_renewed",
        "the consent is from before the participant came back: {information}",
        "a consent lapses when somebody leaves; ask anew",
    ),
    Standing.WITHDRAWN: (
        "data.consent_withdrawn",
        "the consent has been withdrawn: {information}",
        "leave this receiver out",
    ),
    Standing.NOT_YET_VALID: (
        "data.consent_not_yet_valid",
        "the consent is not valid yet: {information}",
        "wait for its first day",
    ),
    Standing.ENDED: (
        "data.consent_ended",
        "the final report has been sent, and the consents ended with it: {information}",
        "ask for a new one",
    ),
    Standing.EXPIRED: (
        "data.consent_expired",
        "the consent has expired: {information}",
        "ask for a new one",
    ),
}

_BESIDE = frozenset(Role(kind.value) for kind in RepresentativeKind)


def undisclosed(data: DocumentData, setting: Setting) -> list[Problem]:
    """What keeps a document from being passed on; empty if nothing does.

    Args:
        data: the document; the day that counts is its date of issue.
        setting: its service's secrecy area needs no ground.
    """
    return list(_undisclosed(data, setting)) if isinstance(data, CaseDocument) else []


def _undisclosed(data: CaseDocument, setting: Setting) -> Iterator[Problem]:
    others = []
    for receiver in receivers_of(data):
        found = _unnamed(data, receiver)
        if found:
            yield found
        elif receiver.area and receiver.area != setting.service.organisation.secrecy_area:
            others.append(receiver)
    if others and data.discloses:
        yield from _without_ground(data, others, setting)


def _unnamed(data: CaseDocument, receiver: Receiver) -> Problem | None:
    """A problem if nobody can tell whether a receiver belongs to another secrecy area."""
    if receiver.area or receiver.role is Role.PARTICIPANT:
        return None
    if receiver.role in _BESIDE:
        if any(one.kind == receiver.role.value for one in data.case.participant.representatives):
            return None
        hint = "name them among the participant's representatives, with what they may do"
        message = "is a receiver whom the case does not know"
        return Problem("data.receiver", receiver.place, message, hint)
    hint = "give its {field}, or the role {role} for the participant's own copy"
    message, role = "does not say which secrecy area it goes to", Role.PARTICIPANT.value
    return Problem.of(
        "data.receiver_area", receiver.place, message, hint, field="secrecy_area", role=role
    )


def _without_ground(
    data: CaseDocument, receivers: list[Receiver], setting: Setting
) -> Iterator[Problem]:
    disclosure = _disclosure(data)
    if disclosure.basis is DisclosureBasis.CONSENT:
        for receiver in receivers:
            yield from _uncovered(data, receiver, setting)
    elif disclosure.basis is None:
        hint = "consent, or law with its provision"
        message = "is missing: the document goes to another secrecy area"
        yield Problem("data.disclosure_basis", "disclosure.basis", message, hint)
    elif not disclosure.provision:
        message, hint = "is missing", "name the provision of law that allows it"
        yield Problem("data.disclosure_provision", "disclosure.provision", message, hint)


def _uncovered(data: CaseDocument, receiver: Receiver, setting: Setting) -> Iterator[Problem]:
    """The first reason why consents do not cover a receiver; one is enough to stop."""
    if data.issued_on is None or receiver.area is None:
        return
    for information in information_in(data):
        passing = Passing(receiver.area, information)
        found = covering(data.case, passing, data.issued_on, setting.service.consent).standing
        if found is not Standing.COVERED:
            code, message, hint = _SAID[found]
            said = information.value
            yield Problem.of(code, receiver.place, message, hint, information=said)
            return


def information_in(data: DocumentData) -> tuple[Information, ...]:
    """The kinds of information that stand in a document."""
    found = (kind for path, kind in data.discloses if any(_given(data, path)))
    return tuple(dict.fromkeys(found))


def _given(data: DocumentData, path: str) -> Iterator[bool]:
    return (value not in (None, ()) for _, value in values_at(data, path))


def _disclosure(data: DocumentData) -> Disclosure:
    found = value_at(data, "disclosure")
    return found if isinstance(found, Disclosure) else Disclosure()


def ground_of(data: DocumentData | None, setting: Setting) -> tuple[Fact, ...]:
    """The fact ``ground``: the consents that the passing on rests on; none for other grounds."""
    if not isinstance(data, CaseDocument):
        return ()
    if _disclosure(data).basis is not DisclosureBasis.CONSENT:
        return ()
    words = setting.words
    days = _consent_days(data, setting)
    said = [
        words.term("ground", "consent")
        .replace("{date}", words.date(day))
        .replace("{areas}", words.join(map(setting.area, areas)))
        for day, areas in sorted(days.items())
    ]
    return (Fact("ground", max(days), "; ".join(said), ""),) if days else ()


def _consent_days(data: CaseDocument, setting: Setting) -> dict[date, list[str]]:
    """The receivers' areas by the days of the consents that cover what they receive."""
    days: dict[date, list[str]] = {}
    areas = dict.fromkeys(receiver.area for receiver in receivers_of(data))
    own, day = setting.service.organisation.secrecy_area, data.issued_on or date.max
    for area, information in product(areas, information_in(data)):
        if area is None or area == own:
            continue
        passing = Passing(area, information)
        consent = covering(data.case, passing, day, setting.service.consent).consent
        if consent and area not in days.setdefault(consent.decided_on, []):
            days[consent.decided_on].append(area)
    return days
