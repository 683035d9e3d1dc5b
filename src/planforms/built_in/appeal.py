"""The appeal: where, until when and in what form a decision can be appealed."""

from planforms.models.appeal import Appeal
from planforms.registry import Kind
from planforms.rules import appeals

KIND = Kind(
    Appeal,
    issue_problems=(appeals.appeal_problems,),
    facts=(appeals.appeal_facts,),
    rules=appeals.RULES,
    deadlines=appeals.DEADLINES,
    statutory=appeals.awaited_appeals,
    for_participant=True,
    pages=3,  # the third is a sheet for staff, where an identity is protected
    blank_pages=2,
    easy=True,
)
