"""The conditions of a template, with what the data must be like to take each of their branches."""

from __future__ import annotations

from dataclasses import dataclass, field

from jinja2 import nodes

from planforms.checking.blame import Call
from planforms.checking.demands import MAX_WAYS, Demand
from planforms.checking.findings import Finding
from planforms.checking.notebook import finding_about
from planforms.checking.parsing import Parsed
from planforms.errors import Problem


@dataclass(slots=True)
class Condition:
    """A condition or a loop.

    Attributes:
        found: the place of it, told as a warning.
        loop: whether it is a loop; of that it counts only that it is entered.
        sides: the ways to have it hold, and the ways to have it not hold.
    """

    found: Finding
    loop: bool
    sides: dict[bool, list[Demand]] = field(default_factory=dict)

    def add(self, side: bool, demands: list[Demand]) -> None:
        """Add ways to have it hold, or not hold."""
        known = self.sides.setdefault(side, [])
        known += [demand for demand in demands if demand not in known]
        del known[4 * MAX_WAYS :]


class Conditions(dict[Call, Condition]):
    """The conditions of a document's template and of its macros, by file and place."""

    def note(
        self, parsed: Parsed, node: nodes.Node, test: nodes.Node, sides: dict[bool, list[Demand]]
    ) -> None:
        """Note that a condition or loop is met."""
        place: Call = str(parsed.file.path), node.lineno
        if place not in self:
            fault = Problem("check.never", "", "", "is it still needed, and is it spelt right?")
            found = finding_about(parsed, test, fault).as_warning()
            self[place] = Condition(found, isinstance(node, nodes.For))
        for side, demands in sides.items():
            self[place].add(side, demands)
