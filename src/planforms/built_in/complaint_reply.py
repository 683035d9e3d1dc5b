"""The reply to a complaint: never from whoever it was about, and never to a stranger."""

from planforms.models.complaint import ComplaintReply
from planforms.registry import Kind
from planforms.rules import routing
from planforms.rules.complaints import reply_problems

KIND = Kind(
    ComplaintReply,
    issue_problems=(reply_problems,),
    facts=(routing.routing_facts,),
    rules=routing.RULES,
    pages=2,
    blank_pages=1,
)
