"""A walk through all statements of a template and into the macros that it calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from jinja2 import nodes

from planforms.checking.blame import Call, Macro
from planforms.checking.expressions import UNKNOWN, Expressions, Frame, Meanings, Scope
from planforms.checking.meanings import Datum, Loop, MacroName, Meaning, Printed, Unknown
from planforms.checking.notebook import Argument
from planforms.checking.parsing import Parsed
from planforms.checking.uses import Fault, fault_of_looping
from planforms.checking.vocabulary import Vocabulary
from planforms.errors import Severity, did_you_mean, nearest
from planforms.templating.environment import line_of

MAX_CALLS = 2_000
"""How often the macros of one document may be called; no document needs a tenth of it."""


class Walk(Expressions):
    """One document's template.

    Attributes:
        calls: the macros that were called, and where.
    """

    def __init__(
        self, parsed: Parsed, library: Mapping[str, Parsed], vocabulary: Vocabulary
    ) -> None:
        super().__init__(parsed, vocabulary)
        self.calls: dict[Macro, set[Call]] = {}
        self._library = library
        self._running: list[Macro] = []
        self._runs = 0

    def walk(self) -> None:
        """Go through the whole template."""
        tree = self._frame.parsed.tree
        if tree:
            self._body(tree.body, dict(self._vocabulary.names))
            if not self.notebook:
                self._tell_unused(tree)

    def walk_macro(self, macro: nodes.Macro) -> None:
        """Go through a macro that nobody calls; its values can be anything."""
        scope = {**self._vocabulary.names, **_macros_of(self._frame.parsed)}
        scope.update((argument.name, UNKNOWN) for argument in macro.args)
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
                    scope[node.name] = (MacroName(parsed=self._frame.parsed, node=node),)
                case nodes.FromImport():
                    self._import(node, scope)

    def _if(self, node: nodes.If, scope: Scope) -> None:
        """Each branch, knowing its condition; what one of them sets may be there afterwards."""
        outside, results = self._frame, []
        for branch in (node, *node.elif_):
            holds, fails = self._condition(branch, branch.test, scope)
            results.append(dict(scope))
            self._frame = holds
            self._body(branch.body, results[-1])
            self._frame = fails
        results.append(dict(scope))
        self._body(node.else_, results[-1])
        self._frame = outside
        for name in {name for result in results for name in result}:
            found = [result.get(name, ()) for result in results]
            if any(meanings is not scope.get(name) for meanings in found):
                scope[name] = tuple(dict.fromkeys(one for meanings in found for one in meanings))

    def _for(self, node: nodes.For, scope: Scope) -> None:
        inner, outside = dict(scope), self._frame
        items = self._items(node, scope)
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = items
        inner["loop"] = (Loop(),)
        within = self._reached(node.iter, True, scope)
        self.conditions.note(outside.parsed, node, node.iter, {True: within})
        self._frame = replace(outside, within=tuple(within))
        if node.test:
            self._value(node.test, inner)
        self._body(node.body, inner)
        self._frame = outside
        self._body(node.else_, dict(scope))

    def _items(self, node: nodes.For, scope: Scope) -> Meanings:
        items: list[Meaning] = []
        for meaning in self._value(node.iter, scope):
            self._tell(fault_of_looping(meaning), node.iter, meaning)
            item = meaning.item() if isinstance(meaning, Datum) else None
            items.append(item or Unknown())
        return tuple(items) or UNKNOWN

    def _assign(self, target: nodes.Node, value: nodes.Node, scope: Scope) -> None:
        if isinstance(target, nodes.Name):
            scope[target.name] = self._value(value, scope)

    # --- imports ---

    def _import(self, node: nodes.FromImport, scope: Scope) -> None:
        name = str(node.template.value) if isinstance(node.template, nodes.Const) else ""
        source = self._library.get(name)
        if source is None:
            shared = [name for name in self._library if name.startswith("_")]
            what = f"there is no file {name}"
            fault = Fault("template.missing", what, did_you_mean(name, shared))
            self._tell(fault, node.template)
        macros = _macros_of(source) if source else {}
        for theirs, ours in _names_of(node):
            scope[ours] = macros.get(theirs, UNKNOWN)
            if source and source.tree and theirs not in macros:
                scope[nearest(theirs, macros)] = UNKNOWN  # so that its call is not told too
                hint = did_you_mean(theirs, macros)
                fault = Fault("template.call", f"{name} has no macro {theirs}", hint)
                self.notebook.tell_word(self._frame.parsed, theirs, line_of(node) - 1, fault)

    def _tell_unused(self, tree: nodes.Template) -> None:
        parsed = self._frame.parsed
        for node in tree.find_all(nodes.FromImport):
            for _, ours in _names_of(node):
                if ours not in self._used:
                    hint = "call it where it belongs, or take it out of the import"
                    fault = Fault("check.unused", f"{ours} is imported and not called", hint)
                    offset = line_of(node) - 1
                    warning = Severity.WARNING
                    self.notebook.tell_word(parsed, ours, offset, fault, severity=warning)

    # --- macros ---

    def _call(self, node: nodes.Call, scope: Scope) -> Meanings:
        values = [self._value(value, scope) for value in node.args]
        named = {one.key: self._value(one.value, scope) for one in node.kwargs}
        for meaning in self._value(node.node, scope):
            if isinstance(meaning, MacroName):
                self._call_macro(node, meaning, values, named)
            elif not isinstance(meaning, Unknown):
                name = node.node.name if isinstance(node.node, nodes.Name) else "this"
                hint = "take away the brackets ( )"
                self._tell(Fault("template.call", f"{name} is no macro", hint), node.node)
        return (Printed(),)

    def _call_macro(
        self, node: nodes.Call, macro: MacroName, values: list[Meanings], named: Scope
    ) -> None:
        key: Macro = str(macro.parsed.file.path), macro.node.name
        call: Call = str(self._frame.parsed.file.path), node.lineno
        if self.notebook.open:
            self.calls.setdefault(key, set()).add(call)
        fault = _fault_of_call(macro.node, len(values), set(named))
        self._runs += 1
        if key in self._running:
            fault = Fault("template.call", f"{macro.node.name} calls itself", "take this call out")
        elif self._runs == MAX_CALLS:
            fault = Fault("template.steps", "macros are called too often", f"at most {MAX_CALLS}")
        if fault or self._runs > MAX_CALLS:
            self._tell(fault, node.node)
            return
        names = [argument.name for argument in macro.node.args]
        shown = dict(zip(names, node.args, strict=False))
        shown |= {one.key: one.value for one in node.kwargs}
        given: Scope = {
            name: self._value(default, {})
            for name, default in zip(reversed(names), reversed(macro.node.defaults), strict=False)
        }
        for name, meanings in {**dict(zip(names, values, strict=False)), **named}.items():
            argument = Argument(key, call, self._frame.parsed, shown[name], name)
            given[name] = self._as_argument(meanings, argument)
        self._run(key, macro, given)

    def _as_argument(self, meanings: Meanings, argument: Argument) -> Meanings:
        """Meanings that know which call gave them; the outermost call counts."""
        number = len(self.notebook.arguments)
        self.notebook.arguments.append(argument)
        return tuple(
            replace(meaning, argument=number) if meaning.argument is None else meaning
            for meaning in meanings
        )

    def _run(self, key: Macro, macro: MacroName, given: Scope) -> None:
        outside = self._frame
        self._running.append(key)
        self._frame = Frame(macro.parsed, outside.asked, outside.within)
        scope = {**self._vocabulary.names, **_macros_of(macro.parsed), **given}
        self._body(macro.node.body, scope)
        self._frame = outside
        self._running.pop()


def _fault_of_call(macro: nodes.Macro, count: int, named: set[str]) -> Fault | None:
    """Why a macro cannot be called with so many values, and with these by name."""
    names = [argument.name for argument in macro.args]
    needed = set(names[: len(names) - len(macro.defaults)])
    given = {*names[:count], *named}
    if needed <= given <= set(names) and count <= len(names):
        return None
    what = f"{macro.name} takes {len(names)} values, not {count + len(named)}"
    return Fault("template.call", what, f"write {macro.name}({', '.join(names)})")


def _macros_of(parsed: Parsed) -> Scope:
    macros = parsed.macros().items()
    return {name: (MacroName(parsed=parsed, node=node),) for name, node in macros}


def _names_of(node: nodes.FromImport) -> Iterator[tuple[str, str]]:
    """The names of an import, as they are there and as they are called here."""
    for name in node.names:
        yield (name, name) if isinstance(name, str) else name


def _list(names: Sequence[str] | Scope) -> str:
    return ", ".join(names)
