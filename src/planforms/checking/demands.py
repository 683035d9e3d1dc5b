"""What the data must be like for a condition of a template to hold, or not to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import nodes

from planforms.checking.comparing import is_constant
from planforms.checking.probes import NamedText, Profile
from planforms.document import State
from planforms.models.fields import ByHand
from planforms.models.paths import paths_around
from planforms.models.shapes import Form
from planforms.rules.facts import Fact
from planforms.templating.environment import Key
from planforms.templating.filters import FILTERS
from planforms.templating.values import Value

STATE = "state"
"""The path under which a demand holds the state of the document."""
FACTS = "facts."
"""What paths of facts begin with."""
MAX_WAYS = 6
"""So many ways to make one condition hold are enough to try."""
MAX_ITEMS = 30
"""So many different items a list of made-up data has at most."""


@dataclass(frozen=True, slots=True)
class Want:
    """What the value at one path must be; ``None`` among values is that there is none.

    Attributes:
        only: the values that it can be; ``None`` if it can be any.
        never: values that it must not be.
        shared: the path of another field that holds the same value; empty for none.
    """

    only: frozenset[Any] | None = None
    never: frozenset[Any] = frozenset()
    shared: str = ""

    @classmethod
    def one(cls, value: Any) -> Want:
        """It must be a certain value."""
        return cls(frozenset([value]))

    @classmethod
    def not_one(cls, value: Any) -> Want:
        """It must not be a certain value."""
        return cls(never=frozenset([value]))

    def allows(self, value: Any) -> bool:
        """Whether it can be a value."""
        return value not in self.never and (self.only is None or value in self.only)

    @property
    def is_filled(self) -> bool:
        """Whether there must be a value."""
        return not self.allows(None)

    @property
    def is_empty(self) -> bool:
        """Whether there must be no value."""
        return self.only == frozenset([None])

    def value_or(self, usual: Any) -> Any:
        """A value that it can be: the usual one if nothing else is wanted."""
        return usual if self.only is None else next(iter(self.only))

    def meet(self, other: Want) -> Want | None:
        """Both wants in one, or ``None`` if they cannot both be."""
        never = self.never | other.never
        only = self.only if other.only is None else other.only
        if only is not None:
            only = frozenset(value for value in only if self.allows(value) and other.allows(value))
        return None if only == frozenset() else Want(only, never, self.shared or other.shared)


FILLED, EMPTY = Want.not_one(None), Want.one(None)
Demand = dict[str, Want]
"""What the data must be like, by path."""
ANYTHING: Demand = {}
BLANK: Demand = {STATE: Want.one(State.BLANK)}
DRAFT: Demand = {STATE: Want.one(State.DRAFT)}
FINAL: Demand = {STATE: Want.one(State.FINAL)}
PROTECTED: Demand = {"case.participant.protected_identity": Want.one(True)}


def combine(one: Demand, other: Demand) -> Demand | None:
    """A demand that meets both, or ``None`` if there is none."""
    both = dict(one)
    for path, want in other.items():
        met = want.meet(both.get(path, Want()))
        if met is None:
            return None
        both[path] = met
    return None if any(_contradicts(both, path) for path in other) else both


def _contradicts(demand: Demand, path: str) -> bool:
    """Whether a path and one around it or inside of it cannot be both as they are wanted."""
    if demand[path].is_empty:
        return any(path in paths_around(one) and want.is_filled for one, want in demand.items())
    around = (demand[part] for part in paths_around(path) if part in demand)
    return demand[path].is_filled and any(want.is_empty for want in around)


def combine_all(one: Iterable[Demand], other: Iterable[Demand]) -> list[Demand]:
    """Every way to meet one of the first and one of the second."""
    pairs = (combine(a, b) for a in one for b in list(other))
    return [both for both in pairs if both is not None][:MAX_WAYS]


def add_demand(items: Sequence[Demand], other: Demand) -> list[Demand] | None:
    """The demands on one document, with one more; ``None`` if it is for another document.

    Args:
        items: a demand for each item of the document's lists; outside of lists they say the same.
        other: what one of the items must meet too, or one more item of its own.
    """
    inside = {path: want for path, want in other.items() if "[]" in path}
    outside = {path: want for path, want in other.items() if path not in inside}
    joined: list[Demand] = []
    for item in items:
        both = combine(item, outside)
        if both is None:
            return None
        joined.append(both)
    for number, item in enumerate(joined):
        if (both := combine(item, inside)) is not None:
            return [*joined[:number], both, *joined[number + 1 :]]
    shared = {path: want for path, want in joined[0].items() if "[]" not in path}
    both = combine(shared, inside)
    return None if both is None or len(joined) == MAX_ITEMS else [*joined, both]


def ways(test: nodes.Node, wanted: bool, thing_of: Callable[[nodes.Node], Any]) -> list[Demand]:
    """The ways to make a condition hold, or not hold; none if that cannot be.

    Args:
        test: the condition.
        wanted: whether it is to hold.
        thing_of: what an expression inside it stands for.
    """
    match test:
        case nodes.Not():
            return ways(test.node, not wanted, thing_of)
        case nodes.And() | nodes.Or():
            left = ways(test.left, wanted, thing_of)
            right = ways(test.right, wanted, thing_of)
            both = isinstance(test, nodes.And) is wanted
            return combine_all(left, right) if both else [*left, *right][:MAX_WAYS]
        case nodes.Compare() if len(test.ops) == 1:
            equal = (test.ops[0].op == "eq") is wanted
            return _compared(thing_of(test.expr), thing_of(test.ops[0].expr), equal)
        case nodes.Filter() if test.name in FILTERS and FILTERS[test.name].of_key:
            return [ANYTHING]
        case nodes.Filter() if test.node is not None:
            return ways(test.node, wanted, thing_of)
    return _shown(thing_of(test), wanted)


def _shown(thing: Any, wanted: bool) -> list[Demand]:
    """How something shows, or shows not."""
    if is_constant(thing) or isinstance(thing, NamedText | Key):
        return [ANYTHING] if bool(thing) is wanted else []
    filled = FILLED if wanted else EMPTY
    match thing:
        case Value() if thing.shape.form is Form.FLAG:
            return [{thing.path: Want.one(True) if wanted else Want.not_one(True)}]
        case Value():
            return [{thing.path: FILLED}] if wanted else list(_empty(thing))
        case Profile() if thing.type is bool:
            return [{thing.path: Want.one(wanted)}]
        case Profile(optional=True):
            return [{thing.path: filled}]
        case Profile() if thing.fields or thing.type is str:
            return [ANYTHING] if wanted else []
        case Fact():
            return [{f"{FACTS}{thing.rule}": filled}]
    return [ANYTHING]


def _empty(value: Value) -> Iterator[Demand]:
    """How there is nothing to show where a field stands: neither a value nor a place to write."""
    vanishes = value.rendering.discreet or value.shape.form in (Form.PART, Form.LIST)
    if value.guarded and vanishes:
        yield PROTECTED
    by_hand = value.shape.mark(ByHand) is not None and not value.guarded
    if value.empty and not by_hand:
        yield {value.path: EMPTY}


def _compared(one: Any, other: Any, equal: bool) -> list[Demand]:
    if is_constant(one):
        one, other = other, one
    if isinstance(one, Value | Profile) and isinstance(other, Value | Profile):
        paths = one.path, other.path
        return [{path: replace(FILLED, shared=min(paths) if equal else path) for path in paths}]
    is_state = isinstance(one, Key) and one.name == STATE
    if not is_constant(other) or not (is_state or isinstance(one, Value | Profile)):
        return [ANYTHING]
    path = STATE if is_state else one.path
    return [{path: Want.one(other) if equal else Want.not_one(other)}]
