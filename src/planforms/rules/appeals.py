"""Where and until when a decision can be appealed, as its statute says.

Without a statute there are no facts: body and deadline are never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planforms.models.complaint import Complaint, Matter
from planforms.models.values import value_at
from planforms.rules.calendars import Calendar
from planforms.rules.deadlines import due_date, phrase
from planforms.rules.facts import Fact
from planforms.services.countries import Statute
from planforms.services.timing import Deadline
from planforms.setting import Setting

RULES = (
    "appeal_to",
    "appeal_decided_by",
    "appeal_by",
    "appeal_overdue",
    "appeal_latest",
    "appeal_reconsidered_by",
    "appeal_note",
)
"""The rules that an appeal can have a fact by."""
DEADLINES = frozenset({"appeal_by", "appeal_latest", "appeal_reconsidered_by"})
"""Those of them that are deadlines."""


def appeal_facts(data: Complaint | None, setting: Setting) -> tuple[Fact, ...]:
    """Who receives and who decides an appeal, and its deadlines; none if no statute is told."""
    statute = _statute(data, setting) if data else None
    if data is None or statute is None:
        return ()
    return (*_bodies(statute, setting), *_deadlines(data, statute, setting))


def awaited_appeals(data: Complaint, setting: Setting) -> dict[str, Deadline]:
    """The deadline of an appeal by its rule; it is met when the appeal has been received."""
    statute = _statute(data, setting)
    done = {"done": "receipt.received_on"}
    return {"appeal_by": statute.appeal.model_copy(update=done)} if statute else {}


def _statute(data: Complaint, setting: Setting) -> Statute | None:
    if data.matter is Matter.SERVICE or data.decision is None:
        return None
    return setting.country.statutes.get(data.decision.statute or "")


def _bodies(statute: Statute, setting: Setting) -> Iterator[Fact]:
    yield Fact("appeal_to", None, statute.sent_to, statute.source, statute.checked)
    yield Fact("appeal_decided_by", None, statute.decided_by, statute.source, statute.checked)
    if statute.note:
        said = setting.words.term("appeal_note", statute.note)
        yield Fact("appeal_note", None, said, statute.source, statute.checked)


def _deadlines(complaint: Complaint, statute: Statute, setting: Setting) -> Iterator[Fact]:
    by_rule = {
        "appeal_by": statute.appeal,
        "appeal_latest": statute.latest,
        "appeal_reconsidered_by": statute.reconsidered,
    }
    for rule, deadline in by_rule.items():
        if deadline:
            yield _due(rule, deadline, complaint, setting)
    overdue = _due("appeal_overdue", statute.appeal, complaint, setting)
    if overdue.date and (made := _made_on(complaint)) and overdue.date < made:
        yield overdue


def _due(rule: str, deadline: Deadline, complaint: Complaint, setting: Setting) -> Fact:
    calendar, words = Calendar(setting.country), setting.words
    trigger = value_at(complaint, deadline.after)
    day = due_date(deadline, trigger, calendar) if isinstance(trigger, date) else None
    said = words.date(day) if day else phrase(deadline, words)
    return Fact(rule, day, said, deadline.source, deadline.checked)


def _made_on(complaint: Complaint) -> date | None:
    """The day the appeal was made: received or, before that, written."""
    received = complaint.receipt.received_on if complaint.receipt else None
    return received or complaint.issued_on
