"""The checklists of a service: stages of a case, and what staff see to in each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from planforms.models.fields import Key, Line
from planforms.models.people import Role
from planforms.services.parts import Basis, ProfilePart
from planforms.services.texts import Translated
from planforms.services.timing import DeadlineCondition


class ChecklistItem(ProfilePart):
    """One point of a list.

    Attributes:
        text: what is to be seen to, as a whole short sentence.
        role: who sees to it.
        evidence: path of a day in the case that shows that it was done.
        when: what must hold for that day to show it; all of them.
    """

    text: Translated
    role: Role | None = None
    evidence: Line | None = None
    when: tuple[DeadlineCondition, ...] = ()


class ChecklistGroup(ProfilePart):
    """Points that belong together.

    Attributes:
        name: what stands above them.
        gate: whether all of them must hold before anything that comes after is done.
        only_if: whether they concern some cases alone, as the name says.
        items: the points by key.
    """

    name: Translated
    gate: bool = False
    only_if: bool = False
    items: Annotated[dict[Key, ChecklistItem], Field(min_length=1, max_length=60)]


class ChecklistForm(ProfilePart):
    """One list.

    Attributes:
        name: the stage of a case that it is for.
        basis: ``source`` if the service itself has it, ``practice`` if not.
        source: where it stands.
        groups: its points, by group.
    """

    name: Translated
    basis: Basis = "source"
    source: Translated
    groups: Annotated[dict[Key, ChecklistGroup], Field(min_length=1)]

    @property
    def items(self) -> dict[str, ChecklistItem]:
        """All its points by key."""
        return {key: item for group in self.groups.values() for key, item in group.items.items()}

    @property
    def gates(self) -> frozenset[str]:
        """The keys of the points that must hold first."""
        gates = (group for group in self.groups.values() if group.gate)
        return frozenset(key for group in gates for key in group.items)

    def heading(self, item: str) -> str:
        """The name of the group that begins with a point; empty for other points."""
        starts = {next(iter(group.items)): group.name for group in self.groups.values()}
        return starts.get(item, "")


def checklist_vocabulary(lists: Mapping[str, ChecklistForm], name: str) -> dict[str, str]:
    """The names of all lists, or the texts of all their points, by key."""
    if name == "checklist":
        return {key: one.name for key, one in lists.items()}
    return {key: item.text for one in lists.values() for key, item in one.items.items()}


def item_keys(lists: Mapping[str, ChecklistForm]) -> Iterator[tuple[str, str]]:
    """Each list with the key of each of its points, group by group, twice if it stands twice."""
    for name, one in lists.items():
        yield from ((name, key) for group in one.groups.values() for key in group.items)
