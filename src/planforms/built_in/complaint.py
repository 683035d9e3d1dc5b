"""The complaint about the service: who handles it."""

from planforms.models.complaint import Complaint
from planforms.registry import Kind
from planforms.rules import routing
from planforms.rules.complaints import misplaced_appeal, unmet_danger
from planforms.services.complaints import grounds_of

KIND = Kind(
    Complaint,
    issue_problems=(unmet_danger, misplaced_appeal),
    facts=(routing.routing_facts,),
    rules=routing.RULES,
    vocabularies={"complaint_ground": grounds_of},
    for_participant=True,
    pages=2,
    easy=True,
)
