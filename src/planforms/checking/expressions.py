"""What the expressions of a template stand for, and what is wrong with them."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from jinja2 import nodes

from planforms.checking.conditions import Conditions
from planforms.checking.demands import ANYTHING, Demand, combine_all, ways
from planforms.checking.markup import tag_spans
from planforms.checking.meanings import (
    Constant,
    Datum,
    Meaning,
    Other,
    ProfilePart,
    ProfileValue,
    Unknown,
)
from planforms.checking.notebook import Notebook
from planforms.checking.parsing import Parsed
from planforms.checking.sources import SourceFile
from planforms.checking.uses import (
    Fault,
    apply_filter,
    fault_of_comparing,
    fault_of_filter_name,
    fault_of_printing,
    fault_of_values,
    outside_of_loop,
)
from planforms.checking.vocabulary import Vocabulary
from planforms.templating.environment import line_of
from planforms.templating.values import unknown_field

Meanings = tuple[Meaning, ...]
"""What an expression can stand for; more than one thing after branches."""
Scope = dict[str, Meanings]
UNKNOWN: Meanings = (Unknown(),)


@dataclass(frozen=True, slots=True)
class Frame:
    """The template, or the branch or macro of one, that is being walked through.

    Attributes:
        parsed: the template.
        asked: paths of the profiles that are known to be there.
        within: what the data must be like to get here.
    """

    parsed: Parsed
    asked: frozenset[str] = frozenset()
    within: tuple[Demand, ...] = (ANYTHING,)


class Expressions:
    """Looks into expressions; those who derive from it walk through statements and macros.

    Attributes:
        notebook: what is wrong.
        conditions: every condition that was met.
        printed: what the template prints, each with what the data must be like to get there.
    """

    def __init__(self, parsed: Parsed, vocabulary: Vocabulary) -> None:
        self.notebook = Notebook()
        self.conditions = Conditions()
        self.printed: list[tuple[Meaning, tuple[Demand, ...]]] = []
        self._vocabulary = vocabulary
        self._frame = Frame(parsed)
        self._used: set[str] = set()
        self._strangers: set[tuple[Path, str]] = set()

    def _value(self, node: nodes.Node | None, scope: Scope) -> Meanings:
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
                return (Constant(value=node.value),)
            case nodes.CondExpr():
                return self._cond_expr(node, scope)
            case nodes.And() | nodes.Or():
                return self._both(node, scope)
            case nodes.Not():
                self._value(node.node, scope)
            case nodes.Compare():
                self._compare(node, scope)
        return (Other(),)

    def _call(self, node: nodes.Call, scope: Scope) -> Meanings:
        raise NotImplementedError

    def _print(self, node: nodes.Node, scope: Scope) -> None:
        """Look into what stands in ``{{ }}``."""
        in_tag = _is_in_tag(self._frame.parsed.file, line_of(node) - 1)
        for meaning in self._value(node, scope):
            self.printed.append((meaning, self._frame.within))
            self._tell(fault_of_printing(meaning, in_tag=in_tag), node, meaning)

    # --- names and fields ---

    def _name(self, node: nodes.Name, scope: Scope) -> Meanings:
        self._used.add(node.name)
        if node.name in scope:
            return tuple(map(self._as_asked, scope[node.name]))
        where = (self._frame.parsed.file.path, node.name)
        if where not in self._strangers and self.notebook.open:
            self._strangers.add(where)
            hint = self._vocabulary.hint_for_name(node.name, scope)
            self._tell(Fault("template.undefined", f"{node.name}: no such name", hint), node)
        return UNKNOWN

    def _child(self, node: nodes.Getattr, base: Meaning) -> Meaning:
        if isinstance(base, Unknown):
            return base
        if isinstance(base, ProfilePart) and base.optional:
            hint = f"ask first: {{% if {base.shown} %}} … {{% endif %}}"
            fault = Fault("check.unasked", f"{base.shown} may be missing", hint)
            self._tell(fault, node.node, base)
            return Unknown()
        if node.attr not in base.names():
            self._tell_unknown(node, base, list(base.names()))
            return Unknown()
        if base.argument is not None:
            self.notebook.arguments[base.argument].fits = True
        return self._as_asked(base.child(node.attr))

    def _as_asked(self, meaning: Meaning) -> Meaning:
        """The same; what a condition around it asks for is there."""
        if isinstance(meaning, ProfilePart | ProfileValue) and meaning.path in self._frame.asked:
            return replace(meaning, optional=False)
        return meaning

    def _tell_unknown(self, node: nodes.Getattr, base: Meaning, known: list[str]) -> None:
        [problem] = unknown_field(base.shown, node.attr, known).problems
        fault = Fault(problem.code, problem.message, problem.hint)
        if known:
            fault = replace(fault, hint=self._vocabulary.hint_for_field(node.attr, base))
        parsed, offset = self._frame.parsed, node.lineno - 1
        self.notebook.tell_word(parsed, node.attr, offset, fault, argument=base.argument)

    # --- filters ---

    def _filter(self, node: nodes.Filter, scope: Scope) -> Meanings:
        bases = self._value(node.node, scope)
        given = [value for one in node.args for value in self._in_brackets(one, scope)]
        fault = fault_of_filter_name(node.name) or fault_of_values(node.name, given)
        if fault:
            self.notebook.tell_word(self._frame.parsed, node.name, node.lineno - 1, fault)
            return UNKNOWN
        return tuple(self._filtered(node, base) for base in bases)

    def _filtered(self, node: nodes.Filter, base: Meaning) -> Meaning:
        result = apply_filter(node.name, base)
        if isinstance(result, Fault):
            self._tell(result, node.node or node, base)
            return Unknown()
        return result

    def _in_brackets(self, node: nodes.Node, scope: Scope) -> Meanings:
        """A filter's value; a bare word is not looked up, so that it is told once."""
        if isinstance(node, nodes.Name) and node.name not in scope:
            return (Other(name=node.name),)
        return self._value(node, scope)

    # --- branches inside of expressions ---

    def _cond_expr(self, node: nodes.CondExpr, scope: Scope) -> Meanings:
        outside = self._frame
        holds, fails = self._condition(node, node.test, scope)
        self._frame = holds
        first = self._value(node.expr1, scope)
        self._frame = fails
        second = self._value(node.expr2, scope) if node.expr2 else ()
        self._frame = outside
        return (*first, *second)

    def _both(self, node: nodes.And | nodes.Or, scope: Scope) -> Meanings:
        outside = self._frame
        left = self._value(node.left, scope)
        asked = frozenset(self._asked(node.left, isinstance(node, nodes.And), scope))
        self._frame = replace(outside, asked=outside.asked | asked)
        right = self._value(node.right, scope)
        self._frame = outside
        return (*left, *right)

    def _compare(self, node: nodes.Compare, scope: Scope) -> None:
        left = self._value(node.expr, scope)
        for operand in node.ops:
            right = self._value(operand.expr, scope)
            for one in left:
                for other in right:
                    self._compare_two(one, other, node.expr, operand.expr)

    def _compare_two(
        self, one: Meaning, other: Meaning, left: nodes.Expr, right: nodes.Expr
    ) -> None:
        fault = fault_of_comparing(one, other, self._vocabulary.options)
        if fault is None:
            return
        field = other if isinstance(one, Constant) else one
        constant = left if isinstance(one, Constant) else right
        if fault.code == "check.choice" and isinstance(constant, nodes.Const):
            fault = self._vocabulary.translated(fault, field, constant.value)
            self._tell(fault, constant, field)
        else:
            self._tell(fault, right if field is other else left, field)

    # --- conditions ---

    def _condition(self, node: nodes.Node, test: nodes.Node, scope: Scope) -> tuple[Frame, Frame]:
        """Look into a condition; the frames where it holds and where it fails come back."""
        for meaning in self._value(test, scope):
            if isinstance(meaning, Datum) and meaning.unlooped:
                self._tell(outside_of_loop(meaning), test, meaning)
        sides = {wanted: self._reached(test, wanted, scope) for wanted in (True, False)}
        self.conditions.note(self._frame.parsed, node, test, sides)
        holds, fails = (
            Frame(
                self._frame.parsed,
                self._frame.asked | frozenset(self._asked(test, wanted, scope)),
                tuple(sides[wanted]),
            )
            for wanted in (True, False)
        )
        return holds, fails

    def _reached(self, test: nodes.Node, wanted: bool, scope: Scope) -> list[Demand]:
        """The ways to get here with a condition that holds, or does not hold."""
        with self.notebook.closed():
            found = ways(test, wanted, lambda node: (*self._value(node, scope), Other())[0])
        return combine_all(self._frame.within, found)

    def _asked(self, test: nodes.Node, truth: bool, scope: Scope) -> Iterator[str]:
        """Paths of the profiles that are there if a condition holds, or does not hold."""
        match test:
            case nodes.Not():
                yield from self._asked(test.node, not truth, scope)
            case nodes.And() | nodes.Or():
                if isinstance(test, nodes.And) is truth:
                    yield from self._asked(test.left, truth, scope)
                    yield from self._asked(test.right, truth, scope)
            case nodes.Compare():
                other = test.ops[0].expr
                none = isinstance(other, nodes.Const) and other.value is None
                if ((test.ops[0].op == "eq") is not none) is truth:
                    yield from self._asked(test.expr, True, scope)
            case nodes.Name() | nodes.Getattr() if truth:
                with self.notebook.closed():
                    found = self._value(test, scope)
                yield from (
                    meaning.path
                    for meaning in found
                    if isinstance(meaning, ProfilePart | ProfileValue)
                )

    def _tell(self, fault: Fault | None, node: nodes.Node, meaning: Meaning | None = None) -> None:
        if fault:
            argument = meaning.argument if meaning else None
            self.notebook.tell(self._frame.parsed, node, fault, argument)


def _is_in_tag(file: SourceFile, offset: int) -> bool:
    spans = _spans(file)
    index = bisect(spans, (offset, len(file.content))) - 1
    return index >= 0 and offset < spans[index][1]


@lru_cache(maxsize=256)
def _spans(file: SourceFile) -> list[tuple[int, int]]:
    return tag_spans(file.content)
