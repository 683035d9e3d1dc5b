"""The hardened Jinja environment.

A template can print fields, branch, loop over lists of the data and call macros. Nothing else:
every construct outside a short list is refused before it is compiled, loops and macro calls are
counted, and only known attributes of known objects are reachable. No arithmetic and no joining of
strings means no template can grow without bounds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, nodes
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from jinja2.lexer import TokenStream
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from pydantic import BaseModel

from planforms.errors import TemplateError
from planforms.files import read_text, reason_of
from planforms.rules.facts import Fact
from planforms.templating.filters import FILTERS
from planforms.templating.marks import RESERVED
from planforms.templating.values import Value, key_refusal, loop_refusal, unknown_field

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
LOOP = ("index", "first", "last", "length")
"""What a template can ask of a loop."""
FACT = ("rule", "date", "words", "source")
"""What a template can ask of a fact."""
_START_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)")


class LineStarts:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(self, offset: int) -> str:
        """Line and column of a letter, both from 1, such as ``12:5``."""
        line = bisect_right(self._starts, offset)
        return f"{line}:{offset - self._starts[line - 1] + 1}"


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """Jinja reduced to what a document's template needs.

    Where Jinja counts lines it counts letters here, from 1, so that everything has an exact place.
    Each start tag of the template's own text says in ``data-at`` where it stands.
    """

    def __init__(self, loader: BaseLoader) -> None:
        super().__init__(
            loader=loader,
            autoescape=True,
            undefined=StrictUndefined,
            finalize=printed,
            optimized=False,  # templates hold no constants that could be worked out beforehand
        )
        self.globals.clear()
        self.tests.clear()
        self.filters.clear()
        self.filters.update(FILTERS, each=each)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > MAX_TEMPLATE_LETTERS:
            raise TemplateSyntaxError("the template is too long", 1, name, filename)
        tree = super()._parse(source, name, filename)
        for node, reason in refusals(tree):
            raise TemplateSyntaxError(reason, line_of(node), name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, "each", [], [], None, None, lineno=loop.lineno)
        return tree

    def _tokenize(
        self, source: str, name: str | None, filename: str | None = None, state: str | None = None
    ) -> TokenStream:
        raw = self._tokens(source, name, filename, state)
        return TokenStream(self.lexer.wrap(raw, name, filename), name, filename)

    def _tokens(
        self, source: str, name: str | None, filename: str | None, state: str | None
    ) -> Iterator[tuple[int, str, str]]:
        offset, lines = 0, LineStarts(source)
        try:
            for _, kind, value in self.lexer.tokeniter(source, name, filename, state):
                offset = max(source.find(value, offset), offset)
                if kind == "data" and ("data-at" in value or RESERVED.search(value)):
                    text = "the attribute data-at and the letters of marks are planforms' own"
                    raise TemplateSyntaxError(text, offset + 1, name, filename)
                placed = _placed(value, offset, lines, name) if kind == "data" else value
                yield offset + 1, kind, placed
                offset += len(value)
        except TemplateSyntaxError as error:
            raise TemplateSyntaxError(error.message or "", offset + 1, name, filename) from None

    def getattr(self, obj: Any, attribute: str) -> Any:
        """One field of a value, profile or fact; anything else is refused."""
        if isinstance(obj, Value):
            return obj.child(attribute)
        if isinstance(obj, BaseModel) and attribute in type(obj).model_fields:
            return getattr(obj, attribute)
        if isinstance(obj, Fact) and attribute in FACT:
            return getattr(obj, attribute)
        if isinstance(obj, Facts):
            return obj.find(attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        if obj is None:
            message, hint = f"there is nothing to take {attribute} of", "ask first: {% if … %}"
            raise TemplateError.of("template.absent", "", message, hint)
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


@dataclass(frozen=True, slots=True)
class Key:
    """Something that templates ask for by its key and cannot print, such as the state.

    Attributes:
        name: how a template names it.
        value: the key.
        members: the keys that it can be.
    """

    name: str
    value: str
    members: tuple[str, ...]

    def __eq__(self, other: object) -> bool:
        """Compare with a key in quotes."""
        return self.value == (other.value if isinstance(other, Key) else other)

    def __hash__(self) -> int:
        return hash((self.name, self.value))


class Facts:
    """The facts of one document by rule; an unknown rule is an error, an absent fact is not."""

    def __init__(self, facts: tuple[Fact, ...], known: tuple[str, ...]) -> None:
        self._facts = {fact.rule: fact for fact in reversed(facts)}  # the first of a rule
        self._known = known

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that can be asked for."""
        return self._known

    def find(self, rule: str) -> Fact | None:
        """The fact of a rule, or ``None`` if the service has no such rule."""
        if rule not in self._known:
            raise unknown_field("facts", rule, list(self._known))
        return self._facts.get(rule)


class _Loader(BaseLoader):
    """Reads templates from folders, as files that others may have put there."""

    def __init__(self, folders: tuple[Path, ...]) -> None:
        self._folders = folders

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """The words of a template, its file, and whether they are still what stands there."""
        for folder in self._folders:
            path = folder / template
            if Path(template).name == template and path.is_file():
                break
        else:
            raise TemplateNotFound(template)
        modified = path.stat().st_mtime_ns
        try:
            words = read_text(path)
        except OSError as error:
            message = f"cannot be read: {reason_of(error)}"
            raise TemplateError.of(
                "template.unreadable", f"{folder.name}/{template}", message
            ) from None
        return words, str(path), lambda: path.is_file() and path.stat().st_mtime_ns == modified


@lru_cache(maxsize=32)
def environment(folders: tuple[Path, ...]) -> TemplateEnvironment:
    """The environment for a language's folders, one's own first; made once and kept."""
    return TemplateEnvironment(_Loader(folders))


def _placed(words: str, offset: int, lines: LineStarts, name: str | None) -> str:
    """Words of a template, whose start tags say where they stand."""

    def placed(tag: re.Match[str]) -> str:
        return f'{tag[0]} data-at="{name}:{lines.place(offset + tag.start())}"'

    return _START_TAG.sub(placed, words)


def refusals(node: nodes.Node) -> Iterator[tuple[nodes.Node, str]]:
    """Each node that templates cannot hold, with the reason; what is inside it is passed over."""
    reason = _refusal(node)
    if reason:
        yield node, reason
        return
    if isinstance(node, nodes.Output):
        for printed in node.nodes:
            yield from ((word, WORDS_IN_BRACES) for word in _words_of(printed))
    for child in node.iter_child_nodes():
        yield from refusals(child)


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
    return next((line for child in node.iter_child_nodes() if (line := line_of(child))), 1)


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
        case nodes.FromImport() if not _is_plain_import(node):
            return 'write the import as {% from "_parts.html" import name with context %}'
    if isinstance(node, _ALLOWED):
        return ""
    named = (words for kind, words in _FOREIGN.items() if isinstance(node, kind))
    return next(named, f"{type(node).__name__} is not for templates")


def _is_plain_import(node: nodes.FromImport) -> bool:
    return node.with_context and isinstance(node.template, nodes.Const)


def printed(value: Any) -> Any:
    """What an expression puts into the HTML.

    Raises:
        TemplateError: a reader would see nothing, or what is not for readers.
    """
    match value:
        case Value():
            value.refuse_printing()
            return value.rendering.mark(value.nodes())
        case str() | Markup():
            return value
        case int() if not isinstance(value, bool):
            return value
        case StrictUndefined():
            return str(value)  # raises
        case Key():
            raise key_refusal(value.name)
        case Fact():
            hint = f"write facts.{value.rule}.words"
            raise TemplateError.of("template.nothing", "", "a fact is printed by its words", hint)
        case Macro():
            hint = f"write {{{{ {value.name}(…) }}}}"
            raise TemplateError.of("template.call", "", f"{value.name} is a macro", hint)
    message, hint = "prints nothing that a reader could see", "it can be asked for with {% if … %}"
    raise TemplateError.of("template.nothing", "", message, hint)


def each(value: Any) -> Value:
    """What a loop runs over: a list of the data."""
    if isinstance(value, Value):
        return value
    raise loop_refusal("this")


def _describe(obj: Any) -> str:
    return type(obj).__name__.lower()


def _fields_of(obj: Any) -> list[str]:
    return list(type(obj).model_fields) if isinstance(obj, BaseModel) else []
