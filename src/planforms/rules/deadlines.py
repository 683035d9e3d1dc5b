"""When a document is due."""

from __future__ import annotations

from datetime import date, timedelta

from planforms.languages import Words
from planforms.models.documents import DocumentData
from planforms.models.values import value_at
from planforms.rules.facts import Fact
from planforms.services.profiles import Deadline, ServiceProfile

RULES = ("send_by",)
"""The rules that a document can have a deadline by."""


def due_date(deadline: Deadline, trigger: date) -> date:
    """The last day of a deadline; the day of the trigger does not count."""
    return trigger + timedelta(days=deadline.days)


def deadlines_of(
    kind: str, report: DocumentData | None, service: ServiceProfile, words: Words
) -> tuple[Fact, ...]:
    """The deadlines of one document, in the words of a language.

    Args:
        kind: the kind of document.
        report: its data, or ``None`` for a blank form: the fact then speaks without a date.
        service: the profile whose rules hold.
        words: the language to say it in.
    """
    send_by = service.document(kind).send_by
    if send_by is None:
        return ()
    trigger = value_at(report, send_by.after) if report else None
    due = due_date(send_by, trigger) if isinstance(trigger, date) else None
    said = words.date(due) if due else words.plural("after", send_by.after, send_by.days)
    return (Fact("send_by", due, said, send_by.source, send_by.checked),)
