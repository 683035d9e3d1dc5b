"""A fact: what a rule says about one document."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """What a rule says about one document.

    Attributes:
        rule: the rule's key, such as ``send_by``.
        date: the day it leads to; ``None`` when the triggering date is missing.
        words: the fact in the document's language; it speaks without a date too.
        source: where the rule stands; empty if the fact follows from the data alone.
        checked: the day somebody last compared the rule with its source, or ``None``.
    """

    rule: str
    date: datetime.date | None
    words: str
    source: str
    checked: datetime.date | None = None
