"""The hardened Jinja environment.

A template can print fields, branch, loop over lists of the data and call macros. Nothing else:
every construct outside a short list is refused before it is compiled, loops and macro calls are
counted, and only known attributes of known objects are reachable. No arithmetic and no joining of
strings means no template can grow without bounds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pydantic import BaseModel

from planforms.errors import TemplateError
from planforms.models.shapes import Form
from planforms.rules.facts import Fact
from planforms.templating.marks import RESERVED
from planforms.templating.values import Value, unknown_field

RENDERING = "rendering"
"""The name under which a template's context holds the rendering; macros are counted there."""
MAX_TEMPLATE_LETTERS = 500_000
MAX_MACRO_LETTERS = 5_000_000

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
_LOOP = frozenset({"index", "first", "last", "length"})
_FACT = frozenset({"rule", "date", "words", "source"})
_START_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")


class TagLines(Extension):
    """Writes the template and line of each tag into the HTML, for messages about it."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Add ``data-at`` to every start tag in the template's own text."""
        name = stream.name or "template"
        for token in stream:
            if token.type == "data":
                if "data-at" in token.value or RESERVED.search(token.value):
                    text = "the attribute data-at and the letters of marks are planforms' own"
                    raise TemplateSyntaxError(text, token.lineno, stream.name, stream.filename)
                yield Token(token.lineno, "data", _with_lines(token.value, name, token.lineno))
            else:
                yield token


def _with_lines(text: str, name: str, first: int) -> str:
    def place(match: re.Match[str]) -> str:
        line = first + text.count("\n", 0, match.start())
        return f'<{match[1]} data-at="{name}:{line}"'

    return _START_TAG.sub(place, text)


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja reduced to what a document's template needs."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        super().__init__(
            loader=FileSystemLoader([str(folder) for folder in folders]),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_finalize,
            extensions=[TagLines],
        )
        self.globals.clear()
        self.tests.clear()
        self.filters.clear()
        self.filters.update(date=_date, label=_label, line=_line, text=_text, each=_each)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > MAX_TEMPLATE_LETTERS:
            raise TemplateSyntaxError("the template is too long", 1, name, filename)
        tree = super()._parse(source, name, filename)
        _check_nodes(tree, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "each", [], [], None, None, lineno=loop.lineno)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """One field of a value, profile or fact; anything else is refused."""
        if isinstance(obj, Value):
            return obj.child(attribute)
        if isinstance(obj, BaseModel) and attribute in type(obj).model_fields:
            return getattr(obj, attribute)
        if isinstance(obj, Fact) and attribute in _FACT:
            return getattr(obj, attribute)
        if isinstance(obj, Facts):
            return obj.find(attribute)
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        raise unknown_field(_describe(obj), attribute, _fields_of(obj))

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Refused: templates name fields, they do not index."""
        raise TemplateError.of("template.index", "", "square brackets are not for templates")

    def call(self, context: Context, called: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a macro; nothing else can be called."""
        if not isinstance(called, Macro):
            raise TemplateError.of("template.call", "", "only macros can be called")
        context.resolve(RENDERING).count_step()
        result = super().call(context, called, *args, **kwargs)
        if len(result) > MAX_MACRO_LETTERS:
            raise TemplateError.of("template.size", "", "a macro's text grows too long")
        return result


class Facts:
    """The facts of one document by rule; an unknown rule is an error, an absent fact is not."""

    def __init__(self, facts: tuple[Fact, ...], known: tuple[str, ...]) -> None:
        self._facts = {fact.rule: fact for fact in facts}
        self._known = known

    def find(self, rule: str) -> Fact | None:
        """The fact of a rule, or ``None`` if the service has no such rule."""
        if rule not in self._known:
            raise unknown_field("facts", rule, list(self._known))
        return self._facts.get(rule)


@lru_cache(maxsize=32)
def environment(folders: tuple[Path, ...]) -> TemplateEnvironment:
    """The environment for a language's folders, one's own first; made once and kept."""
    return TemplateEnvironment(folders)


def _check_nodes(tree: nodes.Template, name: str | None, filename: str | None) -> None:
    for node in _walk(tree):
        reason = _refusal(node)
        if reason:
            raise TemplateSyntaxError(reason, _line_of(node), name, filename)
        for printed in node.nodes if isinstance(node, nodes.Output) else ():
            if isinstance(printed, nodes.Const):
                text = "visible words belong outside of {{ }}"
                raise TemplateSyntaxError(text, printed.lineno, name, filename)


def _line_of(node: nodes.Node) -> int:
    """The line of a node, or of the first thing inside it that has one."""
    return next((inner.lineno for inner in _walk(node) if inner.lineno), 1)


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _refusal(node: nodes.Node) -> str:
    """Why a node is refused; empty if it is allowed."""
    if not isinstance(node, _ALLOWED):
        return f"{type(node).__name__} is not for templates"
    if isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
        return "only macros can be called"
    if isinstance(node, nodes.For) and node.recursive:
        return "recursive loops are not for templates"
    if isinstance(node, nodes.FromImport) and not node.with_context:
        return 'write the import as {% from "_parts.html" import name with context %}'
    return ""


def _finalize(value: Any) -> Any:
    """What an expression puts into the HTML."""
    if isinstance(value, Value):
        return value.rendering.mark(value.nodes())
    if isinstance(value, str | Markup):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, StrictUndefined):
        return str(value)  # raises
    message = "an expression prints nothing that a reader could see"
    raise TemplateError.of("template.nothing", "", message, "test it with if")


def _value(value: Any, name: str) -> Value:
    if isinstance(value, Value):
        return value
    raise TemplateError.of("template.filter", "", f"{name} needs a field of the document")


def _date(value: Any, style: str = "long") -> Value:
    """The filter ``date``: a date in the style ``long`` or ``short``."""
    if style not in ("long", "short"):
        raise TemplateError.of("template.filter", "", "no such style of date", "long or short")
    field = _value(value, "date")
    if field.shape.form is not Form.DATE:
        raise TemplateError.of("template.filter", "", f"{field.path} is not a date")
    return field.styled(style)


def _label(value: Any) -> str:
    """The filter ``label``: the field's name."""
    return _value(value, "label").label


def _line(value: Any) -> Markup:
    """The filter ``line``: a place to write by hand, such as for a signature."""
    return _value(value, "line").line()


def _text(value: Any) -> str:
    """The filter ``text``: the bare words, where a field would be wrong."""
    return _value(value, "text").text() or ""


def _each(value: Any) -> Value:
    """What a loop runs over: a list of the data."""
    return _value(value, "a loop")


def _describe(obj: Any) -> str:
    return type(obj).__name__.lower()


def _fields_of(obj: Any) -> list[str]:
    return list(type(obj).model_fields) if isinstance(obj, BaseModel) else []
