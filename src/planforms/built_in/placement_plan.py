"""The placement plan: what a company may know is the participant's choice, and told in words."""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.placement_plan import CompanyKnowledge, PlacementPlan
from planforms.registry import Kind
from planforms.setting import Setting


def knowledge_problems(data: PlacementPlan, _: Setting) -> Iterator[Problem]:
    """A Problem for what the company is told although the participant chose otherwise."""
    if data.known and data.may_know in (CompanyKnowledge.PLAN_ONLY, CompanyKnowledge.TOLD_MYSELF):
        what, hint = "tells the company more than the participant chose", "take it out, or ask anew"
        yield Problem("data.company_knowledge", "known", what, hint)


def untold(data: PlacementPlan, _: Setting) -> Iterator[Problem]:
    """A Problem for a yes to telling the company something that nobody has put into words."""
    if data.may_know is CompanyKnowledge.TOLD_HERE and not data.known:
        what, hint = "is needed and missing", "write what the company may know, and no more"
        yield Problem("data.needed", "known", what, hint)


KIND = Kind(
    PlacementPlan,
    problems=(knowledge_problems,),
    issue_problems=(untold,),
    for_participant=True,
    pages=2,
)
