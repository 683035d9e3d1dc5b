"""What a closure notice may tell, and what it must: inside the service little, outside all."""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.closure_notice import TO_PARTICIPANT, ClosureNotice
from planforms.setting import Setting

_FOR_PARTICIPANT_ALONE = ("reason", "tried", "heard_on", "view", "decided_by", "contact")


def untold_inside(data: ClosureNotice, _setting: Setting) -> Iterator[Problem]:
    """A Problem for all that a notice inside the service tells beyond number, day and category.

    Source: Team Work, page 23.
    """
    if data.variant == TO_PARTICIPANT:
        return
    for name in _FOR_PARTICIPANT_ALONE:
        if getattr(data, name) is not None:
            hint = "leave it out, or write to the participant (variant {variant})"
            what = "does not belong in a notice inside the service"
            yield Problem.of("data.closure_inside", name, what, hint, variant=TO_PARTICIPANT)


def closure_notice_problems(data: ClosureNotice, setting: Setting) -> Iterator[Problem]:
    """A Problem if nobody decides, or if somebody whom the profile names is not told."""
    if data.variant == TO_PARTICIPANT:
        yield from _without_decider(setting)
        return
    told = {one.role for one in data.chain}
    for role in setting.document(data.kind, data.variant).told:
        if role not in told:
            what, hint = "does not name who is told: {role}", "add one with the role {key}"
            said = {"role": setting.role(role), "key": role.value}
            yield Problem.of("data.closure_chain", "chain", what, hint, **said)


def _without_decider(setting: Setting) -> Iterator[Problem]:
    consequences = setting.service.consequences
    if consequences is None or consequences.discharge is None:
        what = "cannot be issued: the profile does not say who decides on the end of a place"
        hint, key = "name it in the service's profile: {key}", "consequences.discharge.decided_by"
        yield Problem.of("data.closure_decider", "variant", what, hint, key=key)
