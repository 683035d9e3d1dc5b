"""Whether the first consent was given in time, where a service wants it before enrolment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planforms.errors import Problem
from planforms.models.consent import Consent
from planforms.models.documents import CaseDocument
from planforms.setting import Setting


def late_consents(data: CaseDocument, setting: Setting) -> list[Problem]:
    """A problem if consents came after enrolment, in a service that wants one before it.

    Somebody who came back was enrolled before; consents after that are asked for anew.
    """
    enrolled_on = data.case.enrolled_on
    if not setting.service.consent.before_enrolment or data.case.reentered_on or not enrolled_on:
        return []
    days = dict(_decisions(data))
    if not days or min(days.values()) <= enrolled_on:
        return []
    place = min(days, key=lambda one: days[one])
    hint = "the service asks before enrolment; one of the two dates is wrong, or it asked too late"
    what, other = "lies after {other}", "case.enrolled_on"
    return [Problem.of("data.consent_late", place, what, hint, other=other)]


def _decisions(data: CaseDocument) -> Iterator[tuple[str, date]]:
    """The days of all decisions that a document knows of, by place."""
    for number, consent in enumerate(data.case.consents):
        yield f"case.consents[{number}].decided_on", consent.decided_on
    if not isinstance(data, Consent):
        return
    for number, line in enumerate(data.lines):
        if line.answer:
            yield f"lines[{number}].answer.decided_on", line.answer.decided_on
    if data.replaces:
        yield "replaces.issued_on", data.replaces.issued_on
    if data.issued_on and not any(line.answer for line in data.lines):
        yield "issued_on", data.issued_on
