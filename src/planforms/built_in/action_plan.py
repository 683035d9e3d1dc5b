"""The action plan: each step is followed up; where the service says so, the whole team signs."""

from planforms.models.action_plan import ActionPlan
from planforms.registry import Kind
from planforms.rules import follow_up
from planforms.rules.team import team_problems

KIND = Kind(
    ActionPlan,
    issue_problems=(follow_up.unfollowed, team_problems),
    facts=(follow_up.follow_up_of,),
    rules=follow_up.RULES,
    milestones={"plan_agreed_on": "issued_on"},
    for_participant=True,
    pages=4,
    easy=True,
)
