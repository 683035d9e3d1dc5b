"""What is wrong in templates and macros, with its place: in the macro, or where it is called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from jinja2 import nodes

from planforms.checking.findings import Finding
from planforms.checking.parsing import Parsed
from planforms.errors import Problem
from planforms.templating.grammar import line_of, nodes_in

_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'|[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*|\d+")
Macro = tuple[str, str]
"""A macro by the path of its file and its name."""
Call = tuple[str, int]
"""A call by the path of its file and its place there."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A finding, and the call of a macro that may be to blame for it.

    Attributes:
        finding: what is wrong, told where it shows.
        macro: the outermost macro that it shows in, if it depends on how that is called.
        call: the call of that macro.
        at_call: the same, told about the call.
        fits: whether the macro could use what the call gave it for something else.
    """

    finding: Finding
    macro: Macro | None = None
    call: Call | None = None
    at_call: Finding | None = None
    fits: bool = False


@dataclass(slots=True)
class Argument:
    """A value that a template gives to a macro.

    Attributes:
        macro: the macro that it is given to.
        call: where that is called.
        parsed: the template that calls it.
        node: the value's expression.
        name: what the macro calls it.
        fits: whether the macro could use it for something.
    """

    macro: Macro
    call: Call
    parsed: Parsed
    node: nodes.Node
    name: str
    fits: bool = False


class Notebook:
    """Takes down what is wrong.

    Attributes:
        arguments: the values that were given to macros; probes know theirs by number.
    """

    def __init__(self) -> None:
        self.arguments: list[Argument] = []
        self._found: dict[tuple[Finding, int | None], None] = {}
        self._quiet = 0

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self._found)

    @contextmanager
    def closed(self) -> Iterator[None]:
        """While it is closed, nothing is taken down."""
        self._quiet += 1
        yield
        self._quiet -= 1

    @property
    def open(self) -> bool:
        """Whether anything is taken down."""
        return not self._quiet

    def note(
        self, parsed: Parsed, node: nodes.Node, fault: Problem, argument: int | None = None
    ) -> None:
        """Take down what is wrong with an expression."""
        if self.open:
            self._found[finding_about(parsed, node, fault), argument] = None

    def note_word(
        self, parsed: Parsed, word: str, offset: int, fault: Problem, argument: int | None = None
    ) -> None:
        """Take down what is wrong with a word, the first one at or after a place."""
        file = parsed.file
        match = re.compile(rf"\b{re.escape(word)}\b").search(file.content, offset)
        offset = match.start() if match else offset
        finding = file.finding(fault.code, offset, word, fault.message, fault.hint)
        if self.open:
            weighed = replace(finding, severity=fault.severity)
            self._found[weighed, argument] = None

    def suspicions(self) -> Iterator[Suspicion]:
        """What was found, with the calls that may be to blame."""
        for finding, number in self._found:
            yield Suspicion(finding) if number is None else self._suspicion(finding, number)

    def _suspicion(self, finding: Finding, number: int) -> Suspicion:
        given = self.arguments[number]
        what = f"{given.macro[1]} cannot use this as {given.name}: {finding.message}"
        fault = Problem(finding.code, "", what, finding.hint)
        at_call = finding_about(given.parsed, given.node, fault)
        return Suspicion(finding, given.macro, given.call, at_call, given.fits)


def finding_about(parsed: Parsed, node: nodes.Node, fault: Problem) -> Finding:
    """A finding that points at an expression, from its first letter on."""
    named = (one.lineno for one in nodes_in(node) if isinstance(one, nodes.Name | nodes.Const))
    offset = min(line_of(node), *filter(None, named), line_of(node)) - 1
    match = _TEXT.match(parsed.file.content, offset)
    path = _path(node)
    text = match[0] if match else ""
    text = path if path and text.startswith(path) else text
    return parsed.file.finding(fault.code, offset, text, fault.message, fault.hint)


def _path(node: nodes.Node) -> str:
    """The names of an expression with points between them; empty if there is more to it."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_path(node.node)}.{node.attr}"
    return ""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found where macros are looked into at each call.

    Attributes:
        suspicions: what is wrong.
        calls: all calls of each macro.
    """

    suspicions: tuple[Suspicion, ...] = ()
    calls: Mapping[Macro, frozenset[Call]] = field(default_factory=dict)


def together(found: Iterable[Found]) -> Found:
    """What was found in several templates that call the same macros."""
    suspicions: list[Suspicion] = []
    calls: dict[Macro, frozenset[Call]] = {}
    for one in found:
        suspicions += one.suspicions
        for macro, places in one.calls.items():
            calls[macro] = calls.get(macro, frozenset()) | places
    return Found(tuple(suspicions), calls)


def attribute(found: Found) -> list[Finding]:
    """The findings to be told, each once.

    What goes wrong in every call of a macro is the macro's mistake, unless there is only one call
    and nothing about it fits; what goes wrong in some is the mistake of these.
    """
    in_macros: dict[tuple[str, int, int, str], Finding] = {}
    at_calls: dict[tuple[str, int, int], Finding] = {}
    groups: dict[Finding, list[Suspicion]] = {}
    for suspicion in found.suspicions:
        groups.setdefault(suspicion.finding, []).append(suspicion)
    for finding, group in groups.items():
        if _is_of_macro(group, found.calls):
            in_macros.setdefault(
                (finding.file, finding.line, finding.column, finding.code), finding
            )
            continue
        for one in (suspicion.at_call for suspicion in group if suspicion.at_call):
            at_calls.setdefault((one.file, one.line, one.column), one)
    return [*in_macros.values(), *at_calls.values()]


def _is_of_macro(group: list[Suspicion], calls: Mapping[Macro, frozenset[Call]]) -> bool:
    if any(one.at_call is None for one in group):
        return True
    failing = {one.call for one in group}
    every = calls.get(group[0].macro or ("", ""), frozenset())
    return failing >= every and (len(every) > 1 or group[0].fits)
