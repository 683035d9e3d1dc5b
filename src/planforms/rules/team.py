"""Where the profile says so, the whole team signs a plan, or declines with a note; each has a copy.

Source: Team Work, action plan. An interpreter is not of the team. In any service staff who decline
say why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from planforms.errors import Problem
from planforms.models.action_plan import ActionPlan
from planforms.models.documents import Signature, SignatureState
from planforms.models.people import RepresentativeKind, Role, TeamMember
from planforms.setting import Setting

_OWN_SIDE = frozenset({Role.PARTICIPANT, *(Role(kind.value) for kind in RepresentativeKind)})


def team_problems(data: ActionPlan, setting: Setting) -> list[Problem]:
    """A Problem for each team member whom the plan gives no place to sign, or no copy.

    Whoever declines says why in a note; the participant, and those beside them, need not.
    """
    rule = setting.service.signing
    whole = _not_of_whole_team(data, rule.source) if rule.whole_team else ()
    return [*whole, *_without_note(data.signatures)]


def _not_of_whole_team(data: ActionPlan, source: str) -> Iterator[Problem]:
    hint = "the whole team signs the plan, and each has a copy; asked for by: {source}"
    signers = (signature.role for signature in data.signatures)
    receivers = (copy.role for copy in data.copies)
    for place in _left_out(data.case.team, signers):
        yield Problem.of("data.signer", place, "has no place to sign", hint, source=source)
    for place in _left_out(data.case.team, receivers):
        yield Problem.of("data.copy", place, "has no copy", hint, source=source)


def _left_out(team: Iterable[TeamMember], roles: Iterable[Role | None]) -> Iterator[str]:
    """The places of team members for whom no role is left among those given."""
    left = Counter(roles)
    for index, member in enumerate(team):
        if member.role is Role.INTERPRETER:
            continue
        left[member.role] -= 1
        if left[member.role] < 0:
            yield f"case.team[{index}]"


def _without_note(signatures: Iterable[Signature]) -> Iterator[Problem]:
    for index, signature in enumerate(signatures):
        declined = signature.state is SignatureState.REFUSED
        if declined and signature.role not in _OWN_SIDE and signature.note is None:
            hint = "say in a note why this member of the team does not sign"
            yield Problem("data.refusal_note", f"signatures[{index}].note", "is missing", hint)
