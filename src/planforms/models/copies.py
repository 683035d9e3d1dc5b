"""Whose copy is whose, where a team and the copies of a document are told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from planforms.models.values import member as value


def members_with_copies(team: Sequence[Any], copies: Sequence[Any]) -> dict[int, int]:
    """Which members of a team have a copy: the member's number, and the number of the copy.

    A copy belongs to the first member of its role who has none, but to one whom it names before
    others.

    Args:
        team: members of a team, as models or as plain data.
        copies: copies, as models or as plain data.
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


def _is_for(copy: Any, member: Any, *, by_name: bool) -> bool:
    if value(copy, "role") != value(member, "role"):
        return False
    name, recipient = value(member, "name"), value(copy, "recipient")
    return not by_name or bool(name and recipient and name in recipient)
