"""The complaint: who handles it, and where and until when a decision can be appealed."""

from planforms.models.complaint import Complaint
from planforms.registry import Kind
from planforms.rules import appeals, routing
from planforms.rules.complaints import unmet_danger
from planforms.services.complaints import grounds_of

KIND = Kind(
    Complaint,
    issue_problems=(unmet_danger,),
    facts=(routing.routing_facts, appeals.appeal_facts),
    rules=(*routing.RULES, *appeals.RULES),
    deadlines=appeals.DEADLINES,
    statutory=appeals.awaited_appeals,
    vocabularies={"complaint_ground": grounds_of},
    for_participant=True,
)
