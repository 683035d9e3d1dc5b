"""A walk through all statements of a template and into the macros that it calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jinja2 import StrictUndefined, nodes
from jinja2.runtime import LoopContext
from markupsafe import Markup

from planforms.checking.attribution import Argument, Call, Found, Macro
from planforms.checking.expressions import Expressions, Scope
from planforms.checking.parsing import Parsed, imported_file, imported_names
from planforms.checking.probes import WRONG, Probe, Probes, Template, Wrong, item_of, unique
from planforms.checking.vocabulary import Names
from planforms.errors import Problem, Severity, did_you_mean, nearest
from planforms.templating.grammar import line_of
from planforms.templating.values import Value, loop_refusal

_LOOP = LoopContext([None], StrictUndefined, None)
MAX_CALLS = 2_000
"""How often the macros of one document may be called; no document needs a tenth of it."""


class Walk(Expressions):
    """One document's template."""

    def __init__(self, parsed: Parsed, library: Mapping[str, Parsed], names: Names) -> None:
        super().__init__(parsed, names)
        self._calls: dict[Macro, frozenset[Call]] = {}
        self._library = library
        self._running: list[Macro] = []
        self._runs = 0

    @property
    def found(self) -> Found:
        """What is wrong, and the macros that were called."""
        return Found(tuple(self.notebook.suspicions()), self._calls)

    def walk(self) -> None:
        """Go through the whole template."""
        tree = self._at.parsed.tree
        if tree:
            self._body(tree.body, dict(self._names.roots))
            if not self.notebook:
                self._report_unused(tree)

    def walk_macro(self, macro: nodes.Macro) -> None:
        """Go through a macro that nobody calls; its values can be anything."""
        scope = {**self._names.roots, **_macros_of(self._at.parsed)}
        scope.update((argument.name, WRONG) for argument in macro.args)
        self._body(macro.body, scope)

    # --- statements ---

    def _body(self, body: Sequence[nodes.Node], scope: Scope) -> None:
        for node in body:
            match node:
                case nodes.Output():
                    for printed in node.nodes:
                        if not isinstance(printed, nodes.TemplateData):
                            self._print(printed, scope)
                case nodes.If():
                    self._if(node, scope)
                case nodes.For():
                    self._for(node, scope)
                case nodes.With():
                    inner = dict(scope)
                    for target, value in zip(node.targets, node.values, strict=True):
                        self._assign(target, value, inner)
                    self._body(node.body, inner)
                case nodes.Assign():
                    self._assign(node.target, node.node, scope)
                case nodes.Macro():
                    scope[node.name] = (Probe(Template(self._at.parsed, node)),)
                case nodes.FromImport():
                    self._import(node, scope)

    def _if(self, node: nodes.If, scope: Scope) -> None:
        """Each branch, knowing its condition; what one of them sets may be there afterwards."""
        outside, results = self._at, list[Scope]()
        for branch in (node, *node.elif_):
            holds, fails = self._condition(branch, branch.test, scope)
            results.append(dict(scope))
            with self._within(holds):
                self._body(branch.body, results[-1])
            self._at = replace(self._at, within=fails)
        results.append(dict(scope))
        self._body(node.else_, results[-1])
        self._at = outside
        changed = {name for one in results for name in one if one[name] is not scope.get(name)}
        for name in changed:
            found = [result.get(name, ()) for result in results]
            scope[name] = unique(probe for probes in found for probe in probes)

    def _for(self, node: nodes.For, scope: Scope) -> None:
        inner = {**scope, "loop": (Probe(_LOOP),)}
        items = tuple(self._item(node.iter, probe) for probe in self._value(node.iter, scope))
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = items
        within = self._reached(node.iter, True, scope)
        self._note_condition(node, node.iter, {True: within})
        with self._within(within):
            if node.test:
                self._value(node.test, inner)
            self._body(node.body, inner)
        self._body(node.else_, dict(scope))

    def _item(self, node: nodes.Node, probe: Probe) -> Probe:
        """What a loop over something gives."""
        if isinstance(probe.thing, Value) and probe.thing.shape.item:
            return replace(probe, thing=item_of(probe.thing))
        if not isinstance(probe.thing, Wrong):
            self._report(loop_refusal(probe.shown).problems[0], node, probe)
        return WRONG[0]

    def _assign(self, target: nodes.Node, value: nodes.Node, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = self._value(value, scope)

    # --- imports ---

    def _import(self, node: nodes.FromImport, scope: Scope) -> None:
        name = imported_file(node)
        source = self._library.get(name)
        if source is None:
            shared = [name for name in self._library if name.startswith("_")]
            what = f"there is no file {name}"
            fault = Problem("template.missing", "", what, did_you_mean(name, shared))
            self._report(fault, node.template)
        macros = _macros_of(source) if source else {}
        for theirs, ours in imported_names(node):
            scope[ours] = macros.get(theirs, WRONG)
            if source and source.tree and theirs not in macros:
                scope[nearest(theirs, macros)] = WRONG  # so that its call is not told too
                hint = did_you_mean(theirs, macros)
                fault = Problem("template.call", "", f"{name} has no macro {theirs}", hint)
                self.notebook.note_word(self._at.parsed, theirs, line_of(node) - 1, fault)

    def _report_unused(self, tree: nodes.Template) -> None:
        parsed = self._at.parsed
        for node in tree.find_all(nodes.FromImport):
            for _, ours in imported_names(node):
                if ours not in self._used:
                    hint = "call it where it belongs, or take it out of the import"
                    what = f"{ours} is imported and not called"
                    fault = Problem("check.unused", "", what, hint, Severity.WARNING)
                    self.notebook.note_word(parsed, ours, line_of(node) - 1, fault)

    # --- macros ---

    def _call(self, node: nodes.Call, scope: Scope) -> Probes:
        values = [self._value(value, scope) for value in node.args]
        named = {one.key: self._value(one.value, scope) for one in node.kwargs}
        for probe in self._value(node.node, scope):
            if isinstance(probe.thing, Template):
                self._call_macro(node, probe.thing, values, named)
            elif not isinstance(probe.thing, Wrong):
                name = node.node.name if isinstance(node.node, nodes.Name) else "this"
                hint = "take away the brackets ( )"
                self._report(Problem("template.call", "", f"{name} is no macro", hint), node.node)
        return (Probe(Markup()),)

    def _call_macro(
        self, node: nodes.Call, template: Template, values: list[Probes], named: Scope
    ) -> None:
        macro = template.macro
        key: Macro = str(template.parsed.file.path), macro.name
        call: Call = str(self._at.parsed.file.path), node.lineno
        if self.notebook.open:
            self._calls[key] = self._calls.get(key, frozenset()) | {call}
        fault = _fault_of_call(macro, len(values), set(named))
        self._runs += 1
        if key in self._running:
            what = f"{macro.name} calls itself"
            fault = Problem("template.call", "", what, "take this call out")
        elif self._runs == MAX_CALLS:
            what = "macros are called too often"
            fault = Problem("template.steps", "", what, f"at most {MAX_CALLS}")
        if fault or self._runs > MAX_CALLS:
            self._report(fault, node.node)
            return
        names = [argument.name for argument in macro.args]
        shown = dict(zip(names, node.args, strict=False))
        shown |= {one.key: one.value for one in node.kwargs}
        given: Scope = {
            name: self._value(default, {})
            for name, default in zip(reversed(names), reversed(macro.defaults), strict=False)
        }
        for name, probes in {**dict(zip(names, values, strict=False)), **named}.items():
            argument = Argument(key, call, self._at.parsed, shown[name], name)
            given[name] = self._as_argument(probes, argument)
        self._run(key, template, given)

    def _as_argument(self, probes: Probes, argument: Argument) -> Probes:
        """Things that know which call gave them; the outermost call counts."""
        number = len(self.notebook.arguments)
        self.notebook.arguments.append(argument)
        return tuple(
            replace(probe, argument=number) if probe.argument is None else probe for probe in probes
        )

    def _run(self, key: Macro, template: Template, given: Scope) -> None:
        self._running.append(key)
        with self._in(replace(self._at, parsed=template.parsed)):
            scope = {**self._names.roots, **_macros_of(template.parsed), **given}
            self._body(template.macro.body, scope)
        self._running.pop()


def _fault_of_call(macro: nodes.Macro, count: int, named: set[str]) -> Problem | None:
    """Why a macro cannot be called with so many values, and with these by name."""
    names = [argument.name for argument in macro.args]
    needed = set(names[: len(names) - len(macro.defaults)])
    given = {*names[:count], *named}
    if needed <= given <= set(names) and count <= len(names):
        return None
    what = f"{macro.name} takes {len(names)} values, not {count + len(named)}"
    return Problem("template.call", "", what, f"write {macro.name}({', '.join(names)})")


def _macros_of(parsed: Parsed) -> Scope:
    macros = parsed.macros().items()
    return {name: (Probe(Template(parsed, node)),) for name, node in macros}
