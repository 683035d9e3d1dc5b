"""Where, until when and in what form a decision can be appealed, as its statute says.

Without a statute there are no facts: body and deadline are never guessed. That a
deadline has passed is said only where it surely has.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planforms.errors import Problem
from planforms.models.appeal import Appeal
from planforms.models.complaint import Capacity
from planforms.models.values import value_at
from planforms.rules.calendars import Calendar
from planforms.rules.deadlines import due_date, phrase
from planforms.rules.facts import Fact
from planforms.services.countries import Arrival, Statute
from planforms.services.timing import Deadline
from planforms.setting import Setting

RULES = (
    "appeal_to",
    "appeal_decided_by",
    "appeal_by",
    "appeal_overdue",
    "appeal_latest",
    "appeal_reconsidered_by",
    "appeal_form",
    "appeal_note",
    "appeal_identity_number",
)
"""The rules that an appeal can have a fact by."""
DEADLINES = frozenset({"appeal_by", "appeal_latest", "appeal_reconsidered_by"})
"""Those of them that are deadlines."""


def appeal_facts(data: Appeal | None, setting: Setting) -> tuple[Fact, ...]:
    """Who receives and who decides an appeal, its form and its deadlines."""
    statute = _statute(data, setting)
    if statute is None:
        return ()
    return (
        *_bodies(data, statute, setting),
        *_form(statute, setting),
        *_times(data, statute, setting),
    )


def awaited_appeals(data: Appeal, setting: Setting) -> dict[str, Deadline]:
    """The deadline of an appeal by its rule; it is met when the appeal has been received."""
    statute = _statute(data, setting)
    done = {"done": "receipt.received_on"}
    if statute is None or statute.appeal is None:
        return {}
    return {"appeal_by": statute.appeal.model_copy(update=done)}


def appeal_problems(appeal: Appeal, setting: Setting) -> Iterator[Problem]:
    """What the statute asks of an appeal, and what keeps whoever decides from reaching somebody."""
    statute = _statute(appeal, setting)
    yield from _unreachable(appeal)
    yield from _unauthorised(appeal)
    if statute is None:
        return
    if statute.signed and not appeal.signatures:
        hint = "add a signature to sign or signed; the law asks for one"
        yield Problem("data.appeal_signature", "signatures", "no place to sign", hint)
    if statute.names_change and not appeal.change:
        hint = "write how the decision should be instead"
        yield Problem("data.appeal_change", "change", "does not tell what should change", hint)
    yield from _other_remedy(appeal, statute, setting)


def _other_remedy(appeal: Appeal, statute: Statute, setting: Setting) -> Iterator[Problem]:
    """An appeal where one first asks for another look, or such a request where one appeals."""
    if statute.remedy and appeal.variant != statute.remedy:
        hint = 'write "variant": "{remedy}"'
        what = "is not yet an appeal by this law: somebody looks at the decision again first"
        yield Problem.of("data.appeal_remedy", "variant", what, hint, remedy=statute.remedy)
    others = {one.remedy for one in setting.country.statutes.values() if one.remedy}
    if not statute.remedy and appeal.variant in others:
        what, hint = "is an appeal at once by this law", 'leave out "variant"'
        yield Problem("data.appeal_remedy", "variant", what, hint)


def _unreachable(appeal: Appeal) -> Iterator[Problem]:
    appellant = appeal.appellant
    if appeal.is_protected and not (appellant and appellant.safe_contact):
        hint = "such as: through the office, with its telephone number"
        what = "does not tell how whoever decides reaches the person safely"
        yield Problem("data.safe_contact", "appellant.safe_contact", what, hint)


def _unauthorised(appeal: Appeal) -> Iterator[Problem]:
    """Only the person concerned appeals, or somebody who may act for them."""
    appellant = appeal.appellant
    if appellant is None or appellant.capacity in (None, Capacity.PARTICIPANT):
        return
    kinds = {one.kind.value for one in appeal.case.participant.representatives}
    appointed = appellant.capacity.value in kinds - {Capacity.REPRESENTATIVE.value}
    if not appointed and appellant.authorised_on is None:
        hint = "let the participant appeal, with help, or sign an authority ({field})"
        what = "may not appeal for the participant without a written authority"
        yield Problem.of("data.appeal_authority", "appellant", what, hint, field="authorised_on")


def _statute(data: Appeal | None, setting: Setting) -> Statute | None:
    """The statute that a decision rests on; nobody knows that of an empty form."""
    key = data.decision.statute if data and data.decision else None
    return setting.country.statutes.get(key or "")


def _bodies(data: Appeal | None, statute: Statute, setting: Setting) -> Iterator[Fact]:
    key = data.decision.statute if data and data.decision else None
    body = setting.service.appeals.get(key or "")
    said = f"{body.name}, {body.address}" if body else statute.sent_to
    source, checked = statute.source, statute.checked
    yield Fact("appeal_to", None, said, source, checked)
    if statute.decided_by:
        yield Fact("appeal_decided_by", None, statute.decided_by, source, checked)


def _form(statute: Statute, setting: Setting) -> Iterator[Fact]:
    """How it is to be made, and what else to know, in sentences."""
    words, source, checked = setting.words, statute.source, statute.checked
    said = " ".join(words.term("appeal_form", key) for key in statute.form)
    yield Fact("appeal_form", None, said, source, checked)
    notes = " ".join(words.term("appeal_note", key) for key in statute.notes)
    if notes:
        yield Fact("appeal_note", None, notes, source, checked)
    if statute.identity_number:
        asked = words.term("field", "Participant.national_id")
        yield Fact("appeal_identity_number", None, asked, source, checked)


def _times(data: Appeal | None, statute: Statute, setting: Setting) -> Iterator[Fact]:
    by_rule = {
        "appeal_by": statute.appeal,
        "appeal_latest": statute.latest,
        "appeal_reconsidered_by": statute.reconsidered,
    }
    due = {rule: _due(rule, one, data, setting) for rule, one in by_rule.items() if one}
    if not _has_limit(due):
        due.pop("appeal_latest", None)
    yield from due.values()
    if data and statute.appeal and _is_overdue(data, statute, setting):
        yield _due("appeal_overdue", statute.appeal, data, setting)


def _has_limit(due: dict[str, Fact]) -> bool:
    """Whether there is a limit to late appeals to tell of.

    Whoever was told of a decision late may be in time although the limit has passed.
    """
    days = [due[rule].date for rule in ("appeal_by", "appeal_latest") if rule in due]
    known = [day for day in days if day]
    return len(known) < 2 or known[0] < known[1]


def _due(rule: str, deadline: Deadline, data: Appeal | None, setting: Setting) -> Fact:
    day = _last_day(deadline, data, Calendar(setting.country))
    said = setting.words.date(day) if day else phrase(deadline, setting.words)
    return Fact(rule, day, said, deadline.source, deadline.checked)


def _last_day(deadline: Deadline, data: Appeal | None, calendar: Calendar) -> date | None:
    trigger = value_at(data, deadline.after) if data else None
    return due_date(deadline, trigger, calendar) if isinstance(trigger, date) else None


def _is_overdue(appeal: Appeal, statute: Statute, setting: Setting) -> bool:
    """Whether the deadline has surely passed, days that may be days off reckoned as such.

    Where posting in time is enough, only the day it was written tells; a late arrival does not. One
    that came before its paper was issued, such as by word of mouth, was made when it came.
    """
    assert statute.appeal is not None
    calendar = Calendar(setting.country, doubtful=True)
    last = _last_day(statute.appeal, appeal, calendar)
    made = appeal.issued_on
    received = appeal.receipt.received_on if appeal.receipt else None
    if received and (statute.arrival is Arrival.ARRIVED or (made and received < made)):
        made = received
    return last is not None and made is not None and last < made
