"""What a walk through a template finds, with its place and with the calls that may be to blame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from jinja2 import nodes

from planforms.checking.blame import Call, Macro, Trouble
from planforms.checking.findings import Finding
from planforms.checking.parsing import Parsed
from planforms.errors import Problem
from planforms.templating.environment import line_of

_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'|[^\W\d]\w*(?:\s*\.\s*[^\W\d]\w*)*|\d+")


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
        arguments: the values that were given to macros; meanings know theirs by number.
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

    def tell(
        self, parsed: Parsed, node: nodes.Node, fault: Problem, argument: int | None = None
    ) -> None:
        """Take down what is wrong with an expression."""
        if self.open:
            self._found[finding_about(parsed, node, fault), argument] = None

    def tell_word(
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

    def troubles(self) -> Iterator[Trouble]:
        """What was found, with the calls that may be to blame."""
        for finding, number in self._found:
            yield Trouble(finding) if number is None else self._trouble(finding, number)

    def _trouble(self, finding: Finding, number: int) -> Trouble:
        given = self.arguments[number]
        what = f"{given.macro[1]} cannot use this as {given.name}: {finding.message}"
        fault = Problem(finding.code, "", what, finding.hint)
        at_call = finding_about(given.parsed, given.node, fault)
        return Trouble(finding, given.macro, given.call, at_call, given.fits)


def finding_about(parsed: Parsed, node: nodes.Node, fault: Problem) -> Finding:
    """A finding that points at an expression, from its first letter on."""
    named = (one.lineno for one in node.find_all((nodes.Name, nodes.Const)) if one.lineno)
    offset = min(line_of(node), *named, line_of(node)) - 1
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
