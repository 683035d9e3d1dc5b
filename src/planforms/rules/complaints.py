"""What keeps a complaint or the reply to it from being issued."""

from __future__ import annotations

from collections.abc import Iterator

from planforms.errors import Problem
from planforms.models.complaint import (
    Answer,
    Capacity,
    Complainant,
    Complaint,
    ComplaintReply,
    Matter,
)
from planforms.models.letters import same
from planforms.models.people import Participant
from planforms.rules.routing import concerned_roles
from planforms.setting import Setting

_STANDS_IN = frozenset({Capacity.REPRESENTATIVE, Capacity.GUARDIAN})


def unmet_danger(complaint: Complaint, _setting: Setting) -> Iterator[Problem]:
    """A Problem if somebody is in danger and nothing was done at once."""
    if complaint.danger is Answer.YES and not complaint.danger_action:
        message = "does not tell what was done at once, although somebody is in danger"
        hint = "see to it that the person is safe; then write what you did"
        yield Problem("data.danger", "danger_action", message, hint)


def misplaced_appeal(complaint: Complaint, _setting: Setting) -> Iterator[Problem]:
    """A Problem if a decision is appealed: that has its own paper, body and deadline."""
    if complaint.matter is Matter.DECISION:
        hint = "write an appeal (kind {kind}) with the decision in it"
        what = "is an appeal of a decision, which is a paper of its own"
        yield Problem.of("data.appeal_apart", "matter", what, hint, kind="appeal")


def reply_problems(reply: ComplaintReply, _setting: Setting) -> list[Problem]:
    """Judges in their own case, and replies to strangers."""
    return [*_own_case(reply), *_stranger(reply)]


def _own_case(reply: ComplaintReply) -> Iterator[Problem]:
    """Whoever it was about does not answer, be it told by role or by name."""
    answerer = reply.answered_by
    if answerer is None or reply.about is None:
        return
    place, hint = "answered_by", "let somebody else look into it and answer"
    message = "is whoever the complaint was about"
    if answerer.role in concerned_roles(reply) or same(answerer.name, reply.about.name):
        yield Problem("data.own_case", place, message, hint)


def _stranger(reply: ComplaintReply) -> Iterator[Problem]:
    if reply.complainant and not _may_know(reply.complainant, reply.case.participant):
        message = "may not learn about the participant"
        hint = "ask the participant ({field}), or name the representative in the case"
        yield Problem.of("data.stranger", "complainant", message, hint, field="participant_agrees")


def _may_know(complainant: Complainant, participant: Participant) -> bool:
    if complainant.capacity is None or complainant.capacity is Capacity.PARTICIPANT:
        return True
    if complainant.capacity in _STANDS_IN:
        return any(one.kind == complainant.capacity.value for one in participant.representatives)
    return complainant.participant_agrees is Answer.YES
