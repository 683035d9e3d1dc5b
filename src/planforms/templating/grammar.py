"""What a template may hold, read from its tree; and what its bodies pay before they run.

A template can print fields, branch, loop over lists of the data and call macros. Whatever stands
in none of the lists below is refused before anything is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from jinja2 import nodes

from planforms.templating.limits import (
    IMPORT_STEPS,
    LETTERS_A_STEP,
    MAX_BLOCKS,
    MAX_DEPTH,
    MAX_LOOPS,
    MAX_NODES,
)

PAYING = "pays for a body"
"""The name of the filter that bodies pay by; no template can write it."""
LOOPING = "each"
"""The name of the filter that whatever a loop runs over goes through."""

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.Name,
    nodes.Getattr,
    nodes.Filter,
    nodes.If,
    nodes.CondExpr,
    nodes.For,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Macro,
    nodes.Call,
    nodes.Keyword,
    nodes.FromImport,
    nodes.Assign,
    nodes.With,
)
_FOREIGN: dict[type[nodes.Node], str] = {
    nodes.BinExpr: "a template does not calculate",
    nodes.UnaryExpr: "a template does not calculate",
    nodes.Concat: "a template does not join words with ~: write them side by side",
    nodes.Tuple: "a comma cannot stand here: names are joined with a point",
    nodes.List: "lists are not written in a template",
    nodes.Dict: "curly brackets are not for templates",
    nodes.Getitem: "square brackets are not for templates: names are joined with a point",
    nodes.Test: "is cannot stand here: write == or !=",
    nodes.Include: "{% include %} is not for templates",
    nodes.Import: "{% import %} is not for templates",
    nodes.Extends: "{% extends %} is not for templates",
    nodes.Block: "{% block %} is not for templates",
    nodes.CallBlock: "{% call %} is not for templates",
    nodes.FilterBlock: "{% filter %} is not for templates",
    nodes.AssignBlock: "{% set %} takes a value: {% set name = value %}",
    nodes.NSRef: "only plain names can be set",
}
"""What to say of constructs that somebody may try; others are named by their class."""
_EQUALITY = frozenset({"eq", "ne"})
_BLOCKS = (nodes.If, nodes.For, nodes.Macro, nodes.With)
_BODIES = (nodes.Template, nodes.For, nodes.Macro)
_FILE_NAME = re.compile(r"[A-Za-z0-9_]{1,60}\.html")


def refusals(node: nodes.Node) -> Iterator[tuple[nodes.Node, str]]:
    """Each node that templates cannot hold, with the reason; what is inside it is passed over."""
    reason = _refusal(node)
    if reason:
        yield node, reason
        return
    if isinstance(node, nodes.Output):
        for printed in node.nodes:
            yield from ((word, WORDS_IN_BRACES) for word in _words_of(printed))
    for child in children(node):
        yield from refusals(child)


def children(node: nodes.Node) -> Iterator[nodes.Node]:
    """What stands right inside a node; as Jinja's own ``iter_child_nodes``, in a third the time."""
    for name in node.fields:
        value = getattr(node, name, None)
        if isinstance(value, nodes.Node):
            yield value
        elif isinstance(value, list):
            yield from (one for one in value if isinstance(one, nodes.Node))


def nodes_in(node: nodes.Node) -> Iterator[nodes.Node]:
    """A node, and all that stands inside it at any depth, in no particular order."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += children(node)


WORDS_IN_BRACES = "visible words belong outside of {{ }}"


def _words_of(printed: nodes.Node) -> Iterator[nodes.Const]:
    """The constants that an expression can print."""
    if isinstance(printed, nodes.Const):
        yield printed
    elif isinstance(printed, nodes.CondExpr):
        for branch in (printed.expr1, printed.expr2):
            yield from _words_of(branch) if branch else ()
    elif isinstance(printed, nodes.And | nodes.Or):
        yield from _words_of(printed.left)
        yield from _words_of(printed.right)


def line_of(node: nodes.Node) -> int:
    """The line of a node, or of the first thing inside it that has one."""
    if node.lineno:
        return node.lineno
    return next((line for child in children(node) if (line := line_of(child))), 1)


def _refusal(node: nodes.Node) -> str:
    """Why a node is refused; empty if it is allowed."""
    match node:
        case nodes.Call() if not isinstance(node.node, nodes.Name):
            return "only macros can be called"
        case nodes.Call() if node.dyn_args or node.dyn_kwargs:
            return "a macro's values are given one by one"
        case nodes.Operand() if node.op not in _EQUALITY:
            return "only == and != compare; what is larger or earlier is for rules to say"
        case nodes.For() if node.recursive:
            return "recursive loops are not for templates"
        case nodes.For() if node.test:
            return "a loop has no condition of its own: write {% if … %} inside of it"
        case nodes.FromImport() if not _is_plain_import(node):
            return 'write the import as {% from "_parts.html" import name with context %}'
    if isinstance(node, _ALLOWED):
        return ""
    named = (words for kind, words in _FOREIGN.items() if isinstance(node, kind))
    return next(named, f"{type(node).__name__} is not for templates")


def _is_plain_import(node: nodes.FromImport) -> bool:
    if not (node.with_context and isinstance(node.template, nodes.Const)):
        return False
    name = node.template.value
    return isinstance(name, str) and _FILE_NAME.fullmatch(name) is not None


# --- bounds -----------------------------------------------------------------------------------


def excess(tree: nodes.Template) -> tuple[nodes.Node, str] | None:
    """Where a template is larger or deeper than any may be, with the reason; ``None`` if nowhere.

    Walks without calling itself, however deep the tree is.
    """
    waiting: list[tuple[nodes.Node, int, int, int]] = [(tree, 0, 0, 0)]
    count = 0
    while waiting:
        node, depth, blocks, loops = waiting.pop()
        count += 1
        depth += 1
        blocks += isinstance(node, _BLOCKS)
        loops += isinstance(node, nodes.For)
        if count > MAX_NODES:
            return node, "the template has too many parts"
        if depth > MAX_DEPTH:
            return node, "brackets or names stand too deep inside one another"
        if blocks > MAX_BLOCKS:
            return node, f"more than {MAX_BLOCKS} blocks stand inside one another"
        if loops > MAX_LOOPS:
            return node, f"more than {MAX_LOOPS} loops stand inside one another"
        waiting += [(child, depth, blocks, loops) for child in children(node)]
    return None


@contextmanager
def charged(tree: nodes.Template) -> Iterator[None]:
    """While it lasts, each body of a template pays for what it holds before it runs.

    A body is the template itself, which runs again wherever it is imported, the inside of a loop,
    and a macro. What stands in a body inside of it pays for itself. A loop runs over what
    :data:`LOOPING` lets it.
    """
    bodies = [one for one in nodes_in(tree) if isinstance(one, _BODIES)]
    loops = [(one, one.iter) for one in bodies if isinstance(one, nodes.For)]
    for body in bodies:
        body.body.insert(0, _payment(body))
    for loop, over in loops:
        loop.iter = nodes.Filter(over, LOOPING, [], [], None, None, lineno=loop.lineno)
    try:
        yield
    finally:
        for body in bodies:
            del body.body[0]
        for loop, over in loops:
            loop.iter = over


def _payment(body: nodes.Template | nodes.For | nodes.Macro) -> nodes.Node:
    steps, letters = _cost(body)
    price = [nodes.Const(steps + letters // LETTERS_A_STEP), nodes.Const(letters)]
    paying = nodes.Filter(nodes.Const(None), PAYING, price, [], None, None)
    return nodes.ExprStmt(paying).set_lineno(body.lineno or 1)


def _cost(body: nodes.Template | nodes.For | nodes.Macro) -> tuple[int, int]:
    """How many nodes a body runs at most, and how many letters of its own it prints."""
    steps, letters = 0, 0
    waiting: list[nodes.Node] = list(body.body)
    if isinstance(body, nodes.Macro):
        waiting += body.defaults
    while waiting:
        node = waiting.pop()
        steps += IMPORT_STEPS if isinstance(node, nodes.FromImport) else 1
        if isinstance(node, nodes.TemplateData):
            letters += len(node.data)
        if isinstance(node, nodes.For):
            waiting += [node.target, node.iter, *node.else_]
        elif not isinstance(node, nodes.Macro):
            waiting += children(node)
    return steps, letters
