"""What the data must be like for a condition of a template to hold, or not to hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import nodes

from planforms.checking.comparing import is_constant
from planforms.checking.probes import NamedText, Profile
from planforms.models.fields import ByHand
from planforms.models.shapes import Form
from planforms.rules.facts import Fact
from planforms.templating.environment import Key
from planforms.templating.values import Value

STATE = "state"
"""The path under which a demand holds the state of the document."""
FACTS = "facts."
"""What paths of facts begin with."""
MAX_WAYS = 6
"""So many ways to make one condition hold are enough to try."""


@dataclass(frozen=True, slots=True)
class Want:
    """What the value at one path must be.

    Attributes:
        filled: whether there is a value; ``None`` if that makes no difference.
        equals: the value itself, if it must be a certain one.
        differs: values that it must not be.
        shared: the path of another field that holds the same value; empty for none.
    """

    filled: bool | None = None
    equals: Any = None
    differs: frozenset[Any] = frozenset()
    shared: str = ""

    def meet(self, other: Want) -> Want | None:
        """Both wants in one, or ``None`` if they cannot both be."""
        if None not in (self.filled, other.filled) and self.filled != other.filled:
            return None
        if None not in (self.equals, other.equals) and self.equals != other.equals:
            return None
        filled = self.filled if other.filled is None else other.filled
        equals = other.equals if self.equals is None else self.equals
        differs = self.differs | other.differs
        if equals in differs or (filled is False and equals is not None):
            return None
        return Want(filled, equals, differs, self.shared or other.shared)


Demand = dict[str, Want]
"""What the data must be like, by path."""
ANYTHING: Demand = {}
PROTECTED: Demand = {"case.participant.protected_identity": Want(filled=True, equals=True)}


def combine(one: Demand, other: Demand) -> Demand | None:
    """A demand that meets both, or ``None`` if there is none."""
    both = dict(one)
    for path, want in other.items():
        met = want.meet(both.get(path, Want()))
        if met is None:
            return None
        both[path] = met
    empty = [path for path, want in both.items() if want.filled is False]
    for path, want in both.items():
        inside = any(path.startswith((f"{part}.", f"{part}[")) for part in empty)
        if inside and want.filled is not False:
            return None
    return both


def combine_all(one: Iterable[Demand], other: Iterable[Demand]) -> list[Demand]:
    """Every way to meet one of the first and one of the second."""
    pairs = (combine(a, b) for a in one for b in list(other))
    return [both for both in pairs if both is not None][:MAX_WAYS]


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
        case nodes.Filter() if test.node is not None:
            return ways(test.node, wanted, thing_of)
    return _shown(thing_of(test), wanted)


def _shown(thing: Any, wanted: bool) -> list[Demand]:
    """How something shows, or shows not."""
    if is_constant(thing) or isinstance(thing, NamedText | Key):
        return [ANYTHING] if bool(thing) is wanted else []
    match thing:
        case Value() if thing.shape.form is Form.FLAG:
            return [{thing.path: Want(filled=True, equals=wanted)}]
        case Value():
            return [{thing.path: Want(filled=True)}] if wanted else list(_empty(thing))
        case Profile() if thing.type is bool:
            return [{thing.path: Want(filled=True, equals=wanted)}]
        case Profile(optional=True):
            return [{thing.path: Want(filled=wanted)}]
        case Profile() if thing.fields or thing.type is str:
            return [ANYTHING] if wanted else []
        case Fact():
            return [{f"{FACTS}{thing.rule}": Want(filled=wanted)}]
    return [ANYTHING]


def _empty(value: Value) -> Iterator[Demand]:
    """How there is nothing to show where a field stands: neither a value nor a place to write."""
    if value.guarded and value.shape.form in (Form.PART, Form.LIST):
        yield PROTECTED
    by_hand = value.shape.mark(ByHand) is not None and not value.guarded
    if value.empty and not by_hand:
        yield {value.path: Want(filled=False)}


def _compared(one: Any, other: Any, equal: bool) -> list[Demand]:
    if is_constant(one):
        one, other = other, one
    if isinstance(one, Value | Profile) and isinstance(other, Value | Profile):
        shared = Want(filled=True, shared=min(one.path, other.path))
        apart = Want(filled=True, shared=one.path), Want(filled=True, shared=other.path)
        wants = (shared, shared) if equal else apart
        return [{one.path: wants[0], other.path: wants[1]}]
    if not is_constant(other):
        return [ANYTHING]
    if isinstance(one, Key) and one.name == STATE:
        return [{STATE: _single(other, equal)}]
    if not isinstance(one, Value | Profile):
        return [ANYTHING]
    if other is None:
        return [{one.path: Want(filled=not equal)}]
    wants_of_one = [_single(other, equal)] + ([] if equal else [Want(filled=False)])
    return [{one.path: want} for want in wants_of_one]


def _single(value: Any, equal: bool) -> Want:
    if equal:
        return Want(filled=True, equals=value)
    return Want(filled=True, differs=frozenset([value]))
