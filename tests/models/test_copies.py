"""Whose copy is whose, where a team and the copies of a document are told apart."""

from __future__ import annotations

import pytest

from planforms.models.copies import members_with_copies
from planforms.models.people import Role, TeamMember
from planforms.models.secrecy import Copy

ANNE, KARI = (TeamMember(role=Role.ADVISER, name=name) for name in ("Anne Lie", "Kari Moe"))
COACH = TeamMember(role=Role.COACH)


@pytest.mark.parametrize(
    ("team", "copies", "expected"),
    [
        ((ANNE, COACH), (), {}),
        ((ANNE, COACH), ((Role.COACH, "Nav"),), {1: 0}),
        ((ANNE, KARI), ((Role.ADVISER, "Kari Moe, Nav"),), {1: 0}),
        ((ANNE, KARI), ((Role.ADVISER, "Nav"),), {0: 0}),
        ((ANNE, KARI), ((Role.ADVISER, "Nav"), (Role.ADVISER, "Anne Lie")), {0: 1, 1: 0}),
        ((ANNE,), ((Role.ADVISER, "Nav"), (Role.ADVISER, "Nav")), {0: 0}),
        ((ANNE,), ((Role.PARTICIPANT, "Anne Lie"), (None, "Anne Lie")), {}),
    ],
)
def test_a_copy_belongs_to_the_one_it_names_or_the_first_of_the_role(
    team: tuple[TeamMember, ...],
    copies: tuple[tuple[Role | None, str], ...],
    expected: dict[int, int],
) -> None:
    given = [Copy(recipient=name, role=role) for role, name in copies]
    assert members_with_copies(team, given) == expected
