"""What the expressions of a template stand for, and what is wrong with them.

Rendering itself answers: a stand-in for each value goes through the environment's attributes,
filters and printing. Here stands only what follows from branches: what has been asked for.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from jinja2 import DictLoader, nodes

from planforms.checking.attribution import Call, Notebook, finding_about
from planforms.checking.comparing import fault_of_comparing, is_constant
from planforms.checking.demands import ANYTHING, MAX_WAYS, Demand, combine_all, ways
from planforms.checking.findings import Finding
from planforms.checking.parsing import Parsed
from planforms.checking.pieces import PieceKind, pieces_of
from planforms.checking.probes import (
    WRONG,
    NamedText,
    Probe,
    Probes,
    Profile,
    Template,
    Wrong,
    names_of,
)
from planforms.checking.sources import SourceFile
from planforms.checking.vocabulary import Names
from planforms.errors import Problem, TemplateError
from planforms.templating.environment import TemplateEnvironment, printed
from planforms.templating.filters import filter_of
from planforms.templating.grammar import WORDS_IN_BRACES, line_of
from planforms.templating.values import Value, unknown_field

Scope = dict[str, Probes]
_ENVIRONMENT = TemplateEnvironment(DictLoader({}))
_OUTSIDE = "write the words outside of the braces, as a reader is to see them"
_ASK = "it can be asked for with {% if … %}"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a walk is: in a template or macro, in some of its branches.

    Attributes:
        parsed: the template.
        within: the ways in which the data can be to get here.
    """

    parsed: Parsed
    within: tuple[Demand, ...] = (ANYTHING,)

    def is_filled(self, path: str) -> bool:
        """Whether a value is there whatever the data is like, or else one would not get here."""
        return all(path in demand and demand[path].is_filled for demand in self.within)


@dataclass(slots=True)
class Condition:
    """A condition or a loop.

    Attributes:
        parsed: the template that it stands in.
        test: what it asks.
        loop: whether it is a loop; of that it counts only that it is entered.
        sides: the ways to have it hold, and the ways to have it not hold.
    """

    parsed: Parsed
    test: nodes.Node
    loop: bool
    sides: dict[bool, list[Demand]] = field(default_factory=dict)

    def warning(self, what: str) -> Finding:
        """A warning that points at it."""
        message, hint = (
            f"{what}, whatever the data is like",
            "is it still needed, and is it spelt right?",
        )
        return finding_about(
            self.parsed, self.test, Problem("check.never", "", message, hint)
        ).as_warning()


class Expressions:
    """Looks into expressions; those who derive from it walk through statements and macros.

    Attributes:
        notebook: what is wrong.
        conditions: every condition that was met, by file and place.
        printed: what the template prints, each with what the data must be like to get there.
    """

    def __init__(self, parsed: Parsed, names: Names) -> None:
        self.notebook = Notebook()
        self.conditions: dict[Call, Condition] = {}
        self.printed: list[tuple[Probe, tuple[Demand, ...]]] = []
        self._names = names
        self._at = Position(parsed)
        self._used: set[str] = set()
        self._strangers: set[tuple[Path, str]] = set()

    def _value(self, node: nodes.Node | None, scope: Scope) -> Probes:
        match node:
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Getattr():
                return tuple(self._child(node, base) for base in self._value(node.node, scope))
            case nodes.Filter():
                return self._filter(node, scope)
            case nodes.Call():
                return self._call(node, scope)
            case nodes.Const():
                return (Probe(node.value),)
            case nodes.CondExpr():
                return self._cond_expr(node, scope)
            case nodes.And() | nodes.Or():
                return self._both(node, scope)
            case nodes.Not():
                self._value(node.node, scope)
            case nodes.Compare():
                self._compare(node, scope)
        return (Probe(object()),)

    def _call(self, node: nodes.Call, scope: Scope) -> Probes:
        raise NotImplementedError

    @contextmanager
    def _in(self, position: Position) -> Iterator[None]:
        """Walk through a branch; afterwards the walk is where it was."""
        outside, self._at = self._at, position
        yield
        self._at = outside

    def _within(self, ways: tuple[Demand, ...]) -> AbstractContextManager[None]:
        return self._in(replace(self._at, within=ways))

    @contextmanager
    def _reporting(self, node: nodes.Node, probe: Probe) -> Iterator[None]:
        """Tell what rendering refuses."""
        try:
            yield
        except TemplateError as error:
            self._report(error.problems[0], node, probe)

    def _report(self, fault: Problem | None, node: nodes.Node, probe: Probe | None = None) -> None:
        if fault and not fault.code.startswith("terms."):  # those are told elsewhere
            self.notebook.note(self._at.parsed, node, fault, probe.argument if probe else None)

    # --- printing ---

    def _print(self, node: nodes.Node, scope: Scope) -> None:
        """Look into what stands in ``{{ }}``."""
        in_tag = _is_in_tag(self._at.parsed.file, line_of(node) - 1)
        for probe in self._value(node, scope):
            self.printed.append((probe, self._at.within))
            with self._reporting(node, probe):
                self._report(_fault_of_printing(probe, in_tag=in_tag), node, probe)

    # --- names and fields ---

    def _name(self, node: nodes.Name, scope: Scope) -> Probes:
        self._used.add(node.name)
        if node.name in scope:
            return tuple(map(self._as_asked, scope[node.name]))
        where = (self._at.parsed.file.path, node.name)
        if where not in self._strangers and self.notebook.open:
            self._strangers.add(where)
            hint = self._names.hint_for_name(node.name, scope)
            self._report(
                Problem("template.undefined", "", f"{node.name}: no such name", hint), node
            )
        return WRONG

    def _child(self, node: nodes.Getattr, base: Probe) -> Probe:
        thing = base.thing
        if isinstance(thing, Wrong):
            return base
        if isinstance(thing, Profile) and thing.optional:
            self._report(_unasked(thing), node.node, base)
            return WRONG[0]
        if node.attr not in names_of(thing):
            self._report_unknown(node, base)
            return WRONG[0]
        if base.argument is not None:
            self.notebook.arguments[base.argument].fits = True
        if isinstance(thing, Profile):
            return self._as_asked(replace(base, thing=thing.child(node.attr)))
        found = _ENVIRONMENT.getattr(thing, node.attr)
        if isinstance(found, bool):  # whether this is the first or last round of a loop
            found = object()
        return replace(base, thing=found)

    def _as_asked(self, probe: Probe) -> Probe:
        """The same; what a condition around it asks for is there."""
        if isinstance(probe.thing, Profile) and self._at.is_filled(probe.thing.path):
            return replace(probe, thing=replace(probe.thing, optional=False))
        return probe

    def _report_unknown(self, node: nodes.Getattr, base: Probe) -> None:
        known = list(names_of(base.thing))
        [fault] = unknown_field(base.shown, node.attr, known).problems
        if known:
            fault = replace(fault, hint=self._names.hint_for_field(node.attr, base.thing))
        parsed, offset = self._at.parsed, node.lineno - 1
        self.notebook.note_word(parsed, node.attr, offset, fault, argument=base.argument)

    # --- filters ---

    def _filter(self, node: nodes.Filter, scope: Scope) -> Probes:
        bases = self._value(node.node, scope)
        given = [one.thing for arg in node.args for one in self._in_brackets(arg, scope)]
        wrong = any(isinstance(thing, Wrong) for thing in given)
        try:
            filter_ = filter_of(node.name)
            if not wrong:
                filter_.check_values(given)
        except TemplateError as error:
            offset = node.lineno - 1
            self.notebook.note_word(self._at.parsed, node.name, offset, error.problems[0])
            return WRONG
        found = []
        for base in bases:
            result = WRONG[0]
            with self._reporting(node.node or node, base):
                if not wrong and not isinstance(base.thing, Wrong):
                    made = filter_(base.thing, *given)
                    named = NamedText(base.shown) if type(made) is str else made
                    result = replace(base, thing=named)
            found.append(result)
        return tuple(found)

    def _in_brackets(self, node: nodes.Node, scope: Scope) -> Probes:
        """A filter's value; a bare word is not looked up, so that it is told once."""
        if isinstance(node, nodes.Name) and node.name not in scope:
            return (Probe(object()),)
        return self._value(node, scope)

    # --- branches inside of expressions ---

    def _cond_expr(self, node: nodes.CondExpr, scope: Scope) -> Probes:
        holds, fails = self._condition(node, node.test, scope)
        with self._within(holds):
            first = self._value(node.expr1, scope)
        with self._within(fails):
            second = self._value(node.expr2, scope) if node.expr2 else ()
        return (*first, *second)

    def _both(self, node: nodes.And | nodes.Or, scope: Scope) -> Probes:
        left = self._value(node.left, scope)
        with self._within(self._reached(node.left, isinstance(node, nodes.And), scope)):
            right = self._value(node.right, scope)
        return (*left, *right)

    def _compare(self, node: nodes.Compare, scope: Scope) -> None:
        left = self._value(node.expr, scope)
        for operand in node.ops:
            right = self._value(operand.expr, scope)
            for one in left:
                for other in right:
                    self._compare_two(one, other, node.expr, operand.expr)

    def _compare_two(self, one: Probe, other: Probe, left: nodes.Expr, right: nodes.Expr) -> None:
        if is_constant(one.thing):
            one, other, left, right = other, one, right, left
        with self._reporting(left, one):
            fault = fault_of_comparing(one.thing, other.thing, self._names.options)
            if fault and fault.code == "check.choice" and isinstance(right, nodes.Const):
                fault = self._names.translated(fault, one.thing, right.value)
                self._report(fault, right, one)
            else:
                self._report(fault, left, one)

    # --- conditions ---

    def _condition(
        self, node: nodes.Node, test: nodes.Node, scope: Scope
    ) -> tuple[tuple[Demand, ...], tuple[Demand, ...]]:
        """Look into a condition; the ways to get where it holds, and where it fails, come back."""
        for probe in self._value(test, scope):
            if isinstance(probe.thing, Value):
                with self._reporting(test, probe):
                    probe.thing.refuse_outside_of_loop()
        holds, fails = (self._reached(test, wanted, scope) for wanted in (True, False))
        self._note_condition(node, test, {True: holds, False: fails})
        return holds, fails

    def _note_condition(
        self, node: nodes.Node, test: nodes.Node, sides: dict[bool, tuple[Demand, ...]]
    ) -> None:
        place: Call = str(self._at.parsed.file.path), node.lineno
        if place not in self.conditions:
            is_loop = isinstance(node, nodes.For)
            self.conditions[place] = Condition(self._at.parsed, test, is_loop)
        for side, ways_there in sides.items():
            known = self.conditions[place].sides.setdefault(side, [])
            known += [demand for demand in ways_there if demand not in known]
            del known[4 * MAX_WAYS :]

    def _reached(self, test: nodes.Node, wanted: bool, scope: Scope) -> tuple[Demand, ...]:
        """The ways to get here with a condition that holds, or does not hold."""
        with self.notebook.closed():
            found = ways(test, wanted, lambda node: (*self._value(node, scope), WRONG[0])[0].thing)
        return tuple(combine_all(self._at.within, found))


def _unasked(part: Profile) -> Problem:
    hint = f"ask first: {{% if {part.path} %}} … {{% endif %}}"
    return Problem("check.unasked", "", f"{part.path} may be missing", hint)


def _fault_of_printing(probe: Probe, *, in_tag: bool) -> Problem | None:
    """Why something cannot stand in ``{{ }}``.

    Raises:
        TemplateError: rendering refuses it.
    """
    thing = probe.thing
    if isinstance(thing, Wrong):
        return None
    if isinstance(thing, Profile):
        return _fault_of_profile(thing)
    if type(thing) is str:
        return Problem("check.words", "", WORDS_IN_BRACES, _OUTSIDE)
    if isinstance(thing, Template):
        hint = f"write {{{{ {probe.shown}(…) }}}}"
        return Problem("template.call", "", f"{probe.shown} is a macro", hint)
    made = printed(thing)
    if isinstance(thing, Value) and in_tag and made:
        hint = f"write {{{{ {thing.shown}|text }}}}"
        return Problem("check.attribute", "", "a field cannot stand inside of a tag", hint)
    return None


def _fault_of_profile(part: Profile) -> Problem | None:
    if part.fields:
        hint = f"print one of: {', '.join(part.fields)}"
        return Problem("template.part", "", f"{part.path} has parts", hint)
    if part.members:
        hint = "ask with {% if … == … %}, and write the words for each"
        return Problem("check.key", "", f"{part.path} is a key of the program, not words", hint)
    if part.type not in (str, int):
        return Problem("template.nothing", "", f"{part.path} is not for printing", _ASK)
    return _unasked(part) if part.optional else None


def _is_in_tag(file: SourceFile, offset: int) -> bool:
    spans = _spans(file)
    index = bisect(spans, (offset, len(file.content))) - 1
    return index >= 0 and offset < spans[index][1]


@lru_cache(maxsize=1024)
def _spans(file: SourceFile) -> list[tuple[int, int]]:
    """Where the tags of a template begin and end; what is printed there is no field."""
    tags = (piece for piece in pieces_of(file) if piece.kind is PieceKind.TAG)
    return [(tag.offset, tag.end) for tag in tags]
