"""Whose copy is whose, where a team and the copies of a document are told apart."""

from __future__ import annotations

from collections.abc import Sequence

from planforms.models.people import TeamMember
from planforms.models.secrecy import Copy


def members_with_copies(team: Sequence[TeamMember], copies: Sequence[Copy]) -> dict[int, int]:
    """Which members of a team have a copy: the member's number, and the number of the copy.

    A copy belongs to the first member of its role who has none, but to one whom it names before
    others.
    """
    held: dict[int, int] = {}
    for by_name in (True, False):
        for number, copy in enumerate(copies):
            if number in held.values():
                continue
            for index, member in enumerate(team):
                if index not in held and _is_for(copy, member, by_name=by_name):
                    held[index] = number
                    break
    return held


def _is_for(copy: Copy, member: TeamMember, *, by_name: bool) -> bool:
    if copy.role != member.role:
        return False
    return not by_name or (member.name is not None and member.name in copy.recipient)
